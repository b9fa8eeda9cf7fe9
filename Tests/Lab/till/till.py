"""A till in another language than the edge: a socket, a length, and a Frame."""

import collections
import socket
import struct
import threading
import time

from devices.waiting import WAIT_SECONDS
from .messages import PACKAGE, messages

EDGE = ("127.0.0.1", 7433)


class Refused(Exception):
    """The edge ended a call with a status."""

    def __init__(self, status):
        super().__init__(f"{status.reason}: {status.message}")
        self.reason = status.reason


class Till:
    """One connection to the edge. A thread of its own reads, and answers the edge's pings."""

    def __init__(self, client="lab/1"):
        self._socket = socket.create_connection(EDGE, WAIT_SECONDS)
        self._socket.settimeout(None)
        self._changed = threading.Condition()
        self._frames = collections.defaultdict(collections.deque)
        self._ended = None
        self._next_stream = 1
        self._send(hello=messages.Hello(version_min=1, version_max=1, client=client))
        threading.Thread(target=self._read_frames, daemon=True).start()
        self.welcome = self._take(0).welcome

    def close(self):
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._socket.close()

    def call(self, name, **fields):
        """Asks the edge and returns its answer: call("Lanes/OpenBasket", lane="1", basket="7")."""
        stream, answer = self._open(name, fields)
        frame = self._take(stream)
        if frame.WhichOneof("kind") == "status":
            raise Refused(frame.status)
        return answer.FromString(frame.message.body)

    def watch(self, lane, **fields):
        """The lane's events, as its till."""
        stream, answer = self._open("Lanes/Watch", {"lane": lane, **fields})
        return Watch(self, stream, answer)

    def _open(self, name, fields):
        request, answer = messages.call(name)
        stream = self._next_stream
        self._next_stream += 2
        self._send(stream, request=messages.Request(
            call=PACKAGE + name, body=request(**fields).SerializeToString()))
        return stream, answer

    def _send(self, stream=0, **kind):
        packed = messages.Frame(stream=stream, **kind).SerializeToString()
        self._socket.sendall(struct.pack(">I", len(packed)) + packed)

    def _take(self, stream, seconds=WAIT_SECONDS):
        """The next frame of a stream."""
        deadline = time.monotonic() + seconds
        with self._changed:
            frames = self._frames[stream]
            while not frames:
                if self._ended:
                    raise ConnectionError(f"the edge ended the connection: {self._ended}")
                if not self._changed.wait(deadline - time.monotonic()):
                    raise TimeoutError(f"the edge said nothing on stream {stream} within {seconds} s")
            return frames.popleft()

    def _read_frames(self):
        why = "the socket was closed"
        try:
            with self._socket.makefile("rb") as source:
                while len(head := source.read(4)) == 4:
                    frame = messages.Frame.FromString(source.read(*struct.unpack(">I", head)))
                    why = self._received(frame) or why
        except OSError as error:
            why = str(error)
        with self._changed:
            self._ended = why
            self._changed.notify_all()

    def _received(self, frame):
        match frame.WhichOneof("kind"):
            case "ping":
                self._send(pong=messages.Pong(token=frame.ping.token))
            case "goodbye":
                return frame.goodbye.message
            case "status" if frame.stream == 0:
                return frame.status.message
            case _:
                with self._changed:
                    self._frames[frame.stream].append(frame)
                    self._changed.notify_all()
        return None


class Watch:
    """The events of a lane, in the order in which they came."""

    def __init__(self, till, stream, answer):
        self._till = till
        self._stream = stream
        self._answer = answer
        # The lane as it was told of last.
        self.lane = None
        self._wait_for("lane", lambda: True)

    def scan(self):
        """The next scan."""
        return self._wait_for("scan", lambda: True)

    def until_lane(self, condition):
        """The lane, as soon as it is what `condition` asks for. It must not be waited for across a scan."""
        if not condition(self.lane):
            self._wait_for("lane", lambda: condition(self.lane))
        return self.lane

    def _wait_for(self, wanted, condition):
        while True:
            event = self._next()
            kind = event.WhichOneof("event")
            if kind == "lane":
                self.lane = event.lane
            elif kind != wanted:
                raise AssertionError(f"the lane told of a {kind} where a {wanted} was due:\n{event}")
            if kind == wanted and condition():
                return getattr(event, kind)

    def _next(self):
        frame = self._till._take(self._stream)
        if frame.WhichOneof("kind") == "status":
            raise Refused(frame.status)
        self._till._send(self._stream, credit=messages.Credit(messages=1))
        return self._answer.FromString(frame.message.body)
