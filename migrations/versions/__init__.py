"""One step a file, in the order of its numbers."""
