"""Ways to behave badly, each with the reasons that the protocol's page promises its offenders."""

import collections
import socket

from peer import Peer, cancel, credit, frame, hello, number, ping, raw, request, text

KARI = text(1, "CU00000KARINORDAS")
RESOLVE = "countertop.v1.Customers/Resolve"
HALF_OPEN = 1_000


class Told:
    """What offenders were told, how often."""

    def __init__(self):
        self.connections = self.frames = 0
        self.reasons = collections.Counter()

    def note(self, reason):
        self.reasons[reason] += 1

    def add(self, other):
        self.connections += other.connections
        self.frames += other.frames
        self.reasons += other.reasons


Attack = collections.namedtuple("Attack", "name run reasons must processes")
ALL = []


def attack(name, *must, also=(), processes=2):
    """`must` are reasons that have to be heard, `also` those that may be."""
    def add(run):
        ALL.append(Attack(name, run, {*must, *also}, set(must), processes))
        return run
    return add


def offend_once(port, told, content, frames=1):
    """One connection, one piece of bad bytes, and what the edge says to it."""
    with Peer(port) as peer:
        told.connections += 1
        told.frames += frames
        try:
            peer.send(content)
        except OSError:
            pass  # The edge has closed already; what it said first can be read.
        told.note(peer.verdict())


@attack("open and cancel", "TOO_MANY_CANCELS", also=["CLOSED"])
def open_and_cancel(port, rng, told, stop):
    pairs = b"".join(request(n, RESOLVE, KARI) + cancel(n) for n in range(1, 1_001, 2))
    offend_once(port, told, hello() + pairs, 1_001)


@attack("pings", "TOO_MANY_PINGS", also=["CLOSED"])
def pings(port, rng, told, stop):
    offend_once(port, told, hello() + ping(rng.randrange(2**32)) * 1_000, 1_001)


@attack("useless frames", "TOO_MANY_USELESS_FRAMES", also=["CLOSED"])
def useless_frames(port, rng, told, stop):
    offend_once(port, told, hello() + request(1, RESOLVE, KARI) + credit(1, 1) * 5_000, 5_002)


@attack("frames of one byte and less", "MESSAGE_MALFORMED", "FRAME_EMPTY")
def tiny_frames(port, rng, told, stop):
    offend_once(port, told, hello() + rng.choice([raw(b""), raw(bytes([rng.choice([0x08, 0x12, 0xFF])]))]) * 1_000, 1_001)


@attack("one byte at a time", "FRAME_EMPTY")
def one_byte_at_a_time(port, rng, told, stop):
    with Peer(port) as peer:
        told.connections += 1
        told.frames += 3
        for byte in hello() + request(1, RESOLVE, KARI) + raw(b""):
            peer.send(bytes([byte]))
        told.note(peer.verdict())


@attack("half-open connections by the thousand", "TOO_MANY_CONNECTIONS", also=["CLOSED", "HELLO_LATE"], processes=1)
def half_open(port, rng, told, stop):
    peers = []
    try:
        for _ in range(HALF_OPEN):
            peers.append(Peer(port))
            told.connections += 1
            if rng.random() < 0.5:
                peers[-1].socket.send(hello()[:rng.randrange(1, 8)])
        for peer in peers:
            peer.socket.settimeout(0.001)
            try:
                told.note(peer.verdict())
            except TimeoutError:
                pass  # It waits for the rest of the hello still.
            except OSError:
                told.note("CLOSED")
    finally:
        for peer in peers:
            peer.socket.close()


@attack("subscribers that never read", "TOO_MANY_STREAMS", also=["CLOSED", "TOO_MANY_WATCHERS"])
def never_reads(port, rng, told, stop):
    with Peer(port) as peer:
        told.connections += 1
        peer.send(hello())
        watch = text(1, "1") + number(2, 2)
        for stream in range(1, 201, 2):
            peer.send(request(stream, "countertop.v1.Health/Watch" if stream > 7 else "countertop.v1.Lanes/Watch", watch
                              if stream <= 7 else b""))
            told.frames += 1
        # Calls whose answers nobody reads, until the edge takes no more.
        peer.socket.settimeout(0.2)
        stream = 201
        try:
            while not stop.is_set():
                peer.send(b"".join(request(stream + 2 * n, RESOLVE, KARI) for n in range(100)))
                stream += 200
                told.frames += 100
        except OSError:
            pass
        peer.socket.settimeout(2)
        try:
            while True:
                said = peer.next()
                if said.kind is None:
                    break
                if said.kind == "status":
                    told.note(said.reason)
                    break
        except OSError:
            pass


@attack("frames that are too long", "FRAME_TOO_LONG")
def oversize(port, rng, told, stop):
    length = rng.choice([65_537, 1 << 20, 2**31, 2**32 - 1])
    offend_once(port, told, rng.choice([b"", hello()]) + length.to_bytes(4, "big") + rng.randbytes(64 << 10))


@attack("messages with too much in them", "MESSAGE_TOO_LARGE", "MESSAGE_MALFORMED")
def too_much(port, rng, told, stop):
    many = rng.random() < 0.5
    with Peer(port) as peer:
        told.connections += 1
        told.frames += 2
        if many:
            body = text(3, text(4, b"") * 15_000)  # 15,000 lines in a basket
        else:
            body = b""
            for _ in range(5_000):  # a field within a field within a field
                body = text(3, body)
                if len(body) > 60_000:
                    break
            body += b"\x0b"
        peer.send(hello() + request(1, "countertop.v1.Lanes/CloseBasket", body))
        while True:
            said = peer.next()
            if said.kind in ("status", None):
                return told.note(said.reason if said.kind else "CLOSED")


@attack("other versions and other protocols", "VERSION_UNSUPPORTED", "FRAME_TOO_LONG", "HELLO_FIRST")
def others(port, rng, told, stop):
    offend_once(port, told, rng.choice([
        hello(2, 9), hello(0, 0), hello(9, 1), b"GET / HTTP/1.1\r\nHost: edge\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        bytes.fromhex("16030100c8010000c40303") + rng.randbytes(200), request(1, RESOLVE, KARI), ping()]))


@attack("garbage", "MESSAGE_MALFORMED", "FRAME_TOO_LONG",
        also=["FRAME_EMPTY", "FRAME_UNEXPECTED", "STREAM_NUMBER_INVALID", "HELLO_FIRST", "MESSAGE_TOO_LARGE"])
def garbage(port, rng, told, stop):
    content = rng.randbytes(rng.randrange(1, 200))
    if rng.random() < 0.2:
        return offend_once(port, told, rng.randbytes(3_000) + b"\xff" * 8)
    offend_once(port, told, hello() + raw(content) + raw(b""))
