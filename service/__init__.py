"""The service: what firms do with the science, and the doors they come through."""
