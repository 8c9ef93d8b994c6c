"""What is written in a workspace's files, setting by setting."""

from pathlib import Path

from pipeline.config.written import Written, read_written
from tests.support.config_case import make_workspace

CALL = """\
call:
  id: demo
  title:
places:
  at_most:
    - {answer: country, places: 5}
    - {answer: job, places: 2}
  rank_by:
    - [one, two]
    - {order: [x]}
form: ["Yes", "No"]
"""


def test_every_setting_has_a_name_that_stays(tmp_path: Path) -> None:
    make_workspace(
        tmp_path, CALL, "mail:\n  smtp: {password: ${SECRET}}\n".replace("${SECRET}", '"${SECRET}"')
    )
    for path in sorted((tmp_path / "templates").iterdir())[1:]:
        path.unlink()
    (kind,) = (tmp_path / "templates").iterdir()
    kind.write_text("Dear all")
    (tmp_path / "templates" / "parts").mkdir()
    assert read_written(tmp_path) == Written(
        {
            "call.id": "demo",
            "call.title": "",
            "places.at_most[country].answer": "country",
            "places.at_most[country].places": "5",
            "places.at_most[job].answer": "job",
            "places.at_most[job].places": "2",
            "places.rank_by[1]": "one, two",
            "places.rank_by[2].order": "x",
            "form": "Yes, No",
        },
        {"service: mail.smtp.password": "${SECRET}", f"templates/{kind.name}": "Dear all"},
    )


def test_where_nothing_is_written_there_are_no_settings(tmp_path: Path) -> None:
    assert read_written(tmp_path) == Written()
