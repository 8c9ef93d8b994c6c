"""`config/service.yaml`: where the sheet is, how mail leaves, and the limits."""
