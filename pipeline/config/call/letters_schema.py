"""The shape of what config/call.yaml says of letters: their kinds, their languages, and the form that answers them."""

from dataclasses import field
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainValidator, ValidationInfo

from pipeline.model.fields import Address, Key, Line, Option, Shown, Some, among, minutes, not_among, number
from pipeline.model.frozen import dataclass
from pipeline.model.keys import Keys
from pipeline.model.kinds import REACHED, Group
from pipeline.model.language_fields import Tag
from pipeline.model.message import MOST_COPIES
from pipeline.model.refusals import refusal
from pipeline.model.replies import PLACE
from pipeline.model.suggest import nearest


def _for_all(value: object) -> object:
    return {DEFAULT: value} if isinstance(value, str) else value


def _kind(text: str, info: ValidationInfo[tuple[str, ...]]) -> str:
    if text in info.context:
        return text
    if nearest(text, info.context):
        raise not_among(text, info.context)
    raise refusal("is not one that Convene knows", f"Write {DEFAULT}, or the name of a kind of message.")


DEFAULT = "default"
AUTOMATIC, APPROVE = "automatic", "approve"
Sending = Annotated[
    dict[Annotated[str, AfterValidator(_kind)], Annotated[Line, among(AUTOMATIC, APPROVE)]],
    BeforeValidator(_for_all),
]
"""Whether messages leave by themselves, for each kind; read with the names of all kinds."""

Settle = Annotated[timedelta, number(0, 240, minutes)]
"""How long an organiser's word waits."""


def _written(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return str(value)
    raise refusal("must be a date", "Write 2023-09-01, 2023-09-01 09:00, starts or 3 days before starts.")


def _few(addresses: tuple[str, ...]) -> tuple[str, ...]:
    if len(addresses) > MOST_COPIES:
        raise refusal("has too many addresses", f"Write {MOST_COPIES} at most, or one of a mailing list.")
    return tuple(dict.fromkeys(addresses))


@dataclass(frozen=True, slots=True)
class MessageEntry(Keys):
    """The template of a kind of message, to whom it goes, what calls for it, and what goes along."""

    template: Line
    to: Annotated[Line, among(*Group)] | None = None
    at: Annotated[str, PlainValidator(_written)] | None = None
    when: Annotated[Line, among(*REACHED)] | None = None
    attachments: tuple[Line, ...] = ()
    copy_to: Annotated[tuple[Address, ...], AfterValidator(_few)] = ()


def _with_template(value: object) -> object:
    return {"template": value} if isinstance(value, str) else value


Messages = dict[Key, Annotated[MessageEntry, BeforeValidator(_with_template)]]
"""The kinds of message that are sent."""


@dataclass(frozen=True, slots=True)
class LanguagesSection(Keys):
    """In which languages letters are, and which answer says whose."""

    default: Tag = "en"
    others: tuple[Tag, ...] = ()
    answer: Key = ""
    means: dict[Line, Tag] = field(default_factory=dict)


def _prefilled(text: str) -> str:
    if not text.startswith("https://") or any(char.isspace() for char in text):
        raise refusal(
            "is not the address of a form", "Copy the form's prefilled link: it begins with https://."
        )
    if text.count(PLACE) != 1 and not (PLACE not in text and text.endswith("=")):
        next_step = f"Let the prefilled answer be {PLACE}, or end the link with the = of that question."
        raise refusal("has no place for the reference", next_step)
    return text


@dataclass(frozen=True, slots=True)
class ReplyAnswer(Keys):
    """The question whether somebody comes, and which of its answers are a yes and a no."""

    column: Line
    yes: Some[Option]
    no: Some[Option]


@dataclass(frozen=True, slots=True)
class RepliesSection(Keys):
    """The tab of a reply form, and the headers of its columns."""

    tab: Shown
    reference: Line
    answer: ReplyAnswer
    address: Line = "Email Address"
    timestamp: Line = "Timestamp"
    link: Annotated[Line, AfterValidator(_prefilled)] = ""
