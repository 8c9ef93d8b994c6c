"""Words and phrases that answers are searched for, as organisers write them."""


def phrase_fault(phrase: str) -> tuple[str, str] | None:
    """Return what is wrong with a phrase and what to write instead; None for a good one.

    A phrase has a letter or digit in every word, and a * only where a word begins or ends (`*psycholog*`). Behind a
    word, a * alone stands for one; between two, .. stands for up to three.
    """
    if phrase.replace(" ", "").isalnum():  # most of them: plain words
        return None
    first, *more = phrase.split() or [""]
    words = [first, *(word for word in more if word != "*" and (word != ".." or more[-1] == ".."))]
    if not all(any(map(str.isalnum, word)) for word in words):
        return "has a word without a letter or digit", "Write words, as in “prison governor”."
    if any("*" in word.removesuffix("*").removeprefix("*") for word in words):
        return "has a * inside a word", "Put it where the word begins or ends, as in “psycholog*”."
    return None
