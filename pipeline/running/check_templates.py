"""What `check` finds in the templates: what fails in some state, what is misspelt, what is to be looked at again."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from pipeline.decisions.offers import expires
from pipeline.messages.layout import layout_values
from pipeline.messages.lint import alike, look_again, look_at_colours, never_says
from pipeline.messages.reading import Templates
from pipeline.messages.render import render
from pipeline.messages.spelling import unknown_names
from pipeline.model.call import Call
from pipeline.model.errors import Caution, TemplateError
from pipeline.model.languages import translated
from pipeline.model.locales import ENGLISH, nearest
from pipeline.model.message import Kind
from pipeline.model.text import counted
from pipeline.planning.states import ANSWER, states
from pipeline.running.workspace import Workspace, example

QUOTING = (
    "Look again: the acknowledgement shows what people typed (applicant.answers), so that anybody can have any text "
    "sent to anybody"
)


@dataclass(slots=True)
class _Found:
    """What was found so far: what fails and for whom first, what is odd, subjects by kind and language."""

    failures: dict[str, str] = field(default_factory=dict)
    odd: dict[str, None] = field(default_factory=dict)
    subjects: dict[tuple[Kind, str], tuple[str, str]] = field(default_factory=dict)
    rendered: int = 0
    quotes: bool = False


def check_templates(workspace: Workspace) -> str:
    """Render every kind in every language for every sort of applicant; tell of all that fails or is odd, once each.

    Raises TemplateError with every failure and oddity, and Caution where nothing is worse than odd.
    """
    call, templates, found = workspace.call, workspace.templates, _Found()
    for kind, code in product(call.messages, call.languages.codes):
        if templates.template(kind, code).language == code:
            _look_at(call, templates, kind, code, found)
    warnings = (*found.odd, *alike(found.subjects), *_taken_for(workspace))
    missing = _untranslated(call, templates)
    if found.failures:
        told = (f"{failure}{who}" for failure, who in found.failures.items())
        raise TemplateError("\n".join((*told, *(f"{each}." for each in (*warnings, missing) if each))))
    quoting = f". {QUOTING}" if found.quotes else ""
    untranslated = f". {missing}" if missing else ""
    count = counted(sum(map(len, templates.templates.values())), "template")
    said = f"{count}, rendered for {found.rendered} sorts of applicant{quoting}{untranslated}"
    if warnings:
        raise Caution("\n".join((f"{said}. Look again:", *(f"{warning}." for warning in warnings))))
    return said


def _look_at(call: Call, templates: Templates, kind: Kind, code: str, found: _Found) -> None:
    template = templates.template(kind, code)
    has_day = call.dates.reply_by or call.offers.within
    found.odd |= dict.fromkeys(never_says(kind, template, lapses=bool(has_day) and expires(call)))
    every = tuple(states(call, kind, code))
    misspelt = unknown_names(template, every[0].context)
    in_layout = unknown_names(templates.layout, layout_values(every[0].context))
    found.failures |= dict.fromkeys((*misspelt, *in_layout), "")
    # A misspelt name is so for everybody; nothing else of the template can be seen before it is right.
    for state in () if misspelt else every:
        try:
            said = render(templates, kind, state.context)
        except TemplateError as error:
            found.failures.setdefault(str(error), f" (for somebody whose state is: {state.says})")
            continue
        found.rendered += 1
        found.odd |= dict.fromkeys(look_again(templates, template, said))
        if (kind, code) not in found.subjects:
            found.odd |= dict.fromkeys(look_at_colours(templates, said))
            found.subjects[kind, code] = said.subject, f"{template.name}:{template.subject_line}"
        found.quotes |= kind == Kind.RECEIVED and ANSWER in f"{said.subject} {said.text}"


def _untranslated(call: Call, templates: Templates) -> str:
    """Say which letters readers of which language get in another one."""
    gaps = [
        f"{translated(call.messages[kind], code)} is missing: {code} readers get it in {found}"
        for code, kind in product(call.languages.others, call.messages)
        if (found := templates.template(kind, code).language) != code
    ]
    return "; ".join(gaps)


def _taken_for(workspace: Workspace) -> Iterator[str]:
    """Yield the letters that count as the call's language by their bare names, and are the English ones of Convene."""
    code = workspace.call.languages.default
    if nearest(code, (ENGLISH,)):
        return
    for kind, name in workspace.call.messages.items():
        shipped = example() / "templates" / f"{kind}.md"
        used = workspace.templates.template(kind, code)
        if (
            shipped.exists()
            and used.name == f"templates/{name}"
            and _is_mostly(workspace.root / used.name, shipped)
        ):
            yield (
                f"{name} is taken as the letter in the call's language ({code}), and its text is English. Add "
                f"{translated(name, code)}, or write {name} in that language"
            )


def _is_mostly(path: Path, shipped: Path) -> bool:
    """Whether most lines of a letter are those of a shipped one; translations share less than a third with it."""
    lines, known = (
        [line for line in file.read_text("utf-8").splitlines() if line.strip()] for file in (path, shipped)
    )
    return 2 * sum(line in known for line in lines) > len(lines)
