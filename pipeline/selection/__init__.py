"""Who gets the places: ranking, seats and the waiting list. Pure."""
