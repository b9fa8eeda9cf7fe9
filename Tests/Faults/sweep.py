#!/usr/bin/env python3
"""Ends a process that works on a store's files at each call that changes one of them, and looks for what was lost.

    Tests/Faults/sweep.py PROGRAM [--calls 60] [--every] [--steps 40] [--seed N]

PROGRAM is a built `countertop-faults`. A preloaded library (faults.c) counts the calls that write, sync, cut, rename, link, remove
or make a file, and at one of them kills the process before it, after half of what it writes or after it, or has it and some that
follow fail as a full, broken or read-only disk does. Then the files are opened again and compared with what was acknowledged: each
scan under its number, each entry of the outbox, each use of a benefit, and the local copy as a plain model has it after the
pages it says it took. Several faults follow each other on the same files. With --calls so many places are drawn, with --every each
place is tried with each kind; both print their seed and counts.
"""

import argparse
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DEATHS = ["before", "half", "after"]
FAILURES = ["full", "broken", "read-only"]
# Faults one after another on the same files.
CHAIN = 4
# A disk that refuses until the process ends refuses the mark too by which a restart knows that numbers were given which are not
# written down. What follows on such files is not compared: a number may come twice.
ENDLESS = 1_000_000
SECONDS_MAX = 60


def build(folder):
    library = pathlib.Path(folder) / "faults.so"
    subprocess.run(["cc", "-Wall", "-Wextra", "-shared", "-fPIC", "-O1", "-o", library, HERE / "faults.c", "-ldl"], check=True)
    return library


class Store:
    """A folder with a store's files, and the notes of what was acknowledged beside it."""

    def __init__(self, program, library, seed, steps):
        self.folder = tempfile.TemporaryDirectory(prefix="countertop-faults-")
        self.state = self.folder.name + "/state"
        self.notes = self.folder.name + "/notes"
        self.program, self.library, self.seed, self.steps = program, library, seed, steps

    def work(self, at=None, kind="before", count=1):
        """Runs the work; returns its status and how many calls changed a file."""
        log = self.folder.name + "/calls"
        environment = dict(os.environ, LD_PRELOAD=str(self.library), FAULT_DIR=self.state, FAULT_LOG=log, FAULT_KIND=kind,
                           FAULT_COUNT=str(count))
        if at is not None:
            environment["FAULT_AT"] = str(at)
        words = [self.program, "work", self.state, self.notes, str(self.seed), str(self.steps)]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=SECONDS_MAX)
        calls = int(pathlib.Path(log).read_text()) if os.path.exists(log) else 0
        return done, calls

    def findings(self):
        words = [self.program, "check", self.state, self.notes, str(self.seed)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS_MAX)
        if done.returncode == 0:
            return []
        return done.stdout.splitlines() or [f"the check ended with {done.returncode}: {done.stderr[-600:]}"]

    def acknowledged(self):
        return sum(1 for _ in open(self.notes)) if os.path.exists(self.notes) else 0


def ended_well(done, kind):
    """A death is one by SIGKILL; a failure never ends the process but with an error of its own, in words."""
    if done.returncode in (0, -signal.SIGKILL if kind in DEATHS else 0):
        return True
    # A start on a disk that refuses is refused.
    return kind in FAILURES and done.returncode > 0 and "Fatal error" not in done.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--calls", type=int, default=60)
    parser.add_argument("--every", action="store_true")
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    chance = random.Random(options.seed)
    print(f"# seed {options.seed}")
    with tempfile.TemporaryDirectory(prefix="countertop-faults-") as folder:
        library = build(folder)
        plain = Store(options.program, library, options.seed, options.steps)
        done, calls = plain.work()
        if done.returncode != 0 or calls == 0 or plain.findings():
            print(f"not ok - without a fault the work is done: {done.returncode}, {calls} calls, {plain.findings()}")
            print(done.stderr[-2000:])
            return 1
        print(f"# {calls} calls change a file in {options.steps} steps, {plain.acknowledged()} acknowledged")
        kinds = DEATHS + FAILURES
        if options.every:
            plan = [(at, kind) for at in range(1, calls + 1) for kind in kinds]
        else:
            plan = [(chance.randrange(1, calls + 1), kinds[number % len(kinds)]) for number in range(options.calls)]
        bad, deaths, acknowledged = [], 0, 0
        store = None
        for number, (at, kind) in enumerate(plan):
            if store is None or number % CHAIN == 0:
                acknowledged += store.acknowledged() if store else 0
                # With another seed for each, since otherwise all stores would be the same one.
                store = Store(options.program, library, options.seed + number, options.steps)
            count = chance.choice([1, 3, ENDLESS])
            done, _ = store.work(at, kind, count)
            deaths += done.returncode == -signal.SIGKILL
            findings = store.findings()
            if not ended_well(done, kind):
                findings.append(f"the work ended with {done.returncode}: {done.stderr[-600:]}")
            if findings:
                bad.append((at, kind, findings))
                print(f"# call {at}, {kind}: " + "; ".join(findings[:5]))
                store = None
            elif kind in FAILURES and count == ENDLESS:
                acknowledged += store.acknowledged()
                store = None
        acknowledged += store.acknowledged() if store else 0
        verdict = "not ok" if bad else "ok"
        print(f"{verdict} - nothing acknowledged is lost: {len(plan)} faults, {deaths} deaths, {acknowledged} acknowledged, "
              f"{len(bad)} with findings, seed {options.seed}")
        return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
