"""A token from Microsoft 365: a registered application with SMTP.SendAsApp, by its client secret.

Microsoft gives a token also to an application that may not send; then the relay refuses it (see `login`).
"""

import re
from collections.abc import Mapping
from importlib import import_module
from json import JSONDecodeError
from logging import CRITICAL, getLogger
from types import ModuleType

from requests import RequestException

from pipeline.mail.tokens.base import Token, read_token, refused, unavailable
from pipeline.mail.tokens.web import PatientSession
from pipeline.model.errors import ConveneError, MailRejectsUs
from pipeline.model.settings import MicrosoftToken

SCOPE = "https://outlook.office365.com/.default"
_WHOM = "Microsoft"
_AUTHORITY = "https://login.microsoftonline.com/"
_TEMPORARY = frozenset({"temporarily_unavailable", "server_error"})
_NONSENSE = "it is in trouble, or its answer makes no sense"
_TENANT = "Correct tenant under mail.smtp"

# learn.microsoft.com/entra/identity-platform/reference-error-codes; the numbers may change, and then the
# general step is told.
_STEPS = {
    "7000215": "Correct client_secret under mail.smtp: it is the secret's value, not its id",
    "7000222": "The client secret has expired: make a new one and set it as client_secret under mail.smtp",
    "700016": "Correct client_id and tenant under mail.smtp: there is no such application in that directory",
    "90002": _TENANT,
    "900023": _TENANT,
}
_ANY_STEP = "Compare tenant, client_id and client_secret under mail.smtp with the application's pages"


def fetch(login: MicrosoftToken, timeout: float) -> Token:
    """Get a token for mail; `timeout` in seconds bounds each wait.

    Raises `MailUnavailable` where Microsoft cannot be reached or is in trouble, `MailRejectsUs` for all that
    a person must put right, the missing extra `microsoft` included.
    """
    library = _library()
    with PatientSession(timeout) as session:
        answer = _ask(library, login, session)
    if "access_token" not in answer:
        raise _failure_of(answer)
    seconds = answer.get("expires_in")
    return read_token(_WHOM, answer["access_token"], float(seconds) if isinstance(seconds, int) else 0.0)


def _library() -> ModuleType:
    """Return msal, which need not be installed (and has no types)."""
    try:
        library = import_module("msal")
    except ImportError as error:
        raise MailRejectsUs(
            "Login at Microsoft needs the library msal. Type: pip install 'convene[microsoft]', then run "
            "again. Every message is kept."
        ) from error
    # It logs answers that it cannot read as they are, and one could have a token in it.
    getLogger("msal").setLevel(CRITICAL)
    return library


def _ask(library: ModuleType, login: MicrosoftToken, session: PatientSession) -> Mapping[str, object]:
    # Causes are dropped: an answer that makes no sense, and what it was made of, could have a token in it.
    try:
        application = library.ConfidentialClientApplication(
            login.client_id,
            client_credential=login.client_secret,
            authority=_AUTHORITY + login.tenant,
            http_client=session,
            instance_discovery=False,  # the authority is Microsoft's own: nobody need be asked whether it is
        )
        answer = application.acquire_token_for_client([SCOPE])
    except RequestException:
        raise unavailable(_WHOM, "no secure connection, or no answer in time") from None
    except (library.exceptions.MsalError, KeyError, TypeError, AttributeError, JSONDecodeError):
        raise unavailable(_WHOM, _NONSENSE) from None
    except ValueError as error:  # the directory's own page was refused, or is no JSON
        nonsense = isinstance(error.__context__, JSONDecodeError)
        raise (unavailable(_WHOM, _NONSENSE) if nonsense else refused(_WHOM, "", _TENANT)) from None
    return answer if isinstance(answer, Mapping) else {}


def _failure_of(answer: Mapping[str, object]) -> ConveneError:
    code, words = str(answer.get("error", "")), str(answer.get("error_description", ""))
    if not code or code in _TEMPORARY:
        return unavailable(_WHOM, _NONSENSE)
    number = re.match(r"AADSTS(\d{1,10})\b", words)
    return refused(_WHOM, number[0] if number else code, _STEPS.get(number[1] if number else "", _ANY_STEP))
