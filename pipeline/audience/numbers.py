"""Numbers and dates from human text: what can be told of them, and nothing where it cannot.

A number is a range, since “5-7” and “10+” are honest answers. A text with words that are not known (“6 months”
to a question for years, “since 2015”) is no number here: a person reads it.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from math import inf

from pipeline.model.frozen import dataclass
from pipeline.model.text import fold, one_line


@dataclass(frozen=True, slots=True)
class Number:
    """What a text says of a number: it lies between `low` and `high`, both included."""

    low: float
    high: float


_IN_WORDS = {
    0: "zero null nul nulla noll nolla cero zéro nula нула нуль sıfır μηδέν",
    1: "one eins ein eine un une uno una um uma één een en ett yksi jeden jedna egy один една едно bir ένα ένας",
    2: "two zwei deux dos dues due dois duas twee to två kaksi dwa dva dvě kettő két doi два две dve iki δύο",
    3: "three drei trois tres tre três drie kolme trzy tři tri három trei три üç τρία",
    4: "four vier quatre cuatro quattro quatro fire fyra neljä cztery čtyři štiri négy patru чотири четири dört "
    "τέσσερα",
    5: "five fünf cinq cinco cinque vijf fem viisi pięć pět päť pet öt cinci п'ять пет beş πέντε",
    6: "six sechs sis seis sei zes seks sex kuusi sześć šest šesť hat șase шість шест altı έξι",
    7: "seven sieben sept siete set sette sete zeven syv sju seitsemän siedem sedm sedem hét șapte сім седем yedi "
    "επτά εφτά",
    8: "eight acht huit ocho vuit otto oito åtte otte åtta kahdeksan osiem osm osem nyolc opt вісім осем sekiz "
    "οκτώ οχτώ",
    9: "nine neun neuf nueve nou nove negen ni nio yhdeksän dziewięć devět devet kilenc nouă дев'ять девет dokuz "
    "εννέα εννιά",
    10: "ten zehn dix diez deu dieci dez tien ti tio kymmenen dziesięć deset desať tíz zece десять десет on δέκα",
    12: "twelve zwölf douze doce dotze dodici doze twaalf tolv kaksitoista dwanaście dvanáct tizenkettő",
    15: "fifteen fünfzehn quinze quince quindici vijftien femten femton viisitoista piętnaście tizenöt",
    20: "twenty zwanzig vingt veinte vint venti vinte twintig tyve tjue tjugo kaksikymmentä dwadzieścia dvacet húsz "
    "douăzeci двадцять двадесет yirmi είκοσι",
}
_VALUES = {fold(word): float(value) for value, words in _IN_WORDS.items() for word in words.split()}
_OF_YEARS = (
    "years year yrs yr y old jahre jahr jahren j ans an années année años año anys any anni anno anos ano jaar "
    "år vuotta v lat lata rok let roky rokov év ani godina години година років роки рік yıl yıllık χρόνια έτη "
    "experience of de in erfahrung expérience experiencia experiència esperienza about approximately approx "
    "circa ca ungefähr etwa environ aproximadamente unos"
)
_OF_MORE = "over more than at least mehr als über mindestens plus de au moins más mínimo più almeno mais"
_YEARS = frozenset(map(fold, _OF_YEARS.split()))
_AT_LEAST = frozenset(map(fold, _OF_MORE.split()))
_ONLY_BETWEEN = frozenset(map(fold, ["than", "at", "als", "de", "au", "mínimo"]))
"""Words of “more than” and “at least” that say nothing alone."""
_FIGURE = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?(?![\d.,]*\d)")
_RANGE = re.compile(
    r"(\S+)\s*(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|\bto\b|\bbis\b|\bà\b)\s*(\S+)(.*)", re.DOTALL
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?|(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


def read_number(text: str) -> Number | None:
    """Read a number (`7`, `1,5`, `ten`), at least one (`10+`, `> 15`), or a range (`5-7`); None if it is none."""
    line = one_line(text)
    if (ends := _RANGE.fullmatch(line)) and _is_silent(ends[3]):
        low, high = _single(ends[1]), _single(ends[2])
        return Number(low, high) if low is not None and high is not None and low <= high else None
    open_end = "+" in line or ">" in line or "≥" in line
    bare = re.sub(r"[+>≥~≈]", " ", line)
    words = [fold(word) for word in _WORD.findall(bare)]
    value = _single(" ".join(part for part in bare.split() if fold(part) not in _YEARS | _AT_LEAST))
    if value is None:
        return None
    said = _AT_LEAST.intersection(words) - _YEARS
    if said and said <= _ONLY_BETWEEN and not open_end:
        return None
    return Number(value, inf if open_end or said else value)


def _is_silent(rest: str) -> bool:
    return all(fold(word) in _YEARS for word in rest.split())


def _single(text: str) -> float | None:
    """Read one figure, or one number in words, and nothing beside it."""
    bare = text.strip(" .")
    if _FIGURE.fullmatch(bare):
        return float(bare.replace(",", "."))
    return _VALUES.get(fold(bare))


def read_date(text: str, formats: Iterable[str] = ()) -> date | None:
    """Read a date as `2023-08-01`, `1.8.2023`, or in one of `formats`; None where it could be two days."""
    line = one_line(text)
    for pattern in formats:
        try:
            return datetime.strptime(line, pattern).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    if found := _DATE.fullmatch(line):
        parts = found.groups()
        year, month, day = parts[:3] if parts[0] else (parts[5], parts[4], parts[3])
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            return None
    return None
