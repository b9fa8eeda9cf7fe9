#!/usr/bin/env python3
"""A relay of notices, as the page "Notices through a relay" of the module Systems specifies it: it takes what systems send to
/in/..., keeps it as it came, and gives it to the stores that ask.

The state: "keys", "notices" with their numbers, "done" by key: the number up to which a store has worked off, "first": the number
before which cursors are not known.
"""

import base64
import datetime

from strict import System, route, serve


class Relay(System):
    state = {"keys": ["relay k3y"], "notices": [], "done": {}, "first": 0, "pages": 0}

    def handle_call(self):
        if self.path.startswith("/in/") and not self.down[0]:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with self.lock:
                self.keep(body)
            return self.answer(200, {"status": "accept"})
        return super().handle_call()

    do_GET = do_POST = do_PUT = do_DELETE = handle_call

    def keep(self, body):
        number = self.state["notices"][-1]["number"] + 1 if self.state["notices"] else self.state["first"] + 1
        self.state["notices"].append({
            "number": number, "id": str(number), "method": self.command, "target": self.path,
            "received_at": datetime.datetime.now(datetime.timezone.utc).isoformat().replace("+00:00", "Z"),
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": base64.b64encode(body).decode()})

    @route("GET", "/notices", needs={"limit"}, query={"after"})
    def notices(self, query, body):
        key = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if key not in self.state["keys"]:
            self.refuse(401, "no such key")
        limit = int(query["limit"])
        if not 1 <= limit <= 100:
            self.refuse(400, "limit")
        done = self.state["done"].get(key, self.state["first"])
        if "after" in query:
            last = self.state["notices"][-1]["number"] if self.state["notices"] else self.state["first"]
            if not query["after"].isdigit() or not self.state["first"] <= int(query["after"]) <= last:
                self.refuse(410, "cursor")
            done = max(done, int(query["after"]))
            self.state["done"][key] = done
        left = [n for n in self.state["notices"] if n["number"] > done]
        page = left[:limit]
        shown = [{k: v for k, v in notice.items() if k != "number"} for notice in page]
        self.state["pages"] += 1
        return {"notices": shown, "cursor": str(page[-1]["number"] if page else done), "more": len(left) > len(page)}


if __name__ == "__main__":
    serve(Relay)
