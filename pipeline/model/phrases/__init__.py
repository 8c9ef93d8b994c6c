"""What Convene says in each language, as one table a language; `model.said` fills them in.

A speaker may correct any text to the right of a colon. What stands in braces is put in: it may be moved, and stays.
Where a text depends on a number, its forms have the names that CLDR gives them (`one`, `other`, ...).
"""
