"""A polite till, tills that come new beside it, and what became of their calls."""

import os
import threading
import time

import attacks
from peer import Peer, hello, request
from store import newcomer

PACE_SECONDS = 0.001
# How long it is from one till that comes new to the next.
NEWCOMER_SECONDS = 0.1
# Of so many at least the time is known, or the run says nothing of newcomers.
NEWCOMERS_MIN = 5


class Times:
    """Times in microseconds."""

    def __init__(self, micros):
        self.micros, self.count = sorted(micros), len(micros)

    def at(self, share):
        return self.micros[min(int(self.count * share), self.count - 1)] if self.micros else float("nan")


class Polite(Times):
    """The times of its calls; whether all were answered; the times of those that came new, and how many were not served."""

    def __init__(self, micros, complete, arrivals, refused):
        super().__init__(micros)
        self.complete, self.arrivals, self.refused = complete, Times(arrivals), refused
        self.newcomers = self.arrivals.count + refused


def polite(port, seconds, cores, tls=None, others=None):
    """One call after the other on a connection that stays; beside it another till comes new again and again, with one call."""
    os.sched_setaffinity(0, cores)
    micros, complete, stream = [], True, 1
    with Peer(port, patience=30, tls=tls) as peer:
        peer.send(hello())
        complete &= peer.next().kind == "welcome"
        end = time.monotonic() + seconds
        coming = Newcomers(port, others, end, cores)
        while time.monotonic() < end and complete:
            began = time.perf_counter()
            peer.send(request(stream, attacks.RESOLVE, attacks.KARI))
            frame = peer.next()
            micros.append((time.perf_counter() - began) * 1e6)
            complete &= frame.kind == "message" and frame.stream == stream
            stream += 2
            time.sleep(PACE_SECONDS)
        coming.join()
    return Polite(micros, complete, coming.micros, coming.refused)


class Newcomers(threading.Thread):
    """Tills that come new until a time, and as many as must come."""

    def __init__(self, port, tls, end, cores):
        super().__init__()
        self.port, self.tls, self.ending, self.cores = port, tls, end, cores
        self.micros, self.refused = [], 0
        self.start()

    def run(self):
        os.sched_setaffinity(0, self.cores)
        while time.monotonic() < self.ending or len(self.micros) + self.refused < NEWCOMERS_MIN:
            began = time.perf_counter()
            if newcomer(self.port, self.tls):
                self.micros.append((time.perf_counter() - began) * 1e6)
            else:
                self.refused += 1
            time.sleep(NEWCOMER_SECONDS)
