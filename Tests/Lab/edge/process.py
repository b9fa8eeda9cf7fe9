"""An edge under test: the built program, started as an installed one is."""

import grp
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import threading

from devices.waiting import WAIT_SECONDS
from . import configuration

# The edge needs no right but its group's, so that is all it gets.
NOBODY = 65534
GROUP = "countertop"


class Edge:
    """Runs until `stop` or `kill`. `log` is what it said on standard error."""

    def __init__(self, program, group=GROUP, settings="", lanes=None):
        self._folder = tempfile.TemporaryDirectory(prefix="countertop-")
        # Where it keeps its files.
        self.state = pathlib.Path(self._folder.name)
        os.chown(self.state, NOBODY, NOBODY)
        file = self.state / "countertop.yaml"
        file.write_text(configuration.written_for(self.state, settings, lanes))
        file.chmod(0o644)
        self.program = program
        self._file = file
        self._group = grp.getgrnam(group).gr_gid if group else NOBODY
        self.log = ""
        self._changed = threading.Condition()
        self._process = None
        self._reader = None

    def start(self):
        """Starts the program, for the first time or again on the same files. Returns when it says that it is ready."""
        self.log = ""
        self._process = subprocess.Popen(
            [self.program, "run", "--config", self._file, "--log-level", "debug"], user=NOBODY, group=self._group,
            extra_groups=[], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self._reader = threading.Thread(target=self._read_log, args=(self._process.stderr,), daemon=True)
        self._reader.start()
        self.wait_for_log("Ready")
        return self

    def stop(self):
        """Tells it to stop, as systemd does, and returns its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self._end()

    def kill(self):
        """Ends it without a chance to put anything away."""
        self._process.kill()
        return self._end()

    def put_away(self):
        """Leaves nothing of it, whatever a scenario did."""
        if self._process and self._process.poll() is None:
            self.kill()
        self._folder.cleanup()

    @property
    def socket(self):
        """The path of its Unix socket."""
        return str(self.state / "edge.sock")

    @property
    def process_number(self):
        return self._process.pid

    @property
    def is_running(self):
        return self._process.poll() is None

    @property
    def open_files(self):
        """What its file descriptors lead to, sorted."""
        folder = f"/proc/{self._process.pid}/fd"
        targets = []
        for name in os.listdir(folder):
            try:
                targets.append(os.readlink(f"{folder}/{name}"))
            except FileNotFoundError:
                pass
        return sorted(targets)

    @property
    def open_device_nodes(self):
        return [target for target in self.open_files if target.startswith("/dev/bus/usb/")]

    @property
    def memory_bytes(self):
        """The memory that is its own: what a leak makes grow."""
        text = pathlib.Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.search(r"RssAnon:\s+(\d+) kB", text)[1]) * 1024

    @property
    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait_for_log(self, text, seconds=WAIT_SECONDS):
        with self._changed:
            said = self._changed.wait_for(lambda: text in self.log or not self._reader.is_alive(), seconds)
        if not said or text not in self.log:
            raise AssertionError(f"the edge did not say {text!r}")

    def run(self, *arguments, as_root=False):
        """Runs another verb of the program, with the edge's rights or with root's."""
        rights = {} if as_root else {"user": NOBODY, "group": self._group, "extra_groups": []}
        return subprocess.run(
            [self.program, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=WAIT_SECONDS,
            **rights)

    def _end(self):
        status = self._process.wait(WAIT_SECONDS)
        self._reader.join(WAIT_SECONDS)
        return status

    def _read_log(self, pipe):
        with pipe:
            for line in pipe:
                with self._changed:
                    self.log += line
                    self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()
