"""The demonstration: an invented call lived through in a minute."""
