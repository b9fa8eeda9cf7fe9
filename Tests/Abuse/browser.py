"""Attacks on the door for browsers: HTTP that asks for something else, and WebSocket frames (RFC 6455) that no browser sends."""

import contextlib
import os
import struct

from attacks import attack
from peer import hello, raw
from store import ORIGIN, careless_tls

CONTINUATION, TEXT, BINARY, CLOSE, PONG = 0, 1, 2, 8, 10
# More than the edge takes in one frame, and more that carry nothing than it lets pass.
TOO_LONG = (72 << 10) + 1
EMPTIES = 3_000


def page(it):
    """A connection that speaks HTTP."""
    tls = careless_tls()
    tls.set_alpn_protocols(["http/1.1"])
    return it.connect(tls=tls)


def ask(peer, path="/v1", origin=ORIGIN, upgrade=True):
    """Asks for a WebSocket, or for something else; the status of the answer, 0 for none."""
    lines = [f"GET {path} HTTP/1.1", "Host: edge"] + ([f"Origin: {origin}"] if origin else [])
    if upgrade:
        lines += ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
    peer.send("\r\n".join(lines + ["", ""]).encode())
    head = b""
    while b"\r\n\r\n" not in head:
        chunk = peer.socket.recv(4_096)
        if not chunk:
            return 0
        head += chunk
    head, peer.bytes = head.split(b"\r\n\r\n", 1)
    return int(head.split()[1])


def web(opcode, content=b"", mask=True, fin=True):
    """A WebSocket frame."""
    length = len(content)
    size = (bytes([length | mask << 7]) if length < 126 else
            struct.pack(">BH", 126 | mask << 7, length) if length < 1 << 16 else struct.pack(">BQ", 127 | mask << 7, length))
    key = os.urandom(4) if mask else b""
    masked = bytes(byte ^ key[n % 4] for n, byte in enumerate(content)) if mask else content
    return bytes([opcode | fin << 7]) + size + key + masked


def said(peer):
    """What the edge says until it closes: what its binary messages hold, and the code with which it closes (0 for none)."""
    held, words = peer.bytes, b""
    while True:
        while len(held) >= 2:
            length, at = held[1] & 127, 2
            if length == 126:
                length, at = struct.unpack(">H", held[2:4])[0], 4
            if len(held) < at + length:
                break
            opcode, content, held = held[0] & 15, held[at:at + length], held[at + length:]
            if opcode == CLOSE:
                return words, int.from_bytes(content[:2], "big")
            words += content
        chunk = peer.socket.recv(1 << 16)
        if not chunk:
            return words, 0
        held += chunk


def offend(it, content):
    """A WebSocket, one piece of bad bytes, and the code with which the edge closes."""
    with page(it) as peer:
        if ask(peer) != 101:
            return it.told.note("CLOSED")
        it.told.frames += 1
        with contextlib.suppress(OSError):
            peer.send(content)
        code = said(peer)[1]
        it.told.note(f"WebSocket {code}" if code else "CLOSED")


@attack("requests that are no WebSocket of ours", "HTTP 403", "HTTP 404", "HTTP 426", door="browser")
def no_websocket(it):
    with page(it) as peer:
        status = ask(peer, **it.turn([
            {"origin": "https://elsewhere.example"}, {"path": "/"}, {"upgrade": False}, {"origin": None}, {"path": "/v1/../etc"}]))
        it.told.note(f"HTTP {status}" if status else "CLOSED")


@attack("WebSocket frames that no browser sends", "WebSocket 1002", "WebSocket 1003", "WebSocket 1009", door="browser")
def wrong_frames(it):
    offend(it, it.turn([web(BINARY, hello(), mask=False), web(TEXT, b"hello"), web(BINARY, bytes(TOO_LONG))]))


@attack("WebSocket frames that carry nothing", "WebSocket 1008", door="browser")
def empty_frames(it):
    offend(it, it.turn([web(PONG), web(BINARY), web(BINARY, fin=False) + web(CONTINUATION, fin=False)]) * EMPTIES)


@attack("WebSocket fragments of one byte", "FRAME_EMPTY", door="browser")
def fragments(it):
    with page(it) as peer:
        if ask(peer) != 101:
            return it.told.note("CLOSED")
        it.told.frames += 2
        content = hello() + raw(b"")
        pieces = [web(CONTINUATION if n else BINARY, bytes([byte]), fin=n == len(content) - 1)
                  for n, byte in enumerate(content)]
        with contextlib.suppress(OSError):
            peer.send(b"".join(pieces))
        words = said(peer)[0]
        it.told.note("FRAME_EMPTY" if b"FRAME_EMPTY" in words else "CLOSED")
