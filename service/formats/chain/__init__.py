"""Chains as a document or as a sheet, and how each is read."""
