"""How far results may be off: draws, first-order variances, and what to ask for next."""
