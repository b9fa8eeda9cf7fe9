"""An edge for programs that look at it from outside."""

import contextlib
import pathlib
import queue
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time

WAIT_SECONDS = 60


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Edge:
    """An edge with the sample store, until the end of the `with`."""

    def __init__(self, program, log_level="notice", **network):
        """`network`: more settings of the configuration's section of that name."""
        self.program = program
        self.log_level = log_level
        self.network = network

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="ct-")
        self.folder = pathlib.Path(self._folder.name)
        self.socket = self.folder / "edge.sock"
        self.authority = self.folder / "state" / "identity" / "authority.pem"
        self.address = f"127.0.0.1:{free_port()}"
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        self._folder.cleanup()

    def start(self):
        """Starts it, and waits until it is ready."""
        network = {"host": "127.0.0.1", "port": self.address.split(":")[1], **self.network}
        (self.folder / "store.yaml").write_text(f"""\
state: {self.folder}/state
key: {self.folder}/key
listen: {{unix: {self.socket}}}
network: {{{", ".join(f"{name}: {value}" for name, value in network.items())}}}
usb: virtual
sample_store: true
""")
        self.process = subprocess.Popen([self.program, "run", "--config", self.folder / "store.yaml",
                                         "--log-level", self.log_level], stderr=subprocess.PIPE, text=True)
        self.told = Lines(self.process.stderr)
        self.told.wait(r"Ready\.")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(WAIT_SECONDS)

    def verb(self, *words):
        return subprocess.Popen([self.program, *words, "--edge", str(self.socket)], stdout=subprocess.PIPE, text=True)

    @contextlib.contextmanager
    def pairing(self, *words):
        """Has the edge make a pairing code, good until the end of the `with`: the running verb, and the code."""
        with self.verb("pair", *words) as pairing:
            yield pairing, line_with(r"^ +((?:[0-9A-Z]{5}-){7}[0-9A-Z]{5})$", pairing.stdout)[1]
            if pairing.poll() is None:
                pairing.terminate()


class Lines:
    """Lines that come from elsewhere, for one who waits for some of them, in their order."""

    def __init__(self, source=()):
        self._queue = queue.SimpleQueue()
        self.taken = []
        threading.Thread(target=self._read, args=(source,), daemon=True).start()

    def _read(self, source):
        for line in source:
            self.add(line)

    def add(self, line):
        self._queue.put(line.rstrip("\n"))

    def wait(self, pattern):
        """The next line like this, after those that were taken. What comes before it is passed over."""
        end = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                line = self._queue.get(timeout=max(0, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"Nothing like {pattern} came after {self.taken[-12:]}") from None
            self.taken.append(line)
            if found := re.search(pattern, line):
                return found


def line_with(pattern, lines):
    for line in lines:
        if found := re.search(pattern, line):
            return found
    raise AssertionError(f"Nothing like {pattern} came.")
