"""What is said of a name in a template that stands for nothing."""

from collections.abc import Mapping

from pipeline.model.suggest import nearest


def no_such_name(name: str, context: Mapping[str, object]) -> str:
    """Say that a template uses a name that is not there, and the nearest of those that are."""
    near = nearest(name, tuple(context))
    advice = f"Did you mean “{near}”?" if near else "Correct the name"
    return f"'{name}' is undefined. {advice} (docs/templates.md lists them)"


def not_in_group(name: str, group: object) -> str:
    """Say that a template asks a group of values for one that is not in it, and the nearest of those that are."""
    near = nearest(name, tuple(map(str, group)) if isinstance(group, Mapping) else ())
    advice = f"Did you mean “{near}”?" if near else "Correct the name, or add the value to config/call.yaml"
    return f"nothing is called “{name}” there. {advice}"


def ended(said: str) -> str:
    """End what an error says, as a sentence does."""
    return said if said.endswith("?") else f"{said}."
