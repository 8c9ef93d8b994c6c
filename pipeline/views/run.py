"""What a run did, in lines and for machines."""

from dataclasses import asdict

from pipeline.decisions.places.account import Account
from pipeline.model.call import Call
from pipeline.model.report import Report
from pipeline.planning.brake import Brake, Braked
from pipeline.planning.result import Result
from pipeline.planning.waits import Waits
from pipeline.views.needs import needs_json, needs_lines
from pipeline.views.table import Json

MOST_ROWS = 20
"""So many rows are named in a line."""


def report(result: Result, call: Call) -> Report:
    """Return what is told of a run."""
    account = result.account.notes() if result.account else ()
    return Report(
        result.exit_code,
        (str(result), *account, *result.notes, *braked_lines(result.braked)),
        tuple(map(call.columns.say, needs_lines(result.needs, call.zone))),
        result_json(result),
        str(result.failure) if result.failure else "",
        result.waits.again,
    )


def result_json(result: Result) -> dict[str, Json]:
    """Return what a run did for machines; docs/commands.md describes the keys."""
    tally = result.tally
    return {
        "run_id": result.run_id,
        "sent": tally.sent,
        "deferred": tally.deferred,
        "refused": tally.refused,
        "in_doubt": tally.in_doubt,
        "held": tally.held,
        "waiting": tally.waiting,
        "waits": _waits_json(result.waits),
        "changed": result.changed,
        "api_calls": result.api_calls,
        "problems": needs_json(result.needs),
        "braked": braked_json(result.braked),
        "notes": list(result.notes),
        "failure": str(result.failure) if result.failure else None,
        "selection": account_json(result.account),
    }


def _waits_json(waits: Waits) -> Json:
    again = waits.again.isoformat() if waits.again else None
    return {**asdict(waits), "again": again, "count": waits.count}


def account_lines(account: Account | None) -> tuple[str, ...]:
    """Say how places were given, and what is not as the rules want it; nothing where no place was decided."""
    return (f"Places: {account}.", *account.notes()) if account else ()


def braked_lines(braked: tuple[Braked, ...]) -> tuple[str, ...]:
    """Say who gets no acknowledgement, a line for each reason."""
    rows = {brake: [each.row for each in braked if each.brake is brake] for brake in Brake}
    return tuple(
        f"Not acknowledged ({brake}): {'row' if len(found) == 1 else 'rows'} {_shown(found)}"
        for brake, found in rows.items()
        if found
    )


def _shown(rows: list[int]) -> str:
    shown = ", ".join(map(str, rows[:MOST_ROWS]))
    return shown if len(rows) <= MOST_ROWS else f"{shown} and {len(rows) - MOST_ROWS} more"


def braked_json(braked: tuple[Braked, ...]) -> Json:
    """Return who gets no acknowledgement, and why, for machines."""
    return [asdict(each) for each in braked]


def account_json(account: Account | None) -> Json:
    """Return how a selection was made for machines; null where none was."""
    if account is None:
        return None
    return {
        "seed": account.seed,
        "method": account.method.value,
        "is_proved": account.is_proved,
        "places": account.places,
        "overbooked": account.overbooked,
        "filled": account.filled,
        "offered": account.offered,
        "exceeded": [asdict(rule) for rule in account.exceeded],
        "missed": [asdict(rule) for rule in account.missed],
        "stuck": account.stuck,
        "one_time": account.one_time,
    }
