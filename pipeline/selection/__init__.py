"""The best choice within the places there are: a contest in, the choice and its reasons out.

Knows no call, no date and no sheet; `decisions.places` makes the contest and says the result in the call's words.
"""
