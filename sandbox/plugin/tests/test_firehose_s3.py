"""Where Firehose's objects lie."""

from datetime import UTC, datetime

import pytest

from parapet_localemu.corrections.firehose_s3 import folder_of

AT = datetime(2026, 11, 21, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("prefix", "folder"),
    [
        ("class=2003/event_day=!{timestamp:yyyyMMdd}/", "class=2003/event_day=20261121/"),
        ("a/!{timestamp:yyyy/MM/dd/HH-mm}/", "a/2026/11/21/09-05/"),
        ("plain/", "plain/2026/11/21/09/"),
        ("", "2026/11/21/09/"),
    ],
)
def test_a_prefix_is_worked_out(prefix: str, folder: str) -> None:
    assert folder_of(prefix, AT) == folder


def test_an_error_prefix_names_what_failed() -> None:
    prefix = "failed/!{firehose:error-output-type}/!{timestamp:yyyyMMdd}/"

    assert folder_of(prefix, AT, "processing-failed") == "failed/processing-failed/20261121/"
