"""From a YAML text to checked values: where each stands, what is missing, doubled or misspelt."""
