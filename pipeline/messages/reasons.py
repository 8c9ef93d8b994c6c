"""Why, in the reader's language: the reasons that a letter may tell, in the languages that Convene ships.

All others speak to the organisers. In a language that is not here there are no words: a template asks for them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pipeline.messages.language import ENGLISH, write_list
from pipeline.model.reason import Reason, ReasonKind
from pipeline.model.text import shorten
from pipeline.model.wordings import Causes, Pairs, Rules, words

FOR_READERS = frozenset(
    {
        *(ReasonKind.RULE, ReasonKind.LATE, ReasonKind.NO_CATEGORY, ReasonKind.SEVERAL_CATEGORIES),
        *(ReasonKind.OFFERED, ReasonKind.WAITING, ReasonKind.NO_PLACE),
    }
)
"""The reasons that a letter may tell."""


def tell(reasons: tuple[Reason, ...], language: str) -> str:
    """Say what a letter may tell of reasons, each a sentence; nothing in a language that has no words for them."""
    told = tuple(reason for reason in reasons if reason.kind in FOR_READERS)
    if language == ENGLISH:
        return words(told)
    phrases = PHRASES.get(language.partition("-")[0])
    if phrases is None:
        return ""
    sayer = _Sayer(language, phrases)
    return " ".join(sayer.say(reason) for reason in told)


@dataclass(frozen=True, slots=True)
class _Sayer:
    language: str
    phrases: Mapping[str, str]

    def say(self, reason: Reason) -> str:
        write: Callable[..., str] = _WRITE[reason.kind]
        return write(self, **dict(reason.facts))

    def rule(self, text: str) -> str:
        return text  # as organisers wrote it, with the answer that decided

    def late(self) -> str:
        return self.phrases["late"]

    def no_category(self, answers: Pairs) -> str:
        given = (self.phrases["answer"].format(shorten(answer), header) for answer, header in answers)
        return self.phrases["no category"].format(self.list(given))

    def several(self, titles: tuple[str, ...]) -> str:
        return self.phrases["several"].format(
            self.list(self.phrases["quoted"].format(title) for title in titles)
        )

    def offered(self, rank: int, tier: int, causes: Causes) -> str:
        tiers = (self.phrases["tier"].format(tier),) if tier and rank else ()
        first = (*tiers, self.phrases["rank"].format(rank)) if rank else (self.phrases["from the list"],)
        return self.phrases["offered"].format("; ".join((", ".join(first), *self.causes(causes))))

    def waiting(self, places: int, full: Rules, position: int) -> str:
        freed = self.phrases["freed"].format(self.list(name for name, _ in full)) if full else ""
        return self.phrases["waiting"].format(taken=self.taken(places, full), position=position, freed=freed)

    def no_place(self, places: int, full: Rules, causes: Causes, is_closed: bool) -> str:
        why = (self.taken(places, full),) if places or full else ()
        said = (*why, *(() if full else self.causes(causes)))
        return self.phrases["closed" if is_closed else "full"].format("; ".join(said))

    def taken(self, places: int, full: Rules) -> str:
        """Say that all places are taken, or all of each limit that is full."""
        limits = full or (("", places),)
        said = (
            self.phrases["only place" if bound == 1 else "all places"].format(
                bound, self.phrases["freed"].format(name) if name else ""
            )
            for name, bound in limits
        )
        return self.list(said)

    def causes(self, causes: Causes) -> tuple[str, ...]:
        return tuple(filter(None, (self.cause(*cause) for cause in causes)))

    def cause(self, ground: str, rules: Rules, beside: bool) -> str:
        if ground == "rank":  # it is said anyway
            return ""
        least = (self.phrases["at least"].format(name, bound) for name, bound in rules)
        named = {"tier": "tier before", "needed together": ground if rules else f"{ground} of nothing"}
        said = self.phrases[named.get(ground, ground)]
        said = said.format(self.list(least, "or" if ground == "minimum" else "and"))
        return self.phrases["beside"].format(said) if beside else said

    def list(self, items: Iterable[str], last: str = "and") -> str:
        return write_list(items, self.language, last)


_WRITE: Mapping[ReasonKind, Callable[..., str]] = {
    ReasonKind.RULE: _Sayer.rule,
    ReasonKind.LATE: _Sayer.late,
    ReasonKind.NO_CATEGORY: _Sayer.no_category,
    ReasonKind.SEVERAL_CATEGORIES: _Sayer.several,
    ReasonKind.OFFERED: _Sayer.offered,
    ReasonKind.WAITING: _Sayer.waiting,
    ReasonKind.NO_PLACE: _Sayer.no_place,
}

PHRASES: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "late": "Candidature arrivée après la date limite.",
        "answer": "« {0} » à « {1} »",
        "quoted": "« {} »",
        "no category": "Aucune catégorie ne correspond à ces réponses : {}.",
        "several": "Correspond à plusieurs catégories : {}.",
        "offered": "Une place est proposée : {}.",
        "tier": "groupe {}",
        "rank": "rang {}",
        "from the list": "depuis la liste d’attente",
        "waiting": "Sur la liste d’attente : {taken} ; numéro {position} si une place{freed} se libère.",
        "freed": " pour {}",
        "only place": "la seule place{1} est prise",
        "all places": "les {0} places{1} sont prises",
        "full": "Pas de place : {}, et la liste d’attente est pleine.",
        "closed": "Pas de place : {}, et la liste d’attente est close.",
        "at least": "{} (au moins {})",
        "beside": "à côté de ceux qui ont un meilleur rang, {}",
        "needed": "nécessaire pour {}",
        "needed together": "nécessaire pour {}, pris ensemble",
        "needed together of nothing": "vient à côté de ceux qu’exigent les minimums",
        "no places": "toutes les places étaient déjà prises",
        "taken": "toutes les places vont à ceux qui ont un meilleur rang",
        "minimum": "empêcherait {}",
        "empty": "laisserait une place vide",
        "tier before": "laisserait moins de places aux meilleurs groupes",
        "wish": "rendrait le groupe moins équilibré que souhaité",
        "tie": "le tirage au sort entre égaux a décidé autrement",
        "unproved": "le temps a manqué pour en dire plus",
    },
    "de": {
        "late": "Nach dem Bewerbungsschluss beworben.",
        "answer": "„{0}“ auf „{1}“",
        "quoted": "„{}“",
        "no category": "Zu diesen Antworten passt keine Kategorie: {}.",
        "several": "Passt in mehrere Kategorien: {}.",
        "offered": "Ein Platz wird angeboten: {}.",
        "tier": "Gruppe {}",
        "rank": "Rang {}",
        "from the list": "von der Warteliste",
        "waiting": "Auf der Warteliste: {taken}; Nummer {position}, wenn ein Platz{freed} frei wird.",
        "freed": " für {}",
        "only place": "der einzige Platz{1} ist vergeben",
        "all places": "alle {0} Plätze{1} sind vergeben",
        "full": "Kein Platz: {}, und die Warteliste ist voll.",
        "closed": "Kein Platz: {}, und die Warteliste ist geschlossen.",
        "at least": "{} (mindestens {})",
        "beside": "neben denen, die vorher kommen: {}",
        "needed": "nötig für {}",
        "needed together": "nötig für {} zusammen",
        "needed together of nothing": "kommt neben denen hinzu, die für Mindestzahlen nötig sind",
        "no places": "alle Plätze waren vorher vergeben",
        "taken": "alle Plätze gehen an die, die vorher kommen",
        "minimum": "würde {} verhindern",
        "empty": "ließe einen Platz leer",
        "tier before": "ließe besseren Gruppen weniger Plätze",
        "wish": "machte die Gruppe weniger ausgewogen als gewünscht",
        "tie": "das Los unter Gleichen fiel anders",
        "unproved": "für mehr reichte die Zeit nicht",
    },
    "es": {
        "late": "Solicitud recibida después de la fecha límite.",
        "answer": "«{0}» a «{1}»",
        "quoted": "«{}»",
        "no category": "Ninguna categoría corresponde a estas respuestas: {}.",
        "several": "Corresponde a varias categorías: {}.",
        "offered": "Se ofrece una plaza: {}.",
        "tier": "grupo {}",
        "rank": "puesto {}",
        "from the list": "desde la lista de espera",
        "waiting": "En la lista de espera: {taken}; número {position} si queda libre una plaza{freed}.",
        "freed": " para {}",
        "only place": "la única plaza{1} está ocupada",
        "all places": "las {0} plazas{1} están ocupadas",
        "full": "Sin plaza: {}, y la lista de espera está llena.",
        "closed": "Sin plaza: {}, y la lista de espera está cerrada.",
        "at least": "{} (al menos {})",
        "beside": "junto a quienes tienen mejor puesto, {}",
        "needed": "hace falta para {}",
        "needed together": "hace falta para {}, en conjunto",
        "needed together of nothing": "entra junto a quienes hacen falta para los mínimos",
        "no places": "todas las plazas estaban ya ocupadas",
        "taken": "todas las plazas son para quienes tienen mejor puesto",
        "minimum": "impediría {}",
        "empty": "dejaría una plaza vacía",
        "tier before": "dejaría menos plazas a grupos mejores",
        "wish": "haría el grupo menos equilibrado de lo deseado",
        "tie": "el sorteo entre iguales decidió otra cosa",
        "unproved": "no hubo tiempo para averiguar más",
    },
}
