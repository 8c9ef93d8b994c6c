"""Who gets the places: ranking, choice, waiting list and reasons. Pure."""
