"""The organisers' sheet: one interface (`base`), and the kinds of sheet behind it."""
