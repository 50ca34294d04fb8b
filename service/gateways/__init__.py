"""The outside world, each part behind functions of its own."""
