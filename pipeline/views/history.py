"""One person's story and the log of runs, for `convene history` and `convene log`: as lines and as data."""

from pipeline.model.call import Call, when
from pipeline.model.history import How
from pipeline.model.history_events import CHANGED, NOTED, REMOVED, Happening, LoggedRun, SettingChanged, What
from pipeline.model.kinds import title_of
from pipeline.model.message import DECISIONS, State
from pipeline.model.text import counted, one_line, quote
from pipeline.model.wordings import words
from pipeline.views.table import Json

MANY = 5
"""So many changed settings are named in a line; more of them are counted."""

CAUSES = {
    "said_yes": "the person said yes",
    "said_no": "the person said no",
    "reply_date_passed": "the date for an answer passed",
    "word": "a word in Decision",
    "resolve": "`convene resolve`",
    "adopted": "taken over from the sheet",
}
"""What moved somebody on, or a letter, where no reason says it."""

RELEASED = {
    How.WORD: "in the sheet, by the word in Decision; seen then",
    How.OK: "in the sheet, by ok in Decision; seen then",
    How.CODE: "in the sheet, by Approve all; seen then",
    How.COMMAND: "`convene approve`",
}

BECAME = {
    State.PREPARED: "not sent yet",
    State.ACCEPTED: "sent",
    State.DEFERRED: "put off by the mail server",
    State.REFUSED: "refused by the mail server",
    State.IN_DOUBT: "in doubt, it may have been delivered",
    State.HELD: "not sent, because what it rests on had changed or its time had passed",
    State.CANCELLED: "called off before it left",
    State.REPLACED: "it did not arrive, and a new one takes its place",
}


def say_happening(happening: Happening) -> str:
    """Say in a sentence what happened to a person."""
    match happening.what:
        case What.APPLIED:
            return f"The response of {happening.about.replace('T', ' ')} was read."
        case What.WORD:
            return _say_word(happening)
        case What.DECISION:
            return _say_decision(happening)
        case What.RELEASE:
            return _say_release(happening)
        case What.SEEN:
            return f"Marked as seen by {happening.said}: {happening.about}."
        case _:
            return _say_letter(happening)


def _say_word(happening: Happening) -> str:
    word, before = quote(happening.about), quote(happening.said)
    if happening.became == REMOVED:
        return f"Decision: {before} was taken out."
    return (
        f"Decision: {before} became {word}."
        if happening.became in {CHANGED, NOTED}
        else f"Decision: {word} was typed."
    )


def _say_decision(happening: Happening) -> str:
    cause = f", {CAUSES[happening.cause]}" if happening.cause in CAUSES else ""
    became = f" ({happening.became})" if happening.became else ""
    note = f" Note: {quote(happening.said)}." if happening.said else ""
    return one_line(f"{happening.about}{became}{cause}: {words(happening.reasons)}{note}")


def _say_release(happening: Happening) -> str:
    by = f"by {happening.said}, " if happening.said else ""
    told = f" ({happening.became})" if happening.about in DECISIONS else ""
    return f"{title_of(happening.about)}{told}: released {by}{RELEASED[How(happening.cause)]}."


def _say_letter(happening: Happening) -> str:
    title, state = title_of(happening.about), State(happening.became)
    is_new = state is State.PREPARED and not (happening.said or happening.cause)
    became = "written" if is_new else BECAME[state]
    cause = f", {CAUSES[happening.cause]}" if happening.cause in CAUSES else ""
    said = f": {happening.said.rstrip('.')}" if happening.said else ""
    return one_line(f"{title}: {became}{cause}{said}.")


def history_lines(call: Call, happenings: tuple[Happening, ...]) -> tuple[str, ...]:
    """Tell a story, a line a thing that happened."""
    return tuple(
        f"{when(call, each.at)}  {f'run-{each.run}' if each.run else 'no run':8}  {say_happening(each)}"
        for each in happenings
    )


def history_json(happenings: tuple[Happening, ...]) -> list[Json]:
    """Return a story for machines; docs/commands.md describes the keys."""
    return [
        {
            "at": each.at.isoformat(),
            "run": each.run or None,
            "reference": each.reference,
            "what": each.what.value,
            "about": each.about,
            "became": each.became,
            "cause": each.cause,
            "reason": words(each.reasons),
            "said": each.said,
        }
        for each in happenings
    ]


def say_run(run: LoggedRun) -> str:
    """Say in a line how a run went: its counts that are not nought, what it lacked, what was set anew."""
    counts = ", ".join(f"{name}={number}" for name, number in run.counts.items() if number)
    ending = run.ending.value if run.ending else "going on, or cut off"
    name = f"run-{run.number} " if run.number else ""
    how = f"({run.how}) " if run.how else ""
    said = f": {run.said}" if run.said else f": {counts}." if counts else "."
    settings = f" Changed: {say_settings(run.settings)}." if run.settings else ""
    return f"{name}{how}{ending}{said}{settings}"


def say_settings(settings: tuple[SettingChanged, ...]) -> str:
    """Say which settings were changed, and to what where that may be seen."""
    said = [_say_setting(each) for each in settings[:MANY]]
    more = [f"and {counted(len(settings) - MANY, 'other')}"] if len(settings) > MANY else []
    return "; ".join((*said, *more))


def _say_setting(setting: SettingChanged) -> str:
    if not (setting.before or setting.after):
        return setting.key
    return f"{setting.key} from {quote(setting.before, 40)} to {quote(setting.after, 40)}"


def log_lines(call: Call, runs: tuple[LoggedRun, ...]) -> tuple[str, ...]:
    """Tell of runs, a line each."""
    return tuple(f"{_times(call, run)}  {say_run(run)}" for run in runs)


def _times(call: Call, run: LoggedRun) -> str:
    if run.times == 1 or run.ended is None:
        return when(call, run.started)
    return f"{when(call, run.started)} to {when(call, run.ended)}, {run.times} times"


def log_json(runs: tuple[LoggedRun, ...]) -> list[Json]:
    """Return runs for machines; docs/commands.md describes the keys."""
    return [
        {
            "run": run.number or None,
            "started": run.started.isoformat(),
            "ended": run.ended.isoformat() if run.ended else None,
            "times": run.times,
            "how": run.how,
            "ending": run.ending.value if run.ending else None,
            "counts": dict(run.counts),
            "failure": run.said or None,
            "settings": [
                {"key": each.key, "before": each.before, "after": each.after} for each in run.settings
            ],
        }
        for run in runs
    ]
