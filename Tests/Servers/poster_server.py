#!/usr/bin/env python3
"""Poster as its documentation says (joinposter/docs, en/web): the token in the query, `response` or `error` in the answer, all
numbers as texts, money and bonuses read in hundredths.

The state: "clients" by id, "groups", "token", "write_unit": hundredths that one unit of changeClientBonus's count is.
"""

import secrets
import urllib.parse

from strict import Refused, System, route, serve

CLIENT = {"client_name", "client_sex", "client_groups_id_client", "card_number", "discount_per", "phone", "email", "birthday", "city",
          "country", "address", "comment", "bonus", "total_payed_sum"}


class Poster(System):
    state = {"clients": {}, "groups": [], "token": "nordmat:abc123", "write_unit": 100, "orders": [], "next": 1000, "changes": [],
             "code": "", "application": ["app1", "app s3cret", "https://kaffe.example/back"], "given": [], "closed": [],
             "verdict": "agree", "account": "kaffe"}

    def refuse(self, status, why, **headers):
        # Poster says what is wrong within an answer of 200.
        raise Refused(200, {"error": {"code": 34, "message": why}}, **headers)

    def fail(self, code):
        raise Refused(200, {"error": {"code": code, "message": "Kari Nordmann"}})

    def open(self, query):
        if query["token"] != self.state["token"]:
            self.fail(11)

    def misdeed_error(self, argument):
        self.answer(200, {"error": {"code": int(argument), "message": "Kari Nordmann"}})

    @route("GET", "/api/clients.getClients", needs={"token"},
           query={"num", "offset", "group_id", "phone", "birthday", "client_id_only", "1c", "order_by", "sort"})
    def clients(self, query, body):
        self.open(query)
        if query.get("order_by", "client_id") != "client_id" or query.get("sort", "desc") not in ("asc", "desc"):
            self.fail(34)
        rows = sorted(self.state["clients"].values(), key=lambda c: int(c["client_id"]),
                      reverse=query.get("sort", "desc") == "desc")
        if "phone" in query:
            rows = [c for c in rows if c["phone_number"] == query["phone"].lstrip("+")]
        begin = int(query.get("offset", 0))
        return {"response": [self.shown(c) for c in rows[begin:begin + int(query.get("num", 10 ** 9))]]}

    def shown(self, client):
        group = next((g for g in self.state["groups"] if g["client_groups_id"] == client["client_groups_id"]), {})
        return {**client, **{k: group[k] for k in ("client_groups_name", "client_groups_discount", "loyalty_type") if k in group}}

    @route("GET", "/api/clients.getClient", needs={"token", "client_id"})
    def client(self, query, body):
        self.open(query)
        return {"response": [self.shown(self.known(query["client_id"]))]}

    def known(self, client):
        if client not in self.state["clients"]:
            self.fail(32)
        return self.state["clients"][client]

    @route("GET", "/api/clients.getGroups", needs={"token"})
    def groups(self, query, body):
        self.open(query)
        return {"response": self.state["groups"]}

    @route("POST", "/api/clients.createClient", needs={"token"})
    def create(self, query, body):
        self.open(query)
        form = self.form_body(body, needs={"client_name", "client_groups_id_client"}, may=CLIENT)
        phone = form.get("phone", "").lstrip("+")
        if phone and any(c["phone_number"] == phone for c in self.state["clients"].values()):
            self.fail(99)
        self.state["next"] += 1
        client = str(self.state["next"])
        first, _, last = form["client_name"].partition(" ")
        self.state["clients"][client] = {
            "client_id": client, "firstname": first, "lastname": last, "patronymic": "", "discount_per": "0", "bonus": "0",
            "total_payed_sum": "0", "phone": "+" + phone, "phone_number": phone, "email": form.get("email", ""),
            "birthday": "0000-00-00", "card_number": form.get("card_number", "0"),
            "client_groups_id": form["client_groups_id_client"], "delete": "0"}
        return {"response": int(client)}

    @route("POST", "/api/clients.updateClient", needs={"token"})
    def update(self, query, body):
        self.open(query)
        form = self.form_body(body, needs={"client_id"}, may=CLIENT)
        client = self.known(form["client_id"])
        if "client_name" in form:
            client["firstname"], _, client["lastname"] = form["client_name"].partition(" ")
        if "phone" in form:
            client["phone_number"] = form["phone"].lstrip("+")
            client["phone"] = "+" + client["phone_number"]
        for name in ("card_number", "email"):
            client[name] = form.get(name, client[name])
        if "client_groups_id_client" in form:
            client["client_groups_id"] = form["client_groups_id_client"]
        self.state["changes"].append(form)
        return {"response": int(form["client_id"])}

    @route("POST", "/api/clients.changeClientBonus", needs={"token"})
    def bonus(self, query, body):
        self.open(query)
        form = self.form_body(body, needs={"client_id", "count"}, may={"block_webhook"})
        if form.get("block_webhook") != "true":
            self.fail(34)
        client = self.known(form["client_id"])
        balance = int(client["bonus"]) + round(float(form["count"]) * self.state["write_unit"])
        if balance < 0 or self.shown(client).get("loyalty_type") != "1":
            self.fail(44)
        client["bonus"] = str(balance)
        self.state["changes"].append(form)
        return {"response": balance // self.state["write_unit"]}

    @route("POST", "/api/transactions.changeClient", needs={"token"})
    def attach(self, query, body):
        self.open(query)
        form = self.form_body(body, needs={"spot_id", "spot_tablet_id", "transaction_id", "client_id"}, may={"time"})
        self.known(form["client_id"])
        if form["transaction_id"] in self.state["closed"]:
            return {"response": {"err_code": 1}}
        # An order has one client: whoever is told last.
        others = [o for o in self.state["orders"] if o["transaction_id"] != form["transaction_id"]]
        self.state["orders"][:] = others + [form]
        return {"response": {"err_code": 0}}

    @route("GET", "/api/auth", needs={"application_id", "redirect_uri", "response_type"})
    def agree(self, query, body):
        """The account's owner opens the address and agrees, or says no ("verdict"): the browser is led back with a new code."""
        wanted = {"application_id": self.state["application"][0], "redirect_uri": self.state["application"][2],
                  "response_type": "code"}
        if query != wanted:
            raise Refused(400, {"code": 400, "error_type": "OAuthException", "error_message": "of Kari Nordmann"})
        back = {"error": "access_denied"}
        if self.state["verdict"] == "agree":
            self.state["code"] = secrets.token_hex(16)
            back = {"code": self.state["code"], "account": self.state["account"]}
        raise Refused(302, None, Location=query["redirect_uri"] + "?" + urllib.parse.urlencode(back))

    @route("POST", "/api/v2/auth/access_token")
    def access_token(self, query, body):
        """The exchange of a code for a token: a multipart form, whose code is good once."""
        form = self.multipart_body(body, needs={"application_id", "application_secret", "grant_type", "redirect_uri", "code"})
        wanted = dict(zip(("application_id", "application_secret", "redirect_uri"), self.state["application"]))
        if any(form[name] != value for name, value in wanted.items()) or form["grant_type"] != "authorization_code":
            raise Refused(400, {"code": 400, "error_type": "OAuthException", "error_message": "of Kari Nordmann"})
        if not self.state["code"] or form["code"] != self.state["code"]:
            raise Refused(400, {"code": 400, "error_type": "OAuthException", "error_message": "of Kari Nordmann"})
        self.state["code"] = ""
        self.state["token"] = "861052:02391570ff9af128e93c5a771055ba88"
        self.state["given"].append(form["code"])
        return {"access_token": self.state["token"], "account_number": "861052", "user": {}, "ownerInfo": {}, "tariff": {}}


if __name__ == "__main__":
    serve(Poster)
