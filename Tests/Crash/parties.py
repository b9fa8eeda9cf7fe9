"""Those who use the edge while it is killed, each connecting again until the end."""

import os
import random
import socket
import threading
import time

from edge import AWAY_SECONDS, FORGETFUL, LATE, REGISTER, SHARED, WAIT_SECONDS
from peer import Peer, credit, fields, frame, hello, number, text

# Within so long of a lost connection the edge may not know of it yet.
UNNOTICED_SECONDS = 0.5
RECONNECT_SECONDS = 0.01
# How long a till of the shared lane is away before it takes the lane over again.
TAKE_OVER_SECONDS = (0, 0.5)
# WatchRole of lanes.proto.
TAKE_OVER = 1
CREDIT = 32
# Codes that a cashier has out at once, so that a crash meets several on their way to the disk and to the till.
IN_FLIGHT = 8
# So many of the sample store's customers have one e-mail address each.
CUSTOMERS = 1_000
# Attachment of lanes.proto: up to it, the scan is nobody's.
ATTACHMENT_NONE = 1

# Told whenever a party has come further.
progress = threading.Condition()


def tell_progress():
    with progress:
        progress.notify_all()


class Party(threading.Thread):
    """Somebody who connects again until the end."""

    def __init__(self, edge, name, stop):
        super().__init__(daemon=True)
        self.edge, self.client, self.stop, self.peer, self.fault = edge, name, stop, None, None
        self.has_ended = False
        # Of a paired till.
        self.tls = None

    def open(self):
        return Peer(self.edge.tls_port, tls=self.tls) if self.tls else Peer(self.edge.port)

    def run(self):
        try:
            self.connect()
        except Exception as error:  # noqa: BLE001: told by the main thread
            self.fault = repr(error)
        self.has_ended = True
        tell_progress()

    def connect(self):
        while not self.is_done():
            try:
                with self.open() as self.peer:
                    self.peer.send(hello(client=self.client))
                    if self.peer.next().kind == "welcome":
                        self.talk()
            except OSError:
                pass
            self.stop.wait(RECONNECT_SECONDS)

    def cut(self):
        try:
            self.peer.socket.shutdown(socket.SHUT_RDWR)
        except (OSError, AttributeError):
            pass


class Cashier(Party):
    """Enters codes, several at once, each until it is answered. It ends when those are that it is at when it is asked to stop."""

    def __init__(self, edge, lane, stop):
        super().__init__(edge, f"cashier-{lane}", stop)
        self.lane, self.answers, self.attempts = lane, {}, 0
        # Codes without an answer, each with its operation, in their order; and how many codes were made.
        self.waiting, self.made = [], 0

    def is_done(self):
        return self.stop.is_set() and not self.waiting

    def code(self, count):
        """Each another one. Every fourth is a customer's e-mail address in the sample store, which letters of any size name."""
        if self.lane == REGISTER or count % 4:
            return f"X{self.lane}-{count:07d}"
        turn, index = divmod(count // 4, CUSTOMERS)
        name = "".join(letter.upper() if turn >> at & 1 else letter for at, letter in enumerate("customer"))
        return f"{name}{100 + index}@example.com"

    def talk(self):
        sent, self.stream = {}, 1
        for entry in self.waiting:
            self.send(entry, sent)
        while not self.is_done():
            while len(self.waiting) < IN_FLIGHT and not self.stop.is_set():
                self.waiting.append((self.code(self.made), os.urandom(16)))
                self.made += 1
                self.send(self.waiting[-1], sent)
            answer = self.peer.next()
            if answer.kind != "message":
                if answer.kind == "status" and answer.stream in sent and answer.reason not in ("SHUTTING_DOWN",):
                    raise ValueError(f"Enter was refused: {answer.reason}")
                return
            entry = sent.pop(answer.stream)
            self.waiting.remove(entry)
            place = dict(fields(dict(fields(answer.content)).get(1, b"")))
            self.answers[entry[0]] = (place.get(1, 0), place.get(2, 0))

    def send(self, entry, sent):
        """Enters a code on the next stream of this connection."""
        code, operation = entry
        self.attempts += 1
        sent[self.stream] = entry
        body = text(1, "countertop.v1.Lanes/Enter") + text(2, text(1, self.lane) + text(2, code)) + text(4, operation)
        self.peer.send(frame(self.stream, 4, body))
        self.stream += 2


class Books:
    """What a lane's tills have applied. One of them keeps it at a time: the last that took it over."""

    def __init__(self):
        self.scans, self.place, self.keeper, self.lock = [], (0, 0), None, threading.Lock()
        # Up to here the edge has said that it knows the scans applied.
        self.acknowledged = (0, 0)

    def taken_by(self, till):
        """Makes the till their keeper. Returns the place of the last scan applied."""
        with self.lock:
            self.keeper = till
            return self.place

    def apply(self, place, code, till):
        """Whether the till may apply the scan: what reaches it after the next till's beginning comes to that one again."""
        with self.lock:
            if self.keeper is not till:
                return False
            if place <= self.acknowledged:
                raise ValueError(f"Scan {place} came although {self.acknowledged} was acknowledged.")
            if place > self.place or till.lane != FORGETFUL:
                self.place = place
                self.scans.append((place, code))
            return True


class Till(Party):
    """Applies the scans of a lane, and acknowledges some. Two tills of the shared lane take it over from each other."""

    def __init__(self, edge, lane, stop, chance, books, name=None):
        super().__init__(edge, name or f"till-{lane}", stop)
        self.lane, self.chance, self.books, self.finished = lane, chance, books, False
        # From when to when no scan could be given to it; when it was there last.
        self.away, self.left_at = (0, 0), time.time()
        self.expired = self.away_count = self.takeovers = 0

    @property
    def scans(self):
        return self.books.scans

    def placed(self, _):
        return self.scans

    def is_done(self):
        return self.finished

    def connect(self):
        while not self.is_done():
            if self.lane == LATE and not self.stop.is_set():
                self.stop.wait(self.chance.uniform(*AWAY_SECONDS))
            try:
                with self.open() as self.peer:
                    self.peer.send(hello(client=self.client))
                    if self.peer.next().kind == "welcome":
                        self.away = (self.left_at + UNNOTICED_SECONDS, time.time() - WAIT_SECONDS)
                        try:
                            self.talk()
                        finally:
                            self.left_at = time.time()
            except OSError:
                pass
            self.stop.wait(self.chance.uniform(*TAKE_OVER_SECONDS) if self.lane == SHARED else RECONNECT_SECONDS)

    def watch(self):
        epoch, sequence = self.books.taken_by(self)
        if self.lane == FORGETFUL:
            epoch = sequence = 0
        role = number(2, TAKE_OVER) if self.lane == SHARED else b""
        body = text(1, self.lane) + role + number(3, epoch) + number(4, sequence) + text(5, self.client)
        self.peer.send(frame(1, 4, text(1, "countertop.v1.Lanes/Watch") + text(2, body)))

    def talk(self):
        self.watch()
        stream, taken, told = 3, 0, {}
        while not self.finished:
            got = self.peer.next()
            if got.kind == "message" and got.stream in told:
                self.books.acknowledged = told.pop(got.stream)
            if got.kind == "status" and got.stream == 1:
                return self.ended(got.reason)
            if got.kind != "message" or got.stream != 1:
                if got.kind in (None, "goodbye"):
                    return
                continue
            taken += 1
            if taken % (CREDIT // 2) == 0:
                self.peer.send(credit(1, CREDIT // 2))
            event = dict(fields(dict(fields(got.content)).get(1, b"")))
            if 3 in event:
                raise ValueError("The edge told of a gap.")
            if 2 in event:
                if not self.apply(dict(fields(event[2]))):
                    return
                if self.chance.random() < 0.3:
                    epoch, sequence = self.books.place
                    body = text(1, self.lane) + number(2, epoch) + number(3, sequence)
                    # With an operation id it is answered when it is on the disk.
                    operation = text(4, os.urandom(16)) if self.lane == FORGETFUL else b""
                    self.peer.send(frame(stream, 4, text(1, "countertop.v1.Lanes/Acknowledge") + text(2, body) + operation))
                    if operation:
                        told[stream] = (epoch, sequence)
                    stream += 2

    def ended(self, reason):
        if reason == "LANE_HELD":
            raise ValueError("The lane was not kept for its till.")
        if reason == "LANE_TAKEN_OVER":
            self.takeovers += 1
            if self.lane != SHARED:
                raise ValueError("The lane was taken over by nobody.")

    def apply(self, scan):
        place, code = (scan[1], scan[2]), scan.get(3, b"").decode()
        if not self.books.apply(place, code, self):
            return False
        # To the millisecond: it may be half of one before or after the truth.
        scanned_at, is_expired = scan[7] / 1_000, bool(scan.get(10, 0))
        self.expired += is_expired
        if is_expired and time.time() - scanned_at + 0.001 < WAIT_SECONDS:
            raise ValueError(f"Scan {place} came {time.time() - scanned_at:.3f} s after it was read, marked as expired.")
        if self.away[0] < scanned_at and scanned_at + 0.001 < self.away[1]:
            self.away_count += 1
            if not is_expired:
                raise ValueError(f"Scan {place} waited until its time was over, and came as if it had not.")
        if ("@" in code and not is_expired) != (scan.get(9, 0) > ATTACHMENT_NONE):
            raise ValueError(f"Scan {place} of {code}, {'expired' if is_expired else 'in time'}, has attachment {scan.get(9, 0)}.")
        tell_progress()
        return True
