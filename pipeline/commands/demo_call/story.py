"""The demonstration: the reference call with invented applicants, lived through in a minute.

Nothing is staged: every step is an ordinary run of an ordinary workspace at a made-up time. Between the runs,
the form and the organisers do to the sheet what they do in life.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from textwrap import fill

from pipeline.commands.console import say
from pipeline.commands.demo_call.people import REPLY_TAB, Hands, WorkbookHands, read_responses
from pipeline.model.applicant import Status
from pipeline.model.errors import UsageError
from pipeline.model.kinds import title_of, turn_of
from pipeline.model.problem import NeedKind
from pipeline.model.text import counted, day
from pipeline.planning.effects import code_of_set, count_kinds
from pipeline.planning.plan import Scope
from pipeline.planning.release import Choice
from pipeline.planning.result import Result
from pipeline.running.approve import approve, find_waiting
from pipeline.running.by_hand import create_workbook
from pipeline.running.clock import Clock
from pipeline.running.letters import find_sent, write_letters
from pipeline.running.new_workspace import make_workspace
from pipeline.running.preview import languages_of
from pipeline.running.preview_file import read_assets
from pipeline.running.run import Orders, run
from pipeline.running.workspace import Workspace, open_workspace, with_call_as_it_stands
from pipeline.views.letter_site import Assets, letter_site
from pipeline.views.letters import sent_cover
from pipeline.views.status import StatusRow, status_rows

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


SEND, AUTOMATIC = "send: ", "automatic"
"""How it stands in config/call.yaml whether e-mails wait for approval."""


@dataclass(slots=True)
class Scene:
    """A workspace to play in, the hands of the people who edit its sheet, and the file that it ends as.

    Its configuration is edited on the way. `stays` tells whether commands find the sheet when the play is over.
    """

    workspace: Workspace
    hands: Hands
    file: str
    stays: bool = True

    def clock(self, moment: str) -> Clock:
        """Return a clock that stands at `moment`, in the call's zone."""
        return Clock(datetime.fromisoformat(moment).replace(tzinfo=self.workspace.call.zone))

    def send(self, how: str) -> None:
        """Let the organisers write into config/call.yaml how e-mails leave."""
        file = self.workspace.root / "config" / "call.yaml"
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        edited = (f"{SEND}{how}\n" if line.startswith(SEND) else line for line in lines)
        file.write_text("".join(edited), encoding="utf-8")
        self.workspace = with_call_as_it_stands(self.workspace)

    def write(self, old: str, new: str) -> None:
        """Let the organisers write something else into config/call.yaml."""
        file = self.workspace.root / "config" / "call.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text  # noqa: S101 - it is the example's own line
        file.write_text(text.replace(old, new), encoding="utf-8")
        self.workspace = with_call_as_it_stands(self.workspace)

    def reply(self, day: str, answers: Mapping[str, str]) -> None:
        """Let people fill in the reply form on a day at noon, from the link in their letters: address to answer."""
        with closing(self.workspace.ledger()) as ledger:
            references = {address: one for one, address in ledger.history().addresses.items()}
        at = datetime.fromisoformat(f"{day}T12:00")
        self.hands.reply(tuple((at, address, references[address], said) for address, said in answers.items()))

    def arrive(self, after: str, until: str) -> int:
        """Let the form add what was submitted after one day and before the next; return how many."""
        new = tuple(response for response in read_responses() if after <= _arrival(response) < until)
        self.hands.submit(new)
        return len(new)

    def status_rows(self, moment: str) -> tuple[StatusRow, ...]:
        """Return where everybody stands."""
        with closing(self.workspace.ledger()) as ledger:
            now = self.clock(moment).now()
            return status_rows(self.workspace.call, self.workspace.sheet.read(), ledger.history(), now)

    def run(self, moment: str, scope: Scope = Scope()) -> Result:  # noqa: B008 - frozen
        """Run once, at `moment`."""
        return run(self.workspace, self.clock(moment), Orders(scope))


def _arrival(response: dict[str, str]) -> str:
    """Return when a response arrived; one without a readable time stamp came in early July."""
    stamp = response["Timestamp"]
    return stamp if stamp[:2] == "20" else "2023-07-05"


def on_a_workbook(folder: Path, workspace: Workspace) -> Scene:
    """Play on the workbook of the workspace, which gets the reply form's tab."""
    path, form = folder / "responses.xlsx", workspace.call.replies
    assert form  # noqa: S101 - see `_with_reply_form`
    path.unlink()
    create_workbook(path, (), (), {form.tab: tuple(question.header for question in form.questions.values())})
    workspace.sheet.set_up()
    return Scene(workspace, WorkbookHands(folder / "responses.xlsx"), "responses.xlsx")


def tell(
    folder: Path,
    build: Callable[[Path, Workspace], Scene] = on_a_workbook,
    scenes: tuple[Callable[[Scene], None], ...] = (),
) -> None:
    """Play the call in `folder`, all of it or some scenes. Raises UsageError if the folder is not ours."""
    stage = _set_the_stage(folder, build)
    for scene in scenes or (*BEFORE, *AFTER):
        scene(stage)
    _leave(stage, folder)


def _set_the_stage(folder: Path, build: Callable[[Path, Workspace], Scene]) -> Scene:
    if folder.exists():
        if not (folder / MARK).exists():
            raise UsageError(f"{folder} exists and is not a demonstration. Name another folder.")
        shutil.rmtree(folder)
    make_workspace(folder)
    workspace = _with_reply_form(folder)
    (folder / MARK).write_text("Made by `convene demo`, which replaces this folder.\n", encoding="utf-8")
    call = workspace.call
    _tell(call.title)
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
    _heading("Saturday 15 July 2023: four weeks in")
    say(f"The form has added {counted(stage.arrive('2023-01-01', '2023-07-15 07:00'), 'response')}.")
    moment = "2023-07-15T07:00"
    result = stage.run(moment)
    _account(stage, moment, result)
    _examples(stage, moment, (Status.PROPOSED_OFFER, Status.TO_REVIEW, Status.INELIGIBLE))
    _show_problems(result)
    _again(stage, moment)


def _review(stage: Scene) -> None:
    _heading("Tuesday 1 August 2023: the last day to apply")
    say(f"The form has added {counted(stage.arrive('2023-07-15 07:00', '2023-08-01 07:00'), 'response')}.")
    moment = "2023-08-01T07:00"
    _account(stage, moment, stage.run(moment))
    unclear = [point for point in stage.status_rows(moment) if point.status == Status.TO_REVIEW]
    stage.hands.decide(REVIEWED)
    _tell(
        f"The organisers look at the {counted(len(unclear), 'unclear application')}. In Decision they type:"
    )
    for point in unclear:
        if point.email in REVIEWED:
            _item(f"“{REVIEWED[point.email]}” for {point.name}. {point.reason}")


def _selection(stage: Scene) -> None:
    _heading("Wednesday 2 August 2023: the selection")
    new = stage.arrive("2023-08-01 07:00", "2023-08-02 07:00")
    say(f"{counted(new, 'response')} came on the last day and night.")
    stage.send("{default: approve, received: automatic}")
    _tell("The organisers want to see the letters first: config/call.yaml says “send: approve” for today.")
    moment = "2023-08-02T07:00"
    _account(stage, moment, stage.run(moment))
    proposed = (Status.PROPOSED_OFFER, Status.PROPOSED_WAITING, Status.PROPOSED_NO, Status.ON_HOLD)
    _examples(stage, moment, proposed)
    moment = "2023-08-02T09:30"
    waiting = find_waiting(stage.workspace, stage.clock(moment)).unreleased
    released = approve(stage.workspace, stage.clock(moment), Choice(effects=code_of_set(waiting)))
    _tell(
        f"They have read the rows. convene approve --effects {code_of_set(waiting)}: {count_kinds(released)}."
    )
    _account(stage, moment, stage.run(moment))
    _again(stage, moment)
    stage.send(AUTOMATIC)
    _tell("From here on Convene goes on by itself: config/call.yaml says “send: automatic” again.")
    stage.hands.decide(SETTLED)
    _tell(f"In the afternoon the organisers settle {len(SETTLED)} open reviews, and run it again:")
    moment = "2023-08-02T17:00"
    _account(stage, moment, stage.run(moment))


def _open_questions(stage: Scene) -> None:
    _heading("Thursday 3 and Friday 4 August 2023: the promised day is over")
    _tell("Who was promised news and has none is told that it takes longer:")
    moment = "2023-08-03T07:00"
    _account(stage, moment, stage.run(moment))
    _tell("On Friday nothing waits for the last reviews any more (dates.reviews_by):")
    stage.arrive("2023-08-02 07:00", "2023-08-04 07:00")
    moment = "2023-08-04T07:00"
    _account(stage, moment, stage.run(moment))
    _examples(stage, moment, (Status.WAITING, Status.NOT_SELECTED))
    _again(stage, moment)


def _late_decision(stage: Scene) -> None:
    _heading("Wednesday 9 August 2023: a late decision, by hand")
    stage.arrive("2023-08-04 07:00", "2023-08-09 07:00")
    stage.hands.sort("Country")
    _tell("The organisers have sorted the sheet by country. Convene knows people, not rows.")
    moment = "2023-08-09T11:20"
    person = next(point for point in stage.status_rows(moment) if point.email == LATE)
    stage.hands.decide({LATE: "Invite"})
    _tell(f"They type “Invite” for {person.name} and do not wait: convene run --only {person.reference}")
    _account(stage, moment, stage.run(moment, Scope(only=person.reference)))


def _next_in_line(stage: Scene) -> None:
    _heading("Thursday 10 August 2023: two people cannot come")
    moment = "2023-08-10T07:00"
    before = {point.reference: point for point in stage.status_rows(moment)}
    leaving = [point for point in before.values() if point.status == Status.OFFERED][:2]
    stage.hands.decide({point.email: "Withdrawn" for point in leaving})
    _tell(f"The organisers type “Withdrawn” for {' and '.join(point.name for point in leaving)}.")
    _account(stage, moment, stage.run(moment))
    _tell("One place was owed to the late invitation, the other goes to the waiting list:")
    for point in stage.status_rows(moment):
        was = before.get(point.reference)
        if was and was.status == Status.WAITING and point.status == Status.OFFERED:
            _item(f"{point.name}, number {was.waiting_list} there. {point.reason}")
    _again(stage, moment)


# --- the weeks after the invitation -------------------------------------------------------------------------


def _answers(stage: Scene) -> None:
    _heading("Wednesday 16 August 2023: answers by the reply form")
    invited = _emails(stage, "2023-08-16T07:00", Status.OFFERED)
    answering = invited[:-SILENT]
    stage.reply("2023-08-15", {email: "Yes" if nth > 1 else "No" for nth, email in enumerate(answering)})
    _tell(
        f"{counted(len(answering), 'answer')} came by the link in the letters, into the tab {REPLY_TAB}. "
        "Two cannot come, and their places are offered to the next:"
    )
    _account(stage, "2023-08-16T07:00", stage.run("2023-08-16T07:00"))


def _silence(stage: Scene) -> None:
    _heading("Friday 18 to Tuesday 22 August 2023: who does not answer")
    _tell("Three days before an offer is to be answered, it is asked for once more:")
    silent = _emails(stage, "2023-08-18T07:00", Status.OFFERED)
    _account(stage, "2023-08-18T07:00", stage.run("2023-08-18T07:00"))
    stage.reply("2023-08-19", dict.fromkeys(silent[SILENT - 1 :], "Yes"))
    _tell(
        "Some answer now. When the day is over, the other offers lapse, and the next run passes the places on:"
    )
    for moment in ("2023-08-21T07:00", "2023-08-22T07:00"):
        _account(stage, moment, stage.run(moment))
    stage.reply("2023-08-23", dict.fromkeys(_emails(stage, "2023-08-22T07:00", Status.OFFERED), "Yes"))


def _one_cell(stage: Scene) -> None:
    _heading("Thursday 24 August 2023: a colleague comes instead")
    moment = "2023-08-24T07:00"
    points = stage.status_rows(moment)
    ill, colleague = (
        next(point for point in points if point.status == status)
        for status in (Status.CONFIRMED, Status.NOT_SELECTED)
    )
    stage.hands.decide({ill.email: f"Replace by {colleague.reference} - ill"})
    _tell(
        f"In the row of {ill.name} the organisers type “Replace by {colleague.reference} - ill”. Both are told in "
        f"one run, and {colleague.name} agrees:"
    )
    _account(stage, moment, stage.run(moment))
    stage.reply("2023-08-25", {colleague.email: "Yes"})


def _change(stage: Scene) -> None:
    _heading("Tuesday 29 August 2023: the meeting begins an hour later")
    stage.write("2023-09-12 09:00", "2023-09-12 10:00")
    _tell("It says so in config/call.yaml. Convene knows whose letters named another hour, and asks first:")
    moment = "2023-08-29T07:00"
    result = stage.run(moment)
    _account(stage, moment, result)
    for need in result.needs:
        if need.kind is NeedKind.TOLD_OTHERWISE:
            _item(f"{need.what.partition('; told')[0]}.")
    moment = "2023-08-29T09:30"
    released = approve(stage.workspace, stage.clock(moment), Choice())
    _tell(f"convene approve: {count_kinds(released)}.")
    _account(stage, moment, stage.run(moment))
    _tell("Two weeks before the meeting, those who come get the practical information, once:")
    _account(stage, "2023-08-30T07:00", stage.run("2023-08-30T07:00"))


def _meeting(stage: Scene) -> None:
    _heading("Sunday 10 to Thursday 14 September 2023: the meeting")
    _tell("The waiting list is closed, and who comes is reminded:")
    _account(stage, "2023-09-10T07:00", stage.run("2023-09-10T07:00"))
    absent = _emails(stage, "2023-09-10T07:00", Status.CONFIRMED)[0]
    stage.hands.decide({absent: "No show"})
    _tell("One person did not come: the organisers type “No show”. The others are thanked:")
    _account(stage, LAST_DAY, stage.run(LAST_DAY))
    _again(stage, LAST_DAY)


BEFORE = (_july, _review, _selection, _open_questions, _late_decision, _next_in_line)
AFTER = (_answers, _silence, _one_cell, _change, _meeting)
"""The scenes up to the last place that is given by hand, and those of the weeks after."""


def _emails(stage: Scene, moment: str, status: Status) -> list[str]:
    """Return the addresses of everybody with a status, in the order of the sheet."""
    return [point.email for point in stage.status_rows(moment) if point.status == status]


# --- the account -------------------------------------------------------------------------------------------


def _heading(text: str) -> None:
    say(f"\n{text}\n{'-' * len(text)}")


def _tell(text: str) -> None:
    """Say something in lines of at most 80 columns."""
    say(fill(text, 79))


def _item(text: str) -> None:
    say(fill(text, 79, initial_indent="  ", subsequent_indent="    "))


def _account(stage: Scene, moment: str, result: Result) -> None:
    """Say what a run did: mails by kind, rows by status, and what needs a person."""
    points = stage.status_rows(moment)
    sent = Counter(
        point.last_message for point in points if point.last_message_at == stage.clock(moment).now()
    )
    mails = ", ".join(
        f"{sent[kind]} × {title_of(kind).lower()}" for kind in sorted(filter(None, sent), key=turn_of)
    )
    done = f"{counted(result.tally.sent, 'mail')} sent ({mails or 'none'})"
    _tell(f"convene run: {done}; {counted(result.changed, 'row')} of the sheet changed.")
    counts = Counter(point.status for point in points)
    _tell(
        "The sheet: " + ", ".join(f"{counts[status]} {status}" for status in Status if counts[status]) + "."
    )


def _examples(stage: Scene, moment: str, statuses: tuple[Status, ...]) -> None:
    """Show one applicant of each status, with the reason."""
    points = stage.status_rows(moment)
    for status in statuses:
        point = next((point for point in points if point.status == status), None)
        if point:
            _item(f"{status}: {point.name or f'row {point.row}'}. {point.reason}")


def _show_problems(result: Result) -> None:
    checks = [need.problem for need in result.needs if need.kind is NeedKind.CHECK_ROW]
    _tell(f"{counted(len(checks), 'row')} cannot be used as they are; nothing is guessed:")
    for problem in checks:
        _item(f"{problem}.")


def _again(stage: Scene, moment: str) -> None:
    result = stage.run(moment)
    done = f"{counted(result.tally.sent, 'mail')}, {counted(result.changed, 'row')} changed"
    say(f"The same run once more: {done}.")


def _leave(stage: Scene, folder: Path) -> None:
    """Leave the mails where a mail program opens them, and say where everything is."""
    workspace = stage.workspace
    letters = find_sent(workspace, stage.clock(LAST_DAY))
    cover = sent_cover(workspace.call.title, letters, languages_of(workspace.call))
    write_letters(folder / "mails", letters, letter_site(Assets(*read_assets()), cover, letters))
    _heading("Three files to open")
    name = _named(folder)
    say(f"{name}/{stage.file:<18} the organisers' sheet, with the tab Convene")
    say(f"{name}/mails/index.html   every mail that went out ({len(letters)}), in a browser")
    say(f"{name}/config/call.yaml   what the organisers decided")
    if stage.stays:
        say("\nAnd to try (.venv/bin/convene, if you came by `make demo`):")
        say(f"convene -C {name} --as-of {LAST_DAY} status")
        say(f"convene -C {name} --as-of {LAST_DAY} plan")


def _named(folder: Path) -> str:
    return folder.name if folder.parent == Path.cwd() else str(folder)
