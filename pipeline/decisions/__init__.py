"""What the call concludes for every applicant: an offer, the waiting list, a no, or a question to a person.

Takes the roll, the rules' findings, the organisers' words and the history; gives a verdict for each applicant. Which
letter tells it, and how the sheet shows it, is `planning`'s.
"""
