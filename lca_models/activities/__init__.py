"""Activity data told as exchanges: what happened, in terms of what it draws on."""
