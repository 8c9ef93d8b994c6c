"""The templates that Convene ships, as it reads them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pipeline.messages.reading import Templates, make_templates
from pipeline.model.call import Call
from pipeline.model.kinds import KINDS, OWN_DAY, REACHED, Occasion
from pipeline.model.languages import translated

LANGUAGES = ("en", "fr", "de", "es")
FOLDER = Path(__file__).parent.parent.parent / "templates"


def with_occasions(call: Call) -> Call:
    """Return a call that sends every shipped kind, as far as what calls for it goes."""
    return replace(
        call,
        offers=replace(call.offers, within=timedelta(days=5)),
        occasions={
            kind: Occasion(sort.to, call.dates.starts if sort.at != OWN_DAY else None, REACHED.get(sort.when))
            for kind, sort in KINDS.items()
            if sort.at or sort.when
        },
    )


def read_shipped(folder: Path = FOLDER) -> Templates:
    """Read the templates of a folder in all languages that it has them in."""
    plain = {kind: path for kind in KINDS if (path := folder / f"{kind}.md").exists()}
    there = {
        (kind, code): folder / translated(f"{kind}.md", code) for kind in KINDS for code in LANGUAGES[1:]
    }
    return make_templates(
        {kind: (f"templates/{path.name}", path.read_text("utf-8")) for kind, path in plain.items()},
        (folder / "layout.html").read_text("utf-8"),
        {
            key: (f"templates/{path.name}", path.read_text("utf-8"))
            for key, path in there.items()
            if path.exists()
        },
        {path.name: path.read_text("utf-8") for path in folder.glob("*.md")},
    )
