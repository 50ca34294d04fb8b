"""Results: totals and their parts, intervals, trees, and what changed."""
