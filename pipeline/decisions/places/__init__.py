"""How places are given: the call's limits as a contest, the choice as outcomes, both in the call's words."""
