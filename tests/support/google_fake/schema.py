"""The official description of Sheets v4: its requests, and the shape of what they carry.

Shape only: whether a range lies outside the grid, or a number names no tab, is the fake's own to refuse.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

_INT32 = range(-(2**31), 2**31)


@dataclass(frozen=True, slots=True)
class Method:
    """One kind of request; `request` and `response` name schemas, blank where there is no body."""

    name: str
    verb: str
    pattern: re.Pattern[str]
    request: str
    response: str
    parameters: Mapping[str, Json]


@cache
def description() -> Json:
    """Return the discovery document that google-api-python-client ships."""
    source = files("googleapiclient.discovery_cache") / "documents" / "sheets.v4.json"
    read: Json = json.loads(source.read_text(encoding="utf-8"))
    return read


@cache
def methods() -> tuple[Method, ...]:
    """Return all methods of the API."""
    return tuple(_methods(description()["resources"]))


def find_method(verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """Find what a request line asks for, with the (still quoted) parts of its path."""
    for method in methods():
        found = method.pattern.fullmatch(path) if method.verb == verb else None
        if found:
            return method, found.groupdict()
    return None


def _methods(resources: Json) -> Iterator[Method]:
    for resource in resources.values():
        for entry in resource.get("methods", {}).values():
            yield _method(entry)
        yield from _methods(resource.get("resources", {}))


def _method(entry: Json) -> Method:
    path = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/:]+)", re.escape("/" + entry["flatPath"]))
    request, response = (entry.get(body, {}).get("$ref", "") for body in ("request", "response"))
    parameters = description()["parameters"] | entry.get("parameters", {})
    return Method(
        entry["id"].removeprefix("sheets."),
        entry["httpMethod"],
        re.compile(path),
        request,
        response,
        parameters,
    )


def find_faults(schema: str, value: object, *, nulls: bool) -> tuple[str, ...]:
    """Say where `value` is not what the schema allows; `nulls` lets fields be null, as requests may."""
    return tuple(_faults({"$ref": schema}, value, schema, nulls))


def find_parameter_faults(method: Method, query: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Say which parameters of a request line the method does not have, or has once only."""
    unknown = [f"{method.name}: no parameter {name}" for name in query if name not in method.parameters]
    known = {name: given for name, given in query.items() if name in method.parameters}
    twice = [
        f"{method.name}: {name} is given {len(given)} times"
        for name, given in known.items()
        if len(given) > 1 and not method.parameters[name].get("repeated")
    ]
    words = [
        f"{method.name}: {name} cannot be {one}"
        for name, given in known.items()
        for one in given
        if one not in method.parameters[name].get("enum", [one])
    ]
    return (*unknown, *twice, *words)


def parts_of(schema: str) -> Mapping[str, Json]:
    """Return the fields of a schema."""
    found: Json = description()["schemas"][schema].get("properties", {})
    return found


def _faults(rule: Json, value: object, where: str, nulls: bool) -> Iterator[str]:
    if "$ref" in rule:
        rule = description()["schemas"][rule["$ref"]]
    if rule.get("type") == "any" or (value is None and nulls):
        return
    match rule.get("type"):
        case "object":
            yield from _object_faults(rule, value, where, nulls)
        case "array":
            yield from _array_faults(rule, value, where, nulls)
        case kind:
            if not _is_plain(str(kind), rule, value):
                yield f"{where}: {value!r} is not {rule.get('enum') or kind}"


def _object_faults(rule: Json, value: object, where: str, nulls: bool) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where}: {value!r} is not an object"
        return
    fields, others = rule.get("properties", {}), rule.get("additionalProperties")
    for name, part in value.items():
        known = fields.get(name, others)
        if known is None:
            yield f"{where}: there is no field {name}"
        else:
            yield from _faults(known, part, f"{where}.{name}", nulls)


def _array_faults(rule: Json, value: object, where: str, nulls: bool) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{where}: {value!r} is not a list"
        return
    for number, part in enumerate(value):
        yield from _faults(rule["items"], part, f"{where}[{number}]", nulls)


def _is_plain(kind: str, rule: Json, value: object) -> bool:
    match kind:
        case "string":
            return isinstance(value, str) and value in rule.get("enum", [value])
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool) and value in _INT32
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
    return False
