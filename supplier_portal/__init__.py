"""Pages for suppliers: an application of its own that asks the service and is never asked by it."""
