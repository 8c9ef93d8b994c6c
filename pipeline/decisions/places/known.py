"""Which answers the places are given by, and whether they are known. Pure.

What is counted nowhere, or silently comes last, would break a limit that it belongs to: a person is asked first.
"""

from collections.abc import Iterator

from pipeline.audience.answers import understand
from pipeline.audience.combined import unclear
from pipeline.decisions.places.measures import is_measured
from pipeline.model.applicant import Response
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.places import CATEGORY, Places
from pipeline.model.question import Question
from pipeline.model.ranks import DAYS, NUMBERS, IfMissing, RankKey
from pipeline.model.rules import Condition
from pipeline.model.text import fold

_NO_ORGANISATION = (
    "none, no, n/a, na, not applicable, nothing, private, private person, individual, independent, freelance, "
    "freelancer, free lance, self employed, sole trader, own account, unaffiliated, unemployed, retired, keine, "
    "keiner, keines, entfällt, privat, privatperson, selbständig, selbstständig, freiberuflich, freiberufler, "
    "freiberuflerin, freischaffend, aucun, aucune, néant, sans, indépendant, indépendante, à mon compte, auto "
    "entrepreneur, auto entrepreneuse, travailleur indépendant, ninguno, ninguna, no aplica, autónomo, autónoma, "
    "independiente, por cuenta propia, nessuno, nessuna, libero professionista, libera professionista, autonomo, "
    "autonoma, nenhum, nenhuma, independente, por conta própria, geen, n.v.t., zzp, zzp'er, zelfstandig, "
    "zelfstandige, brak, nie dotyczy, wolny strzelec, samozatrudniony, samozatrudniona, žádná, žádný, osvč, žiadna, "
    "živnostník, szčo, ingen, inget, selvstændig, egenföretagare, frilans, frilanser, frilansare, ei mitään, ei ole, "
    "yrittäjä, nincs, szabadúszó, egyéni vállalkozó, niciuna, niciunul, liber profesionist, pfa, nema, slobodnjak, "
    "brez, samozaposlen, samozaposlena, samostojni podjetnik, nav, pašnodarbināts, nėra, savarankiškai dirbantis, "
    "puudub, vabakutseline, fie, κανένα, καμία, κανένας, ελεύθερος επαγγελματίας, αυτοαπασχολούμενος, няма, свободна "
    "практика, самонаето лице, níl, féinfhostaithe, xejn, għal rasu"
)
"""What people without an organisation write, in the languages of the European Union: known, and no group to share."""
_NO_GROUP = frozenset(map(fold, _NO_ORGANISATION.split(", ")))


@dataclass(frozen=True, slots=True)
class Needed:
    """An answer that a rule of the places reads: for `rank` where it ranks people, in `where` if it is a condition."""

    key: str
    if_missing: IfMissing
    rank: RankKey | None = None
    where: Condition | None = None


def needed(places: Places) -> Iterator[Needed]:
    """Yield every answer that a rule reads, as the rule says what becomes of somebody without it."""
    for rule in places.quotas:
        if rule.group:
            yield Needed(rule.group, rule.if_missing)
        for key in rule.where.keys if rule.where else ():
            yield Needed(key, rule.if_missing, where=rule.where)
    if places.like_follows_like:
        yield Needed(places.like_follows_like, IfMissing.ASK)
    for rank in (*places.tiers, *places.rank_by):
        for key in rank.columns:
            yield Needed(key, rank.if_missing, rank)


def unknown(call: Call, response: Response) -> Iterator[Needed]:
    """Yield what rules need of somebody and is not known."""
    return (
        each for each in needed(call.places) if each.key != CATEGORY and not _is_there(call, response, each)
    )


def _is_there(call: Call, response: Response, each: Needed) -> bool:
    if each.where:
        return each.key not in response.differing and each.key not in unclear(each.where, response.answers)
    return is_known(call, response, each.key, each.rank)


def missing(call: Call, response: Response, which: IfMissing) -> tuple[str, ...]:
    """Return the keys of the answers that are not known, and of which a rule says this."""
    return tuple(dict.fromkeys(each.key for each in unknown(call, response) if each.if_missing is which))


def is_known(call: Call, response: Response, key: str, rank: RankKey | None = None) -> bool:
    """Whether it is plain what somebody answered, and where that ranks."""
    question, answer = call.columns.question(key), response.answers.get(key, "")
    if key in response.differing or not fold(answer):
        return False
    if question.is_listed:
        found = understand(question, answer)
        is_one = len(found.options) == 1 or (question.takes_several and len(found.options) > 1)
        return is_one and not found.rest
    return rank is None or rank.by not in NUMBERS | DAYS or is_measured(call, response, rank, key)


def is_no_group(question: Question, answer: str) -> bool:
    """Whether somebody says that there is nothing to share with others: no organisation, freelance, a dash."""
    said = fold(answer)
    return not question.is_listed and (said in _NO_GROUP or not any(map(str.isalnum, said)))
