#!/usr/bin/env python3
"""Says how hid-tools, the Linux HID project's own parser, reads the report descriptors of descriptors.py, so that the
tests do not ask our parser about itself.

    Tests/Oracle/hid/oracle.py            writes expected.json beside this file
    Tests/Oracle/hid/oracle.py --check    ends with 1 when expected.json is not what it would write

It makes its own environment in .build-oracle/hid on its first run, for which it needs the network once.
"""

import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent.parent.parent / ".build-oracle" / "hid"
HID_TOOLS = "hid-tools==0.12"
EXPECTED = HERE / "expected.json"

if pathlib.Path(sys.prefix).resolve() != HOME.resolve():
    python = HOME / "bin" / "python"
    if not (HOME / "ready").exists():
        subprocess.check_call([sys.executable, "-m", "venv", str(HOME)])
        subprocess.check_call([str(python), "-m", "pip", "install", "--quiet", HID_TOOLS])
        (HOME / "ready").touch()
    sys.exit(subprocess.call([str(python), str(HERE / "oracle.py"), *sys.argv[1:]]))

from hidtools.hid import ReportDescriptor  # noqa: E402

import descriptors  # noqa: E402


def runs(usages):
    """Neighbours as [first, last], so that ranges stay short."""
    found = []
    for usage in usages:
        if found and found[-1][1] + 1 == usage:
            found[-1][1] = usage
        else:
            found.append([usage, usage])
    return found


def report(kind, r):
    """Fields as [first bit, bits of an element, flags, logical minimum, maximum, application, elements, usages].

    hid-tools makes a field of each element that is a control of its own. Those that differ in their usages alone are one
    here, with a usage for each. An array has the usages that its numbers stand for, as ranges."""
    bit = 0 if r.report_ID == -1 else 8
    fields = []
    for f in r.fields:
        assert f.start == bit, (f.start, bit)
        line = [bit, f.size, f.type, f.logical_min, f.logical_max, f.application, f.count]
        bit += f.size * f.count
        if f.type & 3 == 0:
            fields.append([*line, runs(f.usages or [])])
        elif fields and fields[-1][1:6] == line[1:6] and f.type & 3 and f.usage:
            fields[-1][6] += 1
            fields[-1][7].append(f.usage)
        else:
            fields.append([*line, [f.usage] if f.usage else []])
    return {"kind": kind, "id": max(r.report_ID, 0), "bits": bit, "fields": fields}


def parse(data):
    d = ReportDescriptor.from_bytes(data)
    found = []
    for kind, reports in ((1, d.input_reports), (2, d.output_reports), (3, d.feature_reports)):
        found += [report(kind, reports[i]) for i in sorted(reports)]
    return found


def main():
    cases = [{"name": n, "descriptor": d.hex(), "reports": parse(d)} for n, d in descriptors.corpus()]
    text = "[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n"
    if "--check" not in sys.argv[1:]:
        EXPECTED.write_text(text)
        print(f"{len(cases)} descriptors")
    elif EXPECTED.read_text() != text:
        sys.exit("expected.json is not what hid-tools says now: run Tests/Oracle/hid/oracle.py and read the difference")
    else:
        print(f"expected.json agrees with hid-tools on {len(cases)} descriptors")


main()
