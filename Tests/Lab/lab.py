"""What a scenario works with: devices to plug in, an edge, and tills. All of it is put away when the scenario ends."""

import contextlib
import grp
import os
import select
import subprocess

from devices.waiting import WAIT_SECONDS, until
from edge.process import GROUP, Edge
from till.messages import messages
from till.till import Till

LANE = "1"


class Lab:
    def __init__(self, program, files):
        self._program = program
        self._files = files
        self._devices = []
        self._tills = []
        # The connection by which the lab itself asks.
        self._observer = None
        self.edge = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for till in self._tills:
            till.close()
        if self.edge:
            self.edge.put_away()
        for device in self._devices:
            device.unplug()

    def plug(self, device):
        """Plugs a device in and returns it."""
        self._devices.append(device)
        return device.plug()

    def start_edge(self, **options):
        self.edge = Edge(self._program, **options)
        self._files.copy(self.edge.state)
        return self.edge.start()

    def restart_edge(self):
        """Starts an edge that has ended once more, on the same files."""
        self._observer = None
        return self.edge.start()

    def debug_watch(self, *arguments):
        """`countertop debug watch`, as `debugging` runs a verb."""
        return self.debugging("watch", *arguments)

    @contextlib.contextmanager
    def debugging(self, *arguments):
        """A verb of `countertop debug` with root's rights, until the block ends. Yields a function that returns what it printed
        up to and with a text, which it waits for."""
        process = subprocess.Popen(
            [self._program, "debug", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        said = b""

        def told(text):
            nonlocal said
            while text.encode() not in said:
                ready, _, _ = select.select([process.stdout], [], [], WAIT_SECONDS)
                more = os.read(process.stdout.fileno(), 65536) if ready else b""
                if not more:
                    raise AssertionError(f"debug {arguments[0]} did not print {text!r}:\n{said.decode()}")
                said += more
            return said.decode()

        try:
            yield told
        finally:
            process.terminate()
            process.wait(WAIT_SECONDS)
            process.stdout.close()

    @contextlib.contextmanager
    def explaining(self, device, test_code):
        """`countertop debug explain` with root's rights, which waits for a scan of a test code. Yields a function that waits
        for its end and returns its exit status and what it printed. It has asked for the scan when the block begins."""
        process = subprocess.Popen(
            [self._program, "debug", "explain", device.path, "--edge", self.edge.socket, "--test-code", test_code,
             "--seconds", str(WAIT_SECONDS)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

        def ended():
            said, _ = process.communicate(timeout=WAIT_SECONDS)
            return process.returncode, said

        try:
            # Its first line on standard error asks for the scan, when it watches.
            process.stderr.readline()
            yield ended
        finally:
            process.kill()
            process.communicate()

    def till(self):
        till = Till()
        self._tills.append(till)
        return till

    def till_at_lane(self):
        """A till, and its watch over the lane."""
        till = self.till()
        return till, till.watch(LANE)

    def listed(self, device):
        """What the edge tells of a device, None when it does not know it."""
        if self._observer is None:
            self._observer = self.till()
        answer = self._observer.call("Devices/List")
        return next((entry for entry in answer.devices if entry.path == device.path), None)

    def until_listed(self, device, *states):
        """Waits until the edge tells of a device that it is in one of these states: "READY". Returns the device."""
        def found():
            entry = self.listed(device)
            return entry if entry and messages.enum("DeviceState", entry.state) in states else None
        return until(found, f"the edge lists the device at {device.path} as {' or '.join(states)}")

    def until_gone(self, device):
        """Waits until the edge has let a device go."""
        until(lambda: not self.listed(device), f"the edge lists nothing at {device.path}")


def driver(device, interface=0):
    """The kernel driver bound to an interface, None when there is none. Claimed by a program it is "usbfs"."""
    link = f"/sys/bus/usb/devices/{device.path}:1.{interface}/driver"
    return os.path.basename(os.readlink(link)) if os.path.exists(link) else None


def node(device):
    """The path of the device's node."""
    folder = f"/sys/bus/usb/devices/{device.path}"
    bus, number = (int(open(f"{folder}/{name}").read()) for name in ("busnum", "devnum"))
    return f"/dev/bus/usb/{bus:03}/{number:03}"


def lend(device):
    """Gives a device that the rules leave to root to the edge's group, as a store's own rule would."""
    subprocess.run(["udevadm", "settle", f"--timeout={WAIT_SECONDS}"], check=True)
    os.chown(node(device), 0, grp.getgrnam(GROUP).gr_gid)
    os.chmod(node(device), 0o660)
