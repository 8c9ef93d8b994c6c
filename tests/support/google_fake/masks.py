"""Field masks (`sheets(properties.title,data.rowData.values(note))`): read, checked, applied, merged."""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from tests.support.google_fake.errors import Refused
from tests.support.google_fake.schema import Json, description

Mask: TypeAlias = Mapping[str, Any]
"""Field to the mask of what is in it; an empty mask is all of it."""

EVERYTHING: Mask = {}


def read_mask(text: str, schema: str) -> Mask:
    """Read a mask for values of `schema`. Raises Refused, as Google does, for a field that is not there."""
    tokens = re.findall(r"[\w*]+|[(),./]", text)
    if "".join(tokens) != text.replace(" ", ""):
        raise Refused(400, f"Invalid field mask: {text}")
    mask, rest = _read_list(tokens, text)
    if rest:
        raise Refused(400, f"Invalid field mask: {text}")
    _check(mask, {"$ref": schema}, text)
    return EVERYTHING if "*" in mask else mask


def _read_list(tokens: list[str], text: str) -> tuple[Mask, list[str]]:
    mask: dict[str, Any] = {}
    while True:
        if not tokens or not re.fullmatch(r"[\w*]+", tokens[0]):
            raise Refused(400, f"Invalid field mask: {text}")
        name, part, tokens = tokens[0], EVERYTHING, tokens[1:]
        if tokens and tokens[0] in "./":
            part, tokens = _read_one(tokens[1:], text)
        elif tokens and tokens[0] == "(":
            part, tokens = _read_list(tokens[1:], text)
            if not tokens or tokens[0] != ")":
                raise Refused(400, f"Invalid field mask: {text}")
            tokens = tokens[1:]
        mask[name] = _joined(mask[name], part) if name in mask else part
        if not tokens or tokens[0] != ",":
            return mask, tokens
        tokens = tokens[1:]


def _read_one(tokens: list[str], text: str) -> tuple[Mask, list[str]]:
    end, depth = 0, 0
    for end, token in enumerate((*tokens, ",")):  # noqa: B007 - where one path ends
        if depth == 0 and token in ",)":
            break
        depth += (token == "(") - (token == ")")
    mask, _ = _read_list(tokens[:end], text)
    return mask, tokens[end:]


def _joined(one: Mask, other: Mask) -> Mask:
    if not one or not other:
        return EVERYTHING
    both = {name: _joined(one[name], other[name]) for name in one if name in other}
    return {**one, **other, **both}


def _check(mask: Mask, rule: Json, text: str) -> None:
    if "$ref" in rule:
        rule = description()["schemas"][rule["$ref"]]
    if rule.get("type") == "array":
        return _check(mask, rule["items"], text)
    for name, part in mask.items():
        if name != "*":
            if name not in rule.get("properties", {}):
                raise Refused(400, f"Invalid field mask: {text}: there is no {name}")
            _check(part, rule["properties"][name], text)
    return None


def apply_mask(mask: Mask, value: Any) -> Any:
    """Return what of `value` the mask lets through; lists keep their length."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [apply_mask(mask, part) for part in value]
    if not isinstance(value, dict):
        return value
    return {name: apply_mask(mask[name], part) for name, part in value.items() if name in mask}


def merge(old: Json, new: Json, mask: Mask) -> Json:
    """Return `old` with the masked fields of `new`; a masked field that `new` lacks is cleared."""
    if not mask or "*" in mask:
        return new
    merged = dict(old)
    for name, part in mask.items():
        if part and name in new:
            merged[name] = merge(old.get(name, {}), new[name], part)
        elif name in new:
            merged[name] = new[name]
        else:
            merged.pop(name, None)
    return merged


def wants(mask: Mask, *path: str) -> bool:
    """Whether a mask lets anything of `path` through."""
    for name in path:
        if not mask or "*" in mask:
            return True
        if name not in mask:
            return False
        mask = mask[name]
    return True


def below(mask: Mask, *path: str) -> Mask:
    """Return the mask of what is under `path`, which the mask lets through."""
    for name in path:
        if not mask or "*" in mask:
            return EVERYTHING
        mask = mask[name]
    return mask
