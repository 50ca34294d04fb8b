"""Documents of the members' service: what the API takes and gives, one noun a module."""
