"""`config/call.yaml` and what belongs to it: dates, columns, rules, places, vocabularies, examples."""
