"""The signs that XML needs for itself, in texts and attributes.

As `xml.sax.saxutils` has them, which brings the modules of the web along.
"""


def escape(text: str) -> str:
    """Return a text as it stands between tags."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def unescape(text: str) -> str:
    """Return the text that stands between tags with XML's five entities as the signs that they are."""
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def quoteattr(text: str) -> str:
    """Return a text as an attribute's value, in quotes."""
    text = escape(text).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    return f'"{text.replace(chr(34), "&quot;")}"' if '"' not in text or "'" in text else f"'{text}'"
