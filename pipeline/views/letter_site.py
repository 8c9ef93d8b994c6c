"""One page of HTML that shows letters as they look: to search, to compare, and in each way in which people see them.

It loads nothing, and a letter in it runs nothing. Lines that letters share are in it once.
"""

import json
import re
from base64 import b64encode
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from hashlib import sha256

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from pipeline.model.frozen import dataclass
from pipeline.model.kinds import title_of, turn_of
from pipeline.model.shown_letter import ShownLetter, Stand
from pipeline.views.history import BECAME
from pipeline.views.table import Json

GONE = "(The text of this letter is no longer kept.)"
_CID = re.compile(r'src="cid:([^"]*)"')
_STANDS: dict[str, str] = {
    Stand.LEAVES: "leaves with the next run",
    Stand.GOES_ON: "written by an earlier run, leaves with the next",
    Stand.WAITS: "waits for approval",
    Stand.PROPOSED: "proposed for selection day",
    Stand.KEPT: "does not leave yet",
    **{str(state): said for state, said in BECAME.items()},
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands above the letters. `languages` has the names of their codes; `effects` is the plan's hash.

    `release` says how what is shown is let leave, with a command each; `needs` what needs a person.
    """

    title: str
    says: str
    languages: dict[str, str]
    warnings: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    effects: str = ""
    release: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Assets:
    """The page's own files: its frame in Jinja, its style and its script."""

    frame: str
    style: str
    script: str


def letter_site(assets: Assets, cover: Cover, letters: tuple[ShownLetter, ...]) -> str:
    """Return the page. Whatever was typed is text in it: escaped, or in a frame that runs nothing."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(assets.frame).render(
        cover=cover,
        number=len(letters),
        style=Markup(assets.style),  # noqa: S704 - a file of ours
        script=Markup(assets.script),  # noqa: S704 - a file of ours
        allowed=b64encode(sha256(assets.script.encode()).digest()).decode(),
        data=Markup(_as_script_data(_data(cover, letters))),  # noqa: S704 - no “<” is left in it
    )


def _as_script_data(data: Json) -> str:
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026")


def _data(cover: Cover, letters: tuple[ShownLetter, ...]) -> Json:
    lines: dict[str, int] = {}
    shown: list[Json] = [_letter(letter, lines) for letter in letters]
    pairs = sorted({(turn_of(letter.kind), letter.kind, letter.language) for letter in letters})
    groups: dict[str, Json] = {
        f"{kind} {code}": f"{title_of(kind)}, {cover.languages.get(code, code)}" for _, kind, code in pairs
    }
    return {"groups": groups, "letters": shown, "lines": list(lines)}


def _letter(letter: ShownLetter, lines: dict[str, int]) -> Json:
    mime = message_from_bytes(letter.data, policy=default)
    parts = [part for part in mime.walk() if not part.is_multipart()]
    text, html = (next(filter(partial(_is, kind), parts), None) for kind in ("text/plain", "text/html"))
    pictures = {str(part["Content-ID"]).strip("<>"): part for part in parts if part["Content-ID"]}
    others = (part for part in parts if part not in (text, html, *pictures.values()))
    page = _CID.sub(lambda found: _inline(found, pictures), _content(html))
    head = letter.data.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
    at = f", {letter.at}" if letter.at else ""
    return {
        "reference": letter.reference,
        "name": letter.name,
        "to": letter.to,
        "group": f"{letter.kind} {letter.language}",
        "language": letter.language,
        "why": letter.why,
        "stand": f"{_STANDS[letter.stand]}{at}",
        "code": letter.code,
        "release": _release(letter),
        "file": letter.file,
        "subject": str(mime["Subject"] or GONE),
        "head": _numbers(head, lines),
        "text": _numbers(_content(text), lines),
        "html": _numbers(page, lines),
        "attached": [_attached(part) for part in others],
    }


def _release(letter: ShownLetter) -> str:
    if not letter.code:
        return ""
    early = "--early " if letter.stand == Stand.PROPOSED else ""
    return f"type “ok {letter.code}” under Decision, or run: convene approve {early}{letter.reference}"


def _numbers(text: str, lines: dict[str, int]) -> list[Json]:
    """Return a text as the numbers of its lines."""
    return [
        lines.setdefault(line, len(lines)) for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")
    ]


def _is(kind: str, part: EmailMessage) -> bool:
    return part.get_content_type() == kind and not part.get_filename()


def _content(part: EmailMessage | None) -> str:
    return str(part.get_content()) if part else ""


def _bytes(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _inline(found: re.Match[str], pictures: dict[str, EmailMessage]) -> str:
    """Put a picture that a letter carries in the place of its name; the page itself loads nothing."""
    part = pictures.get(found[1])
    if part is None:
        return found[0]
    return f'src="data:{part.get_content_type()};base64,{b64encode(_bytes(part)).decode()}"'


def _attached(part: EmailMessage) -> Json:
    is_text = part.get_content_maintype() == "text"
    name = part.get_filename() or part.get_content_type()
    return {"name": name, "size": len(_bytes(part)), "text": _content(part) if is_text else ""}
