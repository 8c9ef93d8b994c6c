"""A headless Chromium that opens pages from the disk: the Debian package, driven by Playwright, which fetches none."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (Debian: chromium)")


@contextmanager
def browser() -> Iterator["Browser"]:
    """Start Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@contextmanager
def opened(started: "Browser", file: Path, width: int = 1366, scheme: str = "light") -> Iterator["Page"]:
    """Open a file; whatever the page asks of another place, or complains of, is an error."""
    looks = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    page = started.new_page(**looks)  # type: ignore[arg-type]  # keywords by name
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.append(asked.url) if asked.url != file.as_uri() else None)
    page.goto(file.as_uri())
    yield page
    page.close()
    assert said == []
