import pytest

from pipeline.audience.bounds import Words
from pipeline.audience.combined import ANY_TEXT, Any, AnyText, Not
from pipeline.audience.conditions import Empty, Mentions, OneOf
from pipeline.audience.trace import Step, TracedRule, trace_rules
from pipeline.audience.vocabulary import Vocabulary
from pipeline.model.call import Columns
from pipeline.model.question import Question
from pipeline.model.rules import Audience, Category, Rule

ROLE = Question("Role", ("Manager", "Psychologist"), aliases={"Manager": ("Boss",)})
COLUMNS = Columns({"role": ROLE, "work": Question("Your work")})
AUDIENCE = Audience(
    hold=(Rule("silent", Empty("work"), "Wrote nothing."),),
    review=(
        Rule("retired", Mentions("work", Vocabulary(("retired",), title="not_in_post")), "Retired: {work}."),
    ),
    categories=(
        Category(
            "staff", "Staff", Any((OneOf("role", ("Manager",), ROLE), Not(Words("work", 3)))), "Is staff."
        ),
    ),
)


def test_every_rule_is_traced_in_order_down_to_the_answers_it_looked_at() -> None:
    answers = {"role": "Mangaer", "work": "Long retired, sadly"}
    role = Step(1, "is “Manager”", True, "role", "Role", "Mangaer", "Manager")
    words = Step(2, "has at least 3 words", True, "work", "Your work", "Long retired, sadly")
    assert trace_rules(AUDIENCE, COLUMNS, answers) == (
        TracedRule(
            "hold", "silent", False, (Step(0, "is empty", False, "work", "Your work", "Long retired, sadly"),)
        ),
        TracedRule(
            "review",
            "retired",
            True,
            (
                Step(
                    0,
                    "mentions not_in_post",
                    True,
                    "work",
                    "Your work",
                    "Long retired, sadly",
                    found="retired",
                ),
            ),
        ),
        TracedRule(
            "categories", "staff", True, (Step(0, "any of these", True), role, Step(1, "not", False), words)
        ),
    )


@pytest.mark.parametrize(
    ("step", "line"),
    [
        (Step(0, "any of these", None), "any of these: cannot tell"),
        (Step(1, "is “B”", True, "a", "Q?", "b"), "  “Q?” is “B”: yes; answered “b”"),
        (Step(1, "is “B”", True, "a", "Q?", "be", "B"), "  “Q?” is “B”: yes; answered “be” (read as “B”)"),
        (Step(0, "is empty", True, "a", "Q?", " "), "“Q?” is empty: yes; answered nothing"),
        (
            Step(0, "mentions x", True, "a", "Q?", "yes b", found="b"),
            "“Q?” mentions x: yes; answered “yes b”, found “b”",
        ),
    ],
)
def test_step_says_itself_in_one_line(step: Step, line: str) -> None:
    assert step.line() == line


def test_rule_says_itself_in_indented_lines() -> None:
    rule = TracedRule("hold", "silent", False, (Step(0, "any of these", False), Step(1, "not", True)))
    assert rule.lines() == ("silent: no", "  any of these: no", "    not: yes")


def test_what_is_asked_of_all_texts_is_one_step_with_the_text_that_was_found() -> None:
    asked = Mentions(ANY_TEXT, Vocabulary(("online",), possible=("screen",)))
    audience = Audience((), review=(Rule("online", AnyText(COLUMNS.questions, asked), "Wrote: {any_text}."),))
    steps = [
        trace_rules(audience, COLUMNS, {"work": work})[0].steps[0] for work in ("Only online", "In person")
    ]
    says = "mentions “online” somewhere"
    assert steps == [Step(0, says, True, "work", "Your work", "Only online"), Step(0, says, False)]
