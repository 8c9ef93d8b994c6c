"""The words that organisers can type in the Decision column, and how they are written in four languages."""

from collections.abc import Iterable
from enum import StrEnum


class Word(StrEnum):
    """An organiser's word, as the drop-down offers it; it beats the rules and the ranking."""

    INVITE = "Invite"
    WAITING = "Waiting list"
    DECLINE = "Decline"
    HOLD = "Hold"
    CONFIRMED = "Confirmed"
    WITHDRAWN = "Withdrawn"
    CANCEL = "Cancel"
    NO_SHOW = "No show"
    REPLACE = "Replace"
    EXTEND = "Extend"
    ELIGIBLE = "Eligible"
    SAME_PERSON = "Same person"
    OTHER_PERSON = "Other person"
    SEND_AGAIN = "Send again"
    DELIVERED = "Delivered"
    ADDRESS_CORRECTED = "Address corrected"
    OK = "ok"


SETTLING = frozenset({Word.SEND_AGAIN, Word.DELIVERED, Word.ADDRESS_CORRECTED})
"""Words about a message that did not arrive, or may not have; they decide nothing about the person."""

ABOUT_WHO = frozenset({Word.SAME_PERSON, Word.OTHER_PERSON})
"""Words about who somebody is; they decide nothing else, and leave the rest to the rules and the ranking."""

ALSO = {
    Word.INVITE: ("invited", "offer", "offered"),
    Word.WAITING: ("waitlist", "waiting", "wait"),
    Word.DECLINE: ("declined", "not selected", "reject", "rejected"),
    Word.HOLD: ("on hold",),
    Word.CONFIRMED: ("confirm", "confirms"),
    Word.WITHDRAWN: ("withdraw", "withdrew"),
    Word.CANCEL: ("cancel the invitation", "cancel invitation"),
    Word.NO_SHOW: ("noshow", "did not come"),
    Word.REPLACE: ("replaced",),
    Word.EXTEND: ("extended",),
    Word.SEND_AGAIN: ("resend", "send it again"),
    Word.DELIVERED: ("arrived",),
    Word.ADDRESS_CORRECTED: ("correct address", "new address"),
    Word.OK: ("okay", "approve", "approved", "release", "released"),
}
IN_OTHER_LANGUAGES = {
    Word.INVITE: (
        "inviter",
        "invité",
        "invitée",
        "einladen",
        "eingeladen",
        "invitar",
        "invitado",
        "invitada",
    ),
    Word.WAITING: ("liste d'attente", "en attente", "Warteliste", "warten", "lista de espera", "en espera"),
    Word.DECLINE: (
        "refuser",
        "refusé",
        "refusée",
        "ablehnen",
        "abgelehnt",
        "rechazar",
        "rechazado",
        "rechazada",
    ),
    Word.HOLD: ("suspendre", "en suspens", "zurückstellen", "zurückgestellt", "retener", "en pausa"),
    Word.CONFIRMED: ("confirmé", "confirmée", "bestätigt", "zugesagt", "confirmado", "confirmada"),
    Word.WITHDRAWN: (
        "désistement",
        "désisté",
        "désistée",
        "retiré",
        "retirée",
        "zurückgezogen",
        "abgesagt",
        "retirado",
        "retirada",
    ),
    Word.CANCEL: (
        "annuler l'invitation",
        "Einladung zurücknehmen",
        "ausladen",
        "anular la invitación",
        "cancelar la invitación",
    ),
    Word.NO_SHOW: (
        "absence",
        "absent",
        "absente",
        "nicht erschienen",
        "nicht gekommen",
        "no vino",
        "no se presentó",
    ),
    Word.REPLACE: (
        "remplacer",
        "remplacé",
        "remplacée",
        "ersetzen",
        "ersetzt",
        "sustituir",
        "sustituido",
        "sustituida",
    ),
    Word.EXTEND: ("prolonger", "prolongé", "verlängern", "verlängert", "prorrogar", "prorrogado"),
    Word.ELIGIBLE: ("éligible", "geeignet", "zugelassen", "elegible", "admisible"),
    Word.SAME_PERSON: ("même personne", "dieselbe Person", "gleiche Person", "misma persona"),
    Word.OTHER_PERSON: ("autre personne", "andere Person", "otra persona"),
    Word.SEND_AGAIN: ("renvoyer", "noch einmal senden", "erneut senden", "enviar de nuevo", "reenviar"),
    Word.DELIVERED: ("remis", "zugestellt", "angekommen", "entregado"),
    Word.ADDRESS_CORRECTED: ("adresse corrigée", "Adresse korrigiert", "dirección corregida"),
    Word.OK: ("d'accord", "freigeben", "freigegeben", "aprobar", "aprobado"),
}
"""The same words in French, German and Spanish: they are understood whatever language the letters are in."""

BEFORE_MORE = {
    Word.INVITE: ("as", "comme", "als", "como"),
    Word.REPLACE: ("by", "with", "par", "durch", "por"),
    Word.EXTEND: ("to", "until", "jusqu'au", "bis", "hasta"),
}
"""What stands between a word and what it takes: `Replace by …`."""

WITH_COLON = frozenset({Word.INVITE, Word.ELIGIBLE, Word.SAME_PERSON})
"""Words behind which a colon may stand, and then what they take: `Eligible: …`."""

SILENT = (
    "silent",
    "silently",
    "sans courriel",
    "sans message",
    "ohne Mail",
    "ohne E-Mail",
    "sin correo",
    "sin mensaje",
)
"""Behind a word and a comma: nothing is sent, the organisers tell it themselves."""


def forms(word: Word) -> Iterable[str]:
    """Return all ways in which a word is written."""
    return word.value, *ALSO.get(word, ()), *IN_OTHER_LANGUAGES.get(word, ())
