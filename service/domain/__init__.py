"""The nouns of a supply chain and their rules; pure."""
