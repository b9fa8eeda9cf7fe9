#!/usr/bin/env python3
"""Kills an edge with SIGKILL, asks it to stop, and cuts its tills' connections, at random points while it is at work.

    Tests/Crash/crash.py EDGE [--rounds 30] [--seed N]

EDGE is a built `countertop`. A lane has a till that watches and a program that enters codes, each under an operation id that
it uses again until it has an answer. Both connect again whenever they lose their connection, the till from the last scan it
has applied. In the end each code that was entered must have reached its till exactly once, in the order of its number and
under the number that its answer named, and the lane's history must say the same. The till of the lane "late" often stays away
for longer than a scan waits: what was read meanwhile must come marked as expired, and nothing may that came in its time. Two
tills of the lane "shared" take it over from each other all the time. The till of "forgetful" keeps no place: nothing may come
to it again of what it has acknowledged. Some codes are customers': one that came too late is nobody's. A register opens baskets, puts a customer in and closes
them: after each crash the basket must be as its last answer said. The till of the lane "tls" is paired, and so is its cashier; those of "swift"
and "socket" are programs of the client library, over TLS and over the Unix socket, which find their way back by themselves. Ctrl-C ends it early; what was until then is judged.
"""

import argparse
import pathlib
import random
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Abuse"))

from edge import LANES, LATE, REGISTER, SHARED, SOCKET, SWIFT, TLS, Edge  # noqa: E402
from library import LibraryTill, Relay  # noqa: E402
from parties import Books, Cashier, Till, progress  # noqa: E402
from peer import Peer, fields, frame, hello, number, text  # noqa: E402
from register import Register  # noqa: E402
from store import newcomer  # noqa: E402

START_SECONDS = 60
END_SECONDS = 120
# The most scans that Lanes/History gives in one answer.
HISTORY_MAX = 1_000


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
            edge.process.terminate()
            edge.process.wait()
    sys.exit(1 if bad else 0)


def torment(edge, options, chance):
    stop = threading.Event()
    end = time.monotonic() + START_SECONDS
    while not newcomer(edge.port):
        if time.monotonic() > end:
            raise SystemExit("not ok - the edge starts")
    cashiers = [Cashier(edge, lane, stop) for lane in LANES]
    books = {lane: Books() for lane in LANES}
    _, tls = edge.pair(TLS)
    library, _ = edge.pair(SWIFT)
    relay = Relay(edge.tls_port)
    made = {
        SWIFT: lambda: LibraryTill(edge, SWIFT, relay.address, library, relay),
        SOCKET: lambda: LibraryTill(edge, SOCKET, str(edge.socket)),
    }
    tills = [made[lane]() if lane in made else Till(edge, lane, stop, random.Random(chance.random()), books[lane])
             for lane in LANES]
    for party in cashiers + tills:
        if party.lane == TLS:
            party.tls = tls
    rival = Till(edge, SHARED, stop, random.Random(chance.random()), books[SHARED], "rival")
    register = Register(edge, REGISTER, stop)
    parties = cashiers + tills + [rival, register]
    for party in parties:
        party.start()
    until(lambda: all(till.scans for till in tills) and register.steps, START_SECONDS, parties)
    done = disturb(edge, options, chance, stop, parties)
    stop.set()
    until(lambda: all(party.has_ended for party in cashiers + [register]), END_SECONDS, parties)
    until(lambda: all(len(t.scans) >= len(c.answers) for t, c in zip(tills, cashiers)), END_SECONDS, parties)
    for till in tills + [rival]:
        till.finished = True
        till.cut()
    bad = sum(not told for cashier, till in zip(cashiers, tills) for told in judge(edge, cashier, till))
    bad += not tell(register.fault is None, f"{register.steps} steps with baskets, each once ({register.fault or 'no fault'})")
    bad += not tell(rival.fault is None, f"two tills took a lane over from each other ({rival.fault or 'no fault'})")
    retries = sum(c.attempts - len(c.answers) for c in cashiers) + register.attempts - register.steps
    print(f"# seed {options.seed}: {done}, {sum(len(c.answers) for c in cashiers)} codes, {retries} calls made again, "
          f"{sum(t.expired for t in tills + [rival])} scans expired, {sum(t.away_count for t in tills)} of them certainly past "
          f"their time, {sum(t.takeovers for t in tills + [rival])} takeovers, "
          f"{sum(t.losses for t in tills if isinstance(t, LibraryTill))} connections of the library lost")
    return bad


def disturb(edge, options, chance, stop, parties):
    """Kills, stops and cuts, as often as asked for. Returns how often it did each."""
    kills = stops = cuts = 0
    there = [till for till in parties if isinstance(till, Till) and till.lane != LATE]
    try:
        for _ in range(options.rounds):
            stop.wait(chance.uniform(0, 0.4))
            kind = chance.random()
            if kind < 0.45:
                before = [len(till.scans) for till in there]
                if kind < 0.35:
                    edge.kill()
                    kills += 1
                else:
                    edge.restart()
                    stops += 1
                until(lambda: all(len(till.scans) > n for till, n in zip(there, before)), START_SECONDS, parties)
            else:
                chance.choice(parties).cut()
                cuts += 1
    except KeyboardInterrupt:
        print("# ended early", flush=True)
        if edge.process.poll() is not None:
            edge.start()
    return f"{kills} kills, {stops} stops, {cuts} cuts"


def tell(holds, what):
    print(("ok - " if holds else "not ok - ") + what, flush=True)
    return holds


def judge(edge, cashier, till):
    def say(holds, what):
        return tell(holds, f"lane {till.lane}: {what}")

    scans = till.placed(cashier.answers)
    codes = [code for _, code in scans]
    places = [place for place, _ in scans]
    yield say(cashier.fault is None and till.fault is None, f"nobody met a fault ({cashier.fault or till.fault or 'none'})")
    yield say(sorted(codes) == sorted(cashier.answers), f"each of {len(cashier.answers)} codes came exactly once")
    yield say([sequence for _, sequence in places] == list(range(1, len(places) + 1)), "in order and without gaps")
    if till.lane == LATE:
        yield say(till.expired > 0, f"what came too late is marked as expired ({till.expired})")
    yield say(all(cashier.answers.get(code) == place for place, code in scans), "under the number its answer named")
    last = scans[-HISTORY_MAX:]
    yield say(history(edge, till.lane, last[0][0][1] - 1) == last, f"its history says the same of the last {len(last)}")


def history(edge, lane, after):
    """The lane's scans after this number, as the edge gives them for looking back."""
    scans = []
    with Peer(edge.port) as peer:
        peer.send(hello(client="auditor"))
        body = text(1, lane) + number(3, after) + number(4, HISTORY_MAX)
        peer.send(frame(1, 4, text(1, "countertop.v1.Lanes/History") + text(2, body)))
        peer.send(frame(1, 8, number(1, HISTORY_MAX) + number(2, 1 << 24)))
        while True:
            got = peer.next()
            if got.kind is None or got.stream == 1 and got.kind == "status":
                return scans
            if got.stream == 1 and got.kind == "message":
                content = dict(fields(got.content))
                if content.get(1):
                    scan = dict(fields(content[1]))
                    scans.append(((scan[1], scan[2]), scan.get(3, b"").decode()))
                if content.get(2):
                    return scans


def until(holds, seconds, parties):
    with progress:
        progress.wait_for(lambda: holds() or any(party.fault for party in parties), timeout=seconds)
    faults = [party.fault for party in parties if party.fault]
    if faults or not holds():
        raise SystemExit(f"not ok - the lanes go on after a crash ({faults or 'too late'})")


if __name__ == "__main__":
    main()
