"""From answers to eligibility: in, out, or a person must look; with a reason that quotes the answer.

Takes the call's rules and one applicant's answers. Knows no dates, no places and nobody else's answers: those are
`decisions`' to weigh.
"""
