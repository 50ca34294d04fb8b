"""Workbooks and CSV files as tables of cells, read without trusting them."""
