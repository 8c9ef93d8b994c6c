"""Signs of XML, escaped as the standard library does."""

from xml.sax import saxutils

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.sheets.xlsx.escapes import escape, quoteattr, unescape


@given(st.text("&<>'\"\n\r\t;ampltgquos ä"))
@example("""both ' and " & <tag>\n""")
@example("&amp;lt; &apos;&quot;")
def test_texts_and_attributes_are_escaped_as_the_library_does(text: str) -> None:
    assert (escape(text), quoteattr(text)) == (saxutils.escape(text), saxutils.quoteattr(text))
    assert unescape(text) == saxutils.unescape(text, {"&apos;": "'", "&quot;": '"'})
