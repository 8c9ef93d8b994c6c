"""Numbers and charts: people by status, places by quota, responses a day."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.decisions.places.line_up import line_up, make_contest
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.frozen import dataclass
from pipeline.model.history import SEATED
from pipeline.model.said import Said
from pipeline.model.tab import Area, ChartKind, Look, TabCell, TabChart
from pipeline.planning.tab.facts import Facts, Line, heading, labels

MOST_DAYS = 60
"""So many days of responses are shown, the last ones."""

CHART_ROWS = 12
"""How high a chart is."""

GIVEN, BOUND = Said("head given"), Said("head bound")

CHART_COLUMN, CHART_COLUMNS = 6, 4
"""Where charts begin, and how wide they are. Their place is fixed: no list that grows runs into them."""

MOST_BARS = 14
"""So many quotas are drawn; all are listed."""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of those whom a rule counts have a place, or are to get one; `bound` is its number, `asks` what for."""

    name: str
    given: int
    bound: int
    asks: str

    @property
    def title(self) -> str:
        return Said(f"quota {self.asks}", name=self.name) if self.asks else self.name


@dataclass(frozen=True, slots=True)
class Numbers:
    """The rows of numbers, with the charts that are drawn from them."""

    rows: tuple[Line, ...]
    charts: tuple[TabChart, ...]


def number_rows(facts: Facts, first: int) -> Numbers:
    """Count people by status and places by quota, from row `first` of the tab."""
    statuses, quotas = count_statuses(facts), count_quotas(facts)
    by_status = tuple((TabCell(name), TabCell(number, Look.NUMBER)) for name, number in statuses)
    by_quota = tuple(
        (TabCell(each.title), TabCell(each.given, Look.NUMBER), TabCell(each.bound, Look.NUMBER))
        for each in quotas
    )
    upper = (heading(Said("numbers")), labels("status", "people"), *by_status, ())
    second, bars = first + len(upper) + 1, min(len(quotas), MOST_BARS)
    people = TabChart(
        Said("people by status"),
        ChartKind.BAR,
        Area(first + 2, 0, len(statuses)),
        ((Said("head people"), Area(first + 2, 1, len(statuses))),),
        _place(1),
    )
    places = TabChart(
        Said("places by quota"),
        ChartKind.BAR,
        Area(second, 0, bars),
        ((GIVEN, Area(second, 1, bars)), (BOUND, Area(second, 2, bars))),
        _place(0),
    )
    rows = (*upper, labels("places", "given", "bound"), *by_quota, ())
    return Numbers(rows, (places, people) if statuses else (places,))


def _place(number: int) -> Area:
    """Return where a chart lies: to the right of all that may grow, one below the other."""
    return Area(number * (CHART_ROWS + 1), CHART_COLUMN, CHART_ROWS, CHART_COLUMNS)


def count_statuses(facts: Facts) -> tuple[tuple[str, int], ...]:
    """Count rows by the status that they show, in the order in which statuses follow each other."""
    counts = Counter(item.cells.status for item in facts.shown)
    return tuple((status, counts[status]) for status in Status if counts[status])


def count_quotas(facts: Facts) -> tuple[Quota, ...]:
    """Count who has a place, or is to get one, by each rule: all places, then minimums, wishes and limits."""
    seated = {ref for ref, standing in facts.history.standings.items() if standing.status in SEATED}
    cases = {verdict.reference: verdict.case for verdict in facts.verdicts}
    sitting = tuple(case for ref, case in cases.items() if ref in seated)
    left = tuple(
        case
        for ref, case in cases.items()
        if ref not in seated and case.classification.eligibility is Eligibility.ELIGIBLE
    )
    entrants = line_up(facts.call, left, sitting, len(seated) - len(sitting))
    contest = make_contest(facts.call, entrants, facts.now)
    proposed = {item.cells.reference for item in facts.shown if item.cells.status == Status.PROPOSED_OFFER}
    have = contest.seated | proposed
    at_most = (Quota(each.name, len(each.members & have), each.most, "at most") for each in contest.limits)
    at_least, wished = (
        tuple(Quota(each.name, len(each.members & have), each.least, asks) for each in rules)
        for rules, asks in ((contest.minimums, "at least"), (contest.wishes, "wished for"))
    )
    return (
        Quota(Said("every place"), len(seated | proposed), contest.capacity, ""),
        *at_least,
        *wished,
        *at_most,
    )


def response_rows(facts: Facts, first: int) -> Numbers:
    """Count responses by day, from row `first` of the tab."""
    days = count_days(facts)
    if not days:
        return Numbers((), ())
    rows = tuple((TabCell(Said("day", on=each)), TabCell(number, Look.NUMBER)) for each, number in days)
    names, values = Area(first + 2, 0, len(days)), Area(first + 2, 1, len(days))
    chart = TabChart(
        Said("responses a day"), ChartKind.COLUMN, names, ((Said("head responses"), values),), _place(2)
    )
    return Numbers((heading(Said("responses a day")), labels("day", "responses"), *rows), (chart,))


def count_days(facts: Facts) -> tuple[tuple[date, int], ...]:
    """Count responses by the day on which they were sent, without a gap; of a long time, the last days."""
    sent = Counter(
        item.entry.response.submitted.astimezone(facts.call.zone).date()
        for item in facts.shown
        if item.entry.response
    )
    return tuple((each, sent[each]) for each in _days(sent)) if sent else ()


def _days(sent: Counter[date]) -> Iterator[date]:
    last = max(sent)
    first = max(min(sent), last - timedelta(days=MOST_DAYS - 1))
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
