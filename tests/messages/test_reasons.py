from itertools import product

import pytest

from pipeline.messages.reasons import FOR_READERS, tell
from pipeline.model.reason import Fact, Reason, ReasonKind, because
from pipeline.model.said import PHRASES
from pipeline.model.wordings import words
from pipeline.selection.reasons.why import Ground

SPAIN: Fact = (("Spain", 4),)
BOTH: Fact = (("Spain", 4), ("Porto", 1))


def caused(ground: str, rules: Fact = (), beside: bool = False) -> Reason:
    cause: Fact = (ground, rules, int(beside))
    return because(ReasonKind.OFFERED, rank=3, tier=2, causes=(cause,))


CASES = {
    "rule": because(ReasonKind.RULE, text="As it is."),
    "late": because(ReasonKind.LATE),
    "no category": because(ReasonKind.NO_CATEGORY, answers=(("cook", "Role"),)),
    "several": because(ReasonKind.SEVERAL_CATEGORIES, titles=("A", "B")),
    "offered": because(ReasonKind.OFFERED, rank=7, tier=0, causes=()),
    "called up": because(ReasonKind.OFFERED, rank=0, tier=1, causes=()),
    "waiting": because(ReasonKind.WAITING, places=35, full=(), position=2),
    "waiting for one": because(ReasonKind.WAITING, places=0, full=BOTH, position=1),
    "full": because(ReasonKind.NO_PLACE, places=1, full=(), causes=(), is_closed=False),
    "closed": because(ReasonKind.NO_PLACE, places=0, full=SPAIN, causes=(), is_closed=True),
    "obstacle": because(ReasonKind.NO_PLACE, places=0, full=(), causes=(("tie", (), 0),), is_closed=False),
}


@pytest.mark.parametrize(
    ("case", "french", "german", "spanish"),
    [
        ("rule", "As it is.", "As it is.", "As it is."),
        ("late", "Candidature arrivée après la date limite.", "Nach dem Bewerbungsschluss beworben.",
         "Solicitud recibida después de la fecha límite."),
        ("no category", "Aucune catégorie ne correspond à ces réponses : « cook » à « Role ».",
         "Zu diesen Antworten passt keine Kategorie: „cook“ auf „Role“.",
         "Ninguna categoría corresponde a estas respuestas: «cook» a «Role»."),
        ("several", "Correspond à plusieurs catégories : « A » et « B ».",
         "Passt in mehrere Kategorien: „A“ und „B“.", "Corresponde a varias categorías: «A» y «B»."),
        ("offered", "Une place est proposée : rang 7.", "Ein Platz wird angeboten: Rang 7.",
         "Se ofrece una plaza: puesto 7."),
        ("called up", "Une place est proposée : depuis la liste d’attente.",
         "Ein Platz wird angeboten: von der Warteliste.", "Se ofrece una plaza: desde la lista de espera."),
        ("waiting", "Sur la liste d’attente : les 35 places sont prises ; numéro 2 si une place se libère.",
         "Auf der Warteliste: alle 35 Plätze sind vergeben; Nummer 2, wenn ein Platz frei wird.",
         "En la lista de espera: las 35 plazas están ocupadas; número 2 si queda libre una plaza."),
        ("waiting for one",
         "Sur la liste d’attente : les 4 places pour Spain sont prises et la seule place pour Porto est prise ; "
         "numéro 1 si une place pour Spain et Porto se libère.",
         "Auf der Warteliste: alle 4 Plätze für Spain sind vergeben und der einzige Platz für Porto ist vergeben; "
         "Nummer 1, wenn ein Platz für Spain und Porto frei wird.",
         "En la lista de espera: las 4 plazas para Spain están ocupadas y la única plaza para Porto está ocupada; "
         "número 1 si queda libre una plaza para Spain y Porto."),
        ("full", "Pas de place : la seule place est prise, et la liste d’attente est pleine.",
         "Kein Platz: der einzige Platz ist vergeben, und die Warteliste ist voll.",
         "Sin plaza: la única plaza está ocupada, y la lista de espera está llena."),
        ("closed", "Pas de place : les 4 places pour Spain sont prises, et la liste d’attente est close.",
         "Kein Platz: alle 4 Plätze für Spain sind vergeben, und die Warteliste ist geschlossen.",
         "Sin plaza: las 4 plazas para Spain están ocupadas, y la lista de espera está cerrada."),
        ("obstacle",
         "Pas de place : le tirage au sort entre égaux a décidé autrement, et la liste d’attente est pleine.",
         "Kein Platz: das Los unter Gleichen fiel anders, und die Warteliste ist voll.",
         "Sin plaza: el sorteo entre iguales decidió otra cosa, y la lista de espera está llena."),
    ],
)  # fmt: skip
def test_a_letter_tells_why_in_its_language(case: str, french: str, german: str, spanish: str) -> None:
    reason = CASES[case]
    assert [tell((reason,), code) for code in ("fr", "de-AT", "es", "en", "fi")] == [
        *(french, german, spanish),
        *(words((reason,)), ""),
    ]


@pytest.mark.parametrize(("ground", "code"), list(product(Ground, PHRASES)))
def test_every_ground_has_words_in_every_language(ground: Ground, code: str) -> None:
    if ground is Ground.LIMIT:
        return  # said as what is full
    alone, beside = (tell((caused(ground.value, SPAIN, each),), code) for each in (False, True))
    assert (alone == beside) is (ground is Ground.RANK)
    assert tell((caused(ground.value),), code)


def test_what_speaks_to_the_organisers_is_told_to_nobody() -> None:
    others = [kind for kind in ReasonKind if kind not in FOR_READERS]
    assert {tell((Reason(kind),), code) for kind in others for code in ("en", "fr")} == {""}
