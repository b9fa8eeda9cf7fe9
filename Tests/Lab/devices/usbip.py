"""The wire between the kernel's virtual host controller (vhci_hcd) and a device emulated by a program.

Linux, Documentation/usb/usbip_protocol.rst: headers of 48 bytes, big-endian, each followed by the data of its transfer.
"""

import pathlib
import socket
import struct

CONTROLLER = pathlib.Path("/sys/devices/platform/vhci_hcd.0")
DEVICES = pathlib.Path("/sys/bus/usb/devices")

LOW_SPEED, FULL_SPEED, HIGH_SPEED = 1, 2, 3

# Ends of a transfer, as the kernel's negative error numbers.
STALLED = -32
BABBLE = -75
UNLINKED = -104

HEADER_BYTES = 48
SUBMIT, UNLINK, SUBMITTED, UNLINKED_ANSWER = 1, 2, 3, 4
PORT_FREE = "004"


class Transfer:
    """One transfer that the host asks for."""

    def __init__(self, number, endpoint, inward, length, setup, data):
        self.number = number
        self.endpoint = endpoint
        self.inward = inward
        self.length = length
        self.setup = setup
        self.data = data


class Connection:
    """The device's end of a connection to the controller. Ends with EOFError or OSError when the device is unplugged."""

    def __init__(self, port, speed):
        self._socket, kernel_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        device_id = 1 << 16 | port + 1
        attach = f"{port} {kernel_end.fileno()} {device_id} {speed}"
        with kernel_end:
            (CONTROLLER / "attach").write_text(attach)

    def close(self):
        """Breaks the connection off, which is what the kernel takes for a pulled plug."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._socket.close()

    def receive(self):
        """The next thing asked for: a Transfer, or the number of a transfer to unlink and the number to answer."""
        header = self._read(HEADER_BYTES)
        command, number, _, inward, endpoint = struct.unpack(">5I", header[:20])
        if command == UNLINK:
            victim, = struct.unpack(">I", header[20:24])
            return victim, number
        _, length, _, _, _ = struct.unpack(">5I", header[20:40])
        data = self._read(length) if not inward else b""
        return Transfer(number, endpoint, bool(inward), length, header[40:48], data)

    def answer(self, transfer, status, data=b"", taken=0):
        """Ends a transfer, with the data that goes in or the count of bytes taken from what came out."""
        count = len(data) if transfer.inward else taken
        head = struct.pack(">5I", SUBMITTED, transfer.number, 0, 0, 0)
        self._write(head + struct.pack(">iIIII", status, count, 0, 0, 0) + bytes(8) + (data if transfer.inward else b""))

    def answer_unlink(self, number, found):
        head = struct.pack(">5I", UNLINKED_ANSWER, number, 0, 0, 0)
        self._write(head + struct.pack(">i", UNLINKED if found else 0) + bytes(24))

    def _read(self, count):
        data = b""
        while len(data) < count:
            part = self._socket.recv(count - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    def _write(self, data):
        try:
            self._socket.sendall(data)
        except OSError:
            # The plug was pulled while the device answered; receive tells of it.
            pass


class Ports:
    """The ports of the controller. Those for everything below USB 3 come first, on a bus of their own."""

    @staticmethod
    def first_free():
        return next(port for hub, port, state in Ports._rows() if hub == "hs" and state == PORT_FREE)

    @staticmethod
    def is_empty(wanted):
        """Whether the plug is out and the kernel has done with the device. A plug that is put back earlier looks to the
        kernel as if nothing had happened."""
        states = [state for _, port, state in Ports._rows() if port == wanted]
        return states == [PORT_FREE] and not (DEVICES / Ports.path(wanted)).exists()

    @staticmethod
    def is_set_up(wanted):
        """Whether the kernel has read the device's descriptors and chosen its configuration."""
        path = Ports.path(wanted)
        return (DEVICES / path / f"{path}:1.0").exists()

    @staticmethod
    def path(wanted):
        """The kernel's name for what is plugged into a port: "1-1"."""
        bus = min(int(folder.name.removeprefix("usb")) for folder in CONTROLLER.glob("usb[0-9]*"))
        return f"{bus}-{wanted + 1}"

    @staticmethod
    def _rows():
        for line in (CONTROLLER / "status").read_text().splitlines()[1:]:
            hub, port, state = line.split()[:3]
            yield hub, int(port), state
