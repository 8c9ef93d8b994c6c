"""Sending: one interface (`base`), SMTP, and the local outbox."""
