import pytest

from pipeline.audience import phrases
from pipeline.audience.nearness import Near
from pipeline.audience.phrases import Lexicon
from pipeline.audience.vocabulary import Vocabularies, Vocabulary
from pipeline.model.rules import Holds

PHRASES = ("prison governor*", "psychologist", "head .. prison", "doctor * law", "inspector")
TITLES = Vocabulary(PHRASES, lexicon=Lexicon((*PHRASES, "*governess", "inspectors*")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Prison governer", "prison governer"),
        ("prison gouvernors", "prison gouvernors"),
        ("Pyschologist", "pyschologist"),
        ("psychologisd", ""),  # the last letter is wrong, as in another form of the word
        ("sychologist", ""),
        ("physiologist", ""),
        ("inspectors", ""),  # a word of its own
        ("psycholgist in a text that is far too long to be a title or a job of anybody", ""),
        ("Head of the juvenile prison", "head of the juvenile prison"),
        ("Head of one of the oldest prisons", ""),
        ("Head of what once was the old prison", ""),
        ("Doctor of Law", "doctor of law"),
        ("Doctor Law", ""),
    ],
)
def test_slips_and_words_in_between_do_not_hide_a_phrase(text: str, found: str) -> None:
    assert TITLES.find(text) == found


def test_an_index_forgets_words_when_it_knows_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MOST_SEEN", 2)
    index = phrases.Index(PHRASES)
    words = ["one", "psychologist", "and", "one", "inspector", "beside", "another", "psychologist"]
    assert list(index.spans(words)) == list(index.spans(words)) == [(1, 2), (4, 5), (7, 8)]
    assert len(index._seen) <= 2


ENGLISH = Near(("not", "never"), ("work", "contact"), ("prisoners",), ("who",))
DENIAL = Vocabulary(
    ("used to",), ("not only",), "denial", near=(ENGLISH,), alone=("not me",), but=("but", "although")
)
WORK = Vocabulary(
    ("veto", "vetos"),
    (),
    "work",
    possible=("prisoner*",),
    denied_by=(DENIAL,),
    near=(Near(("convicted",), ("killer",)),),
    explained_by=(Vocabulary(("teach",)),),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I do not work there", "not work"),
        ("Contact I have never had", "contact i have never"),
        ("contact with men who never speak", ""),
        ("not one of the five that I have work for", ""),
        ("not with prisoners", "not with prisoners"),
        ("prisoners not", ""),
        ("not only work", ""),
        ("Others do, not me.", "not me"),
        ("They know not me", ""),
        ("I used to", "used to"),
        ("not but work", ""),
        ("but", ""),
    ],
)
def test_two_words_near_each_other_or_a_part_of_a_sentence_alone_mean_it(text: str, found: str) -> None:
    assert DENIAL.find(text) == found


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("VETOs", True),
        ("I do not work with VETOs", False),
        ("I do not work there, I see VETOs", True),
        ("I do not work there but see VETOs", True),
        ("Others see VETOs, not me. I cook", False),
        ("Others cook, not me. I see VETOs", True),
        ("Prisoners", None),
        ("I teach prisoners", False),
        ("I teach. Prisoners come", None),
        ("A convicted killer", True),
        ("I teach a convicted killer", None),
        ("I cook", False),
        ("囚人", None),
        ("12", False),
        ("", False),
    ],
)
def test_what_is_denied_is_not_claimed_and_wider_words_leave_it_open(text: str, holds: Holds) -> None:
    assert (WORK.weigh(text), WORK.weigh(text)) == (holds, holds)
    assert Vocabularies((WORK, Vocabulary(("nurse",)))).weigh(text) is holds


def test_the_longer_phrase_of_what_is_more_specific_wins() -> None:
    minds = Vocabulary(("doctor of psychiatry", "psychiatrist"))
    others = Vocabulary(("doctor",), yields_to=(minds,))
    assert [others.find(text) for text in ("doctor of psychiatry", "doctor", "doctor, psychiatrist")] == [
        "",
        "doctor",
        "doctor",
    ]
