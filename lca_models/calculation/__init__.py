"""Matrices, solving, characterisation and contributions."""
