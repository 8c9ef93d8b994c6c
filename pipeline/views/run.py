"""What a run did, in lines and for machines."""

from dataclasses import asdict

from pipeline.decisions.places.account import Account
from pipeline.planning.result import Result
from pipeline.views.table import Json, problems_json


def result_json(result: Result) -> Json:
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
        "changed": result.changed,
        "api_calls": result.api_calls,
        "problems": problems_json(result.problems),
        "failure": str(result.failure) if result.failure else None,
        "selection": account_json(result.account),
    }


def account_lines(account: Account | None) -> tuple[str, ...]:
    """Say how places were given, and what is not as the rules want it; nothing where no place was decided."""
    return (f"Places: {account}.", *account.notes()) if account else ()


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
    }
