"""Ways to behave badly, each with the reasons that the protocol's page promises its offenders."""

import collections
import contextlib
import socket
import struct

from peer import Peer, cancel, credit, frame, hello, number, ping, raw, request, text

KARI = text(1, "CU00000KARINORDAS")
RESOLVE = "countertop.v1.Customers/Resolve"
HALF_OPEN = 1_000
# For so long a lane's till may take nothing (LaneLimits.takeTime), which is not set by the configuration.
TAKE_SECONDS = 30
# Messages of a stream that are sent before any credit is given.
CREDIT = 32
# More than wait at the edge.
OPEN_AT_ONCE = 200


class Ended(BaseException):
    """The offender has heard enough, whatever it is at."""


class Told:
    """What offenders were told, how often."""

    def __init__(self):
        self.connections = self.frames = 0
        # How many of its addresses heard nothing when they were closed for the first time.
        self.unexplained = 0
        self.reasons = collections.Counter()

    def note(self, reason):
        self.unexplained += reason == "CLOSED" and not self.reasons
        self.reasons[reason] += 1
        self.heard()

    def heard(self):
        """Called whenever something was heard."""

    def add(self, other):
        self.connections += other.connections
        self.frames += other.frames
        self.unexplained += other.unexplained
        self.reasons += other.reasons


class Scene:
    """Where an attack takes place: the store, and another store whose till is no friend of this one."""

    def __init__(self, store, other):
        self.ports = {"plain": store.port, "tls": store.tls_port, "browser": store.web_port}
        self.till_tls, self.others_till = store.till_tls, other.till / "till.pem"

    def findings(self, told):
        """What else must hold after the attack."""
        return []


class Offender:
    """One process that attacks, from addresses of its own network."""

    def __init__(self, scene, network, number, rng, told):
        self.scene, self.network, self.number, self.rng, self.told = scene, network, number, rng, told
        self.source = f"{network}.0.1"
        self.tries = 0

    def connect(self, source=None, tls=None, **options):
        self.told.connections += 1
        return Peer(self.scene.ports[self.door], source=source or self.source, tls=tls, **options)

    def turn(self, choices):
        """One choice after the other, so that a few connections show all of them."""
        self.tries += 1
        return choices[(self.tries + self.number) % len(choices)]

    def offend_once(self, content, frames=1):
        """One connection, one piece of bad bytes, and what the edge says to it."""
        with self.connect() as peer:
            self.told.frames += frames
            try:
                peer.send(content)
            except OSError:
                pass  # The edge has closed already; what it said first can be read.
            self.told.note(peer.verdict())


Attack = collections.namedtuple("Attack", "name run reasons must processes door scene patience")
ALL = []


def attack(name, *must, also=(), processes=2, door="plain", scene=None, patience=0):
    """`must` are reasons that have to be heard, `also` those that may be. A source that broke too many rules waits, and what
    would wait too long is closed; but not before it was told why. `patience` is for how many seconds the edge bears it."""
    def add(run):
        def run_at_door(offender):
            offender.door = door
            run(offender)

        ALL.append(
            Attack(name, run_at_door, {*must, *also, "CLOSED"}, set(must), processes, door, scene or plain_scene, patience))
        return run
    return add


@contextlib.contextmanager
def plain_scene(store, other):
    yield Scene(store, other)


@attack("open and cancel", "TOO_MANY_CANCELS")
def open_and_cancel(it):
    pairs = b"".join(request(n, RESOLVE, KARI) + cancel(n) for n in range(1, 1_001, 2))
    it.offend_once(hello() + pairs, 1_001)


@attack("pings", "TOO_MANY_PINGS")
def pings(it):
    it.offend_once(hello() + ping(it.rng.randrange(2**32)) * 1_000, 1_001)


@attack("useless frames", "TOO_MANY_USELESS_FRAMES")
def useless_frames(it):
    it.offend_once(hello() + request(1, RESOLVE, KARI) + credit(1, 1) * 5_000, 5_002)


@attack("frames of one byte and less", "MESSAGE_MALFORMED", "FRAME_EMPTY")
def tiny_frames(it):
    it.offend_once(hello() + it.turn([raw(b""), raw(bytes([it.rng.choice([0x08, 0x12, 0xFF])]))]) * 1_000, 1_001)


@attack("one byte at a time", "FRAME_EMPTY")
def one_byte_at_a_time(it):
    with it.connect() as peer:
        it.told.frames += 3
        for byte in hello() + request(1, RESOLVE, KARI) + raw(b""):
            peer.send(bytes([byte]))
        it.told.note(peer.verdict())


@attack("half-open connections by the thousand", "CLOSED", also=["GAVE_WAY", "HELLO_LATE"], processes=1)
def half_open(it):
    hear_half_open(it, [it.connect for _ in range(HALF_OPEN)])


def hear_half_open(it, connects):
    """Connections that say nothing, or not the whole of a hello, and what the oldest of them is told."""
    peers = collections.deque()
    try:
        for connect in connects:
            peers.append(connect())
            if it.rng.random() < 0.5:
                with contextlib.suppress(OSError):  # The edge may have closed it already.
                    peers[-1].send(hello()[:it.rng.randrange(1, 8)])
            if len(peers) > OPEN_AT_ONCE:
                hear(it, peers.popleft())
    finally:
        for peer in peers:
            peer.socket.close()


def hear(it, peer):
    peer.socket.settimeout(0.001)
    try:
        it.told.note(peer.verdict())
    except TimeoutError:
        pass  # It waits for the rest of the hello still.
    except OSError:
        it.told.note("CLOSED")
    finally:
        peer.socket.close()


@attack("connections that are closed at once", "CLOSED")
def connect_and_close(it):
    close_at_once(it)


def close_at_once(it):
    """As many as a host can make: none of them says a word, or waits for one."""
    for _ in range(200):
        with it.connect() as peer:
            # So that no port of the offender's waits for the end of a connection that is none (socket(7)).
            peer.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    it.told.note("CLOSED")


@attack("subscribers that never read", "TOO_MANY_STREAMS", also=["TOO_MANY_WATCHERS", "CONSUMER_TOO_SLOW"])
def never_reads(it):
    with it.connect() as peer:
        peer.send(hello())
        watch = text(1, "1") + number(2, 2)
        for stream in range(1, 201, 2):
            name, body = ("Health/Watch", b"") if stream > 7 else ("Lanes/Watch", watch)
            peer.send(request(stream, f"countertop.v1.{name}", body))
            it.told.frames += 1
        # Calls whose answers nobody reads, until the edge takes no more.
        peer.socket.settimeout(0.2)
        with contextlib.suppress(OSError):
            for first in range(201, 1 << 30, 200):
                peer.send(b"".join(request(first + 2 * n, RESOLVE, KARI) for n in range(100)))
                it.told.frames += 100
        peer.socket.settimeout(2)
        while (said := peer.next()).kind is not None:
            if said.kind == "status":
                return it.told.note(said.reason)


def take_lane(peer, token):
    """Watches lane 1 as its till, from what nobody has acknowledged."""
    peer.send(hello() + request(1, "countertop.v1.Lanes/Watch", text(1, "1") + text(5, token)))


class HeldLane(Scene):
    """A lane that somebody else wants as well."""

    def findings(self, told):
        with Peer(self.ports["plain"]) as peer:
            take_lane(peer, "the next till")
            while (said := peer.next()).kind not in (None, "message", "status"):
                pass
            yield said.kind == "message", f"the lane is the next till's at once ({said.reason if said.kind == 'status' else said.kind})"


@contextlib.contextmanager
def held_lane(store, other):
    yield HeldLane(store, other)


@attack("a till that holds its lane and never reads", "CONSUMER_TOO_SLOW", also=["LANE_HELD"], processes=1, scene=held_lane,
        patience=TAKE_SECONDS)
def holds_lane(it):
    it.tries += 1
    with it.connect(patience=TAKE_SECONDS + 10) as peer, it.connect() as scanner:
        take_lane(peer, f"till {it.number}")
        scanner.send(hello())
        # More than a till that gives no credit is sent at once.
        for n in range(2 * CREDIT):
            body = text(1, "1") + text(2, f"held-{it.tries}-{n}")
            scanner.call(2 * n + 1, "countertop.v1.Lanes/Enter", body)
            it.told.frames += 1
        # It gives no credit, and what it reads in the end is what the edge has said meanwhile.
        while (said := peer.next()).kind is not None:
            if said.kind == "status" and said.stream == 1:
                return it.told.note(said.reason)
        it.told.note("CLOSED")


@attack("frames that are too long", "FRAME_TOO_LONG")
def oversize(it):
    length = it.turn([65_537, 1 << 20, 2**31, 2**32 - 1])
    it.offend_once(it.rng.choice([b"", hello()]) + length.to_bytes(4, "big") + it.rng.randbytes(64 << 10))


@attack("messages with too much in them", "MESSAGE_TOO_LARGE", "MESSAGE_MALFORMED")
def too_much(it):
    many = it.turn([True, False])
    with it.connect() as peer:
        it.told.frames += 2
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
                return it.told.note(said.reason if said.kind else "CLOSED")


@attack("other versions and other protocols", "VERSION_UNSUPPORTED", "FRAME_TOO_LONG", "HELLO_FIRST")
def others(it):
    it.offend_once(it.turn([
        hello(2, 9), b"GET / HTTP/1.1\r\nHost: edge\r\n\r\n", request(1, RESOLVE, KARI), hello(0, 0), ping(),
        bytes.fromhex("16030100c8010000c40303") + it.rng.randbytes(200), hello(9, 1), b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]))


@attack("garbage", "MESSAGE_MALFORMED", "FRAME_TOO_LONG",
        also=["FRAME_EMPTY", "FRAME_UNEXPECTED", "STREAM_NUMBER_INVALID", "HELLO_FIRST", "MESSAGE_TOO_LARGE"])
def garbage(it):
    kind = it.turn(["long", "no message", "anything"])
    if kind == "long":
        return it.offend_once(it.rng.randbytes(3_000) + b"\xff" * 8)
    # A field begins that nothing may: a group's end, of wire type 4.
    first = b"\x0c" if kind == "no message" else b""
    it.offend_once(hello() + raw(first + it.rng.randbytes(it.rng.randrange(1, 200))) + raw(b""))
