"""Slips of the pen: words that one wrong, missing, additional or turned letter tells apart."""


def one_letter_apart(said: str, meant: str) -> bool:
    """Whether two words are equal but for one letter, or for two neighbours that changed places."""
    if abs(len(said) - len(meant)) > 1:
        return False
    pairs = enumerate(zip(said, meant, strict=False))
    at = next((place for place, (one, other) in pairs if one != other), min(len(said), len(meant)))
    said, meant = said[at:], meant[at:]
    if len(said) != len(meant):
        return said[1:] == meant if len(said) > len(meant) else said == meant[1:]
    return said[1:] == meant[1:] or (said[2:] == meant[2:] and said[1::-1] == meant[:2])
