"""Processes and exchanges laid out for calculation."""
