"""From a template and values to the bytes of one e-mail.

Takes templates, a context and a sender; gives a subject, a text part and an HTML part, and the finished MIME message.
Who is written to, and when, is decided elsewhere.
"""
