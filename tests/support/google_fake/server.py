"""Sheets v4 on 127.0.0.1, over HTTP: documents, what was asked of them, and faults when a test wants some.

Every request, and every answer of the fake's own, is held against the official description; what differs is
kept in `violations`, and leaving the context raises them.
"""

import json
import struct
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SO_LINGER, SOL_SOCKET
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.google_fake.document import Document, World
from tests.support.google_fake.errors import DISABLED, NOT_FOUND, NOT_SHARED, Refused
from tests.support.google_fake.faults import PAGE, Fault
from tests.support.google_fake.methods import METHODS, WRITING, Asked
from tests.support.google_fake.schema import Json, Method, find_faults, find_method, find_parameter_faults

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived, and how it was answered (status 0: not at all)."""

    method: str
    body: Json
    sent: int
    got: int
    status: int

    @property
    def is_write(self) -> bool:
        return self.method in WRITING


@dataclass
class FakeGoogle:
    """The server. Give it documents, point a client at `url`, look at `calls`.

    `before` is called with the method's name before each request is carried out, `gap` with the whole request:
    people and the form act there. `fault_for` chooses faults by the method's name when `faults` holds none.
    """

    documents: dict[str, Document] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    faults: deque[Fault] = field(default_factory=deque)
    fault_for: Callable[[str], Fault | None] = lambda _method: None
    before: Callable[[str], None] = lambda _method: None
    gap: Callable[[Call], None] = lambda _call: None
    violations: list[str] = field(default_factory=list)
    is_enabled: bool = True
    token_error: Json | None = None
    checks: bool = True
    world: World = World.STAYS

    def __post_init__(self) -> None:
        self._lock = threading.RLock()
        self._closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), partial(_Talk, self))
        serve = partial(self._server.serve_forever, poll_interval=0.02)
        self._thread = threading.Thread(target=serve, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def add(self, document: Document) -> Document:
        document.world = self.world
        self.documents[document.id] = document
        return document

    def count(self, *, writes: bool | None = None) -> int:
        """Return how many requests arrived: all, or those that write or do not."""
        return sum(writes is None or call.is_write is writes for call in self.calls)

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        if self.violations:
            raise AssertionError("\n".join(("not as the API describes it:", *self.violations)))

    # --- one request -----------------------------------------------------------------------------------

    def answer(self, verb: str, target: str, raw: bytes) -> tuple[int, str] | None:
        """Answer one request with a status and a body; None is a reset of the connection."""
        address = urlsplit(target)
        if address.path == "/token":
            return self._token(raw)
        found = find_method(verb, address.path)
        if found is None:
            return self._refuse(Refused(404, f"{verb} {address.path} is no method of the API"), loud=True)
        method, path = found
        query = parse_qs(address.query, keep_blank_values=True)
        status, text = 0, ""
        fault = self.faults.popleft() if self.faults else self.fault_for(method.name)
        body = json.loads(raw) if raw else {}
        if fault is None or fault.applied:
            status, text = self._serve(
                method, {name: unquote(part) for name, part in path.items()}, query, body
            )
        if fault is not None:
            status, text = self._spoil(fault, status, text)
        self.calls.append(Call(method.name, body, len(raw), len(text), status))
        if fault is not None and fault.delay:
            self._closing.wait(fault.delay)
        return (status, text) if status else None

    def _spoil(self, fault: Fault, status: int, text: str) -> tuple[int, str]:
        if fault.status == 200:
            return status, text
        return fault.status, PAGE if fault.is_page else json.dumps(fault.answer().as_json())

    def _serve(
        self, method: Method, path: Mapping[str, str], query: Mapping[str, list[str]], body: Json
    ) -> tuple[int, str]:
        faults = find_parameter_faults(method, query)
        if method.request:
            faults += find_faults(method.request, body, nulls=True)
        if faults or method.name not in METHODS:
            why = "; ".join(faults) or f"the fake does not know the method {method.name}"
            return self._refuse(Refused(400, f"Invalid JSON payload received. {why}"), loud=True)
        with self._lock:
            self.before(method.name)
            self.gap(Call(method.name, body, 0, 0, 0))
            try:
                document = self._open(path["spreadsheetId"], method)
                told = METHODS[method.name](document, Asked(path, query, body, method.response))
            except Refused as refused:
                return self._refuse(
                    refused, loud="field mask" in refused.message or "The fake" in refused.message
                )
        if self.checks:
            self.violations.extend(
                f"answer: {fault}" for fault in find_faults(method.response, told, nulls=False)
            )
        is_compact = query.get("prettyPrint") == ["false"]
        return 200, json.dumps(told, separators=(",", ":")) if is_compact else json.dumps(told, indent=2)

    def _open(self, number: str, method: Method) -> Document:
        document = self.documents.get(number)
        if not self.is_enabled:
            raise Refused(403, DISABLED, "SERVICE_DISABLED")
        if document is None:
            raise Refused(404, NOT_FOUND)
        if document.access == "none" or (document.access == "reader" and method.name in WRITING):
            raise Refused(403, NOT_SHARED)
        return document

    def _refuse(self, refused: Refused, *, loud: bool = False) -> tuple[int, str]:
        if loud:
            self.violations.append(refused.message)
        return refused.code, json.dumps(refused.as_json())

    def _token(self, raw: bytes) -> tuple[int, str]:
        """Answer as Google's token service does a service account (RFC 7523, 2.1)."""
        form = parse_qs(raw.decode())
        if form.get("grant_type") != [JWT_BEARER] or "assertion" not in form:
            self.violations.append(f"/token: not a request for a token: {sorted(form)}")
        if self.token_error is not None:
            return 400, json.dumps(self.token_error)
        return 200, json.dumps({"access_token": "made-up", "expires_in": 3599, "token_type": "Bearer"})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up: they are meant to."""


class _Talk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60

    def __init__(self, google: FakeGoogle, *details: Any) -> None:
        self.google = google
        super().__init__(*details)

    def do_GET(self) -> None:
        self._talk("GET")

    def do_POST(self) -> None:
        self._talk("POST")

    def do_PUT(self) -> None:
        self._talk("PUT")

    def _talk(self, verb: str) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            answer = self.google.answer(verb, self.path, raw)
        except Exception as error:  # noqa: BLE001 - whatever it was, the test must hear of it
            self.google.violations.append(f"the fake failed: {error!r}")
            answer = 500, json.dumps(Refused(500, f"the fake failed: {error!r}").as_json())
        if answer is None:
            self.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            return
        status, text = answer
        data = text.encode()
        kind = "text/html" if text.startswith("<") else "application/json"
        head = f"HTTP/1.1 {status} {self.responses.get(status, ('',))[0]}\r\nContent-Type: {kind}; charset=UTF-8\r\n"
        self.wfile.write(f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data)

    def log_message(self, *_: object) -> None:
        """Stay silent."""
