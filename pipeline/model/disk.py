"""What a person is told where the operating system refuses a file: which one, why, and what to do."""

import errno

from pipeline.model.errors import StateError

_ROOM = "Make room on the disk"
_RIGHTS = "Let the user that runs Convene read and write there"
_IN_THE_WAY = "What stands there is of another sort than is wanted (a file, a folder). Move it away"
_ADVICE = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: f"{_ROOM}, or allow larger files (ulimit)",
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.EIO: "Check the disk",
    errno.ELOOP: "It is a link, and what Convene keeps is never behind one. Remove the link",
    errno.EISDIR: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
}
OUTPUT = "The output"
"""What cannot be written where an error names no file."""


def cannot_use(path: object, error: OSError) -> StateError:
    """Return the error that tells of a file (or of the output, where `path` is None)."""
    return StateError(
        f"{path or OUTPUT}: cannot be used ({error.strerror or error}). {advice_on(error)}, and run again."
    )


def advice_on(error: OSError) -> str:
    """Say what to do about what the operating system says; a sentence without its full stop."""
    return _ADVICE.get(error.errno or 0, "Correct that")
