"""Devices that QEMU emulates: a keyboard and an FT232, both made by other people."""

import contextlib
import json
import os
import pathlib
import threading
import tty

from .waiting import until

MONITOR, LINE = "/dev/ttyS1", "/dev/ttyS2"
DEVICES = pathlib.Path("/sys/bus/usb/devices")
KEY_MILLISECONDS = 10

# QEMU's names of keys that are not the character itself.
KEY_NAMES = {" ": "spc", "-": "minus", "]": "bracket_right", "[": "bracket_left", "/": "slash", ".": "dot", "\n": "ret"}


class Monitor:
    """QEMU's machine protocol (QMP), over a serial port of the guest."""

    _lock = threading.Lock()
    _port = None

    @classmethod
    def say(cls, words):
        """Has QEMU carry out a line of its monitor. Fails with what QEMU complains of."""
        with cls._lock:
            if cls._port is None:
                cls._port = raw(MONITOR)
                # What was said before the port was raw may have been echoed in part. This byte has QEMU forget it.
                cls._port.write(b"\xff")
                cls._ask("qmp_capabilities")
            said = cls._ask("human-monitor-command", **{"command-line": words})
            if said.strip():
                raise AssertionError(f"QEMU said to {words!r}: {said}")

    @classmethod
    def _ask(cls, command, **arguments):
        request = {"execute": command, "arguments": arguments, "id": command}
        cls._port.write(json.dumps(request).encode() + b"\n")
        while True:
            line = cls._port.readline()
            with contextlib.suppress(json.JSONDecodeError):
                answer = json.loads(line)
                if answer.get("id") != command:
                    continue
                if "error" in answer:
                    raise AssertionError(f"QEMU refused {command}: {answer['error']}")
                return answer["return"] or ""


def raw(terminal):
    """Opens a serial port that changes no byte."""
    port = os.open(terminal, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(port)
    return os.fdopen(port, "r+b", buffering=0)


class QEMUDevice:
    """A device of QEMU's, known by its number, on QEMU's own host controller."""

    VENDOR = PRODUCT = 0
    MODEL = NAME = ""

    def __init__(self):
        self.path = None

    def plug(self, port=None):
        Monitor.say(f"device_add {self.MODEL},id={self.NAME},bus=usb.0{self.OPTIONS}")
        self.path = until(self._find, f"QEMU's {self.MODEL} is set up")
        return self

    OPTIONS = ""

    def unplug(self):
        if self.path:
            Monitor.say(f"device_del {self.NAME}")
            until(lambda: not self._find(), f"QEMU's {self.MODEL} is gone")

    def _find(self):
        wanted = f"{self.VENDOR:04x}", f"{self.PRODUCT:04x}"
        for folder in DEVICES.glob("*-*"):
            with contextlib.suppress(OSError):
                numbers = tuple((folder / name).read_text().strip() for name in ("idVendor", "idProduct"))
                if numbers == wanted and any(folder.glob(f"{folder.name}:1.0")):
                    return folder.name
        return None


class QEMUKeyboard(QEMUDevice):
    """QEMU's usb-kbd, which types what its monitor is told."""

    VENDOR, PRODUCT = 0x0627, 0x0001
    MODEL, NAME = "usb-kbd", "keyboard"

    def type(self, text):
        for character in text + "\n":
            name = KEY_NAMES.get(character, character)
            keys = f"shift-{name.lower()}" if character.isupper() else name
            Monitor.say(f"sendkey {keys} {KEY_MILLISECONDS}")


class QEMUSerial(QEMUDevice):
    """QEMU's usb-serial, an FT232."""

    VENDOR, PRODUCT = 0x0403, 0x6001
    MODEL, NAME, OPTIONS = "usb-serial", "serial", ",chardev=line"

    def scan(self, data, terminator=b"\r"):
        with raw(LINE) as line:
            line.write(data + terminator)
