"""A stand-in for Google Sheets on the loopback interface: stateful, and as strict as the official description.

`server` speaks HTTP, `people` plays the form and the organisers, `faults` says what can go wrong.
"""

from tests.support.google_fake.document import API, Document, World, Writing
from tests.support.google_fake.people import FORM, ORGANISER, Form, Organisers, make_responses
from tests.support.google_fake.server import Call, FakeGoogle

__all__ = [
    "API",
    "FORM",
    "ORGANISER",
    "Call",
    "Document",
    "FakeGoogle",
    "Form",
    "Organisers",
    "World",
    "Writing",
    "make_responses",
]
