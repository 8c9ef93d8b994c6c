"""All that is held of one person, as data and as a page to read."""

from email import message_from_bytes
from html import escape

from pipeline.model.call import Call, when
from pipeline.model.history import Posted, Standing
from pipeline.model.personal import Held, Personal
from pipeline.model.wordings import words
from pipeline.views.history import history_lines
from pipeline.views.table import Json

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>What is held of {name}</title>
<style>
body {{ font-family: sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em; line-height: 1.4 }}
th {{ text-align: left; vertical-align: top; font-weight: normal; color: #444; padding-right: 1em }}
td {{ white-space: pre-wrap; overflow-wrap: anywhere }}
</style></head><body>
{body}
</body></html>
"""


def personal_json(call: Call, found: Personal) -> dict[str, Json]:
    """Return all that is held; docs/privacy.md describes the keys."""
    return {
        "person": found.name,
        "call": call.title,
        "at": when(call, found.at),
        "sheet": [{"row": row.number, "cells": dict(row.cells)} for row in found.rows],
        "ledger": [_held(call, held) for held in found.held],
    }


def _held(call: Call, held: Held) -> Json:
    return {
        "reference": held.reference,
        "addresses": list(held.addresses),
        "responses": list(held.keys),
        "conclusions": [_conclusion(call, standing) for standing in held.standings],
        "messages": [_message(call, message, data) for message, data in held.messages],
        "history": list(history_lines(call, held.happenings)),
    }


def _conclusion(call: Call, standing: Standing) -> Json:
    return {
        "at": when(call, standing.at),
        "status": standing.status.value,
        "eligibility": standing.eligibility.value,
        "category": call.audience.title(standing.category),
        "reason": words(standing.reasons),
        "decision": standing.decision,
        "organiser note": standing.note,
    }


def _message(call: Call, message: Posted, data: bytes) -> Json:
    return {
        "kind": message.kind,
        "state": message.state.value,
        "at": when(call, message.at),
        "to": message.to,
        "subject": message.subject,
        "answer of the mail server": message.reply,
        "text": _text(data),
    }


def _text(data: bytes) -> str:
    """Return the text part of a letter as it was sent."""
    parts = (part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/plain")
    payloads = (part.get_payload(decode=True) for part in parts)
    said = (payload.decode("utf-8", "replace") for payload in payloads if isinstance(payload, bytes))
    return "".join(said).replace("\r\n", "\n")


def personal_page(data: dict[str, Json]) -> str:
    """Return the same as a page of HTML that loads nothing."""
    name = escape(str(data["person"]))
    return _PAGE.format(name=name, body=f"<h1>What is held of {name}</h1>\n{_shown(data)}")


def _shown(value: Json) -> str:
    if isinstance(value, dict):
        rows = (f"<tr><th>{escape(key)}</th><td>{_shown(one)}</td></tr>" for key, one in value.items())
        return f"<table>{''.join(rows)}</table>"
    if isinstance(value, list):
        return "".join(f"<div>{_shown(one)}</div>" for one in value) or "–"
    return escape(str(value)) or "–"
