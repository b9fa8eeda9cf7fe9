"""A USB device made of a few lines of Python."""

import struct
import threading

from . import descriptors, usbip
from .waiting import WAIT_SECONDS, until

ENDPOINT_HALT = 0

# Answers a control transfer gets from `control` besides bytes: a negative status, or never an answer.
HELD = object()


class USBDevice:
    """What is plugged into the virtual host controller. It answers the host from a thread of its own.

    `sent` holds what the host wrote: (endpoint, bytes), where endpoint 0 stands for a HID SET_REPORT.
    `cleared` holds the endpoints whose halt the host cleared.
    `requests` holds what it was asked by control transfers: (type, request).
    """

    def __init__(self, device, configuration, strings, speed=usbip.FULL_SPEED, reports=None):
        self.device = device
        self.configuration = configuration
        self.strings = strings
        self.speed = speed
        self.reports = reports or {}
        self.port = None
        self.sent = []
        self.cleared = []
        self.requests = []
        # While True the device takes what the host writes and never says that it did.
        self.holds_writes = False
        # While True the device never answers when a halt is cleared.
        self.holds_clears = False
        # While True the device answers no control transfer at all, and no request of a class only.
        self.is_mute = False
        self.is_mute_to_classes = False
        # How many answers it has held back since it was plugged in.
        self.held_count = 0
        # How a write to an OUT endpoint ends other than well.
        self.write_status = 0
        self.changed = threading.Condition(threading.RLock())
        self._connection = None
        self._waiting = {}
        self._ready = {}
        self._held = []

    # Plugging

    def plug(self, port=None):
        """Plugs the device in, into the same port as last time unless told otherwise. Returns when it is set up."""
        if port is not None:
            self.port = port
        if self.port is None:
            self.port = usbip.Ports.first_free()
        until(lambda: usbip.Ports.is_empty(self.port), f"port {self.port} is empty")
        self._waiting, self._ready, self._held = {}, {}, []
        self.held_count = 0
        self._connection = usbip.Connection(self.port, self.speed)
        threading.Thread(target=self._serve, args=(self._connection,), daemon=True).start()
        until(lambda: usbip.Ports.is_set_up(self.port), f"the device in port {self.port} is set up")
        return self

    def unplug(self):
        """Pulls the plug, whatever is going on. Returns when the kernel has taken notice."""
        if self._connection:
            self._connection.close()
            self._connection = None
            until(lambda: usbip.Ports.is_empty(self.port), f"port {self.port} is empty again")

    @property
    def path(self):
        """Where the device is plugged in, or was last: "1-1"."""
        return usbip.Ports.path(self.port)

    # What the device says

    def send(self, endpoint, data):
        """Queues a packet, or the status a transfer of this endpoint is to end with."""
        with self.changed:
            self._ready.setdefault(endpoint & 0x0F, []).append(data)
            self._pump(endpoint & 0x0F)

    def wait(self, condition, what, seconds=WAIT_SECONDS):
        """Waits until `condition()` holds and returns its value. The device's own events are what it is asked after."""
        with self.changed:
            if not self.changed.wait_for(condition, seconds):
                raise TimeoutError(f"it did not happen within {seconds} s that {what}")
            return condition()

    @property
    def has_queued(self):
        """Whether something that was sent has not been fetched yet."""
        return any(self._ready.values())

    @property
    def is_holding(self):
        """Whether the host waits for an answer that the device holds back."""
        with self.changed:
            return bool(self._held)

    # What a kind of device says otherwise

    def control(self, kind, request, value, index, length, data):
        """The answer to a control transfer: bytes, a status, or HELD. None leaves it to the standard answers."""
        return None

    def take(self, endpoint, data):
        """Takes what the host wrote."""

    # The conversation

    def _serve(self, connection):
        try:
            while True:
                asked = connection.receive()
                with self.changed:
                    if isinstance(asked, tuple):
                        self._unlink(connection, *asked)
                    else:
                        self._begin(connection, asked)
                    self.changed.notify_all()
        except (EOFError, OSError):
            with self.changed:
                self.changed.notify_all()

    def _begin(self, connection, transfer):
        if transfer.endpoint == 0:
            self._answer_control(connection, transfer)
        elif transfer.inward:
            self._waiting.setdefault(transfer.endpoint, []).append(transfer)
            self._pump(transfer.endpoint)
        else:
            self._record(transfer.endpoint, transfer.data)
            if self.holds_writes:
                self._hold(transfer)
            elif self.write_status:
                connection.answer(transfer, self.write_status)
            else:
                connection.answer(transfer, 0, taken=len(transfer.data))

    def _unlink(self, connection, victim, number):
        for pending in (*self._waiting.values(), self._held):
            for transfer in pending:
                if transfer.number == victim:
                    pending.remove(transfer)
                    connection.answer_unlink(number, found=True)
                    return
        connection.answer_unlink(number, found=False)

    def _pump(self, endpoint):
        waiting, ready = self._waiting.get(endpoint, []), self._ready.get(endpoint, [])
        while waiting and ready and self._connection:
            transfer, packet = waiting.pop(0), ready.pop(0)
            if isinstance(packet, int):
                self._connection.answer(transfer, packet)
            elif len(packet) > transfer.length:
                self._connection.answer(transfer, usbip.BABBLE, packet[:transfer.length])
            else:
                self._connection.answer(transfer, 0, packet)

    def _record(self, endpoint, data):
        self.sent.append((endpoint, data))
        self.take(endpoint, data)

    def _answer_control(self, connection, transfer):
        kind, request, value, index, length = struct.unpack("<BBHHH", transfer.setup)
        self.requests.append((kind, request))
        answer = HELD if self._is_mute_to(kind, request) else self.control(
            kind, request, value, index, length, transfer.data)
        if answer is None:
            answer = self._standard_answer(kind, request, value, index, transfer.data)
        if answer is HELD:
            self._hold(transfer)
        elif isinstance(answer, int):
            connection.answer(transfer, answer)
        else:
            connection.answer(transfer, 0, answer[:length], taken=len(transfer.data))

    def _is_mute_to(self, kind, request):
        # A descriptor that an interface is asked for belongs to its class.
        is_of_class = kind & 0x60 == 0x20 or (kind, request) == (0x81, 6)
        return self.is_mute or self.is_mute_to_classes and is_of_class

    def _hold(self, transfer):
        self._held.append(transfer)
        self.held_count += 1

    def _standard_answer(self, kind, request, value, index, data):
        match kind, request:
            case 0x80, 6:
                return self._descriptor(value >> 8, value & 0xFF)
            case 0x81, 6 if value >> 8 == 0x22:
                return self.reports.get(index, usbip.STALLED)
            case (0x80 | 0x81 | 0x82), 0:
                return bytes(2)
            case 0x80, 8:
                return bytes([1])
            case 0x02, 1 if value == ENDPOINT_HALT:
                self.cleared.append(index)
                return HELD if self.holds_clears else b""
            case (0x00 | 0x01 | 0x02), _:
                return b""
            case 0x21, (0x0A | 0x0B):  # SET_IDLE, SET_PROTOCOL
                return b""
            case 0x21, 9:  # SET_REPORT
                self._record(0, data)
                return HELD if self.holds_writes else b""
        return usbip.STALLED

    def _descriptor(self, kind, index):
        match kind, index:
            case 1, _:
                return self.device
            case 2, 0:
                return self.configuration
            case 3, 0:
                return descriptors.LANGUAGES
            case 3, _ if 0 < index <= len(self.strings):
                return descriptors.string(self.strings[index - 1])
        return usbip.STALLED
