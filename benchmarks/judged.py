"""How well the rules judge: the figures of every labelled set, and a battery in 28 languages.

    python benchmarks/judged.py

The battery holds every sentence of tests/audience/denials.yaml, beside.yaml and titles.yaml against the answers that it
confirms or contradicts, and says in how many languages the rules decide as a careful person would.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.support.judged import SETS, score
from tests.support.reference_call import ROOT, judge
from tests.support.yaml_texts import read_yaml

ANSWERS = {
    "organisation": "Sample Prison",
    "job_title": "Mentor",
    "country": "Spain",
    "role": "Exit worker",
    "workplace": "I come into prisons from outside",
    "vetos": "Yes, directly",
    "english": "B2",
    "agreement": "I agree",
}
MINDS = {"role": "Mental health practitioner", "workplace": "In a prison"}
NO, AIM, YES = "No", "Not yet, but I aim to", "Yes, directly"
_DENIALS = ("now", "never", "longer", "yet", "others", "none")
DENIALS: dict[str, dict[str, str]] = {
    NO: dict.fromkeys((*_DENIALS, "planned", "other"), "ineligible") | {"claims": "review"},
    YES: dict.fromkeys(_DENIALS, "review") | {"other": "eligible", "claims": "eligible"},
    AIM: {"planned": "review", "yet": "eligible", "none": "eligible", "other": "eligible"},
}
Case = tuple[str, str, Mapping[str, str]]
"""What a line of the battery is called, the outcome that is expected, and what is answered."""


def battery() -> Iterator[Case]:
    """Yield every case, of all languages."""
    for said in _read("denials").values():
        yield from _denials(said)
    for said in _read("beside").values():
        yield from ((f"beside: {kind}", "review", {"needs": text}) for kind, text in said.items())
    for titles in _read("titles").values():
        yield from _titles(*titles)


def _denials(said: Mapping[str, str]) -> Iterator[Case]:
    for answer, kinds in DENIALS.items():
        for kind, expected in kinds.items():
            yield f"{answer} + {kind}", expected, {"vetos": answer, "work": said[kind]}
    for key in ("contribution", "needs", "job_title"):
        yield f"No + claims, in {key}", "review", {"vetos": NO, "work": "-", key: said["claims"]}


def _titles(deputy: str, head: str, own: str, doctor: str) -> Iterator[Case]:
    named = ("deputy", deputy, "review"), ("head", head, "review"), ("head in the own field", own, "eligible")
    for name, title, expected in named:
        yield f"external in a prison + {name}", expected, {**MINDS, "job_title": title}
        yield f"own words + {name}", expected, {**MINDS, "role": "Psychologist", "job_title": title}
    yield "own words: doctor, psychiatrist", "eligible", {**MINDS, "role": doctor, "job_title": ""}


def _read(name: str) -> dict[str, Any]:
    text = (ROOT / f"tests/audience/{name}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = read_yaml(text)
    return found


def main() -> None:
    for name in SETS:
        print(f"{name}: {score(name)}")
    right, every, wanted = Counter[str](), Counter[str](), dict[str, str]()
    for name, expected, answers in battery():
        wanted[name] = expected
        every[name] += 1
        right[name] += judge({**ANSWERS, **answers}).eligibility.value == expected
    for name, number in every.items():
        print(f"| {name} | {wanted[name]} | {right[name]} of {number} |")


if __name__ == "__main__":
    main()
