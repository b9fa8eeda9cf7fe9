#!/usr/bin/env python3
"""Runs an edge, polite tills beside it, and clients that behave as badly as they can, all over the loopback.

    Tests/Abuse/abuse.py EDGE [WORD ...] [--seconds 2] [--seed N] [--strict]

EDGE is a built `countertop`. Each attack whose name holds one of the words lasts --seconds, and comes from addresses of its
own, as from other machines; its offenders share one core, the edge and the polite till have the others. It prints a line for
each thing that must hold: every offender is told its documented reason before it is closed without one, the polite till gets
every answer, tills that come new are served within a time, the edge's memory stays under its cap (SECURITY.md). The till's p99
is printed beside its quiet value, and that of the newcomers; with --strict the first must stay within twice of it, and the other
under a time. An attack that the edge bears for longer than the offenders go on is left out, and said so.
"""

import argparse
import multiprocessing
import os
import random
import signal
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import attacks  # noqa: E402
import browser  # noqa: E402, F401: adds its attacks
import network  # noqa: E402, F401: adds its attacks
from polite import NEWCOMERS_MIN, polite  # noqa: E402
from store import Store, newcomer  # noqa: E402

MEMORY_MAX_MIB = 128
P99_RATIO_MAX = 2
# At a door where offenders wait a newcomer has its turn after one of each address: some hundredths of a second.
NEWCOMER_P99_MAX_MS = 250
# How long offenders go on when the time is over, until they have heard what they must.
HEAR_SECONDS = 30
# With so long an attack, every one is heard to its end.
PATIENT_SECONDS = 3


def main():
    options = arguments()
    print(f"# seed {options.seed}, {options.seconds} s an attack")
    cores = sorted(os.sched_getaffinity(0))
    options.offenders, options.others = {cores[0]}, set(cores[1:]) or {cores[0]}
    with tempfile.TemporaryDirectory(prefix="ct-") as here, tempfile.TemporaryDirectory(prefix="ct-") as there:
        with Store(options.edge, there, options.others, "Elsewhere") as other:
            other.pair()
        with Store(options.edge, here, options.others) as store:
            store.pair()
            sys.exit(1 if run(options, store, other) else 0)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("edge")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--strict", action="store_true")
    return parser.parse_args()


def run(options, store, other):
    bad = 0

    def tell(holds, what):
        nonlocal bad
        bad += not holds
        print(("ok - " if holds else "not ok - ") + what, flush=True)

    doors = {"plain": (store.port, None, None),
             "tls": (store.tls_port, store.till_tls(), store.till_tls(store.other_till))}
    quiet = {}
    for door, (port, tls, others) in doors.items():
        quiet[door] = polite(port, options.seconds, options.others, tls, others)
        tell(quiet[door].complete, f"a polite till alone gets every answer ({door}, {quiet[door].count})")
        print(f"# quiet, {door}: p50 {quiet[door].at(0.5):.0f} us, p99 {quiet[door].at(0.99):.0f} us; "
              f"{newcomers(quiet[door])}")
    calm = store.memory()
    connections = frames = 0
    wanted = [a for a in attacks.ALL if not options.words or any(word in a.name for word in options.words)]
    for place, attack in enumerate(wanted):
        if attack.patience >= options.seconds + HEAR_SECONDS - 2:
            print(f"# {attack.name}: left out, for it takes {attack.patience} s; run it with --seconds {PATIENT_SECONDS} or more")
            continue
        # Beside pages that misbehave a till on the network is served.
        door = attack.door if attack.door in doors else "tls"
        port, tls, others = doors[door]
        with attack.scene(store, other) as scene:
            offenders = Offenders(attack, scene, place, options)
            till = polite(port, options.seconds, options.others, tls, others)
            told = offenders.end()
            for holds, what in scene.findings(told):
                tell(holds, f"{attack.name}: {what}")
        connections, frames = connections + told.connections, frames + told.frames
        seen = ", ".join(f"{reason} {count}" for reason, count in sorted(told.reasons.items()))
        tell(told.unexplained == 0 or "CLOSED" in attack.must,
             f"{attack.name}: nobody is closed before it was told why ({told.unexplained} were)")
        tell(told.reasons and set(told.reasons) <= set(attack.reasons) and attack.must <= set(told.reasons),
             f"{attack.name}: told {seen or 'nothing'} ({told.connections} connections, {told.frames} frames)")
        tell(till.complete, f"{attack.name}: the polite till got every answer ({till.count})")
        tell(not till.refused and till.newcomers >= NEWCOMERS_MIN,
             f"{attack.name}: tills that came new were served ({till.newcomers - till.refused} of {till.newcomers})")
        ratio = till.at(0.99) / quiet[door].at(0.99)
        print(f"# {attack.name}: p50 {till.at(0.5):.0f} us, p99 {till.at(0.99):.0f} us, {ratio:.2f} of quiet, "
              f"{store.memory()} MiB; {newcomers(till)}", flush=True)
        if options.strict:
            tell(ratio <= P99_RATIO_MAX,
                 f"{attack.name}: the polite till's p99 is within {P99_RATIO_MAX} times its quiet value ({ratio:.2f})")
            arrival = till.arrivals.at(0.99) / 1e3
            tell(arrival <= NEWCOMER_P99_MAX_MS,
                 f"{attack.name}: the newcomers' p99 is within {NEWCOMER_P99_MAX_MS} ms ({arrival:.0f} ms)")
    tell(store.process.poll() is None, "the edge runs on")
    tell(store.memory() <= MEMORY_MAX_MIB,
         f"the edge's memory stays under {MEMORY_MAX_MIB} MiB ({calm} MiB before, {store.memory()} MiB at most)")
    tell(all(newcomer(port, others) for port, _, others in doors.values()), "tills that come after all that are served")
    print(f"# seed {options.seed}: {connections} connections, {frames} frames")
    return bad


def newcomers(till):
    return f"new: p50 {till.arrivals.at(0.5) / 1e3:.1f} ms, p99 {till.arrivals.at(0.99) / 1e3:.1f} ms"


class Offenders:
    """Processes that attack until they are told to end."""

    def __init__(self, attack, scene, place, options):
        self.queue = multiprocessing.Queue()
        self.processes = [
            multiprocessing.Process(
                target=offend, args=(attack, scene, f"127.{place + 1}", number,
                                     random.Random(f"{options.seed} {attack.name} {number}"), options.offenders, self.queue))
            for number in range(attack.processes)]
        # Until an offender can hear that it shall end, it must not.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        for process in self.processes:
            process.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})

    def end(self):
        for process in self.processes:
            process.terminate()
        total = attacks.Told()
        for _ in self.processes:
            total.add(self.queue.get())
        for process in self.processes:
            process.join()
        return total


def offend(attack, scene, network, number, rng, cores, queue):
    told, is_told_to_end = attacks.Told(), False

    def end(*_):
        nonlocal is_told_to_end
        is_told_to_end = True
        signal.alarm(HEAR_SECONDS)
        end_when_heard()

    def end_when_heard():
        if is_told_to_end and told.reasons and attack.must <= set(told.reasons):
            raise attacks.Ended

    def end_at_once(*_):
        raise attacks.Ended

    told.heard = end_when_heard
    offender = attacks.Offender(scene, network, number, rng, told)
    try:
        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGALRM, end_at_once)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        os.sched_setaffinity(0, cores)
        while True:
            try:
                attack.run(offender)
            except OSError:
                told.note("CLOSED")
    except attacks.Ended:
        signal.alarm(0)
    del told.heard
    queue.put(told)


if __name__ == "__main__":
    main()
