"""The frames of the protocol by hand, so that they can be wrong as well: no library checks them."""

import socket
import struct


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value)


def text(field, value):
    value = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | 2) + varint(len(value)) + value


def raw(content):
    """A frame of any content."""
    return struct.pack(">I", len(content)) + content


def frame(stream, kind, content):
    return raw((number(1, stream) if stream else b"") + text(kind, content))


def hello(low=1, high=1, client="abuse/1", features=()):
    return frame(0, 2, number(1, low) + number(2, high) + b"".join(text(3, f) for f in features) + text(4, client))


def request(stream, call, body=b"", deadline_ms=0):
    return frame(stream, 4, text(1, call) + text(2, body) + number(3, deadline_ms))


def cancel(stream):
    return frame(stream, 7, b"")


def credit(stream, messages=0, size=0):
    return frame(stream, 8, number(1, messages) + number(2, size))


def ping(token=1):
    return frame(0, 9, number(1, token))


KINDS = {2: "hello", 3: "welcome", 4: "request", 5: "message", 6: "status", 7: "cancel", 8: "credit", 9: "ping", 10: "pong",
         11: "goodbye"}


class Frame:
    def __init__(self, content):
        self.stream, self.kind, self.content = 0, None, b""
        for field, value in fields(content):
            if field == 1:
                self.stream = value
            elif field in KINDS:
                self.kind, self.content = KINDS[field], value

    @property
    def reason(self):
        """The reason of a status or a goodbye."""
        return next((v.decode() for f, v in fields(self.content) if f == 2), "")


def fields(content):
    """Numbers and values of a message that is well formed."""
    at = 0

    def read():
        nonlocal at
        value = shift = 0
        while True:
            byte = content[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(content):
        tag = read()
        if tag & 7 == 0:
            yield tag >> 3, read()
        else:
            length = read()
            yield tag >> 3, content[at:at + length]
            at += length


class Peer:
    """A connection to the edge."""

    def __init__(self, port, patience=10, source="127.0.0.1", tls=None):
        """`source` is the address it comes from: each of 127.0.0.0/8 stands for another machine."""
        plain = socket.create_connection(("127.0.0.1", port), timeout=patience, source_address=(source, 0))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.socket = tls.wrap_socket(plain) if tls else plain
        except OSError:
            plain.close()
            raise
        self.bytes = b""

    @classmethod
    def at(cls, path, patience=10):
        """A connection over the Unix socket at `path`."""
        peer = cls.__new__(cls)
        peer.socket, peer.bytes = socket.socket(socket.AF_UNIX), b""
        peer.socket.settimeout(patience)
        peer.socket.connect(path)
        return peer

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, content):
        self.socket.sendall(content)

    def next(self):
        """The next frame; one without a kind when the edge has closed the connection."""
        while True:
            if len(self.bytes) >= 4:
                length = struct.unpack(">I", self.bytes[:4])[0]
                if len(self.bytes) >= 4 + length:
                    content, self.bytes = self.bytes[4:4 + length], self.bytes[4 + length:]
                    return Frame(content)
            chunk = self.socket.recv(1 << 16)
            if not chunk:
                return Frame(b"")
            self.bytes += chunk

    def call(self, stream, name, body=b""):
        """Makes a call and returns its answer, or the status with which the call or the connection ended."""
        self.send(request(stream, name, body))
        while True:
            frame = self.next()
            if frame.kind is None or frame.kind in ("message", "status") and frame.stream in (0, stream):
                return frame

    def verdict(self):
        """Why the edge ends the connection: the reason of its status on stream 0, or CLOSED."""
        while True:
            frame = self.next()
            if frame.kind == "status" and frame.stream == 0:
                return frame.reason
            if frame.kind is None:
                return "CLOSED"
