#!/usr/bin/env python3
"""An SMS gateway over HTTP and a mail server (RFC 5321) for the tests, both strict and both misbehaving on demand.

The state: "sms", what the gateway took; "mails", what the mail server took, as {"from", "to", "data", "tls", "user"};
"smtp_port"; "token" of the gateway; "user" and "password" of the mail server; "smtp_next", what the next mails get, one each:
"550" or "451" for the recipient, "drop" in the middle of the message, "hang" before the greeting, "garbage" as the greeting,
"no_tls" offered; "trust", the mail server's certificate in PEM, whose name is localhost; "form", whether the gateway takes forms.
"""

import os
import re
import socketserver
import ssl
import subprocess
import tempfile
import threading
import base64

from strict import System, route, serve

STATE = {"sms": [], "mails": [], "token": "t0ken", "user": "store", "password": "s3cret", "smtp_next": [], "form": False}


class Gateway(System):
    state = STATE

    @route("POST", "/messages")
    def take(self, query, body):
        if self.headers.get("Authorization") != f"Bearer {self.state['token']}":
            self.refuse(401, "invalid_token")
        needs = {"to", "text", "from", "reference"}
        message = self.form_body(body, needs) if self.state["form"] else self.json_body(body, needs)
        if not re.fullmatch(r"\+[1-9][0-9]{6,14}", message["to"]):
            self.refuse(422, "invalid_number")
        if not 1 <= len(message["text"]) <= 1530:
            self.refuse(422, "invalid_text")
        self.state["sms"].append(message)
        return {"status": "accepted", "id": str(len(self.state["sms"]))}

    def misdeed_rejected(self, argument):
        self.answer(200, {"status": "rejected"})


class Mail(socketserver.StreamRequestHandler):
    timeout = 20
    context = None

    def say(self, text):
        self.wfile.write((text + "\r\n").encode())
        self.wfile.flush()

    def handle(self):
        try:
            self.converse()
        except (OSError, ssl.SSLError):
            pass

    def converse(self):
        misdeed = STATE["smtp_next"].pop(0) if STATE["smtp_next"] else ""
        if misdeed == "hang":
            return
        if misdeed == "garbage":
            self.wfile.write(bytes(range(128, 256)) * 8 + b"\r\n")
            return
        self.say("220 mail.example ESMTP")
        mail = {"tls": False, "user": "", "to": []}
        greeted = False
        while True:
            line = self.rfile.readline(2000)
            if not line:
                return
            if not line.endswith(b"\r\n") or any(b > 126 or b < 32 for b in line[:-2]):
                return self.say("500 5.5.2 not a line")
            word, _, rest = line[:-2].decode().partition(" ")
            word = word.upper()
            if word == "EHLO":
                greeted = True
                lines = ["mail.example", "8BITMIME", "SIZE 100000"]
                if self.context and not mail["tls"] and misdeed != "no_tls":
                    lines.append("STARTTLS")
                else:
                    lines.append("AUTH PLAIN")
                for each in lines[:-1]:
                    self.say("250-" + each)
                self.say("250 " + lines[-1])
            elif word == "STARTTLS" and self.context and not mail["tls"] and misdeed != "no_tls":
                self.say("220 2.0.0 go on")
                self.connection = self.context.wrap_socket(self.connection, server_side=True)
                self.rfile = self.connection.makefile("rb")
                self.wfile = self.connection.makefile("wb")
                mail["tls"], greeted = True, False
            elif not greeted:
                self.say("503 5.5.1 say EHLO first")
            elif word == "AUTH":
                kind, _, given = rest.partition(" ")
                if not given:
                    self.say("334 ")
                    given = self.rfile.readline(2000).strip().decode()
                _, user, password = base64.b64decode(given, validate=True).split(b"\0")
                if kind != "PLAIN" or (user.decode(), password.decode()) != (STATE["user"], STATE["password"]):
                    self.say("535 5.7.8 no")
                else:
                    mail["user"] = user.decode()
                    self.say("235 2.7.0 yes")
            elif word == "MAIL":
                match = re.fullmatch(r"FROM:<([!-~]+@[a-z.]+)>( SIZE=[0-9]+)?", rest)
                if STATE["user"] and not mail["user"]:
                    self.say("530 5.7.0 log in first")
                elif not match:
                    self.say("501 5.5.4 no sender")
                else:
                    mail["from"] = match[1]
                    self.say("250 2.1.0 yes")
            elif word == "RCPT" and "from" in mail:
                match = re.fullmatch(r"TO:<([!-~]+@[a-z0-9.]+)>", rest)
                if misdeed in ("550", "451"):
                    self.say(f"{misdeed} 5.1.1 {rest} is nobody")
                elif not match:
                    self.say("501 5.5.4 no recipient")
                else:
                    mail["to"].append(match[1])
                    self.say("250 2.1.5 yes")
            elif word == "DATA" and mail["to"]:
                self.say("354 go on")
                data = b""
                while True:
                    line = self.rfile.readline(2000)
                    if misdeed == "drop" and len(data) > 100:
                        return
                    if line == b".\r\n":
                        break
                    if not line.endswith(b"\r\n") or len(line) > 1000:
                        return self.say("554 5.6.0 not a message")
                    data += line[1:] if line.startswith(b".") else line
                STATE["mails"].append({**mail, "data": data.decode("ascii")})
                self.say("250 2.0.0 taken")
            elif word == "QUIT":
                return self.say("221 2.0.0 bye")
            else:
                self.say("503 5.5.1 not now")


class Mails(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


def make_certificate():
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = os.path.join(folder, "key"), os.path.join(folder, "certificate")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
            check=True, stderr=subprocess.DEVNULL)
        Mail.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        Mail.context.load_cert_chain(certificate, key)
        with open(certificate) as file:
            STATE["trust"] = file.read()


if __name__ == "__main__":
    make_certificate()
    mails = Mails(("127.0.0.1", 0), Mail)
    STATE["smtp_port"] = mails.server_address[1]
    threading.Thread(target=mails.serve_forever, daemon=True).start()
    serve(Gateway)
