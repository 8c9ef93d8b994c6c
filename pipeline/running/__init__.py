"""The shell: open a workspace, lock it, gather, and apply a plan.

The only folder that joins the edges (sheet, ledger, mail, configuration) with the pure stages. It decides nothing.
"""
