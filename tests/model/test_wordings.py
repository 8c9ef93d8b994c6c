"""The table of wordings: every kind of reason with facts of its shape, and the sentence."""

import pytest

from pipeline.model.reason import Fact, Reason, ReasonKind, as_written, because
from pipeline.model.wordings import formerly, say_cause, words
from pipeline.selection.reasons.why import Ground

SPAIN = (("country “Spain”", 2),)
NEEDED = (("needed", (("External", 10),), False),)
MINIMUM = (("minimum", (("External", 10),), True),)
FULL: dict[str, Fact] = {"places": 0, "full": SPAIN, "causes": ()}

SAID = [
    (because(ReasonKind.RULE, text="Works in management: answered “Manager”."),
     "Works in management: answered “Manager”."),
    (because(ReasonKind.SLIPS, slips=(("Advancde", "Advanced"), ("Spian", "Spain"))),
     "“Advancde” was read as “Advanced” and “Spian” was read as “Spain”."),
    (because(ReasonKind.UNANSWERED, questions=("VETOs", "English")),
     "No answer to “VETOs” and “English”, which the rules need."),
    (because(ReasonKind.UNCLEAR, answers=(("Maybe", "VETOs"),)),
     "Not clear without a person: the answer “Maybe” to “VETOs”."),
    (because(ReasonKind.SEVERAL_CATEGORIES, titles=("Management", "Bosses")),
     "Fits more than one category: “Management” and “Bosses”."),
    (because(ReasonKind.NO_CATEGORY, answers=(("Governor", "Role"),)),
     "No category fits these answers: “Governor” to “Role”."),
    (because(ReasonKind.LAPSED, by="2023-08-20 23:59"), "No answer came by 2023-08-20 23:59: the offer has lapsed."),
    (because(ReasonKind.LACKING, headers=("Fee",)),
     "Said yes, and is not Confirmed yet: what the call requires of “Fee” is not there."),
    (because(ReasonKind.TOO_SHORT),
     "A place is free, and too little time is left to answer an offer: ask this person yourself."),
    (because(ReasonKind.CLOSED), "The last day for offers is over."),
    (because(ReasonKind.LATE), "Applied after the deadline."),
    (because(ReasonKind.PUT_IN_CATEGORY), "Put in this category by the organisers."),
    (because(ReasonKind.HELD), "Held by the organisers."),
    (because(ReasonKind.DECIDED, word="Invite"), "Decided by the organisers: Invite."),
    (because(ReasonKind.PLACE_TAKEN_BACK),
     "A place had been offered before: Convene does not write about this, please do."),
    (because(ReasonKind.TOLD_FROM, on="2023-08-02"), "It will be told from 2 August 2023 on."),
    (because(ReasonKind.PLACE_PASSED, other="P-BEA222"),
     "The place of P-BEA222 passed to this person, by the organisers' word."),
    (because(ReasonKind.TOLD_BY_HAND), "Convene sends nothing about this: you tell the person yourselves."),
    (because(ReasonKind.UNKNOWN_WORD, word="ask Maria", words=("Invite", "Hold")),
     "What does the Decision “ask Maria” mean? It is not one of: Invite, Hold. Nothing was decided by it."),
    (because(ReasonKind.UNKNOWN_WORD, word="Invite?", near="Invite"),
     "Did you mean “Invite”? Convene does not know the Decision “Invite?”, and nothing was decided by it."),
    (because(ReasonKind.MISFIT, word="Decline", why="invited"),
     "Do you mean Cancel? This person was invited, and Cancel takes that back with a letter of its own. Type Withdrawn "
     "if the person will not come, or “Decline, silent” if you told the person yourselves. "
     "Nothing was decided by “Decline”."),
    (because(ReasonKind.OLDER_WORD, word="Invite"),
     "The Decision “Invite” stands in the row of an older response. Type it in this row, or delete it there."),
    (because(ReasonKind.NOTHING_TO_SETTLE, word="Delivered"),
     "“Delivered” decides nothing: no message to this person is in doubt or refused."),
    (because(ReasonKind.HEARD_BEFORE, word="Send again"),
     "“Send again” was there before and is followed once. Delete it, and type it anew after the next run."),
    (because(ReasonKind.NOT_KEPT), "What was answered is no longer kept."),
    (because(ReasonKind.OVER, word="Send again"),
     "“Send again” is not followed: the meeting has begun. Write to this person yourself, then type Delivered."),
    (because(ReasonKind.SETTLES, until="2023-08-02 07:10"),
     "Followed from 2023-08-02 07:10 on, unless you change it until then."),
    (because(ReasonKind.CHANGED_SINCE, released="Offered", cause="to", word="ok 3F9Q2K"),
     "You released “Offered”, and since then the address is another one: it waits for you again. "
     "Type ok 3F9Q2K to release it as it is now."),
    (because(ReasonKind.OK_BEFORE, word="ok 3F9Q2K"),
     "“ok” was typed before this was proposed. Type ok 3F9Q2K to release it."),
    (because(ReasonKind.BEHIND), "Told as soon as everybody who comes before is told, too."),
    (because(ReasonKind.CALLED_OFF), "Not told: the meeting is cancelled."),
    (because(ReasonKind.APPLIED_AGAIN, status="Withdrawn", since="2023-08-02"),
     "Stands as “Withdrawn” since 2 August 2023, and has applied again."),
    (because(ReasonKind.CONTRADICTED, status="Offered", since="2023-08-02"),
     "Stands as “Offered” since 2 August 2023, and the answers or the rules now say otherwise:"),
    (because(ReasonKind.SAID_YES, at="2023-08-05 09:00", status="Expired"),
     "Expired before; answered yes by the reply form on 2023-08-05 09:00."),
    (because(ReasonKind.SAID_NO, at="2023-08-05 09:00", status="Offered"),
     "Offered before; answered no by the reply form on 2023-08-05 09:00."),
    (because(ReasonKind.BEGUN), "The meeting has begun."),
    (because(ReasonKind.TURNED_AWAY), "A place is free, but people who applied before were turned away."),
    (because(ReasonKind.UNCOUNTED),
     "A place is free, but the quotas cannot be counted: "
     "rows of people who have a place are missing or are to be checked."),
    (because(ReasonKind.FROZEN), "No place is given by rank: Freeze promotion is on in the tab Convene."),
    (because(ReasonKind.ASK), "Type what is to happen in the Decision column."),
    (because(ReasonKind.OFFERED, rank=7, tier=2, causes=NEEDED),
     "A place is offered: tier 2, rank 7; needed for External (at least 10)."),
    (because(ReasonKind.OFFERED, rank=0, tier=2, causes=()), "A place is offered: from the waiting list."),
    (because(ReasonKind.ANSWER_BY, on="2023-08-18"), "To be answered until 18 August 2023."),
    (because(ReasonKind.WAITING, places=1, full=(), position=3),
     "On the waiting list: the only place is taken; 3rd in line if a place becomes free."),
    (because(ReasonKind.WAITING, places=0, full=SPAIN, position=1),
     "On the waiting list: all 2 places for country “Spain” are taken; "
     "first in line if a place for country “Spain” becomes free."),
    (because(ReasonKind.REVIEWS, number=1, until="2023-08-04"),
     "Told when 1 review is settled, or after 4 August 2023."),
    (because(ReasonKind.REVIEWS, number=3, until="2023-08-04"),
     "Told when 3 reviews are settled, or after 4 August 2023."),
    (because(ReasonKind.PASSED_OVER, on="2023-08-02", **FULL),
     "Passed over on 2 August 2023: all 2 places for country “Spain” are taken."),
    (because(ReasonKind.PASSED_OVER, on="", **FULL),
     "Passed over: all 2 places for country “Spain” are taken."),
    (because(ReasonKind.OBSTACLE, places=2, full=(), causes=MINIMUM),
     "all 2 places are taken; beside those who rank before, would break External (at least 10)"),
    (because(ReasonKind.NO_PLACE, is_closed=True, **FULL),
     "No place: all 2 places for country “Spain” are taken, and the waiting list is closed."),
    (because(ReasonKind.NO_PLACE, is_closed=False, places=1, full=(), causes=()),
     "No place: the only place is taken, and the waiting list is full."),
    (because(ReasonKind.NEWER_RESPONSE), "A newer response by the same person counts."),
    (because(ReasonKind.TAKEN_OVER, on="2023-08-02"), "Told on 2 August 2023; taken over without its reason."),
    (because(ReasonKind.SAME_ADDRESS, other="P-ANA222"),
     "Has the address of P-ANA222, and another name. "
     "Type Same person or Other person, or what is to happen, in the Decision column."),
    (because(ReasonKind.SAME_NAME, other="P-ANA222"),
     "May be P-ANA222, with another address. "
     "Type Same person or Other person, or what is to happen, in the Decision column."),
    (because(ReasonKind.WHOSE_UNCLEAR),
     "It is not clear who is the same person. Type Same person: and the reference of the other row."),
    (because(ReasonKind.WAITS_BEHIND, others=("P-BEA222", "P-CLE222")),
     "May be the same person as P-BEA222 and P-CLE222: waiting for your word."),
    (because(ReasonKind.WAITS_BEHIND, others=("P-A", "P-B", "P-C", "P-D", "P-E")),
     "May be the same person as P-A, P-B, P-C and 2 more: waiting for your word."),
    (because(ReasonKind.WORSE, sent="2023-07-10"),
     "These answers would take away what those of 10 July 2023 give. To let the older ones count, delete this row; "
     "else type what is to happen in the Decision column."),
    (because(ReasonKind.TOO_EARLY, sent="2023-05-10", opens="2023-06-19"),
     "Bears a time of 10 May 2023, and the call opened on 19 June 2023. "
     "Correct the time stamp, or type what is to happen in the Decision column."),
    (because(ReasonKind.TOO_LATE, sent="2031-07-10"),
     "Bears a time that has not come yet, on 10 July 2031. "
     "Correct the time stamp, or type what is to happen in the Decision column."),
    (because(ReasonKind.DIFFERING, questions=("Country",)),
     "Different answers stand in the columns of “Country”. "
     "Leave the one that counts, or type what is to happen in the Decision column."),
    (because(ReasonKind.UNKNOWN_ANSWER, answers=(("Gemany", "Country"), ("8/9", "Mark"))),
     "Which answer is meant: “Gemany” to “Country” and “8/9” to “Mark”? The places are given by it. "
     "Correct it, name it under aliases in config/call.yaml, or type what is to happen in the Decision column."),
    (because(ReasonKind.MISSING_ANSWER, questions=("Country",)),
     "No answer to “Country”, by which the places are given. "
     "Add it, or type what is to happen in the Decision column."),
    (because(ReasonKind.DISAGREE, questions=("Mark 1", "Mark 2"), most="5"),
     "The marks in “Mark 1” and “Mark 2” lie more than 5 apart. "
     "Correct them, or type what is to happen in the Decision column."),
    (because(ReasonKind.NOT_YET, questions=("Mark 1", "Mark 2")),
     "Waits for “Mark 1” and “Mark 2”: nobody is told what came of the places before it is there."),
    (because(ReasonKind.TEAM_ALONE),
     "Nobody else named this team. Correct the answer, or type Eligible: and the category in the Decision column, "
     "if nobody else is to come with this person."),
    (because(ReasonKind.TEAM_APART, others=("P-A", "P-B")),
     "Comes with a team, and nothing can be decided by rank for P-A and P-B of it. Wait until that is settled, "
     "or type Eligible: and the category for everybody who is to compete without them."),
    (because(ReasonKind.TEAM_FOLLOWED, others=("P-A", "P-B")),
     "A place is offered: the team of P-A and P-B was given places as a whole."),
    (because(ReasonKind.WAITING_AS_TEAM, number=3),
     "On the waiting list: comes with a team of 3, once there is room for all."),
    (because(ReasonKind.GATED, number=2), "Told when 2 applications that still wait for an answer have it."),
    (as_written("As it stood."), "As it stood."),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "said"), SAID, ids=[reason.kind for reason, _ in SAID])
def test_a_reason_is_said_in_words(reason: Reason, said: str) -> None:
    assert words((reason,)) == said


def test_every_kind_has_its_words() -> None:
    assert {reason.kind for reason, _ in SAID} == set(ReasonKind)


def test_every_ground_has_its_words() -> None:
    grounds = [say_cause(ground, (), beside=False) for ground in Ground if ground is not Ground.LIMIT]
    assert grounds.count("") == 1


def test_reasons_are_one_sentence_after_the_other() -> None:
    assert words((as_written("One."), as_written(""), as_written("Two."))) == "One. Two."


def test_a_reason_is_the_same_whatever_order_its_facts_are_named_in() -> None:
    one = because(ReasonKind.WAITING, places=1, full=(), position=3)
    assert one == because(ReasonKind.WAITING, position=3, full=(), places=1)
    assert one.but(position=4).fact("position") == 4


def test_sheets_may_still_show_the_words_of_an_earlier_version() -> None:
    full = because(ReasonKind.WAITING, places=1, full=(("country “Spain”", 1),), position=1)
    late = because(ReasonKind.LATE)
    assert formerly((full, late)) == (
        "On the waiting list: the only place for country “Spain” is taken; 1st if a place for country “Spain” frees. "
        "Applied after the deadline."
    )
    assert formerly((late,)) == words((late,))
