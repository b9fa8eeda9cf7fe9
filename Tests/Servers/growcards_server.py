#!/usr/bin/env python3
"""GrowCards as its public page says (docs.growcards.ru/developers/api-methods, "Passes API v2"): passes listed by pages and by
template, under the company's key.

The state: "key", "passes": [{"_id", "template"}].
"""

from strict import System, route, serve


class GrowCards(System):
    state = {"key": "gr0w", "passes": []}

    def shown(self, card):
        return {"_id": card["_id"], "name": "Kari Nordmann", "serialNumber": card["_id"], "company": {"name": "Kaffe"},
                "template": {"name": card["template"]}, "created_at": "2026-01-02T03:04:05Z", "devices": []}

    @route("GET", "/v2/passes", query={"limit", "page", "template"}, headers=["X-SECRET-KEY"])
    def passes(self, query, body):
        if self.headers["X-SECRET-KEY"] != self.state["key"]:
            self.refuse(401, "no such key")
        cards = [c for c in self.state["passes"] if query.get("template") in (None, c["template"])]
        limit, page = int(query.get("limit", 10)), int(query.get("page", 1))
        begin = (page - 1) * limit
        return {"data": [self.shown(c) for c in cards[begin:begin + limit]],
                "meta": {"total": len(cards), "limit": limit, "page": page, "pages": -(-len(cards) // limit)}}


if __name__ == "__main__":
    serve(GrowCards)
