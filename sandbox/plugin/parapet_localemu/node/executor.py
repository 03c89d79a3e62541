"""LocalEmu's runtime executor over a Node process. LocalEmu makes one per parallel invocation."""

import json
import logging
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from localemu import config
from localemu.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localemu.services.lambda_.invocation.lambda_models import FunctionVersion, InvocationResult
from localemu.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from parapet_localemu.node.process import Exited, InitializationFailed, NodeProcess, TimedOut

LOG = logging.getLogger(__name__)

DEFAULT_TIMEOUT_SECONDS = 3
# Of the emulator's own environment a function sees these; everything else comes from its configuration.
INHERITED = ("PATH", "NODE_PATH", "NODE_EXTRA_CA_CERTS")


class NodeProcessExecutor(RuntimeExecutor):
    def __init__(self, id: str, function_version: FunctionVersion) -> None:
        super().__init__(id=id, function_version=function_version)
        self._process: NodeProcess | None = None
        self._one_at_a_time = threading.Lock()

    def start(self, env_vars: dict[str, Any]) -> None:
        runtime = self.function_version.config.runtime or ""
        if not runtime.startswith("nodejs"):
            raise _not_started(
                {"errorType": "Runtime.Unsupported", "errorMessage": f"no runtime {runtime} here"}
            )
        # When a function is changed, the version before it takes the unpacked code away.
        self.function_version.config.code.prepare_for_execution()
        folder = Path(self.function_version.config.code.get_unzipped_code_location())
        self._process = NodeProcess(folder, environment_of(env_vars, folder))
        try:
            self._process.start(config.LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT)
        except InitializationFailed as failed:
            raise _not_started(failed.error) from failed
        except TimedOut:
            raise _not_started(
                {"errorType": "Sandbox.Timedout", "errorMessage": "initialization timed out"}
            ) from None

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop()

    def invoke(self, payload: dict[str, str], function_timeout: int | None = None) -> InvocationResult:
        with self._one_at_a_time:
            seconds = function_timeout or self.function_version.config.timeout or DEFAULT_TIMEOUT_SECONDS
            started = time.monotonic()
            answer = self._answer(payload, seconds)
            milliseconds = (time.monotonic() - started) * 1000
            return self._result(payload["invoke-id"], answer, milliseconds)

    def get_logs(self) -> str:
        return self._process.take_logs() if self._process else ""

    def get_address(self) -> str:
        return "127.0.0.1"

    def get_endpoint_from_executor(self) -> str:
        return "127.0.0.1"

    def get_runtime_endpoint(self) -> str:
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}/_localemu_lambda/{self.id}"

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        if function_version.config.code:
            function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        if function_version.config.code:
            function_version.config.code.destroy_cached()

    @classmethod
    def validate_environment(cls) -> bool:
        return shutil.which("node") is not None

    def _answer(self, payload: dict[str, str], seconds: float) -> dict[str, Any]:
        request_id = payload["invoke-id"]
        question = {
            "requestId": request_id,
            "functionArn": payload.get("invoked-function-arn"),
            "traceId": payload.get("trace-id"),
            "event": payload.get("payload"),
            "milliseconds": seconds * 1000,
        }
        try:
            if not self._process.is_running():
                LOG.info("starting the dead process of %s again", self.function_version.qualified_arn)
                self._process.start(config.LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT)
            return self._process.ask(question, seconds)
        except InitializationFailed as failed:
            return {"error": failed.error}
        except TimedOut:
            message = f"RequestId: {request_id} Error: Task timed out after {seconds:.2f} seconds"
            return {"error": {"errorType": "Sandbox.Timedout", "errorMessage": message}}
        except Exited:
            message = f"RequestId: {request_id} Error: Runtime exited without providing a reason"
            return {"error": {"errorType": "Runtime.ExitError", "errorMessage": message}}

    def _result(self, request_id: str, answer: dict[str, Any], milliseconds: float) -> InvocationResult:
        error = answer.get("error")
        lines = [f"START RequestId: {request_id} Version: {self.function_version.id.qualifier}\n"]
        lines.append(self._process.take_logs())
        if error and error.get("errorType") in {"Sandbox.Timedout", "Runtime.ExitError"}:
            lines.append(f"{error['errorMessage']}\n")
        lines.append(f"END RequestId: {request_id}\n")
        lines.append(f"REPORT RequestId: {request_id}\tDuration: {milliseconds:.2f} ms\n")
        body = json.dumps(error) if error else answer["body"]
        return InvocationResult(request_id, body.encode(), is_error=error is not None, logs="".join(lines))


def environment_of(env_vars: dict[str, Any], folder: Path) -> dict[str, str]:
    """`env_vars` carry the function's own variables and the credentials of its role."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    given = {name: str(value) for name, value in env_vars.items() if value is not None}
    return {
        "HOME": tempfile.gettempdir(),
        "AWS_EC2_METADATA_DISABLED": "true",
        **inherited,
        **given,
        "LAMBDA_TASK_ROOT": str(folder),
    }


def _not_started(error: dict[str, Any]) -> StatusErrorException:
    return StatusErrorException("the function did not start", payload=json.dumps(error).encode())
