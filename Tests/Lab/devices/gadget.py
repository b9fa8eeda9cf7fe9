"""Devices that the kernel's own gadget functions make (Linux, Documentation/usb/gadget_configfs.rst), on dummy_hcd."""

import errno
import os
import pathlib

from .qemu import QEMUDevice, raw
from .scanner import DATA_BYTES, REPORT_DESCRIPTOR, scan_report
from .waiting import until

GADGETS = pathlib.Path("/sys/kernel/config/usb_gadget")
CONTROLLER = "dummy_udc.0"


class Gadget(QEMUDevice):
    """One function. dummy_hcd has one port, so one gadget is plugged in at a time."""

    FUNCTION = ""
    ATTRIBUTES = {}

    @property
    def _folder(self):
        return GADGETS / type(self).__name__

    def plug(self, port=None):
        folder, function = self._folder, self._folder / "functions" / self.FUNCTION
        for part in (folder, folder / "strings/0x409", folder / "configs/c.1", function):
            part.mkdir(parents=True, exist_ok=True)
        (folder / "idVendor").write_text(hex(self.VENDOR))
        (folder / "idProduct").write_text(hex(self.PRODUCT))
        for name, text in (("manufacturer", "Linux"), ("product", type(self).__name__), ("serialnumber", "G1")):
            (folder / "strings/0x409" / name).write_text(text)
        for name, value in self.ATTRIBUTES.items():
            (function / name).write_bytes(value)
        os.symlink(function, folder / "configs/c.1" / self.FUNCTION)
        self._bind(CONTROLLER)
        self.path = until(self._find, f"the kernel's {self.FUNCTION} is set up")
        return self

    def unplug(self):
        if not self._folder.exists():
            return
        self._bind("")
        until(lambda: not self._find(), f"the kernel's {self.FUNCTION} is gone")
        (self._folder / "configs/c.1" / self.FUNCTION).unlink()
        for part in ("configs/c.1", f"functions/{self.FUNCTION}", "strings/0x409", ""):
            (self._folder / part).rmdir()

    def _bind(self, controller):
        try:
            (self._folder / "UDC").write_text(controller + "\n")
        except OSError as error:
            # It was not bound.
            if controller or error.errno != errno.ENODEV:
                raise


class HIDGadget(Gadget):
    """The kernel's HID function with the published report descriptor of a scanner."""

    VENDOR, PRODUCT = 0x0C2E, 0x0967
    FUNCTION = "hid.usb0"
    ATTRIBUTES = {"report_length": b"64", "report_desc": REPORT_DESCRIPTOR}

    def _open(self, flags):
        number = int((self._folder / "functions" / self.FUNCTION / "dev").read_text().split(":")[1])
        node = f"/dev/hidg{number}"
        until(lambda: os.path.exists(node), "the gadget has a node")
        return os.open(node, flags)

    def scan(self, data, aim):
        node = self._open(os.O_WRONLY)
        try:
            for start in range(0, len(data), DATA_BYTES):
                chunk = data[start:start + DATA_BYTES]
                os.write(node, scan_report(chunk, aim, start + DATA_BYTES < len(data)))
        finally:
            os.close(node)

    def next_order(self):
        """The next report that the host sends."""
        node = self._open(os.O_RDONLY)
        try:
            return os.read(node, 64)
        finally:
            os.close(node)


class ACMGadget(Gadget):
    """The kernel's ACM function under the number of a scanner that speaks so."""

    VENDOR, PRODUCT = 0x2745, 0x300A
    FUNCTION = "acm.usb0"

    def scan(self, data, terminator=b"\r"):
        number = (self._folder / "functions" / self.FUNCTION / "port_num").read_text().strip()
        with raw(f"/dev/ttyGS{number}") as line:
            line.write(data + terminator)
