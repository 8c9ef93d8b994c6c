"""The way out through a relay: one connection, its login, and what its replies mean."""
