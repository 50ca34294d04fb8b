"""The command line: every command, and how its results are shown to people."""
