"""The demonstration: the reference call with invented applicants, lived through in a minute.

Nothing is staged: every step is an ordinary run of an ordinary workspace at a made-up time. Between the runs,
the form and the organisers do to the sheet what they do in life.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from pipeline.commands.console import say
from pipeline.commands.demo_call.account import (
    account,
    again,
    examples,
    heading,
    item,
    leave,
    say_at_length,
    show_problems,
)
from pipeline.commands.demo_call.people import REPLY_TAB
from pipeline.commands.demo_call.scene import AUTOMATIC, Scene, on_a_workbook
from pipeline.model.applicant import Status
from pipeline.model.errors import UsageError
from pipeline.model.problem import NeedKind
from pipeline.model.text import counted, day
from pipeline.planning.choice import Pick
from pipeline.planning.effects import code_of_set, count_kinds
from pipeline.planning.plan import Scope
from pipeline.running.approve import approve, find_waiting
from pipeline.running.new_workspace import make_workspace
from pipeline.running.workspace import Workspace, open_workspace

REVIEWED = {
    "tiernan.h@example.org": "Eligible: external",
    "w.adler@example.com": "Decline",
    "salome.vauclair@example.net": "Eligible: external",
    "dora.balint@example.org": "Eligible: management",
    "laura.winkelmann@example.net": "Decline",
}
"""What the organisers type on 1 August, after a telephone call or two."""

SETTLED = {
    "marlene.k@example.com": "Decline",
    "m.delgado@pisopuente.example": "Eligible: external",
    "sabine.roth@example.org": "Eligible: external",
    "luca.ferrante@example.com": "Decline",
    "vero.simonis@example.com": "Eligible: external",
    "t.bakker@example.com": "Decline",
    "iria.castelo@example.net": "Decline",
    "francois.arnoult@example.org": "Eligible: management",
    "heikki.manner@example.com": "Eligible: external",
    "rosalia.conte@example.org": "Decline",
    "bcaruana@example.com": "Eligible: external",
    "nour.haddad@example.com": "Decline",
    "sven.ahlgren@example.com": "Eligible: external",
    "raul.benitez@example.org": "Decline",
    "simona.greco@example.com": "Decline",
    "gintaras@example.com": "Decline",
    "marie.tessier@example.net": "Decline",
}
"""What they type on the afternoon of the selection; four people left a question out, and are written to first."""

LATE = "jette.iversen@example.org"
"""Whom they invite a week after the selection: she had left one question out."""

SILENT = 4
"""So many of those who are invited do not answer by themselves; the last of them does once reminded."""

LAST_DAY = "2023-09-14T07:00"

MARK = ".convene-demo"
"""Lies in a folder that the demonstration made and may replace."""


def tell(
    folder: Path,
    build: Callable[[Path, Workspace], Scene] = on_a_workbook,
    scenes: tuple[Callable[[Scene], None], ...] = (),
) -> None:
    """Play the call in `folder`, all of it or some scenes. Raises UsageError if the folder is not ours."""
    stage = _set_the_stage(folder, build)
    for scene in scenes or (*BEFORE, *AFTER):
        scene(stage)
    leave(stage, folder, LAST_DAY)


def _set_the_stage(folder: Path, build: Callable[[Path, Workspace], Scene]) -> Scene:
    if folder.exists():
        if not (folder / MARK).exists():
            raise UsageError(f"{folder} exists and is not a demonstration. Name another folder.")
        shutil.rmtree(folder)
    make_workspace(folder)
    workspace = _with_reply_form(folder)
    (folder / MARK).write_text("Made by `convene demo`, which replaces this folder.\n", encoding="utf-8")
    call = workspace.call
    say_at_length(call.title)
    say(
        f"{call.places.capacity} places; applications until {day(call.dates.deadline)}, {call.dates.deadline:%H:%M}."
    )
    return build(folder, workspace)


def _with_reply_form(folder: Path) -> Workspace:
    """Take the reply form of the example into use: its lines stand in config/call.yaml behind #."""
    file = folder / "config" / "call.yaml"
    before, begin, rest = file.read_text(encoding="utf-8").partition("# replies:\n")
    block, blank, after = rest.partition("\n\n")
    lines = "\n".join(line.removeprefix("# ") for line in block.splitlines())
    file.write_text(before + begin.removeprefix("# ") + lines + blank + after, encoding="utf-8")
    return open_workspace(folder, {})


def _july(stage: Scene) -> None:
    heading("Saturday 15 July 2023: four weeks in")
    say(f"The form has added {counted(stage.arrive('2023-01-01', '2023-07-15 07:00'), 'response')}.")
    moment = "2023-07-15T07:00"
    result = stage.run(moment)
    account(stage, moment, result)
    examples(stage, moment, (Status.PROPOSED_OFFER, Status.TO_REVIEW, Status.INELIGIBLE))
    show_problems(result)
    again(stage, moment)


def _review(stage: Scene) -> None:
    heading("Tuesday 1 August 2023: the last day to apply")
    say(f"The form has added {counted(stage.arrive('2023-07-15 07:00', '2023-08-01 07:00'), 'response')}.")
    moment = "2023-08-01T07:00"
    account(stage, moment, stage.run(moment))
    unclear = [point for point in stage.status_rows(moment) if point.status == Status.TO_REVIEW]
    stage.hands.decide(REVIEWED)
    say_at_length(
        f"The organisers look at the {counted(len(unclear), 'unclear application')}. In Decision they type:"
    )
    for point in unclear:
        if point.email in REVIEWED:
            item(f"“{REVIEWED[point.email]}” for {point.name}. {point.reason}")


def _selection(stage: Scene) -> None:
    heading("Wednesday 2 August 2023: the selection")
    new = stage.arrive("2023-08-01 07:00", "2023-08-02 07:00")
    say(f"{counted(new, 'response')} came on the last day and night.")
    stage.send("{default: approve, received: automatic}")
    say_at_length(
        "The organisers want to see the letters first: config/call.yaml says “send: approve” for today."
    )
    moment = "2023-08-02T07:00"
    account(stage, moment, stage.run(moment))
    proposed = (Status.PROPOSED_OFFER, Status.PROPOSED_WAITING, Status.PROPOSED_NO, Status.ON_HOLD)
    examples(stage, moment, proposed)
    moment = "2023-08-02T09:30"
    waiting = find_waiting(stage.workspace, stage.clock(moment)).unreleased
    released = approve(stage.workspace, stage.clock(moment), Pick(effects=code_of_set(waiting)))
    say_at_length(
        f"They have read the rows. convene approve --effects {code_of_set(waiting)}: {count_kinds(released)}."
    )
    account(stage, moment, stage.run(moment))
    again(stage, moment)
    stage.send(AUTOMATIC)
    say_at_length("From here on Convene goes on by itself: config/call.yaml says “send: automatic” again.")
    stage.hands.decide(SETTLED)
    say_at_length(f"In the afternoon the organisers settle {len(SETTLED)} open reviews, and run it again:")
    moment = "2023-08-02T17:00"
    account(stage, moment, stage.run(moment))


def _open_questions(stage: Scene) -> None:
    heading("Thursday 3 and Friday 4 August 2023: the promised day is over")
    say_at_length("Who was promised news and has none is told that it takes longer:")
    moment = "2023-08-03T07:00"
    account(stage, moment, stage.run(moment))
    say_at_length("On Friday nothing waits for the last reviews any more (dates.reviews_by):")
    stage.arrive("2023-08-02 07:00", "2023-08-04 07:00")
    moment = "2023-08-04T07:00"
    account(stage, moment, stage.run(moment))
    examples(stage, moment, (Status.WAITING, Status.NOT_SELECTED))
    again(stage, moment)


def _late_decision(stage: Scene) -> None:
    heading("Wednesday 9 August 2023: a late decision, by hand")
    stage.arrive("2023-08-04 07:00", "2023-08-09 07:00")
    stage.hands.sort("Country")
    say_at_length("The organisers have sorted the sheet by country. Convene knows people, not rows.")
    moment = "2023-08-09T11:20"
    person = next(point for point in stage.status_rows(moment) if point.email == LATE)
    stage.hands.decide({LATE: "Invite"})
    say_at_length(
        f"They type “Invite” for {person.name} and do not wait: convene run --only {person.reference}"
    )
    account(stage, moment, stage.run(moment, Scope(only=person.reference)))


def _next_in_line(stage: Scene) -> None:
    heading("Thursday 10 August 2023: two people cannot come")
    moment = "2023-08-10T07:00"
    before = {point.reference: point for point in stage.status_rows(moment)}
    leaving = [point for point in before.values() if point.status == Status.OFFERED][:2]
    stage.hands.decide({point.email: "Withdrawn" for point in leaving})
    say_at_length(f"The organisers type “Withdrawn” for {' and '.join(point.name for point in leaving)}.")
    account(stage, moment, stage.run(moment))
    say_at_length("One place was owed to the late invitation, the other goes to the waiting list:")
    for point in stage.status_rows(moment):
        was = before.get(point.reference)
        if was and was.status == Status.WAITING and point.status == Status.OFFERED:
            item(f"{point.name}, number {was.waiting_list} there. {point.reason}")
    again(stage, moment)


# --- the weeks after the invitation -------------------------------------------------------------------------


def _answers(stage: Scene) -> None:
    heading("Wednesday 16 August 2023: answers by the reply form")
    invited = _emails(stage, "2023-08-16T07:00", Status.OFFERED)
    answering = invited[:-SILENT]
    stage.reply("2023-08-15", {email: "Yes" if nth > 1 else "No" for nth, email in enumerate(answering)})
    say_at_length(
        f"{counted(len(answering), 'answer')} came by the link in the letters, into the tab {REPLY_TAB}. "
        "Two cannot come, and their places are offered to the next:"
    )
    account(stage, "2023-08-16T07:00", stage.run("2023-08-16T07:00"))


def _silence(stage: Scene) -> None:
    heading("Friday 18 to Tuesday 22 August 2023: who does not answer")
    say_at_length("Three days before an offer is to be answered, it is asked for once more:")
    silent = _emails(stage, "2023-08-18T07:00", Status.OFFERED)
    account(stage, "2023-08-18T07:00", stage.run("2023-08-18T07:00"))
    stage.reply("2023-08-19", dict.fromkeys(silent[SILENT - 1 :], "Yes"))
    say_at_length(
        "Some answer now. When the day is over, the other offers lapse, and the next run passes the places on:"
    )
    for moment in ("2023-08-21T07:00", "2023-08-22T07:00"):
        account(stage, moment, stage.run(moment))
    stage.reply("2023-08-23", dict.fromkeys(_emails(stage, "2023-08-22T07:00", Status.OFFERED), "Yes"))


def _one_cell(stage: Scene) -> None:
    heading("Thursday 24 August 2023: a colleague comes instead")
    moment = "2023-08-24T07:00"
    points = stage.status_rows(moment)
    ill, colleague = (
        next(point for point in points if point.status == status)
        for status in (Status.CONFIRMED, Status.NOT_SELECTED)
    )
    stage.hands.decide({ill.email: f"Replace by {colleague.reference} - ill"})
    say_at_length(
        f"In the row of {ill.name} the organisers type “Replace by {colleague.reference} - ill”. Both are told in "
        f"one run, and {colleague.name} agrees:"
    )
    account(stage, moment, stage.run(moment))
    stage.reply("2023-08-25", {colleague.email: "Yes"})


def _change(stage: Scene) -> None:
    heading("Tuesday 29 August 2023: the meeting begins an hour later")
    stage.write("2023-09-12 09:00", "2023-09-12 10:00")
    say_at_length(
        "It says so in config/call.yaml. Convene knows whose letters named another hour, and asks first:"
    )
    moment = "2023-08-29T07:00"
    result = stage.run(moment)
    account(stage, moment, result)
    for need in result.needs:
        if need.kind is NeedKind.TOLD_OTHERWISE:
            item(f"{need.what.partition('; told')[0]}.")
    moment = "2023-08-29T09:30"
    released = approve(stage.workspace, stage.clock(moment), Pick())
    say_at_length(f"convene approve: {count_kinds(released)}.")
    account(stage, moment, stage.run(moment))
    say_at_length("Two weeks before the meeting, those who come get the practical information, once:")
    account(stage, "2023-08-30T07:00", stage.run("2023-08-30T07:00"))


def _meeting(stage: Scene) -> None:
    heading("Sunday 10 to Thursday 14 September 2023: the meeting")
    say_at_length("The waiting list is closed, and who comes is reminded:")
    account(stage, "2023-09-10T07:00", stage.run("2023-09-10T07:00"))
    absent = _emails(stage, "2023-09-10T07:00", Status.CONFIRMED)[0]
    stage.hands.decide({absent: "No show"})
    say_at_length("One person did not come: the organisers type “No show”. The others are thanked:")
    account(stage, LAST_DAY, stage.run(LAST_DAY))
    again(stage, LAST_DAY)


BEFORE = (_july, _review, _selection, _open_questions, _late_decision, _next_in_line)
AFTER = (_answers, _silence, _one_cell, _change, _meeting)
"""The scenes up to the last place that is given by hand, and those of the weeks after."""


def _emails(stage: Scene, moment: str, status: Status) -> list[str]:
    """Return the addresses of everybody with a status, in the order of the sheet."""
    return [point.email for point in stage.status_rows(moment) if point.status == status]
