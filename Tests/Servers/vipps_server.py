#!/usr/bin/env python3
"""Vipps MobilePay as its public documents say: access tokens, the exchange of personal QR codes, merchant-initiated logins
(OpenID CIBA), the profile, and the check-in.

The state: "codes", phone numbers by personal codes; "people", by phone number: {"sub", "name", "given_name", "family_name",
"email", "verdict"}, where the verdict is "agree", "deny", "wait", "expire", "old_app", "invalid_user" or "too_many";
"interval" and "expires_in" of a login in seconds; "life" of a token; "consents", a delegatedConsents object for everybody.
The books: "tokens", "exchanges", "logins", "checkins", "profiles".
"""

import base64
import json
import re
import time

from strict import Refused, System, route, serve

SYSTEM = ["Vipps-System-Name", "Vipps-System-Version", "Vipps-System-Plugin-Name", "Vipps-System-Plugin-Version"]
UNIT = SYSTEM + ["Ocp-Apim-Subscription-Key", "Merchant-Serial-Number"]
CLIENT, SECRET, KEY, NUMBER = "client-1", "s3cret", "subscription-1", "123456"


class Vipps(System):
    state = {
        "codes": {}, "people": {}, "interval": 1, "expires_in": 60, "life": 3600, "consents": None, "now": 0,
        "tokens": [], "exchanges": [], "logins": {}, "checkins": [], "profiles": []}

    def refuse(self, status, why, **headers):
        """RFC 7807, as the newer interfaces have it."""
        body = {"type": "about:blank", "title": why, "status": status, "detail": f"{why} of Kari Nordmann +4799999999"}
        raise Refused(status, body, **headers)

    def oauth(self, status, code, **headers):
        raise Refused(status, {"error": code, "error_description": "of Kari Nordmann"}, **headers)

    def unit(self):
        if self.headers["Merchant-Serial-Number"] != NUMBER:
            self.refuse(401, "merchant")
        for name in SYSTEM:
            if not 1 <= len(self.headers[name]) <= 30:
                self.refuse(400, name)

    def bearer(self):
        self.unit()
        if self.headers["Ocp-Apim-Subscription-Key"] != KEY:
            self.refuse(401, "subscription")
        if not self.state["tokens"] or self.headers.get("Authorization") != f"Bearer {self.state['tokens'][-1]}":
            self.refuse(401, "token")

    def basic(self):
        self.unit()
        pair = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {pair}":
            self.oauth(401, "invalid_client")

    @route("POST", "/accesstoken/get", headers=UNIT + ["client_id", "client_secret"])
    def token(self, query, body):
        self.unit()
        given = [self.headers[name] for name in ("client_id", "client_secret", "Ocp-Apim-Subscription-Key")]
        if body or given != [CLIENT, SECRET, KEY]:
            self.refuse(401, "credentials")
        token = f"token-{len(self.state['tokens'])}"
        self.state["tokens"].append(token)
        return {
            "access_token": token, "token_type": "Bearer", "expires_in": str(self.state["life"]), "ext_expires_in": "0",
            "expires_on": "1", "not_before": "1", "resource": "r"}

    @route("POST", "/qr/v1/exchange", headers=UNIT)
    def exchange(self, query, body):
        self.bearer()
        given = self.json_body(body, needs={"qrCode"}, may={"requestedData"})
        if given.get("requestedData") not in (None, ["MSISDN"]):
            self.refuse(400, "requestedData")
        code = given["qrCode"]
        self.state["exchanges"].append(code)
        if code not in self.state["codes"]:
            raise Refused(400, {
                "title": "Bad Request", "status": 400, "detail": "code",
                "extraDetails": [{"name": "qrCode", "reason": "complete data required"}]})
        version = "2.0" if "/p/" in code else "1.0"
        answer = {"msisdn": self.state["codes"][code], "version": version}
        if version == "2.0":
            answer["timestamp"] = int(time.time())
        return answer

    @route("GET", "/access-management-1.0/access/.well-known/openid-configuration")
    def discovery(self, query, body):
        base = f"http://{self.headers['Host']}"
        return {
            "issuer": base, "backchannel_authentication_endpoint": f"{base}/vipps-login-ciba/api/backchannel/authentication",
            "token_endpoint": f"{base}/access-management-1.0/access/oauth2/token",
            "userinfo_endpoint": f"{base}/vipps-userinfo-api/userinfo", "jwks_uri": f"{base}/jwks"}

    def hint(self, form):
        match = re.fullmatch(r"urn:msisdn:([1-9][0-9]{6,14})", form["login_hint"])
        if not match:
            self.oauth(400, "invalid_request")
        return match[1]

    @route("POST", "/vipps-login-ciba/api/v1/user-exists", headers=SYSTEM + ["Merchant-Serial-Number"])
    def exists(self, query, body):
        self.basic()
        return {"exists": self.hint(self.form_body(body, needs={"login_hint"})) in self.state["people"]}

    @route("POST", "/vipps-login-ciba/api/backchannel/authentication", headers=SYSTEM + ["Merchant-Serial-Number"])
    def start(self, query, body):
        self.basic()
        form = self.form_body(
            body, needs={"login_hint", "scope"}, may={"binding_message", "requested_expiry"})
        if "openid" not in form["scope"].split():
            self.oauth(400, "invalid_scope")
        if "binding_message" in form and not re.fullmatch(r"[A-Z0-9\-]{5,8}", form["binding_message"]):
            self.oauth(400, "invalid_binding_message")
        if not 60 <= int(form.get("requested_expiry", 60)) <= 900:
            self.oauth(400, "invalid_request")
        number = self.hint(form)
        person = self.state["people"].get(number)
        if not person or person["verdict"] == "invalid_user":
            self.oauth(400, "invalid_user")
        if person["verdict"] == "old_app":
            self.oauth(400, "old_app")
        if person["verdict"] == "too_many":
            self.oauth(429, "too_many", Retry_After="90")
        request = f"request-{len(self.state['logins'])}"
        self.state["logins"][request] = {
            "number": number, "scope": form["scope"], "at": time.time(), "polls": [], "binding": form.get("binding_message", ""),
            "used": False}
        return {"auth_req_id": request, "expires_in": self.state["expires_in"], "interval": self.state["interval"]}

    @route("POST", "/access-management-1.0/access/oauth2/token", headers=SYSTEM + ["Merchant-Serial-Number"])
    def poll(self, query, body):
        self.basic()
        form = self.form_body(body, needs={"grant_type", "auth_req_id"})
        if form["grant_type"] != "urn:openid:params:grant-type:ciba":
            self.oauth(400, "unsupported_grant_type")
        login = self.state["logins"].get(form["auth_req_id"])
        if not login or login["used"]:
            self.oauth(400, "invalid_grant")
        now = time.time()
        polls = login["polls"]
        too_soon = bool(polls) and now - polls[-1] < self.state["interval"] * 0.95
        polls.append(now)
        verdict = self.state["people"][login["number"]]["verdict"]
        if now - login["at"] > self.state["expires_in"] or verdict == "expire":
            self.oauth(400, "expired_token")
        if too_soon:
            self.oauth(400, "slow_down")
        if verdict == "deny":
            self.oauth(400, "access_denied")
        if verdict != "agree":
            self.oauth(400, "authorization_pending")
        login["used"] = True
        return {
            "access_token": "ciba." + form["auth_req_id"], "token_type": "Bearer", "expires_in": 300, "id_token": "e30.e30.x"}

    @route("GET", "/vipps-userinfo-api/userinfo")
    def userinfo(self, query, body):
        given = self.headers.get("Authorization") or ""
        login = self.state["logins"].get(given.removeprefix("Bearer ciba."))
        if not given.startswith("Bearer ciba.") or not login or not login["used"]:
            self.refuse(401, "token")
        number = login["number"]
        person, scopes = self.state["people"][number], login["scope"].split()
        answer = {"sub": person["sub"], "sid": "s"}
        if "name" in scopes:
            answer |= {name: person[name] for name in ("name", "given_name", "family_name")}
        if "phoneNumber" in scopes:
            answer["phone_number"] = number
        if "email" in scopes:
            answer |= {"email": person["email"], "email_verified": True}
        if "delegatedConsents" in scopes and self.state["consents"]:
            answer["delegatedConsents"] = self.state["consents"]
        self.state["profiles"].append(number)
        return answer

    @route("POST", "/point-of-sale/v1/loyalty-check-in", headers=UNIT)
    def check_in(self, query, body):
        self.bearer()
        given = self.json_body(body, needs={"phoneNumber", "isMember"})
        if not re.fullmatch(r"47[0-9]{8}", given["phoneNumber"]) or not isinstance(given["isMember"], bool):
            self.refuse(400, "phoneNumber")
        self.state["checkins"].append(given)
        return "5a1d5b37-9a8b-4c2b-8d0e-2f1a0f7c9d11"


if __name__ == "__main__":
    serve(Vipps)
