"""The tab `Convene`: what stands in it, in plain words; the same as long as nothing happens."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.model.applicant import Entry
from pipeline.model.call import Call
from pipeline.model.controls import Controls
from pipeline.model.history import History
from pipeline.model.history_events import Ending, LoggedRun
from pipeline.model.kinds import KINDS
from pipeline.model.message import Kind, State
from pipeline.model.places import AtLeast, AtMost
from pipeline.model.said import PHRASES, Said, tell
from pipeline.model.settings import Limits, Retention
from pipeline.model.sheet import OwnCells, Snapshot
from pipeline.model.tab import CONTROLS_ROW, Area, Look, Tab, TabCell
from pipeline.planning.digest import NO_NEWS, write_digest
from pipeline.planning.plan import Plan
from pipeline.planning.projection import show
from pipeline.planning.tab.facts import Facts, name_of
from pipeline.planning.tab.make_tab import make_failed_tab, make_tab
from pipeline.planning.tab.numbers import count_days, count_quotas
from pipeline.planning.waits import Waits
from tests.support.approval_play import Play
from tests.support.build import (
    ANA,
    BEA,
    BEFORE,
    CALL,
    CLO,
    LATER,
    NEW,
    NOA,
    SELECTION,
    SERVICE,
    at,
    carried_out,
    plan,
    responses,
    with_places,
)

RULES = with_places(
    at_most=(AtMost("country", 1, value="Spain"),), at_least=(AtLeast("category", "management", 1),)
)


def facts_of(made: Plan, history: History, call: Call = CALL, **others: object) -> Facts:
    """Return what is known after a plan was carried out; `history` is what the ledger holds then."""
    given = {"service": replace(SERVICE, run_at=("07:00",)), "needs": made.needs, **others}
    return Facts(
        call=call,
        plan=made,
        history=history,
        shown=show(call, made.assessment, history),
        now=made.now,
        **given,  # type: ignore[arg-type]  # fields and values by name
    )


def after(*lines: str, now: datetime = SELECTION, call: Call = CALL, history: History = NEW) -> Facts:
    """Return what is known after a run over these responses."""
    made = plan(responses(*lines), now, history, call)
    return facts_of(made, carried_out(made, history), call)


def texts(tab: Tab) -> list[str]:
    """Return the rows as lines of text, without the blank ones."""
    rows = (" | ".join(str(cell.value) if cell else "" for cell in row).rstrip(" |") for row in tab.rows)
    return [row for row in rows if row]


def hints(facts: Facts) -> dict[str, str]:
    return {control.name: control.hint for control in make_tab(facts).controls}


def test_the_whole_tab_on_the_day_of_the_selection() -> None:
    run = LoggedRun(SELECTION, number=0 + 1, ending=Ending.DONE, counts={"changed": 4})
    facts = replace(after(ANA, BEA, CLO, NOA), runs=(run,))
    told = replace(facts.history, posted=tuple(replace(message, run=1) for message in facts.history.posted))
    tab = make_tab(replace(facts, history=told))
    assert tab.heading == "Convene looked here last on 2 August 2023"
    assert texts(tab) == [
        "Nothing needs you",
        "What happened last",
        "2 August 2023, 07:00 |  | Sent: 2 invitations, 1 letter “waiting list” and 1 rejection; "
        "4 rows of the sheet brought up to date.",
        "What happens next",
        "Every day at 07:00 |  | Convene reads the responses and does what is due.",
        "12 September 2023, 09:00 |  | The meeting begins. No place is given by rank any more.",
        "13 September 2023, 12:30 |  | The meeting ends.",
        "Numbers",
        "Status | People",
        "Ineligible | 1",
        "Offered | 2",
        "Waiting list | 1",
        "Places | Given or proposed | Set by the rules",
        "All places | 2 | 2",
        "Who is coming (2)",
        "Name | Status | Category",
        "Ana Lopez | Offered | Management",
        "Bea Rossi | Offered | External practitioners",
        "Everybody else (2)",
        "Name | Status | Category",
        "Clo Petit | Waiting list | External practitioners",
        "Noa Silva | Ineligible",
        "Responses a day",
        "Day | Responses",
        "10 July 2023 | 1",
        "11 July 2023 | 1",
        "12 July 2023 | 1",
        "13 July 2023 | 0",
        "14 July 2023 | 1",
    ]


def test_a_name_leads_to_that_persons_row() -> None:
    facts = after(ANA, now=BEFORE)
    (reference,) = facts.history.addresses
    cells = [cell for row in make_tab(facts).rows for cell in row if cell and cell.look is Look.LINK]
    assert cells == [TabCell("Ana Lopez", Look.LINK, reference)]


def test_charts_are_drawn_from_the_cells_that_are_named_so() -> None:
    tab = make_tab(after(ANA, BEA, CLO, NOA, call=RULES))

    def column(area: Area) -> list[str | int]:
        cells = [tab.rows[row][area.column] for row in range(area.row, area.row + area.rows)]
        return [cell.value for cell in cells if cell]

    drawn = {
        chart.title: [(column(chart.names), [(name, column(area)) for name, area in chart.series])]
        for chart in tab.charts
    }
    assert drawn == {
        "People by status": [(["Ineligible", "Offered", "Waiting list"], [("People", [1, 1, 2])])],
        "Places by quota": [
            (
                ["All places", "Management (at least)", "country “Spain” (at most)"],
                [("Given or proposed", [1, 1, 1]), ("Set by the rules", [2, 1, 1])],
            )
        ],
        "Responses a day": [
            (
                [f"{day} July 2023" for day in (10, 11, 12, 13, 14)],
                [("Responses", [1, 1, 1, 0, 1])],
            )
        ],
    }
    at_once = [(chart.at.row, chart.at.column, chart.at.columns) for chart in tab.charts]
    assert len(set(at_once)) == 3


def test_an_idle_run_changes_nothing_and_another_day_only_says_so() -> None:
    first = after(ANA, BEA, CLO, NOA)
    again = plan(responses(ANA, BEA, CLO, NOA), SELECTION + timedelta(hours=2), first.history)
    idle = facts_of(again, first.history)
    assert (again.sends, make_tab(idle)) == (0, make_tab(first))
    next_day = make_tab(replace(idle, now=SELECTION + timedelta(days=1)))
    assert next_day.heading == "Convene looked here last on 3 August 2023"
    assert replace(next_day, heading=make_tab(first).heading) == make_tab(first)


def test_before_anybody_applied_there_is_a_tab() -> None:
    lines = texts(make_tab(after(now=BEFORE)))
    assert lines[:3] == ["Nothing needs you", "What happened last", " |  | Nothing yet."]
    assert "Responses a day" not in lines


# --- needs -------------------------------------------------------------------------------------------------


def test_what_needs_a_person_has_a_name_a_code_and_a_day_and_what_was_seen_comes_last() -> None:
    unclear = "07-12 09:00 | clo@example.org | Clo Petit | Chaplain | Yes"
    asked = "07-13 09:00 | dan@example.org | Dan Novak | Manager | Yes > decision=Invite?"
    facts = after(unclear, asked, now=BEFORE)
    codes = {facts.names[need.reference]: need.code for need in facts.needs}
    lines = texts(make_tab(facts))
    assert lines[:2] == ["What needs you (2)", "Who or what | Code | What | What to do | Since"]
    assert {line.split(" | ")[0] for line in lines[2:4]} == {"Clo Petit", "Dan Novak"}
    assert all(line.endswith("15 July 2023") for line in lines[2:4])
    seen = replace(responses(unclear, asked), controls=Controls(seen=(codes["Dan Novak"],)))
    rows = make_tab(facts_of(plan(seen, BEFORE, facts.history), facts.history)).rows
    assert [row[1].value for row in rows[2:4] if row[1]] == [
        codes["Clo Petit"],
        f"{codes['Dan Novak']} (seen)",
    ]
    assert [row[2].look for row in rows[2:4] if row[2]] == [Look.TEXT, Look.QUIET]


def test_a_run_that_failed_comes_first() -> None:
    facts = replace(after(ANA, now=BEFORE), failure="The mail server cannot be reached.")
    assert texts(make_tab(facts))[:3] == [
        "What needs you (1)",
        "Who or what | Code | What | What to do | Since",
        "The last run |  | The mail server cannot be reached.",
    ]


def test_columns_are_called_as_they_are_headed_in_row_tab_and_digest() -> None:
    call = replace(CALL, columns=replace(CALL.columns, own_columns={"Decision": "Our word"}))
    sheet = responses(f"{ANA} > decision=Inivte", "07-09 09:00 | cha@example.org | Cha | Chaplain | Yes")
    sheet = replace(sheet, headers=tuple(map(call.columns.title, sheet.headers)))
    made = plan(sheet, SELECTION, NEW, call)
    change, _ = made.changes
    assert change.after.reason.startswith(
        "Did you mean “Invite”? Convene does not know the “Our word” “Inivte”"
    )
    assert change.english.reason.startswith(
        "Did you mean “Invite”? Convene does not know the Decision “Inivte”"
    )
    tab = make_tab(facts_of(made, carried_out(made, NEW), call))
    told = write_digest(call, NO_NEWS, made.needs, Waits(), "", (), "link")
    assert told
    assert [line.partition(" | Type ")[2] for line in texts(tab) if "Type " in line][-1].startswith(
        "what is to happen in the “Our word” column."
    )
    assert "Decision" not in "".join((*texts(tab), *(control.hint for control in tab.controls)))
    assert "Decision" not in str(told.notice)


def test_where_not_even_a_plan_could_be_made_the_reason_stands_there() -> None:
    tab = make_failed_tab("No column is headed “E-mail”.", "2 August 2023")
    assert tab.heading == "Convene could not do its work on 2 August 2023"
    assert [cell.value if cell else "" for cell in tab.notice] == [
        *("The last run", "", "No column is headed “E-mail”.", "", "")
    ]
    assert [control.name for control in tab.controls] == [
        control.name for control in make_tab(after(now=BEFORE)).controls
    ]


@pytest.mark.parametrize("language", PHRASES)
def test_every_phrase_marks_what_is_for_a_terminal(language: str) -> None:
    phrases = PHRASES[language].values()
    for form in (form for said in phrases for form in ([said] if isinstance(said, str) else said.values())):
        left = re.sub("⟦[^⟦⟧]*⟧", "", form)
        assert not any(sign in left for sign in ("`convene", "--force", "⟦", "⟧")), form
    said = Said("letters wait: do", code="7K3F9Q", control="accept")
    told = tell(said, language)
    assert not any(mark in told + said for mark in "⟦⟧")


def test_commands_are_left_out_of_a_sentence_and_nothing_else() -> None:
    known = {"code": "7K3F9Q", "control": "accept", "reference": "P-1", "number": 2, "run": 3, "sent": 4}
    plainly = {
        "letter refused: do": "Remove the cause, then type Send again under Decision; or reach the person another "
        "way, then type Delivered; Withdrawn ends this notice, too.",
        "letter unwritable: do": "Correct the answer or the template.",
        "letters wait: do": "Type 7K3F9Q beside “Accept danger”, or ok in the rows whose letters may leave.",
        "first run here, by code": "If that is right, say so once: type 7K3F9Q beside “Accept danger”. If not.",
        "copies lost: do": "Look at `copy_to` in config/call.yaml; they are not sent again, so mark this as seen.",
    }
    assert {key: Said("for tab", text=Said(key, **known)) for key in plainly} == plainly


# --- controls ----------------------------------------------------------------------------------------------


def under(controls: Controls, limits: Limits = Limits()) -> Facts:  # noqa: B008 - frozen
    snapshot: Snapshot = replace(responses(ANA, BEA), controls=controls)
    known = replace(carried_out(plan(responses(ANA, BEA), BEFORE), NEW), run=1)
    made = plan(snapshot, SELECTION, known, limits=limits)
    return facts_of(made, known, waits=Waits(paused=made.left_out))


def test_beside_each_control_stands_what_it_does() -> None:
    assert hints(under(Controls())) == {
        "pause": "yes: Convene goes on deciding and showing, and sends nothing.",
        "freeze": "yes: places that become free are not offered to the waiting list.",
        "approve": "Nothing waits for your approval.",
        "accept": "Nothing speaks against going on.",
        "run_now": "Anything new, such as 1, then 2: Convene runs within 5 minutes, or at its next time.",
        "seen": "Codes of lines below that you know of: they no longer count. Put a space between two codes.",
    }


@pytest.mark.parametrize(
    ("controls", "name", "hint"),
    [
        (Controls(pause=True), "pause", "Nothing is sent until you type no. 2 e-mails wait."),
        (
            Controls(pause=True, odd=(("pause", "later"),)),
            "pause",
            "“later” is neither yes nor no. Nothing is sent until you type one of them.",
        ),
        (
            Controls(freeze=True),
            "freeze",
            "Nobody gets a place that becomes free until you type no. Your words under Decision still count.",
        ),
        (
            Controls(freeze=True, odd=(("freeze", "?"),)),
            "freeze",
            "“?” is neither yes nor no. It is taken as yes until you type one of them.",
        ),
        (Controls(odd=(("seen", "all"),)), "seen", "“all” is no code of a line below."),
        (Controls(seen=("ABCDEF",)), "seen", "“ABCDEF” is not the code of a line below, or not any more."),
    ],
)
def test_a_hint_says_what_holds_and_what_is_wrong(controls: Controls, name: str, hint: str) -> None:
    assert hints(under(controls))[name] == hint


@pytest.mark.parametrize(
    ("controls", "wrong"),
    [
        (Controls(), ""),
        (Controls(accept="ZZZZZZ"), "“ZZZZZZ” is not the code. "),
        (Controls(odd=(("accept", "go on"),)), "“go on” is not the code. "),
    ],
)
def test_dangers_have_a_code_and_another_one_is_said_to_be_wrong(controls: Controls, wrong: str) -> None:
    facts = under(controls, Limits(messages_per_run=1))
    assert hints(facts)["accept"] == (
        f"{wrong}Type {facts.plan.danger_code} to go on all the same: 2 messages would go out; "
        "limits.messages_per_run in config/service.yaml allows…"
    )
    right = under(Controls(accept=facts.plan.danger_code), Limits(messages_per_run=1))
    assert hints(right)["accept"].startswith("Type")


def test_a_machine_that_nobody_knows_is_let_go_on_by_a_code() -> None:
    facts = under(Controls(accept="ZZZZZZ"))
    unknown = replace(facts, plan=replace(facts.plan, new_here="3F9Q2K"))
    assert hints(unknown)["accept"] == (
        "“ZZZZZZ” is not the code. Type 3F9Q2K if Convene moved to another machine and runs nowhere else any more."
    )


def test_a_row_that_cannot_be_read_has_no_name() -> None:
    assert name_of(Entry(2, "", OwnCells())) == ""


def test_rows_begin_below_the_controls() -> None:
    tab = make_tab(after(ANA))
    assert tab.first_row == CONTROLS_ROW + len(tab.controls) + 1


def test_without_looks_in_between_run_now_waits_for_the_next_time() -> None:
    facts = under(Controls())
    rarely = replace(facts, service=replace(facts.service, look_every=timedelta()))
    assert hints(rarely)["run_now"] == "Anything new, such as 1, then 2: Convene runs at its next time."


def test_what_waits_for_approval_is_counted_and_has_a_code() -> None:
    call = replace(CALL, approve=frozenset({Kind.INVITATION, Kind.NOT_SELECTED}))
    made = plan(responses(ANA, BEA, NOA), SELECTION, NEW, call)
    facts = facts_of(made, NEW, call)
    hint = hints(facts)["approve"]
    code = hint.split()[1]
    assert hint == f"Type {code} to send what is proposed: 2 invitations and 1 rejection."
    wrong = replace(facts, plan=replace(made, controls=Controls(approve="ZZZZZZ")))
    assert hints(wrong)["approve"] == f"“ZZZZZZ” is not the code. {hint}"


def test_a_code_that_was_followed_is_not_called_wrong() -> None:
    call = Play(rows=[ANA, BEA])
    call.run()
    call.approve_all()
    for more, hint in ((NOA, "Type "), ("", "Nothing waits for your approval.")):
        call.rows = [*call.rows, more] if more else call.rows[:2]
        made = call.plan()
        said = hints(facts_of(made, call.history, call.call))["approve"]
        assert said.startswith(f"{call.code} was followed. {hint}")


# --- last and next -----------------------------------------------------------------------------------------


def test_runs_are_told_newest_first_and_those_with_nothing_to_do_are_not() -> None:
    facts = after(ANA, now=BEFORE)
    posted = facts.history.posted[0]
    states = (State.DEFERRED, State.REFUSED, State.IN_DOUBT, State.HELD, State.CANCELLED)
    history = replace(
        facts.history,
        posted=tuple(replace(posted, id=nth, run=2, state=state) for nth, state in enumerate(states)),
    )
    runs = (
        LoggedRun(at("07-10 07:00"), number=1),
        LoggedRun(at("07-11 07:00"), ending=Ending.NOTHING, times=4),
        LoggedRun(at("07-12 07:00"), number=2, counts={"changed": 1}, said="no answer from the sheet."),
    )
    rows = texts(make_tab(replace(facts, history=history, runs=runs)))
    first = rows.index("What happened last")
    assert rows[first + 1 : first + 3] == [
        "12 July 2023, 07:00 |  | 1 put off by the mail server; 1 refused by the mail server; 1 in doubt; "
        "1 not sent, because something changed; 1 called off; 1 row of the sheet brought up to date; "
        "not finished: no answer from the sheet.",
        "10 July 2023, 07:00 |  | Looked through the responses.",
    ]


def test_what_happens_next_names_what_waits_the_dates_and_when_all_is_erased() -> None:
    call = replace(CALL, dates=replace(CALL.dates, reply_by=at("08-20 23:59:59")))
    facts = after(ANA, now=at("06-01 07:00"), call=call)
    service = replace(facts.service, retention=Retention(everything=timedelta(days=180)))
    again = datetime(2023, 6, 1, 6, 30, tzinfo=UTC)
    rows = texts(make_tab(replace(facts, service=service, waits=Waits(put_off=1, again=again))))
    first, last = rows.index("What happens next"), rows.index("Numbers")
    assert [row.split(" |  | ")[0] for row in rows[first + 1 : last]] == [
        "1 June 2023, 08:30",
        "Every day at 07:00",
        "19 June 2023",
        "1 August 2023",
        "2 August 2023, 06:00",
        "20 August 2023",
        "12 September 2023, 09:00",
        "13 September 2023, 12:30",
        "11 March 2024, 12:30",
    ]
    assert rows[first + 1].endswith("1 message waits: 1 put off by the mail server.")
    waiting = texts(make_tab(replace(facts, waits=Waits(paused=2))))
    assert "Waiting |  | 2 messages wait: 2 because of Pause in the tab Convene." in waiting


@pytest.mark.parametrize(
    ("approve", "said"),
    [
        (frozenset(), "From now on, decisions are sent to applicants."),
        (
            frozenset({Kind.INVITATION}),
            "From now on, decisions are sent to applicants. Some wait for your approval first.",
        ),
        (frozenset(KINDS), "From now on, decisions wait for your approval, and are sent once you give it."),
    ],
)
def test_what_happens_next_says_what_waits_for_approval(approve: frozenset[Kind], said: str) -> None:
    facts = after(ANA, now=BEFORE, call=replace(CALL, approve=approve))
    assert f"2 August 2023, 06:00 |  | {said}" in texts(make_tab(facts))


# --- numbers -----------------------------------------------------------------------------------------------


def test_quotas_count_who_has_a_place_also_those_who_are_no_longer_in_the_sheet() -> None:
    facts = after(ANA, BEA, CLO, call=with_places(RULES, capacity=3, at_most=()))
    gone = plan(responses(BEA, CLO), LATER, facts.history, facts.call)
    counted = count_quotas(facts_of(gone, facts.history, facts.call))
    assert [(each.title, each.given, each.bound) for each in counted] == [
        ("All places", 3, 3),
        ("Management (at least)", 0, 1),
    ]


def test_before_they_are_told_places_count_as_proposed() -> None:
    made = plan(responses(ANA, BEA, CLO), BEFORE)
    counted = count_quotas(facts_of(made, NEW))
    assert [(each.title, each.given, each.bound) for each in counted] == [("All places", 2, 2)]


def test_of_a_long_time_the_last_days_are_shown() -> None:
    early = "2023-01-10 09:00 | ana@example.org | Ana Lopez | Manager | Yes"
    days = count_days(after(early, NOA, now=BEFORE))
    assert (len(days), days[-1], sum(number for _, number in days)) == (60, (at("07-14 00:00").date(), 1), 1)
