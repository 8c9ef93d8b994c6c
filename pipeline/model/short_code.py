"""A short code that stands for a hash: six letters and digits that people read aloud and type."""

from hashlib import sha256

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32 (crockford.com/base32.html): no I, L, O or U."""

LENGTH = 6
_TYPED = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def short_code(digest: str) -> str:
    """Return the code of a hash: its first 30 bits; `digest` is in hexadecimal digits."""
    bits = int(digest[:8], 16) >> 2
    return "".join(LETTERS[bits >> 5 * place & 31] for place in reversed(range(LENGTH)))


def code_of(*facts: str) -> str:
    """Return the code of texts that belong together: another one if any of them is another."""
    return short_code(sha256("\0".join(facts).encode()).hexdigest())


def read_code(typed: str) -> str:
    """Return the code that somebody typed: in any case, O for 0, I or L for 1, with hyphens; empty if it is none."""
    code = typed.strip().upper().translate(_TYPED)
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""
