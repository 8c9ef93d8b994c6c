"""Access tokens for relays that want one instead of a password: Google's and Microsoft's."""
