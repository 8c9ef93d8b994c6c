"""Numbers and charts: people by status, places by quota, responses a day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.decisions.places.line_up import line_up, make_contest
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.history import SEATED
from pipeline.model.tab import Area, ChartKind, Look, TabCell, TabChart
from pipeline.model.text import day
from pipeline.planning.tab.facts import Facts, Line, heading, labels

MOST_DAYS = 60
"""So many days of responses are shown, the last ones."""

CHART_ROWS = 14
"""How high a chart is."""

GIVEN = "Given or proposed"

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
        return f"{self.name} ({self.asks})" if self.asks else self.name


@dataclass(frozen=True, slots=True)
class Numbers:
    """The rows of numbers, with the charts that lie beside them."""

    rows: tuple[Line, ...]
    charts: tuple[TabChart, ...]


def number_rows(facts: Facts, first: int) -> Numbers:
    """Count people by status and places by quota, from row `first` of the tab; the charts lie to the right."""
    statuses, quotas = count_statuses(facts), count_quotas(facts)
    by_status = tuple((TabCell(name), TabCell(number, Look.NUMBER)) for name, number in statuses)
    by_quota = tuple(
        (TabCell(each.title), TabCell(each.given, Look.NUMBER), TabCell(each.bound, Look.NUMBER))
        for each in quotas
    )
    upper = _padded((heading("Numbers"), labels("Status", "People"), *by_status))
    lower = _padded((labels("Places", GIVEN, "Asked for"), *by_quota))
    second = first + len(upper)
    bars = min(len(quotas), MOST_BARS)
    status_chart = TabChart(
        "People by status",
        ChartKind.BAR,
        Area(first + 2, 0, len(statuses)),
        (("People", Area(first + 2, 1, len(statuses))),),
        Area(first + 1, 2, CHART_ROWS - 1),
    )
    quota_chart = TabChart(
        "Places by quota",
        ChartKind.BAR,
        Area(second + 1, 0, bars),
        ((GIVEN, Area(second + 1, 1, bars)), ("Asked for", Area(second + 1, 2, bars))),
        Area(second, 3, CHART_ROWS, 2),
    )
    return Numbers((*upper, *lower), (*((status_chart,) if statuses else ()), quota_chart))


def _padded(rows: tuple[Line, ...]) -> tuple[Line, ...]:
    """Leave room for a chart beside some rows, and a blank row below."""
    return (*rows, *((),) * (max(CHART_ROWS - len(rows), 0) + 1))


def count_statuses(facts: Facts) -> tuple[tuple[str, int], ...]:
    """Count rows by the status that they show, in the order in which statuses follow each other."""
    counts = Counter(item.cells.status for item in facts.shown)
    return tuple((status.value, counts[status]) for status in Status if counts[status])


def count_quotas(facts: Facts) -> tuple[Quota, ...]:
    """Count who has a place, or is to get one, by each rule: all places, then what is asked for at least, at most."""
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
    at_least = (
        Quota(each.name, len(each.members & have), each.least, "at least")
        for each in (*contest.minimums, *contest.wishes)
    )
    return (Quota("All places", len(seated | proposed), contest.capacity, ""), *at_least, *at_most)


def response_rows(facts: Facts, first: int, at: Area) -> Numbers:
    """Count responses by day, from row `first` of the tab; the chart lies `at`."""
    days = count_days(facts)
    if not days:
        return Numbers((), ())
    rows = tuple((TabCell(day(each)), TabCell(number, Look.NUMBER)) for each, number in days)
    names, values = Area(first + 2, 0, len(days)), Area(first + 2, 1, len(days))
    chart = TabChart("Responses a day", ChartKind.COLUMN, names, (("Responses", values),), at)
    return Numbers((heading("Responses a day"), labels("Day", "Responses"), *rows), (chart,))


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
