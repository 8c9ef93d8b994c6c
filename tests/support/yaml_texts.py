"""YAML as the tests read it: `No` and `on` are the texts that they look like."""

from typing import Any

import yaml


class _Loader(yaml.CSafeLoader):
    """Takes nothing but true and false for a truth."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in known if sign in "tTfF" or not tag.endswith(":bool")]
    for sign, known in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(text: str) -> Any:
    """Return what a text holds."""
    return yaml.load(text, Loader=_Loader)
