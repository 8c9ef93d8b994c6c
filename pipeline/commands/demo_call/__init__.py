"""The demonstration: invented people, and the weeks of their call."""
