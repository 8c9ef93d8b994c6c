"""Asks the domain name system for texts, as far as this machine can."""

from typing import Protocol

LONGEST_WAIT = 3.0
"""Seconds for one question, all tries and servers together: whoever checks a configuration sits and waits."""


class NotLookedUp(Exception):
    """There was no answer, which says nothing of what the answer would have been; says why, in a few words."""


class TextRecords(Protocol):
    """Whatever knows the TXT records of a name."""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the records of a name, none where it has none or is not there. Raises NotLookedUp."""
        ...


class Dns:
    """The name servers of this machine, or the one at `server` and `port`."""

    def __init__(self, server: str = "", port: int = 53) -> None:
        self._server, self._port = server, port

    def texts(self, name: str) -> tuple[str, ...]:
        from dns.exception import DNSException
        from dns.resolver import NXDOMAIN, NoAnswer, NoResolverConfiguration, Resolver

        try:
            resolver = Resolver(configure=not self._server)
            if self._server:
                resolver.nameservers, resolver.port = [self._server], self._port
            answer = resolver.resolve(name, "TXT", lifetime=LONGEST_WAIT, search=False)
        except (NXDOMAIN, NoAnswer):
            return ()
        except NoResolverConfiguration:
            raise NotLookedUp("this machine has no name server") from None
        except (DNSException, OSError, ValueError) as error:
            raise NotLookedUp(f"no answer about {name} ({type(error).__name__})") from None
        # One record may come in several strings, which are put together without a space (RFC 7208, 3.3).
        return tuple(b"".join(record.strings).decode("utf-8", "replace") for record in answer)
