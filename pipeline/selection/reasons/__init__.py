"""Why a choice is what it is: what bars somebody, what would change it, which demands cannot be met together."""
