"""Tills that are programs of the client library: `countertop watch --till --stay`, which connects again by itself."""

import atexit
import contextlib
import re
import socket
import subprocess
import threading

from parties import tell_progress

SCAN = re.compile(r"^scan +#(\d+) (\S+) -> ")


class LibraryTill(threading.Thread):
    """Applies the scans of a lane as the library gives them, by the lines that its program prints."""

    takeovers = away_count = 0

    def __init__(self, edge, lane, address, credentials=None, relay=None):
        super().__init__(daemon=True)
        self.edge, self.lane, self.relay, self.fault, self.finished = edge, lane, relay, None, False
        # Of a scan the line names the number alone.
        self.numbers, self.expired, self.losses = [], 0, 0
        more = ["--credentials", str(credentials)] if credentials else []
        self.process = subprocess.Popen(
            [edge.program, "watch", lane, "--till", "--stay", "--edge", address, *more], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, start_new_session=True)
        atexit.register(self.process.kill)

    @property
    def scans(self):
        return self.numbers

    def placed(self, answers):
        """The scans with their places, which are all of the one epoch that a lane's answers name."""
        epoch = next((epoch for epoch, _ in answers.values()), 0)
        return [((epoch, sequence), code) for sequence, code in self.numbers]

    def run(self):
        for line in self.process.stdout:
            if found := SCAN.match(line):
                self.numbers.append((int(found[1]), found[2]))
                self.expired += ", expired [" in line
                tell_progress()
            elif line.startswith("away "):
                self.losses += 1
            elif not line.startswith("lane "):
                self.fault = self.fault or f"it said: {line.strip()}"
                tell_progress()
        if not self.finished:
            self.fault = self.fault or f"it ended with {self.process.wait()}"
            tell_progress()

    def cut(self):
        if self.finished:
            self.process.terminate()
        elif self.relay:
            self.relay.cut()


class Relay(threading.Thread):
    """Between a program and the edge's door, to cut the connection at any byte."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.to, self.door, self.ends = port, socket.create_server(("127.0.0.1", 0)), ()
        self.start()

    @property
    def address(self):
        return f"tls://127.0.0.1:{self.door.getsockname()[1]}"

    def run(self):
        while True:
            near, _ = self.door.accept()
            try:
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                near.close()
                continue
            self.ends = near, far
            for source, sink in (near, far), (far, near):
                threading.Thread(target=pass_on, args=(source, sink), daemon=True).start()

    def cut(self):
        end(*self.ends)


def pass_on(source, sink):
    with contextlib.suppress(OSError):
        while chunk := source.recv(1 << 16):
            sink.sendall(chunk)
    end(source, sink)


def end(*sockets):
    for one in sockets:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
