"""Why results changed: two versions side by side, and exact causes."""
