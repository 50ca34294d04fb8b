"""The science: numbers in, numbers out; no database, no web."""
