"""Waiting for what the kernel or a process does. The guest is emulated and shares its machine: every wait is ten times
what it takes there at the worst, and ends as soon as what is waited for has happened."""

import select
import socket
import time

WAIT_SECONDS = 120
# How long a look at something that announces itself to nobody may be old.
LOOK_SECONDS = 0.05

NETLINK_KOBJECT_UEVENT = 15
KERNEL_EVENTS, UDEV_EVENTS = 1, 2


def until(condition, what, seconds=WAIT_SECONDS):
    """Waits until `condition()` is true and returns its value. It is asked again after every event of the kernel or
    udev, and now and then, since not everything is told of by an event."""
    deadline = time.monotonic() + seconds
    with socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, NETLINK_KOBJECT_UEVENT) as events:
        events.bind((0, KERNEL_EVENTS | UDEV_EVENTS))
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > deadline:
                raise TimeoutError(f"it did not happen within {seconds} s that {what}")
            if select.select([events], [], [], LOOK_SECONDS)[0]:
                try:
                    events.recv(65536)
                except OSError:
                    # More events came than were read. The condition is asked again anyway.
                    pass
