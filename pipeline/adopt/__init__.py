"""Taking over what another ledger did: from what the sheet shows, and from copies of the letters. Pure."""
