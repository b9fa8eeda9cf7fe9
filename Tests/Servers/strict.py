"""A server of a system outside for the tests: strict about what it is asked, and misbehaving on demand.

A system is a module with a subclass of `System` and `serve(...)` at its end. It prints the port of 127.0.0.1 that it serves, and
serves until its standard input ends. Beside the system's own calls:

PUT /-/next       a JSON list of what the next answers are to be, one each: see MISDEEDS. "" is an honest one.
PUT /-/down       true: every connection is cut without an answer, until false.
PUT /-/state      merged into the system's state.
GET /-/state      the system's state: its books.
GET /-/cut        how many connections were cut while it was down.
GET /-/requests   what was asked so far: method, path, query, headers, body.
"""

import json
import os
import re
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# What any request may say.
HEADERS = {"host", "user-agent", "accept", "connection", "content-length", "content-type", "authorization", "accept-encoding"}


class Refused(Exception):
    def __init__(self, status, body=None, **headers):
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers


def route(method, path, query=(), needs=(), headers=()):
    """Marks a method that answers a call. `path` is a pattern; `query` what it may have, `needs` what it must have, `headers`
    which it must have beside the usual ones."""
    def mark(function):
        function.route = (method, re.compile(path + r"\Z"), set(query) | set(needs), set(needs), {h.lower() for h in headers})
        return function
    return mark


class System(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state = {}
    requests = []
    misdeeds = []
    down = [False]
    cut = [0]
    lock = threading.RLock()

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.handle_call()

    do_POST = do_PUT = do_DELETE = do_PATCH = do_GET

    def handle_call(self):
        url = urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if url.path.startswith("/-/"):
            return self.control(url.path[3:], body)
        if self.down[0]:
            self.close_connection = True
            with self.lock:
                self.cut[0] += 1
            return self.connection.close()
        query = urllib.parse.parse_qs(url.query, keep_blank_values=True, strict_parsing=bool(url.query))
        with self.lock:
            self.requests.append({
                "method": self.command, "path": url.path, "query": query, "body": body.decode("utf-8", "replace"),
                "headers": {k.lower(): v for k, v in self.headers.items()}})
            misdeed = self.misdeeds.pop(0) if self.misdeeds else ""
        try:
            name, _, argument = misdeed.partition(":")
            if name == "after":
                # The call is carried out, and what follows is what is said of it.
                self.find(url.path, query, body)
                name, _, argument = argument.partition(":")
            if name and getattr(self, "misdeed_" + name)(argument) is not False:
                return None
            self.answer(200, self.find(url.path, query, body))
        except Refused as refused:
            self.answer(refused.status, refused.body, **refused.headers)
        except BrokenPipeError:
            pass
        return None

    def find(self, path, query, body):
        known = False
        for name in dir(type(self)):
            function = getattr(self, name, None)
            if not hasattr(function, "route"):
                continue
            method, pattern, allowed, needed, headers = function.route
            match = pattern.match(path)
            if not match:
                continue
            known = True
            if method != self.command:
                continue
            given = {k.lower() for k in self.headers}
            if not given <= HEADERS | headers or not headers <= given:
                self.refuse(400, "headers: " + " ".join(sorted(given ^ (HEADERS | headers))))
            if not set(query) <= allowed or not needed <= set(query) or any(len(v) != 1 for v in query.values()):
                self.refuse(400, "query: " + " ".join(sorted(query)))
            with self.lock:
                return function({k: v[0] for k, v in query.items()}, body, *match.groups())
        return self.refuse(405 if known else 404, "no such call")

    # How a system says no: a subclass may have a shape of its own.
    def refuse(self, status, why, **headers):
        raise Refused(status, {"error": why}, **headers)

    def json_body(self, body, needs=(), may=()):
        if (self.headers.get("Content-Type") or "").split(";")[0] != "application/json":
            self.refuse(415, "not application/json")
        value = json.loads(body)
        if isinstance(value, dict):
            self.fields(value, needs, may)
        return value

    def form_body(self, body, needs=(), may=()):
        if (self.headers.get("Content-Type") or "").split(";")[0] != "application/x-www-form-urlencoded":
            self.refuse(415, "not a form")
        value = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
        self.fields(value, needs, may)
        return value

    def multipart_body(self, body, needs=(), may=()):
        """RFC 7578, of texts alone."""
        kind, _, rest = (self.headers.get("Content-Type") or "").partition(";")
        boundary = rest.strip().removeprefix("boundary=")
        if kind != "multipart/form-data" or not boundary:
            self.refuse(415, "not a form of parts")
        value = {}
        parts = body.decode().split("--" + boundary)
        if parts[0] or parts[-1] != "--\r\n" or len(parts) < 3:
            self.refuse(400, "not closed")
        for part in parts[1:-1]:
            match = re.fullmatch(r'\r\nContent-Disposition: form-data; name="([a-z_]+)"\r\n\r\n(.*)\r\n', part, re.DOTALL)
            if not match or match[1] in value:
                self.refuse(400, "part")
            value[match[1]] = match[2]
        self.fields(value, needs, may)
        return value

    def fields(self, value, needs, may):
        missing, unknown = set(needs) - set(value), set(value) - set(needs) - set(may)
        if missing or unknown:
            self.refuse(400, f"missing {sorted(missing)}, unknown {sorted(unknown)}")

    def answer(self, status, value, **headers):
        body = b"" if value is None else value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        headers.setdefault("Content_Type", "application/json; charset=utf-8")
        for name, text in headers.items():
            self.send_header(name.replace("_", "-"), text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def control(self, path, body):
        with self.lock:
            if self.command == "PUT":
                value = json.loads(body)
                if path == "next":
                    self.misdeeds[:] = value
                elif path == "down":
                    self.down[0] = value
                elif path == "state":
                    self.state.update(value)
                return self.answer(200, {})
            books = {"requests": self.requests, "cut": self.cut[0]}
            return self.answer(200, books.get(path, self.state))

    # Misdeeds: each answers in the place of the system, or returns False to let it answer.

    def misdeed_status(self, argument):
        self.answer(int(argument), {"error": "on demand"})

    def misdeed_other_shape(self, argument):
        """A gateway's refusal, which is no JSON of the system's."""
        self.answer(int(argument or 403), b"<html><h1>Forbidden for Kari Nordmann</h1></html>", Content_Type="text/html")

    def misdeed_later(self, argument):
        status, seconds = argument.split(",", 1)
        self.answer(int(status), {"error": "later"}, Retry_After=seconds)

    def misdeed_redirect(self, argument):
        self.answer(302, None, Location=argument or "https://elsewhere.example/")

    def misdeed_slow(self, argument):
        time.sleep(float(argument))
        return False

    def misdeed_hang(self, argument):
        """Takes the call, and cuts the connection without an answer."""
        self.close_connection = True
        self.connection.close()

    def misdeed_half(self, argument):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "10000")
        self.end_headers()
        self.wfile.write(b'{"customers": [{"external_id": "1", "response": [{"cli')
        self.wfile.flush()
        self.close_connection = True
        self.connection.close()

    def misdeed_garbage(self, argument):
        self.answer(200, bytes(range(256)) * 20)

    def misdeed_shape(self, argument):
        self.answer(200, {"something": ["else"]})

    def misdeed_huge(self, argument):
        self.answer(200, b'"' + b"x" * 40_000_000 + b'"')


class Server(ThreadingHTTPServer):
    """A client that hangs up or does not trust this server is part of the tests, and no fault of it."""

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], (ConnectionError, ssl.SSLError)):
            super().handle_error(request, client_address)


def serve(handler):
    """With --tls it has a certificate that nobody knows."""
    server = Server(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if "--tls" in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            key, certificate = os.path.join(folder, "key"), os.path.join(folder, "certificate")
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                 "-subj", "/CN=localhost", "-keyout", key, "-out", certificate], check=True, stderr=subprocess.DEVNULL)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()
    os._exit(0)
