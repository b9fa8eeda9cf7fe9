#!/usr/bin/env python3
"""Custobar as its documentation says (custobar.com/docs/api): customers by filters and by next_url, imports that change what is
sent alone, events.

The state: "customers" by external_id, "sales" by sale and row, "events" by external_id, "scheme" and "key" of the credentials,
"limit", the most rows of a page; "products": [{"external_id"}].
"""

import re

from strict import System, route, serve

FIELDS = {"external_id", "email", "phone_number", "first_name", "last_name", "date_joined", "street_address", "zip_code", "state",
          "city", "country", "language", "company", "vat_number", "last_login", "can_email", "can_sms", "can_post", "can_push",
          "can_profile", "mailing_lists", "is_deleted", "canonical_id", "benefits", "card"}
SALES = {"sale_external_id", "sale_date", "sale_customer_id", "sale_phone_number", "sale_email", "sale_total", "sale_discount",
         "sale_payment_method", "sale_shop_id", "sale_state", "external_id", "product_id", "quantity", "unit_price", "discount",
         "total"}


class Custobar(System):
    state = {"customers": {}, "sales": {}, "events": {}, "scheme": "Bearer", "key": "k3y", "limit": 2,
             "products": []}

    def open(self):
        if self.headers.get("Authorization") != f"{self.state['scheme']} {self.state['key']}":
            self.refuse(401, "no such key")

    @route("GET", "/api/data/customers/", query={"external_id", "email", "phone_number", "limit", "offset", "fields"})
    def list(self, query, body):
        self.open()
        rows = list(self.state["customers"].values())
        for name in ("external_id", "email", "phone_number"):
            if name in query:
                rows = [r for r in rows if r.get(name) == query[name]]
        limit = int(query.get("limit", 100))
        if not 0 < limit <= 10_000:
            self.refuse(400, "limit")
        limit = min(limit, self.state["limit"])
        begin = int(query.get("offset", 0))
        fields = set(query["fields"].split(",")) if "fields" in query else FIELDS
        if not fields <= FIELDS:
            self.refuse(400, "fields: " + " ".join(fields - FIELDS))
        answer = {"customers": [{k: v for k, v in r.items() if k in fields | {"external_id"}} for r in rows[begin:begin + limit]]}
        if begin + limit < len(rows):
            port = self.server.server_port
            answer["next_url"] = (f"http://127.0.0.1:{port}/api/data/customers/?limit={query.get('limit', 100)}"
                                  f"&offset={begin + limit}&fields={query.get('fields', ','.join(FIELDS))}")
        return answer

    @route("POST", "/api/customers/upload/")
    def upload(self, query, body):
        self.open()
        for row in self.rows(body, "customers"):
            self.fields(row, (), FIELDS)
            if not {"external_id", "phone_number", "email"} & set(row):
                self.refuse(400, "no id")
            if "phone_number" in row and not re.fullmatch(r"\+\d{6,15}", row["phone_number"]):
                self.refuse(400, "phone_number")
            if any(not isinstance(v, bool) for k, v in row.items() if k.startswith("can_")):
                self.refuse(400, "can_ is a flag")
            known = next((c for c in self.state["customers"].values() for k in ("external_id", "phone_number", "email")
                          if row.get(k) and c.get(k) == row[k]), None)
            if known is None:
                row.setdefault("external_id", "c-" + row.get("phone_number", row.get("email", "")).strip("+"))
                self.state["customers"][row["external_id"]] = known = {}
            known.update(row)
        return {"response": "ok"}

    @route("POST", "/api/sales/upload/")
    def sales(self, query, body):
        self.open()
        for row in self.rows(body, "sales"):
            self.fields(row, {"sale_external_id", "sale_date", "external_id", "product_id"}, SALES)
            if not row["sale_date"].endswith("Z"):
                self.refuse(400, "a date without zone")
            if not re.fullmatch(r"-?\d+\.\d\d", row["total"]):
                self.refuse(400, "total is an amount with two decimals")
            self.state["sales"][f"{row['sale_external_id']} {row['external_id']}"] = row
        return {"response": "ok"}

    @route("POST", "/api/events/")
    def event(self, query, body):
        self.open()
        for row in self.rows(body, "events"):
            self.fields(row, {"type", "external_id", "date"}, 
                        {"phone_number", "email", "customer_id", "benefit_id", "permission", "granted", "consent_text"})
            if not row["date"].endswith("Z"):
                self.refuse(400, "a date without zone")
            self.state["events"].setdefault(row["external_id"], row)
        return {"response": "ok"}

    @route("GET", "/api/data/products/", query={"limit", "offset", "fields"})
    def products(self, query, body):
        return self.listed("products", self.state["products"], query)

    @route("GET", "/api/data/events/", needs={"phone_number", "limit"})
    def events(self, query, body):
        return self.listed("events", self.of_customer(self.state["events"].values(), query["phone_number"]), query)

    @route("GET", "/api/data/sales/", needs={"phone_number", "limit"})
    def sales_list(self, query, body):
        return self.listed("sales", self.of_customer(self.state["sales"].values(), query["phone_number"]), query)

    def of_customer(self, rows, phone):
        own = {c["external_id"] for c in self.state["customers"].values() if c.get("phone_number") == phone}
        return [r for r in rows if phone in (r.get("phone_number"), r.get("sale_phone_number"))
                or own & {r.get("customer_id"), r.get("sale_customer_id")}]

    def listed(self, name, rows, query):
        self.open()
        limit, begin = int(query.get("limit", 100)), int(query.get("offset", 0))
        if not 0 < limit <= 10_000:
            self.refuse(400, "limit")
        step = min(limit, self.state["limit"])
        answer = {name: list(rows)[begin:begin + step]}
        if begin + step < len(rows):
            port = self.server.server_port
            rest = "".join(f"&{key}={query[key]}" for key in ("fields",) if key in query)
            answer["next_url"] = f"http://127.0.0.1:{port}/api/data/{name}/?limit={limit}&offset={begin + step}{rest}"
        return answer

    def rows(self, body, name):
        value = self.json_body(body, needs={name})
        return value[name]


if __name__ == "__main__":
    serve(Custobar)
