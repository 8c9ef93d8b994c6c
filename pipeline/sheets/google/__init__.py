"""The organisers' sheet as a tab of a Google spreadsheet, through gspread and a service account.

People and the form go on editing while Convene writes. So what is written is found afresh right before; a write
that would touch any column but Convene's own is refused by Google itself (see `metadata`); what was written comes
back in the same answer and is compared (see `repair`).
"""
