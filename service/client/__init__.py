"""A typed client of the HTTP interface, for programs of firms and for the tests."""
