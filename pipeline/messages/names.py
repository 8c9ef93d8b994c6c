"""What we greet somebody by: a name as it was typed, or nothing where it does not look like one.

Anybody may put any address into a form, and any sentence in the place of a name: what is not surely a name goes into no
letter. The names of the world are many, so that what is looked for is what names never have: figures, signs,
sentences, words of trade. A name that is taken for something else costs a neutral greeting, and no more.
"""

import re
from functools import cache
from unicodedata import category, normalize
from unicodedata import name as character_name

from pipeline.model.text import JOINERS, fold, tidy_name

LONGEST_NAME = 90
"""Characters: the long names of Portugal and of Arabia have some eighty."""

MOST_WORDS = 12
LONGEST_WORD = 36
MOST_IDEOGRAPHS = 8
"""Characters of Chinese, Japanese or Korean, which write a sentence without a space; katakana spells foreign names."""

_APOSTROPHES = "'’‘ʼʻʾʿ´`"
_BETWEEN = re.compile(rf"[-‐‑·・{_APOSTROPHES}]")
_DOTTED = re.compile(r"(?:\w\.)+\w?|\w{1,4}\.", re.UNICODE)
_SUFFIX = re.compile(r", (Jr|Sr|II|III|IV)\.?\Z")
_HUMP = re.compile(r"[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")
_KEPT = frozenset("ªºĳĲ")
"""Letters that stand in names, and that compatibility would turn into plain ones."""

_NO_JOINERS = dict.fromkeys(map(ord, JOINERS))
_CJK = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"})


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTICLES = _words(
    """
    a abd abu ad af al an ap ar as ash at av az bar bat ben bin bint binti bt bte d da dal das de degli dei del dell
    della dello den der des di do dos du e ed el en het i ibn in l la las le les li lo los mac mc na ni nic o of op
    ould s san st t te ten ter tot u ul umm und ur us van vande vanden ver vom von wa y z ze zu zum zur
    """
)
"""Words that people write small within a name."""

_NEVER = _words(
    """
    your yours please click cancel cancelled canceled iban organiser organizer organisers organizers password invoice
    urgent urgently account bitcoin payment money euros dollars transfer http https website confirm confirmed refund
    verify selected rejected accepted invited invitation application deadline immediately attention warning today
    tomorrow visit winner
    cancelada cancelado anulada anulado pague pagar transferencia cuenta contrasena urgente organizador organizadores
    reunion solicitud rechazada aceptada
    votre vos annulee annule payez payer virement cliquez organisateur refusee acceptee veuillez
    ihre ihren bitte storniert abgesagt abgelehnt zahlen bezahlen uberweisen uberweisung klicken passwort dringend
    veranstalter sofort
    vostro vostra annullato annullata pagare paghi bonifico clicca organizzatore
    clique senha uw geannuleerd betalen betaal overmaken wachtwoord organisator alstublieft
    twoje twoja panstwa odwolane anulowane zaplac przelew kliknij haslo organizator pilne prosze
    ваш ваша ваше отменено отменена оплатите переведите срочно пароль нажмите организатор
    скасовано сплатіть терміново організатор
    σας ακυρωθηκε πληρωστε επειγον
    """
)
"""Words that are in no name, and in many a sentence that somebody would want us to carry."""

_LONG_NEVER = tuple(never for never in _NEVER if len(never) > 5)

_SELDOM = _words(
    """
    i am is are be was were the you they us for from by with and or not now here this that it our place seat spot
    ticket pay call get win won free can must has have had if as bank link dot com fee
    su plaza sido ihr platz ist konto votre place est compte sua seu vaga foi
    """
)
"""Words that a name may have, but hardly two of them."""


def greetable(name: str) -> str:
    """Return a name as typed, or nothing where it is none: we do not carry messages to strangers."""
    tidy = tidy_name(name)
    return tidy if _looks_like_name(tidy) else ""


def _looks_like_name(name: str) -> bool:
    if not 0 < len(name) <= LONGEST_NAME:
        return False
    bare = _SUFFIX.sub("", name)
    written = bare.split(" ")
    parts = [part for word in written for part in _BETWEEN.split(word) if part]
    is_spelled = bool(parts) and all(map(_is_spelled_as_name, written))
    return is_spelled and _is_short(bare, parts) and not _is_small(written) and not _speaks(parts)


def _is_spelled_as_name(word: str) -> bool:
    """Whether a word has letters of one script only, and a dot only behind an initial or a title."""
    bare = _BETWEEN.sub("", word)
    if bare.isascii() and bare.isalpha():
        return True
    letters = bare.replace(".", "").translate(_NO_JOINERS)
    if "." in bare and not all(
        map(_DOTTED.fullmatch, filter(lambda part: "." in part, _BETWEEN.split(word)))
    ):
        return False
    scripts = {_script(letter) for letter in letters}
    return bool(letters) and "" not in scripts and len(scripts - {"MARK"}) == 1 and not _is_piled_up(letters)


@cache
def _script(letter: str) -> str:
    """Return in which script a letter is; nothing for what is no letter, or only made up as another one."""
    kind = category(letter)
    if kind.startswith("M"):
        return "MARK"
    plain = normalize("NFKC", letter)
    if not kind.startswith("L") or (plain != letter and plain.isascii() and letter not in _KEPT):
        return ""
    script = "LATIN" if letter in _KEPT else character_name(letter, "").split(" ")[0]
    return "CJK" if script in _CJK else script


def _is_piled_up(letters: str) -> bool:
    """Whether accents stand in the place of a letter, or more of them on one than any script has."""
    marks = 3
    for letter in letters:
        marks = marks + 1 if _script(letter) == "MARK" else 0
        if marks > 3:
            return True
    return False


def _is_short(name: str, parts: list[str]) -> bool:
    initials = sum(len(part.rstrip(".")) == 1 and part.upper() != part.lower() for part in parts)
    ideographs = sum(_script(char) in {"CJK", "HANGUL"} and not "゠" <= char <= "ヿ" for char in name)
    longest = max(map(len, parts))
    return (
        len(parts) <= MOST_WORDS
        and longest <= LONGEST_WORD
        and initials <= 5
        and ideographs <= MOST_IDEOGRAPHS
        and not any(len(_HUMP.findall(part)) > 2 for part in parts)
    )


def _is_small(words: list[str]) -> bool:
    """Whether words are written small as in a sentence: more than a person who never writes capitals would have."""
    first: list[str] = [_BETWEEN.split(word.lstrip(_APOSTROPHES))[0] for word in words]
    small = sum(part[:1].islower() and part.lower() not in _PARTICLES for part in first)
    is_mixed = any(part[:1].isupper() for part in first)
    return small > (1 if is_mixed and len(words) > 4 else 4)


def _speaks(parts: list[str]) -> bool:
    """Whether words of a sentence are among the parts of a name."""
    words = [fold(part) for part in parts]
    never = any(word in _NEVER or any(each in word for each in _telling(word)) for word in words)
    return never or sum(word in _SELDOM for word in words) > 1


def _telling(word: str) -> tuple[str, ...]:
    """Return what must not stand in a long word, either: a sentence without its spaces."""
    return _LONG_NEVER if len(word) > 12 else ()
