#!/usr/bin/env python3
"""Kills an edge with SIGKILL and cuts its tills' connections at random points, while codes are entered into its lanes.

    Tests/Crash/crash.py EDGE [--rounds 30] [--seed N]

EDGE is a built `countertop`. A lane has a till that watches and a program that enters codes, each under an operation id that
it uses again until it has an answer. Both connect again whenever they lose their connection, the till from the last scan it
has applied. In the end each code that was entered must have reached its till exactly once, in the order of its number and
under the number that its answer named.
"""

import argparse
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Abuse"))

from peer import Peer, credit, fields, frame, hello, number, text  # noqa: E402

LANES = ["1", "2"]
START_SECONDS = 60
END_SECONDS = 120
RECONNECT_SECONDS = 0.01
CREDIT = 32

# Told whenever a party has come further.
progress = threading.Condition()


def tell_progress():
    with progress:
        progress.notify_all()


class Edge:
    """The edge's process, which is killed and started again on the same files."""

    def __init__(self, program, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.program, self.config, self.log = program, folder / "store.yaml", open(folder / "log", "w+")
        lanes = ", ".join(f'{{name: "{name}", devices: []}}' for name in LANES)
        self.config.write_text(
            "store: {name: Storgata, region: NO, company: storgata}\n"
            f"state: {folder}/state\nkey: {folder}/state/key\nlisten: {{port: {self.port}, unix: {folder}/edge.sock}}\n"
            f"lanes: [{lanes}]\nusb: virtual\nsample_store: true\n")
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "run", "--config", str(self.config)], stdout=self.log, stderr=self.log)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.start()


class Party(threading.Thread):
    """Somebody who connects again until the end."""

    def __init__(self, edge, name, stop):
        super().__init__(daemon=True)
        self.edge, self.client, self.stop, self.peer, self.fault = edge, name, stop, None, None
        self.has_ended = False

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
                with Peer(self.edge.port) as self.peer:
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
    """Enters codes, each until it is answered. It ends with the code it is at when it is asked to stop."""

    def __init__(self, edge, lane, stop):
        super().__init__(edge, f"cashier-{lane}", stop)
        self.lane, self.answers, self.operation, self.attempts = lane, {}, os.urandom(16), 0

    def is_done(self):
        return self.stop.is_set() and self.operation is None

    @property
    def code(self):
        return f"X{self.lane}-{len(self.answers):07d}"

    def talk(self):
        stream = 1
        while not self.is_done():
            self.attempts += 1
            body = text(1, self.lane) + text(2, self.code)
            self.peer.send(frame(
                stream, 4, text(1, "countertop.v1.Lanes/Enter") + text(2, body) + text(4, self.operation)))
            answer = self.peer.next()
            if answer.kind != "message":
                if answer.kind == "status" and answer.stream == stream and answer.reason not in ("SHUTTING_DOWN",):
                    raise ValueError(f"Enter was refused: {answer.reason}")
                return
            place = dict(fields(dict(fields(answer.content)).get(1, b"")))
            self.answers[self.code] = (place.get(1, 0), place.get(2, 0))
            self.operation = None if self.stop.is_set() else os.urandom(16)
            stream += 2


class Till(Party):
    """Applies the scans of a lane, and acknowledges some."""

    def __init__(self, edge, lane, stop, chance):
        super().__init__(edge, f"till-{lane}", stop)
        self.lane, self.chance, self.scans, self.place, self.finished = lane, chance, [], (0, 0), False

    def is_done(self):
        return self.finished

    def talk(self):
        body = text(1, self.lane) + number(3, self.place[0]) + number(4, self.place[1]) + text(5, f"till-{self.lane}")
        self.peer.send(frame(1, 4, text(1, "countertop.v1.Lanes/Watch") + text(2, body)))
        stream, taken = 3, 0
        while not self.finished:
            got = self.peer.next()
            if got.kind == "status" and got.stream == 1 and got.reason == "LANE_HELD":
                raise ValueError("The lane was not kept for its till.")
            if got.kind != "message" or got.stream != 1:
                if got.kind in (None, "goodbye") or got.stream == 1:
                    return
                continue
            taken += 1
            if taken % (CREDIT // 2) == 0:
                self.peer.send(credit(1, CREDIT // 2))
            event = dict(fields(dict(fields(got.content)).get(1, b"")))
            if 3 in event:
                raise ValueError("The edge told of a gap.")
            if 2 in event:
                scan = dict(fields(event[2]))
                self.place = (scan[1], scan[2])
                self.scans.append((self.place, scan.get(3, b"").decode()))
                tell_progress()
                if self.chance.random() < 0.3:
                    body = text(1, self.lane) + number(2, scan[1]) + number(3, scan[2])
                    self.peer.send(frame(stream, 4, text(1, "countertop.v1.Lanes/Acknowledge") + text(2, body)))
                    stream += 2


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("edge")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        edge = Edge(options.edge, pathlib.Path(folder))
        try:
            bad = torment(edge, options, chance)
        finally:
            edge.process.send_signal(signal.SIGTERM)
            edge.process.wait()
    sys.exit(1 if bad else 0)


def torment(edge, options, chance):
    stop = threading.Event()
    cashiers = [Cashier(edge, lane, stop) for lane in LANES]
    tills = [Till(edge, lane, stop, random.Random(chance.random())) for lane in LANES]
    for party in cashiers + tills:
        party.start()
    until(lambda: all(till.scans for till in tills), START_SECONDS, cashiers + tills)
    kills = cuts = 0
    for _ in range(options.rounds):
        stop.wait(chance.uniform(0, 0.4))
        if chance.random() < 0.4:
            before = [len(till.scans) for till in tills]
            edge.kill()
            kills += 1
            until(lambda: all(len(till.scans) > n for till, n in zip(tills, before)), START_SECONDS, cashiers + tills)
        else:
            chance.choice(cashiers + tills).cut()
            cuts += 1
    stop.set()
    until(lambda: all(cashier.has_ended for cashier in cashiers), END_SECONDS, cashiers + tills)
    until(lambda: all(len(t.scans) >= len(c.answers) for t, c in zip(tills, cashiers)), END_SECONDS, cashiers + tills)
    for till in tills:
        till.finished = True
        till.cut()
    bad = sum(not told for cashier, till in zip(cashiers, tills) for told in judge(cashier, till))
    retries = sum(cashier.attempts - len(cashier.answers) for cashier in cashiers)
    entered = sum(len(cashier.answers) for cashier in cashiers)
    print(f"# seed {options.seed}: {kills} kills, {cuts} cuts, {entered} codes, {retries} calls made again")
    return bad


def judge(cashier, till):
    def tell(holds, what):
        print(("ok - " if holds else "not ok - ") + f"lane {till.lane}: {what}", flush=True)
        return holds

    codes = [code for _, code in till.scans]
    places = [place for place, _ in till.scans]
    yield tell(cashier.fault is None and till.fault is None, f"nobody met a fault ({cashier.fault or till.fault or 'none'})")
    yield tell(sorted(codes) == sorted(cashier.answers), f"each of {len(cashier.answers)} codes came exactly once")
    yield tell([sequence for _, sequence in places] == list(range(1, len(places) + 1)), "in order and without gaps")
    yield tell(all(cashier.answers.get(code) == place for place, code in till.scans), "under the number its answer named")


def until(holds, seconds, parties):
    with progress:
        progress.wait_for(lambda: holds() or any(party.fault for party in parties), timeout=seconds)
    faults = [party.fault for party in parties if party.fault]
    if faults or not holds():
        raise SystemExit(f"not ok - the lanes go on after a crash ({faults or 'too late'})")


if __name__ == "__main__":
    main()
