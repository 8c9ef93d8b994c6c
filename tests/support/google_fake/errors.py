"""What Google answers when it refuses: its JSON, and the words of its own."""

from typing import Any

STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}

NOT_SHARED = "The caller does not have permission"
NOT_FOUND = "Requested entity was not found."
PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)
QUOTA = (
    "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' "
    "of service 'sheets.googleapis.com' for consumer 'project_number:123456789'."
)
UNAVAILABLE = "The service is currently unavailable."
DISABLED = (
    "Google Sheets API has not been used in project 123456789 before or it is disabled. Enable it by "
    "visiting https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=123456789 "
    "then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our "
    "systems and retry."
)


class Refused(Exception):
    """A request that Google does not carry out."""

    def __init__(self, code: int, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.reason = code, message, reason

    def as_json(self) -> dict[str, Any]:
        """Return the body of the answer (cloud.google.com/apis/design/errors)."""
        error: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "status": STATUSES.get(self.code, "UNKNOWN"),
        }
        if self.reason:
            error["details"] = [
                {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": self.reason,
                    "domain": "googleapis.com",
                    "metadata": {"service": "sheets.googleapis.com", "consumer": "projects/123456789"},
                }
            ]
        return {"error": error}
