"""Attacks from the store's network: TLS handshakes, strangers, guessed pairing codes, a till of another store."""

import contextlib
import functools

from attacks import KARI, RESOLVE, Scene, attack, close_at_once, hear_half_open
from peer import cancel, hello, request, text
from store import careless_tls

# A browser's public key, SubjectPublicKeyInfo of P-256 (RFC 5480): the curve's generator, which is a valid point.
KEY = bytes.fromhex(
    "3059301306072a8648ce3d020106082a8648ce3d030107034200046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
ATTEMPTS_MAX = 5
# An address may guess four times wrong.
GUESSES = 6
# One more than a till may have.
CONNECTIONS = 33


@attack("half-open TLS handshakes by the thousand", "CLOSED", door="tls", processes=1)
def half_open_handshakes(it):
    for _ in range(200):
        with it.connect() as peer:
            if it.rng.random() < 0.5:
                peer.send(bytes.fromhex("16030100c8010000c40303"))
            peer.socket.settimeout(0.001)
            with contextlib.suppress(TimeoutError):
                it.told.note(peer.verdict())


@attack("connections to the network's door that are closed at once", "CLOSED", door="tls")
def connect_and_close(it):
    close_at_once(it)


@attack("TLS handshakes from one address", "WELCOMED", door="tls")
def handshakes(it):
    with it.connect(tls=careless_tls()) as peer:
        peer.send(hello())
        it.told.note("WELCOMED" if peer.next().kind == "welcome" else "CLOSED")


@attack("strangers from a thousand addresses who prove nothing", "GAVE_WAY", also=["IDENTITY_LATE"], door="tls", processes=1)
def strangers(it):
    tls = careless_tls()
    hear_half_open(it, [
        functools.partial(it.connect, source=f"{it.network}.{n // 250}.{1 + n % 250}", tls=tls) for n in range(300)])


class Guessing(Scene):
    """A pairing code waits to be guessed."""

    def __init__(self, store, other):
        super().__init__(store, other)
        self.store = store
        self.code, self.waiting = store.invite()

    def findings(self, told):
        yield told.reasons["PAIRING_PROOF_WRONG"] == ATTEMPTS_MAX, (
            f"a code may be guessed {ATTEMPTS_MAX} times and no more ({told.reasons['PAIRING_PROOF_WRONG']})")
        said = self.waiting.communicate(timeout=60)[0]
        yield "PAIRING_BURNT" in said or "given too often" in said, "whoever shows the code is told that it is burnt"
        joined = self.store.join(self.code, self.store.folder / "late")
        yield joined.returncode != 0 and "PAIRING_CLOSED" in joined.stderr, "the right code comes too late then"


@contextlib.contextmanager
def guessing(store, other):
    scene = Guessing(store, other)
    try:
        yield scene
    finally:
        scene.waiting.kill()
        scene.waiting.wait()


@attack("guessed pairing codes", "PAIRING_PROOF_WRONG", "TOO_MANY_ATTEMPTS", "PAIRING_CLOSED", door="tls", processes=1,
        scene=guessing)
def guess(it):
    it.tries += 1
    source = f"{it.network}.{it.tries // 250 % 250}.{1 + it.tries % 250}"
    with it.connect(source=source, tls=careless_tls()) as peer:
        peer.send(hello())
        peer.next()
        for n in range(GUESSES):
            it.told.frames += 1
            said = peer.call(2 * n + 1, "countertop.v1.Pairing/Pair", text(2, KEY) + text(3, it.rng.randbytes(32)))
            it.told.note(said.reason if said.kind else "CLOSED")


@attack("a paired till that opens and cancels", "TOO_MANY_CANCELS", door="tls")
def paired_till(it):
    pairs = b"".join(request(n, RESOLVE, KARI) + cancel(n) for n in range(1, 1_001, 2))
    with it.connect(tls=it.scene.till_tls()) as peer:
        it.told.frames += 1_001
        with contextlib.suppress(OSError):
            peer.send(hello() + pairs)
        it.told.note(peer.verdict())


@attack("a paired till that leaks its connections", "TOO_MANY_CONNECTIONS", door="tls", processes=1)
def leaking_till(it):
    with contextlib.ExitStack() as peers:
        for n in range(CONNECTIONS):
            # An address alone could not begin so many handshakes at once.
            peer = peers.enter_context(it.connect(source=f"{it.network}.1.{1 + n % 8}", tls=it.scene.till_tls()))
            peer.send(hello())
            if n < CONNECTIONS - 1 and peer.next().kind != "welcome":
                return it.told.note("CLOSED")
        it.told.note(peer.verdict())


@attack("a till of another store", "CERTIFICATE_OF_OTHER_STORE", door="tls")
def other_store(it):
    with it.connect(tls=careless_tls(it.scene.others_till)) as peer:
        it.told.frames += 1
        with contextlib.suppress(OSError):
            peer.send(hello())
        it.told.note(peer.verdict())


