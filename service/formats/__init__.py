"""How others read us, and how we read them."""
