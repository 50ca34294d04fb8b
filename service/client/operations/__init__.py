"""One class for each room of the interface; written by `service.api.client_source`."""
