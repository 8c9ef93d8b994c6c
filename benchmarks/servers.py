"""Mail servers to measure against, each a process of its own on a free port of this machine.

`sink` is Postfix's smtp-sink. `distant` is the same behind a wire of 20 ms per round trip. `guarded` speaks TLS
and wants a login. As a program (`python -m benchmarks.servers WHAT ...`) it is one of the latter two.
"""

import asyncio
import os
import shutil
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from socket import create_connection, socket
from ssl import PROTOCOL_TLS_SERVER, SSLContext

from trustme import CA

from benchmarks.people import PASSWORD, USER, Server

ROUND_TRIP = 0.02
PINNED = ("taskset", "-c", "0") if shutil.which("taskset") else ()
"""Puts a program on one core, with everything else that is measured."""

ROOT_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def free_port() -> int:
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def _running(command: tuple[str, ...], port: int) -> Iterator[Server]:
    root = Path(__file__).parent.parent
    with subprocess.Popen([*PINNED, *command], cwd=root) as process:
        try:
            end = time.monotonic() + 20
            while not _is_up(port):
                if time.monotonic() > end or process.poll() is not None:
                    raise RuntimeError(f"{command[0]} does not start")
                time.sleep(0.02)
            yield Server(port)
        finally:
            process.terminate()


def _is_up(port: int) -> bool:
    with suppress(OSError):
        create_connection(("127.0.0.1", port), 5).close()
        return True
    return False


@contextmanager
def sink() -> Iterator[Server]:
    """Run smtp-sink, which takes everything as fast as it can."""
    as_user = ("-u", "nobody") if os.geteuid() == 0 else ()
    port = free_port()
    with _running(("smtp-sink", *as_user, f"127.0.0.1:{port}", "100"), port) as server:
        yield server


@contextmanager
def distant() -> Iterator[Server]:
    """Run smtp-sink at the end of a wire on which every byte takes 10 ms in each direction."""
    with ExitStack() as stack:
        behind = stack.enter_context(sink())
        port = free_port()
        command = (sys.executable, "-m", "benchmarks.servers", "wire", str(port), str(behind.port))
        yield stack.enter_context(_running(command, port))


@contextmanager
def guarded(folder: Path) -> Iterator[Server]:
    """Run a server with TLS from the first byte, and a login.

    Its authority stands among this machine's usual ones in `ca_file`, so that reading them takes as long as
    it does with a real relay.
    """
    authority, port, ca_file, key = CA(), free_port(), folder / "authorities.pem", folder / "server.pem"
    usual = ROOT_CERTIFICATES.read_bytes() if ROOT_CERTIFICATES.exists() else b""
    ca_file.write_bytes(usual + authority.cert_pem.bytes())
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(key))
    command = (sys.executable, "-m", "benchmarks.servers", "guarded", str(port), str(key))
    with _running(command, port):
        yield Server(port, str(ca_file))


# --- the programs ------------------------------------------------------------------------------------------


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float) -> None:
    """Pass bytes on, each chunk `delay` seconds after it came; those under way do not wait for each other."""
    loop = asyncio.get_running_loop()
    with suppress(OSError):
        while chunk := await reader.read(65536):
            loop.call_later(delay, writer.write, chunk)
    loop.call_later(delay, writer.close)


async def _wire(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    there, back = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.gather(_carry(reader, back, ROUND_TRIP / 2), _carry(there, writer, ROUND_TRIP / 2))


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speak just enough SMTP: AUTH PLAIN with one login, and yes to everything else."""
    right = b64encode(f"\0{USER}\0{PASSWORD}".encode())
    writer.write(b"220 ready\r\n")
    with suppress(OSError, asyncio.IncompleteReadError):
        while line := (await reader.readline()).strip():
            verb = line[:4].upper()
            if verb == b"AUTH":
                given = line.split()[2:]
                if not given:
                    writer.write(b"334 \r\n")
                    given = [(await reader.readline()).strip()]
                writer.write(b"235 yes\r\n" if given == [right] else b"535 no\r\n")
            elif verb == b"DATA":
                writer.write(b"354 go\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                writer.write(b"250 taken\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250-here\r\n250 AUTH PLAIN\r\n" if verb == b"EHLO" else b"250 yes\r\n")
    writer.close()


async def _main(what: str, port: int, more: str) -> None:
    if what == "wire":
        server = await asyncio.start_server(lambda r, w: _wire(r, w, int(more)), "127.0.0.1", port)
    else:
        context = SSLContext(PROTOCOL_TLS_SERVER)
        context.load_cert_chain(more)
        server = await asyncio.start_server(_serve, "127.0.0.1", port, ssl=context)
    await server.serve_forever()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(_main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
