"""Units, sources, emission factors and characterisation, each with its citation."""
