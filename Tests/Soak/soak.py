#!/usr/bin/env python3
"""Lets an edge live a store's days in little: scanners read and codes are entered without end, baskets with a customer in them are
paid, tills come and go, scanners are pulled, the disk fills and is emptied, the source of the customers fails and comes back, and so
does the system that learns of the sales. Prints a line a minute, and in the end compares what was scanned with what was delivered,
and what was to be sent with what the system has.

    Tests/Soak/soak.py EDGE [--minutes 60] [--lanes 8] [--seed N]

EDGE is a built `countertop`; `countertop-soak` stands beside it. As root its state is on a small disk of its own, which can be filled.
Each line has: seconds, scans delivered, sales the system has, the median and the 99th percentile from scan to till since the line
before, memory that is the process's own, its descriptors and threads, the bytes of the write-ahead logs, what happened. Memory,
descriptors and threads may not grow after the first third, and the logs stay within their rule. A label that a scanner was reading
when it was pulled may be lost with it, as from a real one; it may not come twice, and nothing else may be missing.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Crash"))
sys.path.insert(0, str(HERE.parent / "Abuse"))

import crash  # noqa: E402
import parties  # noqa: E402
from edge import WAIT_SECONDS  # noqa: E402
from peer import fields, frame, number, text  # noqa: E402
from store import free_port  # noqa: E402

DISK_MEGABYTES = 256
# What memory may grow by after the first third, in bytes, and what the logs may take.
MEMORY_GROWTH_MAX = 24_000_000
WAL_BYTES_MAX = 64_000_000
DESCRIPTOR_GROWTH_MAX = 8
THREAD_GROWTH_MAX = 4
# A scan of a cashier who enters as fast as answers come would be no store: so many a second and lane.
PAUSE_SECONDS = 0.02
FAULT_SECONDS = 2
# Between two labels of a scanner; codes that a cashier enters between two sales.
LABEL_SECONDS = (0.05, 0.3)
CODES_A_SALE = 20
# What the system outside does in the place of an answer: some of it after it has carried the call out.
MISDEEDS = ["status:500", "status:503", "later:429,1", "hang", "after:hang", "after:half", "garbage", "slow:1"]
# The longest pause of a system that failed again and again, and then some.
DELIVERY_SECONDS = 420
CUSTOMERS = 1_000


class Outside:
    """Custobar, as the tests have it: it keeps books of what it was told."""

    def __init__(self):
        server = HERE.parent / "Servers" / "custobar_server.py"
        self.process = subprocess.Popen([sys.executable, "-B", server], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        start_new_session=True)
        self.url = f"http://127.0.0.1:{int(self.process.stdout.readline())}"

    def put(self, path, value):
        asked = urllib.request.Request(f"{self.url}/-/{path}", json.dumps(value).encode(), method="PUT")
        urllib.request.urlopen(asked, timeout=10).read()

    def sales(self):
        """How many rows the books have of each sale."""
        state = json.load(urllib.request.urlopen(f"{self.url}/-/state", timeout=30))
        return collections.Counter(row["sale_external_id"] for row in state["sales"].values())

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Edge:
    def __init__(self, program, folder, lanes, outside):
        self.program, self.socket = program, folder / "edge.sock"
        self.port, self.metrics_port = free_port(), free_port()
        self.state, self.flag, self.ballast = folder / "disk" / "state", folder / "source-fails", folder / "disk" / "ballast"
        (folder / "disk").mkdir()
        self.is_small = os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m,mode=700", "tmpfs", folder / "disk"]).returncode == 0
        members = folder / "members.csv"
        members.write_text("key,name,phone\n" + "".join(f"{n},Person {n},990{n:05d}\n" for n in range(CUSTOMERS)))
        key = folder / "custobar.key"
        key.touch(mode=0o600)
        key.write_text("k3y")
        config = folder / "store.yaml"
        names = ", ".join(f'{{name: "{lane}", devices: []}}' for lane in lanes)
        config.write_text(
            "store: {name: Storgata, region: NO, company: storgata}\n"
            f"state: {self.state}\nkey: {folder}/key\nlisten: {{port: {self.port}, unix: {folder}/edge.sock}}\n"
            f"metrics: {{port: {self.metrics_port}}}\nlanes: [{names}]\n"
            f"scans: {{wait_seconds: {WAIT_SECONDS}, kept_max: 2000}}\nusb: virtual\n"
            "feeds:\n  - name: members\n    schedule: every 5 seconds\n    format: csv\n    allow: [name, phone]\n"
            f"    command: [/bin/sh, -c, \"test ! -e {self.flag} && cat {members}\"]\n"
            f"systems:\n  - {{name: custobar, kind: custobar, url: \"{outside.url}/api\", key: {key}, customers: match, allow: [phone]}}\n")
        self.log = open(folder / "log", "w+")
        self.process = subprocess.Popen([pathlib.Path(program).parent / "countertop-soak", config], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.log, text=True, start_new_session=True)
        self._desk = threading.Lock()
        ready = self.process.stdout.readline().strip()
        assert ready == "ready", "The edge does not start"

    def do(self, *words):
        """Has a virtual scanner used or pulled: see Tests/Soak/Program."""
        with self._desk:
            self.process.stdin.write(" ".join(words) + "\n")
            self.process.stdin.flush()
            return self.process.stdout.readline().strip() == "true"

    def ask(self, *words):
        done = subprocess.run([self.program, *words, "--edge", self.socket], capture_output=True, text=True, timeout=60)
        return done.stdout

    def customer(self, number):
        """The id of a customer of the feed, once the feed was read."""
        asked = {"identifier": {"type": "IDENTIFIER_TYPE_PHONE", "value": f"990{number:05d}"}}
        end = time.monotonic() + crash.START_SECONDS
        while time.monotonic() < end:
            answer = self.ask("call", "Customers/Resolve", json.dumps(asked))
            if found := json.loads(answer or "{}").get("customer", {}).get("id"):
                return found
            time.sleep(0.2)
        raise AssertionError("The customers are not there")

    def lost(self):
        """How many entries for the system outside the edge says that the full disk has cost."""
        findings = json.loads(self.ask("status", "--json")).get("findings", [])
        return sum(int(f["message"].split()[0]) for f in findings if f["reason"] == "OUTBOX_LOST")

    def figures(self):
        """The page of figures: each name's values added up."""
        page = urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=10).read().decode()
        found = {}
        for name, value in re.findall(r"^([a-z_]+)(?:\{[^}]*\})? ([0-9.e+]+)$", page, re.MULTILINE):
            found[name] = found.get(name, 0) + float(value)
        return found


class Cashier(parties.Cashier):
    """Enters codes, and now and then has a basket paid with a customer in it. Each call is made again under the operation id it
    had until it is answered."""

    def __init__(self, edge, lane, stop, customer):
        super().__init__(edge, lane, stop)
        self.customer, self.sold, self.is_selling = customer, [], False
        self.operation = os.urandom(16)
        self._plan = self.plan()
        self._step = next(self._plan)

    @property
    def code(self):
        return f"X{self.lane}-{len(self.answers):07d}"

    def plan(self):
        """Each call with its request, and what is done with the answer."""
        lane = text(1, self.lane)
        while True:
            for _ in range(CODES_A_SALE):
                yield "Enter", lane + text(2, self.code), self.entered
            self.is_selling = True
            basket = f"sale-{self.lane}-{len(self.sold):06d}"
            yield "OpenBasket", lane + text(2, basket), None
            yield "AttachCustomer", lane + text(2, basket) + text(3, self.customer), None
            closing = number(1, 1) + text(2, basket) + text(3, text(1, "NOK") + number(2, 2 * 4_990))
            yield "CloseBasket", lane + text(2, basket) + text(3, closing), lambda _: self.sold.append(basket)
            self.is_selling = False

    def entered(self, answer):
        place = dict(fields(dict(fields(answer.content)).get(1, b"")))
        self.answers[self.code] = (place.get(1, 0), place.get(2, 0))

    def talk(self):
        stream = 1
        while not self.is_done():
            call, body, note = self._step
            self.peer.send(frame(stream, 4, text(1, f"countertop.v1.Lanes/{call}") + text(2, body) + text(4, self.operation)))
            answer = self.peer.next()
            if answer.kind != "message":
                if answer.kind == "status" and answer.stream == stream and answer.reason not in ("SHUTTING_DOWN",):
                    raise ValueError(f"{call} was refused: {answer.reason}")
                return
            if note:
                note(answer)
            self._step = next(self._plan)
            self.operation = None if self.stop.is_set() and not self.is_selling else os.urandom(16)
            stream += 2

    def is_done(self):
        self.stop.wait(PAUSE_SECONDS)
        return self.stop.is_set() and self.operation is None


class Scanner(threading.Thread):
    """A customer-facing scanner that reads one label after the other while it is plugged in."""

    def __init__(self, edge, lane, stop, chance):
        super().__init__(daemon=True)
        self.edge, self.lane, self.stop, self.chance = edge, lane, stop, chance
        # What it read, in order; nothing for each time that it was pulled.
        self.log, self.count = [], 0

    def run(self):
        while not self.stop.wait(self.chance.uniform(*LABEL_SECONDS)):
            code = f"S{self.lane}-{self.count:07d}"
            self.log.append(code)
            if self.edge.do("scan", self.lane, code):
                self.count += 1
            else:
                self.log.remove(code)

    def pull(self, seconds, stop):
        self.edge.do("pull", self.lane)
        self.log.append(None)
        stop.wait(seconds)
        self.edge.do("plug", self.lane)

    def left(self, delivered):
        """The labels that are missing though the scanner was not pulled before the next one that came."""
        lost, missing = [], []
        for entry in self.log:
            if entry is None:
                missing = []
            elif entry in delivered:
                lost, missing = lost + missing, []
            else:
                missing.append(entry)
        return lost + missing


class Till(parties.Till):
    """Notes how long each scan took."""

    def __init__(self, edge, lane, stop, chance):
        super().__init__(edge, lane, stop, chance, parties.Books())
        self.times = []

    def apply(self, scan):
        self.times.append(max(0.0, time.time() - scan[7] / 1_000))
        return super().apply(scan)


def percentile(times, share):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1_000 if ordered else 0.0


class Faults(threading.Thread):
    """What goes wrong in a store, one thing after another."""

    def __init__(self, edge, outside, scanners, parties, stop, chance):
        super().__init__(daemon=True)
        self.outside, self.scanners = outside, scanners
        self.edge, self.parties, self.stop, self.chance, self.counts = edge, parties, stop, chance, {}

    def run(self):
        faults = [self.cut] * 3 + [self.pull] * 2 + [self.fail_source, self.misbehave, self.go_down]
        faults += [self.fill_disk] if self.edge.is_small else []
        while not self.stop.wait(self.chance.uniform(0.2, FAULT_SECONDS)):
            fault = self.chance.choice(faults)
            self.counts[fault.__name__] = self.counts.get(fault.__name__, 0) + 1
            fault()

    def cut(self):
        self.chance.choice(self.parties).cut()

    def pull(self):
        self.chance.choice(self.scanners).pull(self.chance.uniform(0.05, FAULT_SECONDS), self.stop)

    def misbehave(self):
        self.outside.put("next", self.chance.choices(MISDEEDS, k=3))

    def go_down(self):
        self.outside.put("down", True)
        self.stop.wait(FAULT_SECONDS)
        self.outside.put("down", False)

    def fail_source(self):
        self.edge.flag.touch()
        self.stop.wait(FAULT_SECONDS)
        self.edge.flag.unlink()

    def fill_disk(self):
        try:
            with self.edge.ballast.open("wb") as file:
                while True:
                    file.write(bytes(1 << 20))
                    file.flush()
        except OSError:
            pass
        self.stop.wait(FAULT_SECONDS / 2)
        self.edge.ballast.unlink()

    def words(self):
        return " ".join(f"{name}={count}" for name, count in sorted(self.counts.items()))


def soak(edge, outside, options, chance):
    stop = threading.Event()
    lanes = [str(number + 1) for number in range(options.lanes)]
    cashiers = [Cashier(edge, lane, stop, edge.customer(number)) for number, lane in enumerate(lanes)]
    tills = [Till(edge, lane, stop, random.Random(chance.random())) for lane in lanes]
    scanners = [Scanner(edge, lane, stop, random.Random(chance.random())) for lane in lanes]
    for party in cashiers + tills + scanners:
        party.start()
    crash.until(lambda: all(till.scans for till in tills), crash.START_SECONDS, cashiers + tills)
    faults = Faults(edge, outside, scanners, tills + cashiers, stop, random.Random(chance.random()))
    faults.start()
    begin, samples = time.monotonic(), []
    step = min(60.0, options.minutes * 60 / 6)
    try:
        while (passed := time.monotonic() - begin) < options.minutes * 60:
            stop.wait(min(step, options.minutes * 60 - passed))
            samples.append(sample(edge, outside, tills, faults, time.monotonic() - begin))
            if edge.process.poll() is not None or any(party.fault for party in cashiers + tills):
                break
    except KeyboardInterrupt:
        print("# ended early", flush=True)
    stop.set()
    for thread in [faults, *scanners]:
        thread.join(crash.END_SECONDS)
    outside.put("next", [])
    outside.put("down", False)
    crash.until(lambda: all(cashier.has_ended for cashier in cashiers), crash.END_SECONDS, cashiers + tills)
    crash.until(lambda: all(has_all(*lane) for lane in zip(cashiers, tills, scanners)), crash.END_SECONDS, cashiers + tills)
    end = time.monotonic() + DELIVERY_SECONDS
    sold = sum(len(cashier.sold) for cashier in cashiers)
    # What the full disk refused comes into the outbox later.
    while time.monotonic() < end and (
            edge.figures().get("countertop_outbox_entries", 0) or len(outside.sales()) + edge.lost() < sold):
        time.sleep(0.5)
    for till in tills:
        till.finished = True
        till.cut()
    return judge(edge, outside, cashiers, tills, scanners, samples)


def has_all(cashier, till, scanner):
    codes = {code for _, code in till.scans}
    return cashier.answers.keys() <= codes and not scanner.left(codes)


def sample(edge, outside, tills, faults, seconds):
    times = []
    for till in tills:
        taken, till.times = till.times, []
        times += taken
    found = edge.figures()
    delivered = sum(len(till.scans) for till in tills)
    print(f"{seconds:.0f} s  {delivered} delivered  {len(outside.sales())} sales  "
          f"p50 {percentile(times, 0.5):.1f} ms  p99 {percentile(times, 0.99):.1f} ms  "
          f"{found['countertop_memory_bytes'] / 1e6:.1f} MB  {found['countertop_descriptors']:.0f} descriptors  "
          f"{found['countertop_threads']:.0f} threads  {found['countertop_wal_bytes'] / 1e6:.1f} MB of log  {faults.words()}",
          flush=True)
    return found


def judge(edge, outside, cashiers, tills, scanners, samples):
    bad = 0

    def tell(holds, what):
        nonlocal bad
        bad += not holds
        print(("ok - " if holds else "not ok - ") + f"soak {what}", flush=True)

    for cashier, till, scanner in zip(cashiers, tills, scanners):
        codes, places = [code for _, code in till.scans], [place for place, _ in till.scans]
        entered, read = [code for code in codes if code[0] == "X"], [code for code in codes if code[0] == "S"]
        labels = [entry for entry in scanner.log if entry]
        fault = cashier.fault or till.fault
        tell(fault is None, f"lane {till.lane}: nobody met a fault ({fault or 'none'})")
        tell(sorted(entered) == sorted(cashier.answers),
             f"lane {till.lane}: {len(entered)} delivered of {len(cashier.answers)} entered")
        missing = scanner.left(set(read))
        tell(not missing and len(set(read)) == len(read) and set(read) <= set(labels) and read == sorted(read),
             f"lane {till.lane}: {len(read)} delivered of {len(labels)} read by its scanner, which was pulled "
             f"{scanner.log.count(None)} times ({', '.join(missing[:5]) or 'nothing else'} is missing)")
        tell(places == sorted(places) and len(set(places)) == len(places), f"lane {till.lane}: in order, none twice")
    first, last = samples[len(samples) // 3], samples[-1]
    for name, most in (("memory_bytes", MEMORY_GROWTH_MAX), ("descriptors", DESCRIPTOR_GROWTH_MAX), ("threads", THREAD_GROWTH_MAX)):
        grown = last[f"countertop_{name}"] - first[f"countertop_{name}"]
        tell(grown <= most, f"{name} grew by {grown:.0f} of {most} allowed")
    tell(max(s["countertop_wal_bytes"] for s in samples) <= WAL_BYTES_MAX, "the write-ahead logs stay within their rule")
    ordered, sent = {sale for cashier in cashiers for sale in cashier.sold}, outside.sales()
    lost = edge.lost()
    tell(set(sent) <= ordered and set(sent.values()) <= {1} and len(ordered) - len(sent) == lost and len(sent) > 0,
         f"{len(sent)} sales are in the system's books, each once, of {len(ordered)} paid and {lost} that the edge said are lost")
    waiting = edge.figures().get("countertop_outbox_entries", 0)
    tell(waiting == 0, f"nothing is left that was to be sent ({waiting:.0f} entries)")
    tell(edge.process.poll() is None, "the edge lived through it")
    return bad


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("edge")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--lanes", type=int, default=8)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    print(f"# seed {options.seed}", flush=True)
    bad = 1
    with tempfile.TemporaryDirectory(prefix="ct-") as name:
        folder = pathlib.Path(name)
        outside = Outside()
        edge = Edge(os.path.abspath(options.edge), folder, [str(n + 1) for n in range(options.lanes)], outside)
        try:
            bad = soak(edge, outside, options, random.Random(options.seed))
        finally:
            outside.end()
            edge.process.stdin.close()
            try:
                edge.process.wait(30)
            except subprocess.TimeoutExpired:
                edge.process.kill()
            if bad:
                edge.log.seek(0)
                print("".join(f"# {line}" for line in edge.log.readlines()[-20:]))
            if edge.is_small:
                subprocess.run(["umount", folder / "disk"], check=True)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
