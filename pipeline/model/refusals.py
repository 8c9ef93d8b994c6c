"""How a value of a setting is refused: what is wrong, and what to write instead."""

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

REFUSED, SAID = "refused", "said"
"""The types of the refusals made here: read behind the key's name, or on their own."""


def refusal(what: str, next_step: str) -> PydanticCustomError:
    """Make the error that says `what` is wrong with a key (`must be …`) and what to do."""
    return PydanticCustomError(REFUSED, "{what}. {next_step}", {"what": what, "next_step": next_step})


def refusal_at(key: str, what: str, next_step: str, rests_on: tuple[str, ...] = ()) -> ValidationError:
    """Make the error that says in a whole sentence what is wrong with a key inside the value that is read.

    It is not told where one of the keys that it `rests_on` was refused already.
    """
    said = {"what": what, "next_step": next_step, "rests_on": rests_on}
    return at(key, PydanticCustomError(SAID, "{what}. {next_step}", said))


def at(key: str, *errors: PydanticCustomError) -> ValidationError:
    """Place errors at a key inside the value that is read; an empty key is the value itself."""
    loc = (key,) if key else ()
    return ValidationError.from_exception_data(
        "", [{"type": error, "loc": loc, "input": None} for error in errors]
    )
