"""Values of settings that name a language."""

from typing import Annotated

from pydantic import AfterValidator

from pipeline.model.fields import Line
from pipeline.model.refusals import refusal


def locale_code(code: str) -> str:
    """Return a language's code as Babel has it; refuse what is none."""
    from babel.core import Locale, UnknownLocaleError  # only where a language is named

    try:
        return str(Locale.parse(code.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        raise refusal("is not the code of a language", "Write one such as hr, pl or zh-Hant.") from None


def tag(code: str) -> str:
    """Return a code as HTML and file names have it."""
    return locale_code(code).replace("_", "-")


Tag = Annotated[Line, AfterValidator(tag)]
"""A language's code as HTML and file names have it."""
