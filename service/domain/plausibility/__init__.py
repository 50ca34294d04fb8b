"""Whether a submission can be true: one family of rules a module, and what they find."""
