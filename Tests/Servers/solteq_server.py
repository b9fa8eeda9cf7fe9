#!/usr/bin/env python3
"""Solteq Commerce Cloud as its manual says: tokens by client credentials, listings by continuation token.

The state: "customers", a list of documents; "secret"; "page", how many customers a page has; "life", the seconds of a token.
"""

import json

from strict import System, route, serve


class Solteq(System):
    state = {"customers": [], "secret": "s3cret", "page": 2, "life": 3600, "tokens": []}

    @route("POST", "/connect/token")
    def token(self, query, body):
        form = self.form_body(body, needs={"client_id", "client_secret", "grant_type", "scope"})
        if form["client_id"] != "nordmat" or form["client_secret"] != self.state["secret"]:
            self.refuse(400, "invalid_client")
        if form["grant_type"] != "client_credentials":
            self.refuse(400, "unsupported_grant_type")
        if form["scope"] != "customer-api":
            self.refuse(400, "invalid_scope")
        token = f"token-{len(self.state['tokens'])}"
        self.state["tokens"].append(token)
        return {"access_token": token, "token_type": "Bearer", "expires_in": str(self.state["life"])}

    @route("GET", "/customer/v1-ext/customers", query={"continuationToken"})
    def customers(self, query, body):
        tokens = self.state["tokens"]
        if not tokens or self.headers.get("Authorization") != f"Bearer {tokens[-1]}":
            self.refuse(401, "invalid_token")
        begin = 0
        if "continuationToken" in query:
            place = json.loads(query["continuationToken"])
            if set(place) != {"token", "range"}:
                self.refuse(400, "bad continuation token")
            begin = place["token"]
        end = begin + self.state["page"]
        documents = self.state["customers"]
        more = json.dumps({"token": end, "range": "+/=é"}) if end < len(documents) else None
        return {"documents": documents[begin:end], "continuationToken": more}


if __name__ == "__main__":
    serve(Solteq)
