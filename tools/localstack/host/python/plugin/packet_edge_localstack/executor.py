"""Runs Node.js functions as processes of the host, one per execution environment (LAMBDA_RUNTIME_EXECUTOR=host).

PACKET_EDGE_NODE in LocalStack's environment names the Node binary; without it `node` is taken from PATH. Functions see their own
bundle and nothing of the project: a module that was left out of the bundle is missing here as it is on AWS.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from localstack import config
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from .runtime_api import RuntimeApi

RUNTIME = Path(__file__).with_name("runtime.mjs")
LARGEST_RESPONSE = 6 * 1024 * 1024 + 100  # what Lambda itself allows
PASSED_ON = ("PATH", "HOME", "TMPDIR", "NODE_EXTRA_CA_CERTS")


def _error(kind: str, message: str) -> bytes:
    return json.dumps({"errorType": kind, "errorMessage": message}).encode()


def _node() -> str:
    return os.environ.get("PACKET_EDGE_NODE", "node")


class HostExecutor(RuntimeExecutor):
    """One execution environment: a Node process, started again after a time-out or a crash."""

    def __init__(self, id, function_version):
        super().__init__(id=id, function_version=function_version)
        self.changed = threading.Condition()
        self.api: RuntimeApi | None = None
        self.process: subprocess.Popen | None = None
        self.variables: dict[str, str] = {}
        self.generation = 0  # one per process: a stale one is given nothing
        self.ready = False  # the process has asked for its first event
        self.init_error: bytes | None = None
        self.pending: dict | None = None  # not yet handed to the process
        self.current: str | None = None  # request id under way
        self.result: tuple[bytes, bool] | None = None
        self.stopped = False
        self.scratch: str | None = None

    # ---- called by LocalStack

    def start(self, env_vars):
        self.scratch = tempfile.mkdtemp(prefix=f"lambda-{self.id[:8]}-")
        self.api = RuntimeApi(self)
        threading.Thread(
            target=self.api.serve_forever, args=(0.1,), daemon=True, name=f"runtime-api-{self.id[:8]}"
        ).start()
        function = self.function_version.config
        self.variables = {key: os.environ[key] for key in PASSED_ON if key in os.environ}
        self.variables |= {key: str(value) for key, value in env_vars.items()}
        self.variables |= {
            "AWS_LAMBDA_RUNTIME_API": self.api.address,
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.runtime}",
            "LAMBDA_TASK_ROOT": str(function.code.get_unzipped_code_location()),
        }
        self._spawn()

    def invoke(self, payload):
        timeout = int(self.function_version.config.timeout)
        request = payload["invoke-id"]
        began = time.monotonic()
        with self.changed:
            if self.process is None or self.process.poll() is not None:
                self._spawn()
                began = time.monotonic()
            log_from = os.path.getsize(self._log)
            self.current, self.result = request, None
            self.pending = {**payload, "deadline": int((time.time() + timeout) * 1000)}
            self.changed.notify_all()
            while self.result is None and not self.stopped:
                left = began + timeout - time.monotonic()
                if left <= 0:
                    self._kill()
                    text = f"RequestId: {request} Error: Task timed out after {timeout:.2f} seconds"
                    self.result = (_error("Sandbox.Timedout", text), True)
                elif self.process.poll() is not None:
                    self.result = (self._exit_error(request), True)
                else:
                    # The response wakes this; the short wait only serves to notice a dead process.
                    self.changed.wait(min(left, 0.1))
            self.pending = self.current = None
            body, failed = self.result or (_error("Runtime.Shutdown", "environment stopped"), True)
        if len(body) > LARGEST_RESPONSE:
            text = f"Response payload size exceeded maximum allowed payload size ({LARGEST_RESPONSE} bytes)."
            body, failed = _error("Function.ResponseSizeTooLarge", text), True
        took = (time.monotonic() - began) * 1000
        logs = self._report(request, self._read_log(log_from), took)
        return InvocationResult(request, body, is_error=failed, logs=logs)

    def stop(self):
        with self.changed:
            self.stopped = True
            self._kill()
            self.changed.notify_all()
        if self.api:
            self.api.shutdown()
            self.api.server_close()
        if self.scratch:
            shutil.rmtree(self.scratch, ignore_errors=True)

    def get_address(self):
        return "127.0.0.1"

    def get_endpoint_from_executor(self):
        return config.HOSTNAME_FROM_LAMBDA or "127.0.0.1"

    def get_runtime_endpoint(self):
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}/_localstack_lambda/{self.id}"

    def get_logs(self):
        return self._read_log(0)

    @classmethod
    def prepare_version(cls, function_version):
        runtime = function_version.config.runtime or ""
        if not runtime.startswith("nodejs"):
            raise NotImplementedError(f"only Node.js functions run on the host, not {runtime!r}")
        function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        pass

    @classmethod
    def validate_environment(cls):
        return shutil.which(_node()) is not None

    # ---- called by the runtime API

    def next_invocation(self):
        with self.changed:
            generation = self.generation
            self.ready = True
            self.changed.notify_all()
            while self.pending is None and not self.stopped and generation == self.generation:
                self.changed.wait()
            if self.stopped or generation != self.generation:
                return None
            invocation, self.pending = self.pending, None
            return invocation

    def invocation_done(self, request, body, failed):
        with self.changed:
            if request == self.current:
                self.result = (body, failed)
                self.changed.notify_all()

    def init_failed(self, body):
        with self.changed:
            self.init_error = body
            self.changed.notify_all()

    # ---- the process

    def _spawn(self):
        """Starts the process and waits until it asks for its first event."""
        with self.changed:
            self.generation += 1
            self.ready, self.init_error, self.pending = False, None, None
            self.changed.notify_all()
            heap = max(64, int(self.function_version.config.memory_size) * 9 // 10)
            handler = self.variables.get("_HANDLER", "")
            with open(self._log, "ab") as log:
                self.process = subprocess.Popen(
                    [_node(), f"--max-old-space-size={heap}", str(RUNTIME), handler],
                    cwd=self.variables["LAMBDA_TASK_ROOT"],
                    env=self.variables,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            while not (self.ready or self.init_error or self.stopped):
                if self.process.poll() is not None:
                    break
                self.changed.wait(0.05)
            if self.ready and not self.init_error:
                return
            payload = self.init_error or self._exit_error(None)
            self._kill()
        raise StatusErrorException("Environment startup failed", payload=payload)

    def _exit_error(self, request):
        code = self.process.returncode
        how = f"signal: {signal.Signals(-code).name}" if code and code < 0 else f"exit status {code}"
        prefix = f"RequestId: {request} " if request else ""
        return _error("Runtime.ExitError", f"{prefix}Error: Runtime exited with error: {how}")

    def _kill(self):
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    # ---- its log

    @property
    def _log(self):
        return os.path.join(self.scratch, "output.log")

    def _read_log(self, offset):
        try:
            with open(self._log, "rb") as file:
                file.seek(offset)
                text = file.read().decode("utf-8", "replace")
        except (OSError, TypeError):
            return ""
        return text if not text or text.endswith("\n") else text + "\n"

    def _report(self, request, printed, took):
        version = self.function_version
        memory = version.config.memory_size
        return (
            f"START RequestId: {request} Version: {version.id.qualifier}\n{printed}END RequestId: {request}\n"
            f"REPORT RequestId: {request}\tDuration: {took:.2f} ms\tBilled Duration: {int(took) + 1} ms"
            f"\tMemory Size: {memory} MB\tMax Memory Used: {memory} MB\t\n"
        )


class HostExecutorPlugin(RuntimeExecutorPlugin):
    name = "host"

    def load(self, *args, **kwargs):
        return HostExecutor
