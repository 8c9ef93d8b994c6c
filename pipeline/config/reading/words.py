"""Words and phrases that answers are searched for, as organisers write them."""


def phrase_fault(phrase: str) -> tuple[str, str] | None:
    """Return what is wrong with a phrase and what to write instead; None for a good one.

    A phrase has a letter or digit in every word, and a * only where a word begins or ends (`*psycholog*`). Between two
    words, a * alone stands for one, and .. for up to three.
    """
    written = phrase.split()
    words = [
        word for at, word in enumerate(written) if word not in ("*", "..") or at in (0, len(written) - 1)
    ]
    if not words or not all(any(map(str.isalnum, word)) for word in words):
        return "has a word without a letter or digit", "Write words, as in “prison governor”."
    if any("*" in word.removesuffix("*").removeprefix("*") for word in words):
        return "has a * inside a word", "Put it where the word begins or ends, as in “psycholog*”."
    return None
