"""Names of countries as people write them: in every official language of the European Union."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from pipeline.model.text import fold

_LANGUAGES = "en bg cs da de el es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
_POPULAR = {
    "BA": "Bosnia, Bosnia and Hercegovina, Bosna, Bosnien",
    "CD": "DRC, DR Congo",
    "CI": "Ivory Coast",
    "CV": "Cape Verde",
    "CZ": "Czech Republic, Tschechische Republik, République tchèque, República Checa, Repubblica Ceca",
    "CY": "Republic of Cyprus",
    "DE": "Federal Republic of Germany, Bundesrepublik Deutschland, BRD",
    "ES": "Kingdom of Spain",
    "FR": "French Republic",
    "GB": "UK, U.K., Great Britain, Britain, England, Scotland, Wales, Northern Ireland, Grossbritannien, "
    "Grande-Bretagne, Gran Bretaña, Angleterre, Inglaterra, Inghilterra, "
    "United Kingdom of Great Britain and Northern Ireland",
    "GR": "EL, Hellas, Hellenic Republic",
    "IE": "Republic of Ireland, Eire",
    "KR": "South Korea, Republic of Korea, Korea",
    "LV": "Republic of Latvia",
    "MD": "Republic of Moldova, Moldavia",
    "MK": "Macedonia, FYROM, Republic of North Macedonia, Mazedonien, Macédoine, Macedonia del Norte",
    "MM": "Burma",
    "NL": "Holland, The Netherlands, Holanda, Hollande, Olanda, Die Niederlande, Les Pays-Bas, Los Países Bajos",
    "PT": "Portuguese Republic",
    "RU": "Russian Federation",
    "SI": "Republic of Slovenia",
    "SK": "Slovak Republic, Slowakische Republik, République slovaque",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "TR": "Turkey, Republic of Türkiye",
    "US": "USA, U.S.A., U.S., United States of America, America, Vereinigte Staaten von Amerika, "
    "États-Unis d'Amérique, Estados Unidos de América",
    "VA": "Vatican, Holy See",
    "XK": "Republic of Kosovo, Kosova",
}
"""What people write beside the names that Unicode's tables have (Babel's territories)."""


@cache
def territories() -> Mapping[str, str]:
    """Return every folded spelling that means one country, with its code (ISO 3166); codes are spellings, too."""
    from babel.core import Locale

    meant: defaultdict[str, set[str]] = defaultdict(set)
    for language in _LANGUAGES.split():
        for code, name in Locale(language).territories.items():
            if _COUNTRY.fullmatch(str(code)) and code not in _NO_COUNTRIES:
                meant[fold(str(name))].add(str(code))
                meant[fold(str(code))].add(str(code))
    for code, names in _POPULAR.items():
        for name in names.split(", "):
            meant[fold(name)] = {code}
    return {spelling: its.pop() for spelling, its in meant.items() if len(its) == 1}


_COUNTRY = re.compile("[A-Z]{2}")
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


@cache
def english_name(code: str) -> str:
    """Return what a country is called where the form offers no name for it."""
    from babel.core import Locale

    return str(Locale("en").territories[code])
