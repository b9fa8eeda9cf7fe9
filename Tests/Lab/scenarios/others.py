"""Devices made by other people: QEMU's keyboard and FT232, and the kernel's own gadget functions."""

import sample_store as sample
from devices.gadget import ACMGadget, HIDGadget
from devices.qemu import QEMUKeyboard, QEMUSerial
from devices.scanner import ERROR_BEEP, GOOD_READ_BEEP, TRIGGER
from devices.waiting import until
from edge.configuration import lane, model
from lab import driver, lend
from . import expect_equal, scenario
from .scanning import LONG_LABEL, taken, told


@scenario("QEMU's usb-kbd is a scanner when the configuration names it, and a keyboard again afterwards")
def qemu_keyboard(lab):
    keyboard = lab.plug(QEMUKeyboard())
    until(lambda: driver(keyboard) == "usbhid", "the kernel drives the keyboard")
    lend(keyboard)
    edge = lab.start_edge(
        lanes=[lane("1", model(QEMUKeyboard))], settings=f"keyboards:\n  - {{device: {model(QEMUKeyboard)}, silence_ms: 10000}}\n")
    lab.until_listed(keyboard, "READY")
    _, watch = lab.till_at_lane()
    for label in ("4006381333931", "Card-7 of [Lab]"):
        keyboard.type(label)
    expect_equal([scan.data for scan in taken(watch, 2)], [b"4006381333931", b"Card-7 of [Lab]"], "the labels")
    expect_equal(edge.stop(), 0, "the exit status")
    until(lambda: driver(keyboard) == "usbhid", "the kernel drives the keyboard again")


@scenario("QEMU's usb-kbd is left alone when nobody has named it")
def qemu_keyboard_unnamed(lab):
    keyboard = lab.plug(QEMUKeyboard())
    until(lambda: driver(keyboard) == "usbhid", "the kernel drives the keyboard")
    lab.start_edge()
    lab.until_listed(keyboard, "NOT_CLAIMED")
    expect_equal(driver(keyboard), "usbhid", "its driver")


@scenario("QEMU's usb-serial is an FT232 with a scanner behind it, whose status bytes are in no label")
def qemu_serial(lab):
    cable = lab.plug(QEMUSerial())
    until(lambda: driver(cable) == "ftdi_sio", "the kernel drives the cable")
    lend(cable)
    edge = lab.start_edge(
        lanes=[lane("1", model(QEMUSerial))],
        settings=f"serial_scanners:\n  - {{device: {model(QEMUSerial)}, dialect: datalogic}}\n")
    lab.until_listed(cable, "READY")
    _, watch = lab.till_at_lane()
    for label in (sample.PRODUCT, LONG_LABEL):
        cable.scan(label)
        expect_equal(taken(watch, 1)[0].data, label, "the label")
    expect_equal(edge.stop(), 0, "the exit status")
    until(lambda: driver(cable) == "ftdi_sio", "the kernel drives the cable again")


@scenario("the kernel's HID gadget with a scanner's descriptor reads and beeps")
def hid_gadget(lab):
    scanner = lab.plug(HIDGadget())
    lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    scanner.scan(sample.CARD, "]Q1")
    scanner.scan(LONG_LABEL, "]d1")
    scans = taken(watch, 2)
    expect_equal([told(scan)[:2] for scan in scans], [(sample.CARD, "QRCODE"), (LONG_LABEL, "DATAMATRIX")], "the labels")
    orders = [scanner.next_order() for _ in range(2)]
    expect_equal(orders, [bytes([TRIGGER, GOOD_READ_BEEP]), bytes([TRIGGER, ERROR_BEEP])], "what the scanner was told")


@scenario("the kernel's ACM gadget is a CDC scanner, and is given back to cdc_acm")
def acm_gadget(lab):
    scanner = lab.plug(ACMGadget())
    until(lambda: driver(scanner) == "cdc_acm", "the kernel drives the line")
    edge = lab.start_edge()
    lab.until_listed(scanner, "READY")
    _, watch = lab.till_at_lane()
    for label in (sample.PRODUCT, LONG_LABEL):
        scanner.scan(label)
        expect_equal(taken(watch, 1)[0].data, label, "the label")
    expect_equal(edge.stop(), 0, "the exit status")
    until(lambda: [driver(scanner, 0), driver(scanner, 1)] == ["cdc_acm", "cdc_acm"], "the kernel drives the line again")
