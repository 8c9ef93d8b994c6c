"""Shows a number as a spreadsheet shows it, for the number formats that forms and people use.

Covered: padding (`0000`), decimals, thousands, percent, signs, quoted words, currency and digits in groups
(`000 00 00 00`). Anything else (fractions, exponents, conditions) is shown plainly, as under `General`.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|([0#?])|(.)', re.DOTALL)
_PLAIN_SIGNS = frozenset("$€£¥+-():!^&'~{} \u00a0%,.")
_DIGITS = frozenset("0#?")
_CURRENCY = re.compile(r"\$([^-]*)")
_WHOLE_DIGITS = 15  # what a spreadsheet keeps of a number, and how many it shows


def show_number(value: float, number_format: str) -> str:
    """Return `value` as the cell shows it; plainly under `General` and formats that are not covered."""
    sections = _sections(number_format)
    pattern = _pattern(_choose(value, sections))
    if pattern is None or abs(value) >= 10**_WHOLE_DIGITS:
        return show_plainly(value)
    try:
        shown = _fill(pattern, abs(Decimal(repr(value))))
    except ArithmeticError:  # a format with more places than the number has digits
        return show_plainly(value)
    return f"-{shown}" if value < 0 and len(sections) == 1 else shown


def show_plainly(value: float) -> str:
    """Return `value` without format: `3.0` is `3`, no exponent up to 15 digits, no binary noise."""
    if isinstance(value, int) or (value == int(value) and abs(value) < 10**_WHOLE_DIGITS):
        return str(int(value))
    return f"{value:.{_WHOLE_DIGITS}g}".upper()


@lru_cache(maxsize=1000)
def _sections(number_format: str) -> tuple[str, ...]:
    return tuple(re.findall(r'(?:"[^"]*"|\\.|[^;])+|(?<=;)(?=;)', number_format)) or ("General",)


def _choose(value: float, sections: tuple[str, ...]) -> str:
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


@lru_cache(maxsize=1000)
def _pattern(section: str) -> tuple[tuple[str, bool], ...] | None:
    """Split a section into (text, is it a sign of the format); None where the section is not covered."""
    parts: list[tuple[str, bool]] = []
    for found in _TOKEN.finditer(section):
        quoted, escaped, bracket, digit, sign = found.groups()
        if bracket is not None and bracket[:1] in "<>=":
            return None
        if sign is not None and sign not in _PLAIN_SIGNS:
            return None
        if digit or (sign and sign in "%,."):
            parts.append((str(digit or sign), True))
        else:
            parts.append((quoted or escaped or sign or _currency(bracket), False))
    first = next((sign for sign, special in parts if special and sign != "%"), "")
    return tuple(parts) if first in _DIGITS else None


def _currency(bracket: str | None) -> str:
    found = _CURRENCY.match(bracket or "")
    return found[1] if found else ""


def _fill(pattern: tuple[tuple[str, bool], ...], value: Decimal) -> str:
    signs = [sign for sign, special in pattern if special and sign != "%"]
    whole_signs, _, decimal_signs = "".join(signs).partition(".")
    scale = len(whole_signs) - len(whole_signs.rstrip(","))
    value = value.scaleb(2 * pattern.count(("%", True)) - 3 * scale)
    positions = sum(sign in _DIGITS for sign in decimal_signs)
    rounded = value.quantize(Decimal(1).scaleb(-positions), ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    needed = len(whole_signs.replace(",", "").lstrip("#?"))
    groups = "," in whole_signs.rstrip(",")
    pieces = _spread(whole.lstrip("0").rjust(needed, "0"), whole_signs.replace(",", ""), grouped=groups)
    pieces += _decimals(decimals, decimal_signs.replace(",", ""))
    return _lay_out(pattern, pieces)


def _spread(digits: str, signs: str, *, grouped: bool) -> list[str]:
    """Give each sign of the whole part its digits, from the right; the first takes all that are left."""
    shown = [
        f"{digit}," if grouped and left and left % 3 == 0 else digit
        for digit, left in zip(digits, range(len(digits) - 1, -1, -1), strict=True)
    ]
    spare = len(shown) - len(signs)
    if spare < 0:
        return [""] * -spare + shown
    return ["".join(shown[: spare + 1]), *shown[spare + 1 :]] if signs else ["".join(shown)]


def _decimals(decimals: str, signs: str) -> list[str]:
    needed = len(signs.rstrip("#?"))
    kept = len(decimals.rstrip("0"))
    return [digit if place < max(needed, kept) else "" for place, digit in enumerate(decimals)]


def _lay_out(pattern: tuple[tuple[str, bool], ...], pieces: list[str]) -> str:
    digits = iter(pieces)
    shown = []
    for sign, special in pattern:
        if special and sign in _DIGITS:
            shown.append(next(digits, ""))
        elif not (special and sign == ","):
            shown.append(sign)
    return "".join(shown).strip().removesuffix(".")
