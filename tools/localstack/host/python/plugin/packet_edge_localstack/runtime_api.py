"""The Lambda Runtime API (2018-06-01) of one execution environment, on a free loopback port."""

import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOG = logging.getLogger(__name__)


class RuntimeApi(ThreadingHTTPServer):
    """`environment` gives the next invocation and takes its outcome."""

    daemon_threads = True

    def __init__(self, environment):
        self.environment = environment
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        LOG.debug("a runtime has gone", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave in one segment
    disable_nagle_algorithm = True

    def log_message(self, *args):
        pass

    def do_GET(self):
        if not self.path.endswith("/runtime/invocation/next"):
            return self._answer(404, b"{}")
        invocation = self.server.environment.next_invocation()
        if invocation is None:  # the environment is going away
            self.close_connection = True
            return None
        return self._answer(
            200,
            invocation["payload"].encode(),
            {
                "Lambda-Runtime-Aws-Request-Id": invocation["invoke-id"],
                "Lambda-Runtime-Invoked-Function-Arn": invocation["invoked-function-arn"],
                "Lambda-Runtime-Trace-Id": invocation["trace-id"],
                "Lambda-Runtime-Deadline-Ms": str(invocation["deadline"]),
            },
        )

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = self.path.split("/")  # ['', '2018-06-01', 'runtime', ...]
        environment = self.server.environment
        if self.path.endswith("/runtime/init/error"):
            environment.init_failed(body)
        elif len(parts) == 6 and parts[3] == "invocation" and parts[5] in ("response", "error"):
            environment.invocation_done(parts[4], body, parts[5] == "error")
        else:
            return self._answer(404, b"{}")
        return self._answer(202, b'{"status":"OK"}')

    def _answer(self, status: int, body: bytes, headers: dict | None = None):
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
