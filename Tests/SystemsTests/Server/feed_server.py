#!/usr/bin/env python3
"""A change feed over HTTP, as Sources/Systems/Systems.docc/ChangeFeed.md says: the reference, and a server that misbehaves on
demand. It is strict: what the page does not allow is refused.

    feed_server.py        prints the port of 127.0.0.1 that it serves, and serves until its standard input ends.

PUT /rows       adds changes, one JSON object a line.
PUT /next       a JSON list of what the next answers are to be, one each: see MISDEEDS.
GET /requests   what was asked so far, as a JSON list of objects of path, query and headers.
"""

import gzip
import json
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "s3cret-token"
LIMIT_MAX = 10_000

rows = []
requests = []
misdeeds = []
lock = threading.Lock()


def page(cursor, limit):
    """The changes behind a cursor, and the line that ends them."""
    changes = rows[cursor:cursor + limit]
    after = cursor + len(changes)
    end = {"page": {"cursor": f"c {after}/+", "more": after < len(rows), "rows": len(changes)}}
    return [*changes, end]


def body_of(lines):
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


class Feed(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with lock:
            if self.path == "/rows":
                rows.extend(json.loads(line) for line in body.splitlines())
            elif self.path == "/next":
                misdeeds[:] = json.loads(body)
            else:
                return self.refuse(404)
        self.answer(200, b"", "text/plain")

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        if url.path == "/requests":
            return self.answer(200, json.dumps(requests).encode(), "application/json")
        query = urllib.parse.parse_qs(url.query, keep_blank_values=True, strict_parsing=bool(url.query))
        with lock:
            requests.append({"path": url.path, "query": query, "headers": {k.lower(): v for k, v in self.headers.items()}})
            misdeed = misdeeds.pop(0) if misdeeds else ""
        if misdeed:
            name, _, argument = misdeed.partition(":")
            handled = MISDEEDS[name](self, argument, query)
            if handled is not False:
                return None
        return self.serve(url.path, query)

    def serve(self, path, query):
        if path != "/customers":
            return self.refuse(404)
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self.refuse(401)
        if self.headers.get("Accept") != "application/x-ndjson":
            return self.refuse(406)
        if set(query) - {"cursor", "limit"} or any(len(values) != 1 for values in query.values()):
            return self.refuse(400)
        cursor = self.cursor(query)
        limit = int(query.get("limit", ["1000"])[0])
        if cursor is None or not 0 < limit <= LIMIT_MAX:
            return self.refuse(400)
        if cursor > len(rows):
            return self.refuse(410)
        tag = f'"{len(rows)}-{cursor}"'
        if self.headers.get("If-None-Match") == tag:
            return self.answer(304, b"", None, {"ETag": tag})
        return self.answer(200, body_of(page(cursor, limit)), headers={"ETag": tag})

    @staticmethod
    def cursor(query):
        if "cursor" not in query:
            return 0
        text = query["cursor"][0]
        if not text.startswith("c ") or not text.endswith("/+") or not text[2:-2].isdigit():
            return None
        return int(text[2:-2])

    def refuse(self, status, **headers):
        self.answer(status, b"no", "text/plain", {k.replace("_", "-"): v for k, v in headers.items()})

    def answer(self, status, body, kind="application/x-ndjson; charset=utf-8", headers=None):
        self.send_response(status)
        if body and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if kind:
            self.send_header("Content-Type", kind)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    # Misdeeds: each answers in the place of the feed, or returns False to let it answer.

    def status(self, argument, _):
        self.refuse(int(argument))

    def later(self, argument, _):
        status, seconds = argument.split(",", 1)
        self.refuse(int(status), Retry_After=seconds)

    def redirect(self, argument, _):
        self.refuse(302, Location=argument)

    def slow(self, argument, _):
        time.sleep(float(argument))
        return False

    def half(self, argument, query):
        """Promises all, and breaks off."""
        body = body_of(page(self.cursor(query) or 0, 1000))
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:len(body) // 2])
        self.close_connection = True

    def half_unseen(self, argument, query):
        """Ends where the connection does, so that only the missing last line tells."""
        body = body_of(page(self.cursor(query) or 0, 1000)[:-1])
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def garbage(self, argument, _):
        self.answer(200, bytes(range(256)) * 20)

    def html(self, argument, _):
        self.answer(200, b"<html>Sign in</html>", "text/html")

    def broken_gzip(self, argument, query):
        body = gzip.compress(body_of(page(0, 10)))[:-9]
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def miscount(self, argument, query):
        lines = page(self.cursor(query) or 0, 1000)
        lines[-1]["page"]["rows"] += 1
        self.answer(200, body_of(lines))

    def stuck(self, argument, query):
        self.answer(200, body_of([{"page": {"cursor": query["cursor"][0], "more": True, "rows": 0}}]))

    def behind(self, argument, query):
        self.answer(200, body_of([*page(self.cursor(query) or 0, 1000), {"key": "late"}]))

    def broken_row(self, argument, query):
        lines = page(self.cursor(query) or 0, 1000)
        lines[-1]["page"]["rows"] += 1
        self.answer(200, b'{"key": \n' + body_of(lines))

    def bomb(self, argument, query):
        """A hundred megabytes and more of nothing, in a few hundred kilobytes."""
        body = gzip.compress((b"\n" * 1_000_000) * 200)
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def endless(self, argument, query):
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"\n" * 1_000_000)
        except OSError:
            pass


MISDEEDS = {
    name: getattr(Feed, name)
    for name in (
        "status", "later", "redirect", "slow", "half", "half_unseen", "garbage", "html", "broken_gzip", "miscount", "stuck",
        "behind", "broken_row", "bomb", "endless")
}


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
