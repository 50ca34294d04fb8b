"""Work that committed changes caused: one handler a noun, and the worker that runs them."""
