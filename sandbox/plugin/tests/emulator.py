"""Starts LocalEmu with the plugin on a free port and ends it again."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

SERVICES = "cloudtrail,ec2,events,iam,kms,lambda,logs,organizations,s3,sns,sqs,sts"
PLUGIN = Path(__file__).parent.parent
FIRST_PORT = 4570
READY_WITHIN_SECONDS = 60
ENDS_WITHIN_SECONDS = 4


@contextlib.contextmanager
def running(**settings: str) -> Iterator[str]:
    """The endpoint's URL, while the block runs."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="parapet-emulator-") as folder:
        log = Path(folder) / "log"
        environment = {**os.environ, **_environment(port, folder), **settings}
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "localemu.runtime.main"],
                env=environment,
                stdout=output,
                stderr=output,
                cwd=folder,
            )
        try:
            endpoint = f"http://127.0.0.1:{port}"
            _wait_until_ready(process, endpoint, log)
            yield endpoint
        finally:
            if keep := os.environ.get("KEEP_EMULATOR_LOG"):
                Path(keep).write_bytes(log.read_bytes())
            _end(process)


def _environment(port: int, folder: str) -> dict[str, str]:
    return {
        "AWS_EC2_METADATA_DISABLED": "true",
        "DISABLE_EVENTS": "1",
        "DNS_ADDRESS": "0",
        "EAGER_SERVICE_LOADING": "1",
        "EC2_VM_MANAGER": "none",
        "ECS_DOCKER_BACKEND": "0",
        "EKS_K8S_PROVIDER": "off",
        "GATEWAY_LISTEN": f"127.0.0.1:{port}",
        "GATEWAY_SERVER": "hypercorn",
        "LAMBDA_RUNTIME_EXECUTOR": "process",
        "LAMBDA_SYNCHRONOUS_CREATE": "1",
        "PARITY_AWS_ACCESS_KEY_ID": "1",
        # The code under test is this folder's, whatever copy was installed.
        "PYTHONPATH": str(PLUGIN),
        "RDS_DOCKER_BACKEND": "0",
        "SERVICES": SERVICES,
        "SKIP_INFRA_DOWNLOADS": "1",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "STRICT_SERVICE_LOADING": "0",
        "TMPDIR": folder,
    }


def _free_port() -> int:
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        with socket.socket() as candidate, contextlib.suppress(OSError):
            candidate.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port for the emulator")


def _wait_until_ready(process: subprocess.Popen[bytes], endpoint: str, log: Path) -> None:
    until = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{endpoint}/_localemu/health", timeout=2):
            return
        time.sleep(0.2)
    raise RuntimeError(f"the emulator did not start:\n{log.read_text()[-4000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """After SIGTERM the port is free, but the process may hang."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(ENDS_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
