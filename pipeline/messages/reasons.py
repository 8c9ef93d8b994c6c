"""Why, in the reader's language: the reasons that a letter may tell, in the languages that Convene ships.

All others speak to the organisers. In a language that is not there no words are: a template asks for them.
"""

from pipeline.model.reason import Reason, ReasonKind
from pipeline.model.said import is_shipped
from pipeline.model.said import tell as tell_in
from pipeline.model.wordings import words

FOR_READERS = frozenset(
    {
        *(ReasonKind.RULE, ReasonKind.LATE, ReasonKind.NO_CATEGORY, ReasonKind.SEVERAL_CATEGORIES),
        *(ReasonKind.OFFERED, ReasonKind.WAITING, ReasonKind.WAITING_AS_TEAM, ReasonKind.NO_PLACE),
    }
)
"""The reasons that a letter may tell."""


def tell(reasons: tuple[Reason, ...], language: str) -> str:
    """Say what a letter may tell of reasons, each a sentence; nothing in a language that has no words for them."""
    told = tuple(reason for reason in reasons if reason.kind in FOR_READERS)
    return tell_in(words(told), language) if is_shipped(language) else ""
