"""What is exchanged with Brightway."""
