"""Ways of sending: SMTP and the local outbox behind one interface.

Takes finished bytes and an envelope; gives one reply for each letter. What a reply means for the
applicant is `running`'s to record.
"""
