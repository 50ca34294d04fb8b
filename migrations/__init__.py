"""Here will stand the reviewed steps that bring a database from one version to the next."""
