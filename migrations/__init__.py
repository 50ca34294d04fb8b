"""The reviewed steps that bring a database from one release to the next."""
