"""Columns and keys of every table, by floor of the house; rows never leave the store."""
