"""`convene preview`: the page in a browser, and what the command touches."""

import json
import re
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from pipeline.commands.base import cli
from pipeline.commands.demo_call.people import WorkbookHands, read_responses
from pipeline.model.text import fold
from pipeline.running.new_workspace import make_workspace
from tests.support.browser import browser, needs_chromium, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DAY = "2023-08-02T07:00"
PAGE = Path("state/preview/index.html")


def write_call(folder: Path, people: int = 24) -> Path:
    """Make a call of two languages that wants its letters approved, with some of the demonstration's people."""
    make_workspace(folder)
    WorkbookHands(folder / "responses.xlsx").submit(read_responses()[:people])
    file = folder / "config" / "call.yaml"
    text = re.sub(r"^send: .*$", "send: approve", file.read_text("utf-8"), count=1, flags=re.MULTILINE)
    languages = "languages: {default: en, others: [fr], answer: country, means: {France: fr, Belgium: fr}}\n"
    file.write_text(text + languages, "utf-8")
    return folder


def run(folder: Path, *arguments: str) -> Result:
    """Run a command in this process, on the selection day."""
    return CliRunner().invoke(cli, ["-C", str(folder), "--as-of", DAY, *arguments])


def hashes(folder: Path) -> dict[Path, bytes]:
    return {path: sha256(path.read_bytes()).digest() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_call(tmp_path_factory.mktemp("preview") / "call")


def test_a_preview_is_the_owners_alone_and_touches_nothing_else(call: Path) -> None:
    planned = json.loads(run(call, "plan", "--json").output)
    before = hashes(call)
    done = run(call, "preview")
    page = call / PAGE
    assert (done.exit_code, done.output.splitlines()[:2]) == (
        0,
        ["24 letters: 24 wait for approval.", f"wrote {page}"],
    )
    after = hashes(call)
    assert after == {**before, page: after[page]}
    assert [stat.S_IMODE(path.stat().st_mode) for path in (page, page.parent)] == [0o600, 0o700]
    assert effects_in(page) == [planned["effects"]]


def effects_in(page: Path) -> list[str]:
    return re.findall(r"convene approve --effects ([0-9a-f]{64})", page.read_text("utf-8"))


@pytest.mark.slow
def test_approve_takes_the_hash_of_the_page_and_the_run_that_sends_deletes_it(tmp_path: Path) -> None:
    call = write_call(tmp_path / "call", 12)
    run(call, "preview")
    (effects,) = effects_in(call / PAGE)
    wrong = run(call, "approve", "--effects", "0" * 64)
    assert "Nothing was released" in str(wrong.exception)
    assert run(call, "approve", "--effects", effects).exit_code == 0
    sent = json.loads(run(call, "run", "--json").output)["sent"]
    assert (sent, (call / PAGE).exists()) == (12, False)
    listed, told = run(call, "letters"), json.loads(run(call, "letters", "--json").output)
    assert (listed.output.count("\n"), len(told)) == (13, 12)
    assert [letter["name"] for letter in told] == sorted((letter["name"] for letter in told), key=fold)
    assert "is inside the workspace" in str(run(call, "letters", "--export", str(call / "out")).exception)
    out = tmp_path / "out"
    assert run(call, "letters", "--kind", "invitation", "--export", str(out)).exit_code == 0
    invited = [letter for letter in told if letter["kind"] == "invitation"]
    assert sorted(path.name for path in out.iterdir()) == sorted(
        ["index.html", *(f"invitation {letter['reference']} 1.eml" for letter in invited)]
    )
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}


# --- in a browser ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page_file(call: Path) -> Path:
    run(call, "preview")
    return call / PAGE


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    with browser() as started:
        yield started


def part(page: "Page", name: str) -> None:
    page.get_by_role("radio", name=name).check()


@needs_chromium
@pytest.mark.slow
def test_letters_are_searched_chosen_and_shown_in_each_way(page_file: Path, chromium: "Browser") -> None:
    with opened(chromium, page_file) as page:
        count = page.locator("#count")
        total = int(count.inner_text().split()[0])
        page.get_by_label("Kind and language").select_option("invitation en")
        invited = [name.split("\n")[0] for name in page.locator("#groups li button").all_inner_texts()]
        assert (total > 20, invited) == (True, sorted(invited, key=fold))
        page.get_by_label("Kind and language").select_option("")
        page.get_by_label("Search by name").fill("nobody here")
        assert count.inner_text().startswith(f"0 of {total} letters. Try ")
        page.get_by_label("Search by name").fill("lindqvist ANNA")
        (first, *_) = names = page.locator("#groups li button").all_inner_texts()
        assert (count.inner_text(), {name.split("\n")[0] for name in names}) == (
            f"{len(names)} of {total} letters",
            {"Anna Lindqvist"},
        )
        reference = first.split("\n")[1].split(",")[0]
        page.get_by_label("Search by name").fill(reference)
        assert count.inner_text() == f"{len(names)} of {total} letters"
        page.locator("#groups li button").first.press("Enter")
        assert page.locator("#facts").inner_text().count("Anna Lindqvist <") == 1
        assert page.locator("#letter").evaluate("main => main === document.activeElement")
        letter = page.frame_locator("#frame")
        assert reference in letter.locator("body").inner_text()
        paper = "div => getComputedStyle(div).backgroundColor"
        light = letter.locator(".letter").evaluate(paper)
        page.locator("#frame[style*='height: ']").wait_for()
        assert page.locator("#frame").evaluate(
            "it => it.contentDocument.body.scrollHeight <= it.clientHeight"
        )
        part(page, "Dark")
        assert letter.locator(".letter").evaluate(paper) != light == "rgb(255, 255, 255)"
        part(page, "Phone")
        assert page.locator("#frame").evaluate("frame => frame.clientWidth + 12") == 375
        part(page, "Text part")
        assert f"reference: {reference}" in page.locator("#text").inner_text()
        part(page, "Headers")
        assert "X-Convene-Ref: " in page.locator("#head").inner_text()
        assert not page.locator("#frame").is_visible()


@needs_chromium
@pytest.mark.slow
def test_two_letters_are_compared_and_what_differs_is_marked(page_file: Path, chromium: "Browser") -> None:
    with opened(chromium, page_file) as page:
        page.get_by_label("Kind and language").select_option("invitation en")
        page.locator("#groups li button").nth(1).click()
        part(page, "Compare")
        left, right = (page.locator(f"#{side}") for side in ("left", "right"))
        marked = [side.locator("mark").all_inner_texts() for side in (left, right)]
        assert marked[0] != marked[1]
        for side, marks in ((left, marked[0]), (right, marked[1])):
            title = side.locator("xpath=../h3").inner_text()
            reference = title.rpartition("(")[2].rstrip(")")
            assert any(reference in mark for mark in marks), marks
            assert (
                "minimum standards of the prison environment" in side.inner_text()
            )  # two lines of the text part
        assert "places differ" in page.locator("#differences").inner_text()
        before = page.locator("#subject").inner_text(), left.inner_text()
        page.get_by_role("button", name="Next letter").click()
        assert (page.locator("#subject").inner_text(), left.inner_text()) != before


@needs_chromium
@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (375, "dark")])
def test_nobody_is_shut_out(page_file: Path, chromium: "Browser", width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with opened(chromium, page_file, width, scheme) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for name in ("Letter", "Compare"):
            part(page, name)
            found = Axe().run(page, options={"iframes": False})  # nothing runs in the letter
            assert found.violations_count == 0, found.generate_report()
