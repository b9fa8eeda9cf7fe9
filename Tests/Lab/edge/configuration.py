"""The configuration that an edge in the lab gets."""

from devices.display import Display
from devices.keyboard import KeyboardWedge
from devices.scanner import HIDPOSScanner

# Every scanner and display of the lab serves lane 1, by its model, and keeps its lane when it is plugged in again.
CONFIGURATION = """\
store:
  name: Lab Store
  company: sample
state: {state}
key: {state}/key
listen:
  host: 127.0.0.1
  port: 7433
  unix: {state}/edge.sock
lanes:
{lanes}
wedge:
  identifier_is_sent: true
  # An emulated guest may take long between two keys.
  silence_ms: 10000
usb: real
sample_store: true
"""


def model(device):
    return f'"{device.VENDOR:04x}:{device.PRODUCT:04x}"'


def lane(name, *devices):
    """A lane and the devices that it names."""
    return f'  - {{name: "{name}", devices: [{", ".join(devices)}]}}'


def written_for(state, settings="", lanes=None):
    """`settings` are lines of a scenario's own, and so are `lanes`, as `lane` writes them."""
    if lanes is None:
        lanes = [lane("1", *map(model, (HIDPOSScanner, KeyboardWedge, Display)))]
    return CONFIGURATION.format(state=state, lanes="\n".join(lanes)) + settings
