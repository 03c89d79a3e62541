"""One Node process that runs one function: asked one event at a time, replaced when it died."""

import json
import os
import queue
import shutil
import signal
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RUNNER = Path(__file__).with_name("runner.cjs")
# After its answer a function's last lines are still in the pipe.
LOG_GRACE_SECONDS = 0.02


class InitializationFailed(Exception):
    """The function's module did not load. `error` has Lambda's shape."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error.get("errorMessage", "initialization failed"))
        self.error = error


class TimedOut(Exception):
    """No answer in time; the process has been ended."""


class Exited(Exception):
    """The process ended instead of answering."""


@dataclass
class NodeProcess:
    folder: Path
    environment: dict[str, str]
    _child: subprocess.Popen[bytes] | None = None
    _answers: queue.Queue[dict[str, Any] | None] = field(default_factory=queue.Queue)
    _lines: list[str] = field(default_factory=list)

    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def start(self, seconds: float) -> None:
        """Returns when the handler is loaded. Raises InitializationFailed or TimedOut."""
        question_end, questions = os.pipe()
        answers, answer_end = os.pipe()
        pipes = {"PARAPET_QUESTIONS": str(question_end), "PARAPET_ANSWERS": str(answer_end)}
        self._answers = queue.Queue()
        self._child = subprocess.Popen(
            [shutil.which("node") or "node", str(RUNNER)],
            cwd=self.folder,
            env={**self.environment, **pipes},
            pass_fds=(question_end, answer_end),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        os.close(question_end)
        os.close(answer_end)
        self._questions = os.fdopen(questions, "w", encoding="utf-8")
        self._read_in_background(os.fdopen(answers, "r", encoding="utf-8"), self._child)
        try:
            ready = self._next_answer(seconds)
        except Exited:
            raise InitializationFailed(
                {
                    "errorType": "Runtime.ExitError",
                    "errorMessage": "Error: Runtime exited during initialization",
                }
            ) from None
        if "error" in ready:
            self.stop()
            raise InitializationFailed(ready["error"])

    def ask(self, question: dict[str, Any], seconds: float) -> dict[str, Any]:
        """`{body}` or `{error}`, as the function answered. Raises TimedOut or Exited."""
        try:
            self._questions.write(json.dumps(question) + "\n")
            self._questions.flush()
        except OSError as broken:
            raise Exited(str(broken)) from broken
        return self._next_answer(seconds)

    def take_logs(self) -> str:
        """What the function wrote since the last time."""
        if self.is_running():
            threading.Event().wait(LOG_GRACE_SECONDS)
        taken, self._lines[:] = list(self._lines), []
        return "".join(taken)

    def stop(self) -> None:
        if self._child is None:
            return
        try:
            os.killpg(self._child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._child.wait()

    def _next_answer(self, seconds: float) -> dict[str, Any]:
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            self.stop()
            raise TimedOut from None
        if answer is None:
            self.stop()
            raise Exited("the runtime exited")
        return answer

    def _read_in_background(self, answers: Any, child: subprocess.Popen[bytes]) -> None:
        inbox = self._answers

        def read_answers() -> None:
            with answers:
                for line in answers:
                    inbox.put(json.loads(line))
            inbox.put(None)

        def read_output() -> None:
            for line in child.stdout or ():
                self._lines.append(line.decode("utf-8", "replace"))

        for work in (read_answers, read_output):
            threading.Thread(target=work, daemon=True, name=f"node-{child.pid}").start()
