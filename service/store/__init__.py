"""The database: tables, sessions, who sees which row, and one module of functions a noun."""
