import errno
import os

import pytest

from pipeline.model.disk import cannot_use


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            errno.ENOSPC,
            "state/ledger: cannot be used (No space left on device). Make room on the disk, and run again.",
        ),
        (
            errno.EXDEV,
            "state/ledger: cannot be used (Invalid cross-device link). Correct that, and run again.",
        ),
    ],
)
def test_a_refusal_of_the_disk_is_a_sentence(code: int, said: str) -> None:
    assert str(cannot_use("state/ledger", OSError(code, os.strerror(code)))) == said


def test_where_no_file_is_named_it_is_the_output() -> None:
    assert str(cannot_use(None, OSError("lost"))).startswith("The output: cannot be used (lost).")
