"""An edge of a store of its own, with virtual devices, and a till that is paired with it."""

import contextlib
import os
import pathlib
import random
import re
import signal
import socket
import ssl
import subprocess
import sys
import time

import attacks
from peer import Peer, hello, request

START_SECONDS = 60
PAIR_SECONDS = 60
NEWCOMER_PATIENCE_SECONDS = 2
# Of the pages that may connect.
ORIGIN = "https://kassa.example"
CODE = r"^ +((?:[0-9A-Z]{5}-){7}[0-9A-Z]{5})$"


def free_port():
    """A port that no outgoing connection takes meanwhile: below those that the kernel chooses (ip_local_port_range)."""
    while True:
        port = random.randrange(20_000, 32_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def invite(program, socket, lane):
    """A pairing code for a till of a lane, and the `countertop pair` that waits for somebody to use it."""
    waiting = subprocess.Popen(
        [program, "pair", "--lane", lane, "--edge", str(socket)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True)
    for line in waiting.stdout:
        if found := re.match(CODE, line.rstrip()):
            return found[1], waiting
    sys.exit("The edge made no pairing code.")


def join(program, port, code, folder):
    return subprocess.run(
        [program, "join", f"127.0.0.1:{port}", code, "--credentials", str(folder)],
        capture_output=True, text=True, timeout=PAIR_SECONDS)


def till_tls(till):
    """TLS of a paired till, which trusts its own store alone."""
    tls = ssl.create_default_context(cafile=till / "store.pem")
    tls.check_hostname = False
    tls.load_cert_chain(till / "till.pem")
    tls.set_alpn_protocols(["countertop/1"])
    return tls


class Store:
    """Runs its edge until the end of the `with`. Programs of the machine come in at `port`, the network at `tls_port`."""

    def __init__(self, program, folder, cores, name="Storgata"):
        self.program, self.folder, self.cores, self.name = program, pathlib.Path(folder), cores, name
        self.port, self.tls_port, self.web_port = free_port(), free_port(), free_port()
        self.socket = self.folder / "edge.sock"
        self.till, self.other_till = self.folder / "till", self.folder / "other-till"

    def __enter__(self):
        config = self.folder / "store.yaml"
        config.write_text(
            f"store: {{name: {self.name}, region: NO, company: storgata}}\n"
            f"state: {self.folder}/state\nkey: {self.folder}/key\n"
            f"listen: {{port: {self.port}, unix: {self.socket}}}\n"
            f"network: {{host: 127.0.0.1, port: {self.tls_port}, websocket_port: {self.web_port}, "
            f"origins: [\"{ORIGIN}\"]}}\n"
            'lanes: [{name: "1", devices: []}]\nusb: virtual\nsample_store: true\n')
        self.log = open(self.folder / "log", "w+")
        self.process = subprocess.Popen(
            [self.program, "run", "--config", str(config)], stdout=self.log, stderr=self.log,
            preexec_fn=lambda: os.sched_setaffinity(0, self.cores))
        end = time.monotonic() + START_SECONDS
        while not newcomer(self.port):
            if self.process.poll() is not None or time.monotonic() > end:
                self.process.kill()
                self.log.seek(0)
                sys.exit(f"The edge did not start:\n{self.log.read()}")
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self.log.close()

    def invite(self):
        return invite(self.program, self.socket, "1")

    def join(self, code, folder):
        return join(self.program, self.tls_port, code, folder)

    def pair(self):
        """Pairs its till, and another one, which comes new again and again and has connections of its own."""
        for till in self.till, self.other_till:
            code, waiting = self.invite()
            joined = self.join(code, till)
            waiting.communicate(timeout=PAIR_SECONDS)
            if joined.returncode:
                sys.exit(f"The till could not be paired: {joined.stderr}")

    def till_tls(self, till=None):
        """TLS of a paired till, which trusts its own store alone."""
        return till_tls(till or self.till)

    def memory(self):
        """The edge's resident memory in MiB, at its highest."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) // 1024
        return 0


def careless_tls(certificate=None):
    """TLS of somebody who does not care whom it talks to, with another's certificate or none."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    tls.set_alpn_protocols(["countertop/1"])
    if certificate:
        tls.load_cert_chain(certificate)
    return tls


def newcomer(port, tls=None):
    """Whether a till that comes now is served, before a cashier would ask what is wrong."""
    try:
        with Peer(port, patience=NEWCOMER_PATIENCE_SECONDS, tls=tls) as peer:
            peer.send(hello() + request(1, attacks.RESOLVE, attacks.KARI))
            return peer.next().kind == "welcome" and peer.next().kind == "message"
    except OSError:
        return False
