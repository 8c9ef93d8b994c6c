from pipeline.messages.tried import mark_test
from pipeline.model.message import Rendered

SAID = "Test: this is how it looks to P-ANA222, at <ana@example.org>. Nobody else got it."


def test_a_letter_that_is_tried_says_so_in_each_of_its_parts() -> None:
    content = Rendered("Hello", "Dear Ana\n", '<html><body class="a"><p>Dear Ana</p></body></html>')
    marked = mark_test(content, "P-ANA222, at <ana@example.org>")
    assert (marked.subject, marked.text) == ("[Test] Hello", f"{SAID}\n\nDear Ana\n")
    start, banner, end = marked.html.partition('<body class="a"><p style=')
    assert (start, bool(banner)) == ("<html>", True)
    assert end.endswith("at &lt;ana@example.org&gt;. Nobody else got it.</p><p>Dear Ana</p></body></html>")
    assert mark_test(Rendered("", "", "Dear Ana"), "x").html.endswith("</p>Dear Ana")
