"""A function in a process of its own: answers, failures, deaths and timeouts."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from parapet_localemu.node.process import Exited, InitializationFailed, NodeProcess, TimedOut

HANDLER = """
exports.handler = async (event, context) => {
  console.log('seen', event.say, context.awsRequestId);
  if (event.sleep) await new Promise((resolve) => setTimeout(resolve, event.sleep));
  if (event.exit) process.exit(event.exit);
  if (event.fail) throw new TypeError(event.fail);
  return { said: event.say, left: context.getRemainingTimeInMillis(), name: process.env.NAME };
};
exports.callback = (event, context, done) => done(null, 'called back');
"""


@pytest.fixture
def started(tmp_path: Path) -> Iterator[NodeProcess]:
    (tmp_path / "index.js").write_text(HANDLER)
    process = process_of(tmp_path, "index.handler")
    process.start(10)
    yield process
    process.stop()


def process_of(folder: Path, handler: str) -> NodeProcess:
    return NodeProcess(
        folder,
        {"PATH": os.environ["PATH"], "LAMBDA_TASK_ROOT": str(folder), "_HANDLER": handler, "NAME": "parapet"},
    )


def question(event: str) -> dict[str, Any]:
    return {"requestId": "r-1", "functionArn": "arn", "event": event, "milliseconds": 3000}


def test_a_function_answers_and_its_output_is_kept(started: NodeProcess) -> None:
    answer = started.ask(question('{"say": "hello"}'), 3)

    assert '"said":"hello"' in answer["body"]
    assert '"name":"parapet"' in answer["body"]
    assert started.take_logs() == "seen hello r-1\n"


def test_a_failure_has_lambda_s_shape(started: NodeProcess) -> None:
    error = started.ask(question('{"fail": "bad"}'), 3)["error"]

    assert (error["errorType"], error["errorMessage"]) == ("TypeError", "bad")
    assert error["trace"][0] == "TypeError: bad"


def test_a_function_that_takes_too_long_is_ended_and_can_start_again(started: NodeProcess) -> None:
    with pytest.raises(TimedOut):
        started.ask(question('{"sleep": 5000}'), 0.3)

    assert not started.is_running()
    started.start(10)
    assert "again" in started.ask(question('{"say": "again"}'), 3)["body"]


def test_a_function_that_exits_is_noticed_at_once(started: NodeProcess) -> None:
    with pytest.raises(Exited):
        started.ask(question('{"exit": 3}'), 3)

    assert not started.is_running()


def test_names_under_the_endpoint_s_address_lead_to_it(tmp_path: Path) -> None:
    lookup = "require('node:dns').lookup('222222222222.127.0.0.1', { all: true }, (error, found) => done(error, found))"
    (tmp_path / "index.js").write_text(f"exports.handler = (event, context, done) => {{ {lookup}; }};")
    process = process_of(tmp_path, "index.handler")
    process.start(10)

    assert process.ask(question("{}"), 3) == {"body": '[{"address":"127.0.0.1","family":4}]'}
    process.stop()


def test_a_handler_with_a_callback_is_understood(tmp_path: Path) -> None:
    (tmp_path / "index.js").write_text(HANDLER)
    process = process_of(tmp_path, "index.callback")
    process.start(10)

    assert process.ask(question("{}"), 3) == {"body": '"called back"'}
    process.stop()


@pytest.mark.parametrize("name", ["index.mjs", "index.js"])
def test_an_es_module_is_loaded(tmp_path: Path, name: str) -> None:
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / name).write_text("export const handler = async () => 'module';")
    process = process_of(tmp_path, "index.handler")
    process.start(10)

    assert process.ask(question("{}"), 3) == {"body": '"module"'}
    process.stop()


@pytest.mark.parametrize(
    ("content", "error_type"),
    [
        (None, "Runtime.ImportModuleError"),
        ("exports.other = 1;", "Runtime.HandlerNotFound"),
        ("throw new RangeError('at load');", "RangeError"),
        ("process.exit(1);", "Runtime.ExitError"),
    ],
)
def test_a_module_that_does_not_load_says_why(tmp_path: Path, content: str | None, error_type: str) -> None:
    if content is not None:
        (tmp_path / "index.js").write_text(content)

    with pytest.raises(InitializationFailed) as raised:
        process_of(tmp_path, "index.handler").start(10)

    assert raised.value.error["errorType"] == error_type
