"""From the sheet's rows to applicants: which column is which, who is who, what organisers typed.

Takes a snapshot and the ledger's history; gives entries and a roll of applicants, with a problem for every row that
cannot be used. What the answers mean is `audience`'s question.
"""
