#!/usr/bin/env python3
"""Runs an edge, a polite till beside it, and clients that behave as badly as they can, all over the loopback.

    Tests/Abuse/abuse.py EDGE [--seconds 2] [--seed N] [--strict]

EDGE is a built `countertop`. Each attack lasts --seconds. It prints a line for each thing that must hold: every offender is told
its documented reason, the polite till gets every answer, the edge's memory stays under its cap. The till's p99 is printed
beside its quiet value; with --strict it must stay within twice of it. The offenders share one core.
"""

import argparse
import contextlib
import multiprocessing
import os
import pathlib
import random
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import attacks  # noqa: E402
from peer import Peer, hello, ping, request  # noqa: E402

MEMORY_GROWTH_MAX_MIB = 64
START_SECONDS = 60


def main():
    options = arguments()
    print(f"# seed {options.seed}, {options.seconds} s an attack")
    cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder, edge(options.edge, pathlib.Path(folder), cores[-1]) as (port, process):
        run(options, port, process, cores)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("edge")
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--strict", action="store_true")
    return parser.parse_args()


def run(options, port, process, cores):
    bad = 0

    def tell(holds, what):
        nonlocal bad
        bad += not holds
        print(("ok - " if holds else "not ok - ") + what, flush=True)

    quiet = polite(port, options.seconds, cores[-1])
    tell(quiet.complete, f"a polite till alone gets every answer ({quiet.count})")
    print(f"# quiet: p50 {quiet.at(0.5):.0f} us, p99 {quiet.at(0.99):.0f} us")
    calm = memory(process.pid)
    highest, connections, frames = calm, 0, 0
    for attack in attacks.ALL:
        offenders = Offenders(attack, port, options, cores[0])
        till = polite(port, options.seconds, cores[-1], meanwhile=lambda: None)
        told = offenders.end()
        highest = max(highest, memory(process.pid))
        connections, frames = connections + told.connections, frames + told.frames
        seen = ", ".join(f"{reason} {count}" for reason, count in sorted(told.reasons.items()))
        tell(told.reasons and set(told.reasons) <= set(attack.reasons) and attack.must <= set(told.reasons),
             f"{attack.name}: told {seen or 'nothing'} ({told.connections} connections, {told.frames} frames)")
        tell(till.complete, f"{attack.name}: the polite till got every answer ({till.count})")
        ratio = till.at(0.99) / quiet.at(0.99)
        print(f"# {attack.name}: p50 {till.at(0.5):.0f} us, p99 {till.at(0.99):.0f} us, {ratio:.1f} of quiet")
        if options.strict:
            tell(ratio <= 2, f"{attack.name}: the polite till's p99 is within twice its quiet value ({ratio:.1f})")
    tell(process.poll() is None, "the edge runs on")
    tell(highest - calm <= MEMORY_GROWTH_MAX_MIB,
         f"the edge's memory stays under its cap ({calm} MiB before, {highest} MiB at most)")
    tell(newcomer(port), "a till that comes after all that is served")
    print(f"# seed {options.seed}: {connections} connections, {frames} frames")
    sys.exit(1 if bad else 0)


@contextlib.contextmanager
def edge(program, folder, core):
    """A store's edge with virtual devices, on a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "store.yaml").write_text(
        "store: {name: Storgata, region: NO, company: storgata}\n"
        f"state: {folder}/state\nkey: {folder}/state/key\nlisten: {{port: {port}, unix: {folder}/edge.sock}}\n"
        'lanes: [{name: "1", devices: []}]\nusb: virtual\nsample_store: true\n')
    log = open(folder / "log", "w+")
    process = subprocess.Popen(
        [program, "run", "--config", str(folder / "store.yaml")], stdout=log, stderr=log,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}))
    try:
        end = time.monotonic() + START_SECONDS
        while not newcomer(port):
            if process.poll() is not None or time.monotonic() > end:
                log.seek(0)
                sys.exit(f"The edge did not start:\n{log.read()}")
        yield port, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def newcomer(port):
    try:
        with Peer(port) as peer:
            peer.send(hello() + request(1, "countertop.v1.Customers/Resolve", attacks.KARI))
            return peer.next().kind == "welcome" and peer.next().kind == "message"
    except OSError:
        return False


class Polite:
    """What became of a polite till's calls."""

    def __init__(self, micros, complete):
        self.micros, self.complete, self.count = sorted(micros), complete, len(micros)

    def at(self, share):
        return self.micros[min(int(len(self.micros) * share), len(self.micros) - 1)] if self.micros else float("nan")


def polite(port, seconds, core, meanwhile=None):
    """One call after the other, on a connection that stays, and one that comes new for each hundredth call."""
    os.sched_setaffinity(0, {core})
    micros, complete, stream = [], True, 1
    end = time.monotonic() + seconds
    with Peer(port, patience=30) as peer:
        peer.send(hello())
        complete &= peer.next().kind == "welcome"
        while time.monotonic() < end and complete:
            began = time.perf_counter()
            peer.send(request(stream, "countertop.v1.Customers/Resolve", attacks.KARI))
            frame = peer.next()
            micros.append((time.perf_counter() - began) * 1e6)
            complete &= frame.kind == "message" and frame.stream == stream
            stream += 2
            time.sleep(0.001)
    return Polite(micros, complete)


def memory(pid):
    """The edge's resident memory in MiB, at its highest."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
    return 0


class Offenders:
    """Processes that attack until they are told to end."""

    def __init__(self, attack, port, options, core):
        self.queue = multiprocessing.Queue()
        self.stop = multiprocessing.Event()
        self.processes = [
            multiprocessing.Process(
                target=offend, args=(attack, port, random.Random(f"{options.seed} {attack.name} {number}"), core,
                                     self.stop, self.queue))
            for number in range(attack.processes)]
        for process in self.processes:
            process.start()

    def end(self):
        self.stop.set()
        total = attacks.Told()
        for _ in self.processes:
            total.add(self.queue.get())
        for process in self.processes:
            process.join()
        return total


def offend(attack, port, rng, core, stop, queue):
    os.sched_setaffinity(0, {core})
    told = attacks.Told()
    while not stop.is_set() or not told.connections:
        try:
            attack.run(port, rng, told, stop)
        except OSError:
            told.note("CLOSED")
    queue.put(told)


if __name__ == "__main__":
    main()
