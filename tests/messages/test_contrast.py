"""Contrast as WCAG 2.2 measures it, of what a mail program shows on light and on dark screens."""

import pytest

from pipeline.messages.contrast import Faint, find_faint

LIGHT, NIGHT = "light", "dark"
DARK = '<meta name="color-scheme" content="light dark">'
RULES = """
<style data-css-inline="keep">
@media (max-width: 9px) { .a { color: #eee } }
@media screen and (prefers-color-scheme: dark) { .a { color: #222222 !important } @supports (x: y) { p { margin: 0 } } }
</style>
"""


def faint(html: str) -> list[tuple[str, str, float, str]]:
    return [(one.text, one.ground, round(one.ratio, 2), one.screens) for one in find_faint(html)]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>black on white</p>", []),
        ('<p style="color: #767676">just enough</p>', []),
        ('<p style="color: #777777">just not</p>', [("#777777", "#ffffff", 4.48, LIGHT)]),
        ('<p style="color:#777; font-size: 18pt">large</p>', []),
        ('<p style="color:#777"><b style="font-size:1.2em">large and bold</b></p>', []),
        ('<h2 style="color:#777; font-weight: normal; font-size: 120%">no</h2>', [("#777", "#ffffff", 4.48, LIGHT)]),
        ('<h2 style="color:#777">a heading is large</h2>', []),
        ('<p style="color:#777; font-weight: 700; font-size: 2rem">large</p>', []),
        ('<p style="color:#777; font-size: large; font-weight: 300">what</p>', [("#777", "#ffffff", 4.48, LIGHT)]),
        ('<p style="color:#999; font-size: 30px">not even so</p>', [("#999", "#ffffff", 2.85, LIGHT)]),
        ('<p style="display: none; color: #fff">hidden</p>', []),
        ("<title>silent</title><p style='color:#fff'> </p>", []),
        ('<p style="color: papayawhip">a name that nobody judges</p>', []),
        ('<p style="color: #12345">no colour</p>', []),
        ('<td bgcolor="navy"><font color="rgb(0, 0, 90)">on navy</font></td>', []),
        ('<div bgcolor="navy"><font color="rgb(0, 0, 90)">x</font></div>', [("rgb(0, 0, 90)", "navy", 1.14, LIGHT)]),
        ('<div style="background: #000"><a href="https://example.org">link</a><a>x</a></div>', [
            ("#0000ee", "#000", 2.23, LIGHT), ("#000000", "#000", 1.0, LIGHT)]),
        ('<div style="background-color: #000; color: #fff">a<br>b</div></p>c', []),
        (f'{DARK}<p style="color: #000">black in the dark</p>', [("#000", "#121212", 1.12, NIGHT)]),
        (f'<html><head>{DARK}{RULES}</head><p class="a">x</p></html>', [("#222222", "#121212", 1.18, NIGHT)]),
        (f"<html><head>{RULES}</head><body><p class='a'>x</p></body></html>", []),
        (f"{DARK}<style data-css-inline='keep'>@media (prefers-color-scheme: dark) {{ p {{", []),
    ],
)  # fmt: skip
def test_text_that_is_hard_to_read_is_found(html: str, found: list[tuple[str, str, float, str]]) -> None:
    assert faint(html) == found


def test_the_same_two_colours_are_told_once() -> None:
    assert len(find_faint('<p style="color:#777">a</p><p style="color:#777">b</p>')) == 1
    assert isinstance(find_faint('<p style="color:#777">a</p>')[0], Faint)
