import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.messages.markup import MarkupError, Parts, TypedValues, clean, make_parts, make_token

HOSTILE = '[x](http://evil.example) **b** <script>alert("1")</script> & `c`'
HOSTILE_AS_HTML = "[x](http://evil.example) **b** &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; `c`"


def parts(markdown: str, *values: str) -> Parts:
    return make_parts(markdown, TypedValues(values))


# --- the text part ---


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("", "\n"),
        ("Plain **strong** and *soft* `code`.", "Plain strong and soft code.\n"),
        ("one\ntwo", "one two\n"),
        ("one\\\ntwo", "one\ntwo\n"),
        ("# Title\n\nText", "Title\n=====\n\nText\n"),
        ("Title\n-----\nText", "Title\n-----\n\nText\n"),
        ("### Small", "Small\n-----\n"),
        ("#", "\n"),
        ("- one\n- two", "- one\n- two\n"),
        ("- one\n\n- two", "- one\n\n- two\n"),
        ("- one\n  - inner\n    1. deep\n- two", "- one\n  - inner\n    1. deep\n- two\n"),
        ("9. nine\n10. ten", "9.  nine\n10. ten\n"),
        ("- one\n\n  more of one", "- one\n\n  more of one\n"),
        ("- \n- two", "-\n- two\n"),
        ("> said\n>\n> twice", "> said\n>\n> twice\n"),
        ("> - listed", "> - listed\n"),
        ("a\n\n---\n\nb", f"a\n\n{'-' * 40}\n\nb\n"),
        ("```python\nif x:\n\n    y\n```", "    if x:\n\n        y\n"),
        ("    indented", "    indented\n"),
        ("a | b\n--|--\n1 | 2", "a | b --|-- 1 | 2\n"),
        ("<b>raw</b> a&nbsp;b &lt;", "<b>raw</b> a\xa0b <\n"),
        ("[here](https://example.org/a)", "here (https://example.org/a)\n"),
        ("[https://example.org](https://example.org)", "https://example.org\n"),
        ("<https://example.org>", "https://example.org\n"),
        ("[a@example.org](mailto:a@example.org)", "a@example.org\n"),
        ("<a@example.org>", "a@example.org\n"),
        ("[Write](mailto:a@example.org?subject=x)", "Write (mailto:a@example.org?subject=x)\n"),
        ('[here](https://example.org "a title")', "here (https://example.org)\n"),
    ],
)
def test_text_part_reads_as_text(markdown: str, text: str) -> None:
    assert parts(markdown).text == text


def test_text_part_wraps_paragraphs_lists_and_quotes_without_breaking_addresses() -> None:
    words = "some words " * 10
    url = "https://example.org/" + "a-long-path/" * 8

    text = parts(f"{words}{url} {words}\n\n- {words}\n\n> {words}").text

    assert url in text.splitlines()
    assert all(len(line) <= 76 for line in text.splitlines() if line != url)
    assert "\n  words some" in text  # the list's continuation
    assert "\n> words some" in text


# --- the HTML part ---


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a **b** *c* `d`", "<p>a <strong>b</strong> <em>c</em> <code>d</code></p>\n"),
        ("a\nb\\\nc", "<p>a\nb<br>\nc</p>\n"),
        ("# A\n\n***", "<h1>A</h1>\n<hr>\n"),
        ("- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n\n4. b", '<ol start="3"><li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n'),
        ("> a", "<blockquote><p>a</p>\n</blockquote>\n"),
        ("```html\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>\n"),
        ("<script>a</script>", "<p>&lt;script&gt;a&lt;/script&gt;</p>\n"),
        ('[a](https://example.org?a=1&b=2 "t")', '<p><a href="https://example.org?a=1&amp;b=2">a</a></p>\n'),
    ],
)
def test_html_part_has_the_tags_that_markdown_means(markdown: str, html: str) -> None:
    assert parts(markdown).html == html


# --- values ---


def test_value_appears_as_typed_in_both_parts() -> None:
    token = make_token(0)

    assert parts(f"Dear *{token}*,", HOSTILE) == Parts(
        f"Dear {HOSTILE},\n", f"<p>Dear <em>{HOSTILE_AS_HTML}</em>,</p>\n"
    )


def test_value_in_code_appears_as_typed() -> None:
    assert parts(f"`{make_token(0)}`", "<b>`*") == Parts("<b>`*\n", "<p><code>&lt;b&gt;`*</code></p>\n")


def test_value_with_lines_keeps_them() -> None:
    assert parts(f"- {make_token(0)}", "one\r\n# two\n\n\n\n> three\n") == Parts(
        "- one\n  # two\n\n  > three\n", "<ul><li>one<br>\n# two<br>\n<br>\n&gt; three</li>\n</ul>\n"
    )


def test_value_that_looks_like_a_token_is_not_replaced_again() -> None:
    values = (make_token(1), "second")

    assert parts(f"{make_token(0)}, {make_token(1)}", *values).text == f"{make_token(1)}, second\n"


def test_values_at_the_start_of_a_line_make_no_structure() -> None:
    assert parts(f"{make_token(0)} a\n\n{make_token(1)}. b", "#", "1").html == "<p># a</p>\n<p>1. b</p>\n"


def test_long_value_is_kept_whole() -> None:
    assert "x" * 5000 in parts(f"a {make_token(0)}", "x" * 5000).text


def test_empty_value_leaves_no_double_blank_lines() -> None:
    assert parts(f"a\n\n{make_token(0)}\n\nb", "").text == "a\n\nb\n"


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [
        ("a\tb  c\xa0d", "a b c d"),
        ("a\x00\x07b", "ab"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("\ufeffa\u00ad\u200bb", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u2028b\u2029c\x0bd\x85e", "a\nb\nc\nd\ne"),
        ("\n\na\n\n\nb\n", "a\n\nb"),
        (" a ", " a "),
        ("\ud800", ""),
    ],
)
def test_clean_takes_out_what_nobody_sees(value: str, cleaned: str) -> None:
    assert clean(value) == cleaned


# --- links ---


@pytest.mark.parametrize(
    ("target", "value", "href"),
    [
        ("{}", "https://example.org/ü?a=1&b=%20", "https://example.org/%C3%BC?a=1&b=%20"),
        ("{}", " HTTP://example.org ", "HTTP://example.org"),
        ("{}", "mailto:a@example.org", "mailto:a@example.org"),
        ('{}"', 'https://example.org/"><b>', "https://example.org/%22%3E%3Cb%3E%22"),
        ("mailto:{}", "a@example.org", "mailto:a@example.org"),
        ("mailto:{}", "a@example.org?bcc=b@example.org", "mailto:a@example.org%3Fbcc%3Db@example.org"),
        ("https://example.org/?ref={}", "a b&c=d#e/f", "https://example.org/?ref=a%20b%26c%3Dd%23e%2Ff"),
        ("https://example.org{}", "@evil.example", "https://example.org%40evil.example"),
    ],
)
def test_link_with_a_value_stays_the_link_that_was_meant(target: str, value: str, href: str) -> None:
    link = target.format(make_token(0)).replace('"', "%22")

    assert Links.of(parts(f"[a]({link})", value).html) == [href]


@pytest.mark.parametrize(
    ("target", "value"),
    [
        ("{}", "javascript:alert(1)"),
        ("{}", "data:text/html,x"),
        ("{}", "//evil.example"),
        ("{}", "example.org"),
        ("{}", ""),
        ("{}", "https://"),
        ("{}", "https://example.org/\nx"),
        ("{}", "https://example.org/ x"),
        ("{}", "mailto:"),
        ("{}", "https://example.org/\ud800"),
        ("mailto:{}", "nobody"),
        ("files/{}", "a.pdf"),
        ("ftp://example.org/{}", "a"),
    ],
)
def test_link_that_leads_nowhere_is_an_error_without_the_value(target: str, value: str) -> None:
    markdown = f"[see {make_token(1)} here](<{target.format(make_token(0))}>)"

    with pytest.raises(MarkupError) as caught:
        parts(markdown, value, "private")

    assert str(caught.value).startswith("the link “see … here” cannot be followed: ")
    assert "private" not in str(caught.value)


def test_javascript_link_in_the_template_is_not_a_link() -> None:
    assert parts("[a](javascript:b)").html == "<p>[a](javascript:b)</p>\n"


def test_image_is_an_error() -> None:
    with pytest.raises(MarkupError, match="no images"):
        parts("![a](https://example.org/a.png)")


# --- whatever people type ---

TEMPLATE = (
    "# {0}\n\nDear {0}, *{1}* `{1}`\n\n1. {0}\n   - {1}\n\n> {0}{1}\n\n[{0}](https://example.org/{1})\n"
)
TYPED = st.text(
    st.one_of(st.characters(), st.sampled_from(list("<>&\"'[]()*_`#\\!\n\r\tqzx019"))), max_size=40
)


class Links(HTMLParser):
    """Collects the tags of a piece of HTML, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.hrefs: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.hrefs += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data

    @classmethod
    def read(cls, html: str) -> "Links":
        links = cls()
        links.feed(html)
        links.close()
        return links

    @classmethod
    def of(cls, html: str) -> list[str]:
        return cls.read(html).hrefs


def squeezed(text: str) -> str:
    return re.sub(r"[\s>]+", "", text)


@example(" \x1e0", "x")
@given(TYPED, TYPED)
def test_values_change_neither_tags_nor_links_and_are_all_there(first: str, second: str) -> None:
    markdown = TEMPLATE.format(make_token(0), make_token(1))
    harmless = Links.read(parts(markdown, "Ann", "x").html)

    found = parts(markdown, first, second)
    links = Links.read(found.html)

    assert links.tags == harmless.tags
    assert [re.sub("org/.*", "org/", href) for href in links.hrefs] == ["https://example.org/"]
    for value in (first, second):
        assert squeezed(clean(value)) in squeezed(found.text)
        assert squeezed(clean(value)) in squeezed(links.text)
    assert found.text.endswith("\n")
    assert not found.text.endswith("\n\n")
    assert "\n\n\n" not in found.text
