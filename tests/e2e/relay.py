"""A relay between the desk and the network, which can cut the desk off after the network's yes.

It passes everything on unchanged, but for one thing: a session's answer loses the address of
the account's own server, so that the desk keeps talking through the relay.
"""

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP = {"connection", "transfer-encoding", "content-length", "host", "accept-encoding"}


@dataclass
class Relay:
    """Where it listens, and the trap that may be set."""

    url: str
    upstream: str
    trap: Callable[[bytes], bool] = field(default=lambda _body: False)
    sprung: Callable[[], None] = field(default=lambda: None)
    sent: list[bytes] = field(default_factory=list)  # bodies of putRecord, as they came by

    @property
    def address(self) -> str:
        """host:port, as the desk's setting wants it."""
        return urlsplit(self.url).netloc


def _without_home(path: str, body: bytes) -> bytes:
    if "createSession" not in path and "refreshSession" not in path:
        return body
    answer = json.loads(body)
    answer.pop("didDoc", None)
    return json.dumps(answer).encode()


def _handler(relay: Relay) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            there = urlsplit(relay.upstream)
            line = http.client.HTTPConnection(there.hostname or "", there.port, timeout=30)
            kept = {k: v for k, v in self.headers.items() if k.lower() not in HOP}
            line.request(self.command, self.path, body or None, kept)
            answer = line.getresponse()
            told = (
                _without_home(self.path, answer.read()) if answer.status == 200 else answer.read()
            )
            line.close()
            if "putRecord" in self.path:
                relay.sent.append(body)
                if answer.status == 200 and relay.trap(body):
                    relay.sprung()  # the network has said yes; nobody will hear it
                    self.close_connection = True
                    return
            self.send_response(answer.status)
            for key, value in answer.getheaders():
                if key.lower() not in HOP:
                    self.send_header(key, value)
            self.send_header("content-length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        do_GET = do_POST = _pass  # noqa: N815 - the server's names

    return Handler


@contextmanager
def relay_to(upstream: str) -> Iterator[Relay]:
    """Run a relay on a free loopback port."""
    relay = Relay(url="", upstream=upstream)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(relay))
    server.daemon_threads = True
    relay.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield relay
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
