#!/usr/bin/env python3
"""Writes wire-messages.json, wire-cases.json and conversations.json with Google's own protobuf, so that the tests do not ask protobuf-c
about itself. Needs protoc and Python's protobuf:

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install protobuf && /tmp/venv/bin/python Tests/Golden/golden.py
"""

import json
import pathlib
import random
import subprocess
import tempfile

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from conversations import conversations

HERE = pathlib.Path(__file__).resolve().parent
PROTOS = HERE.parent.parent / "Protos"


def load():
    files = sorted(str(p.relative_to(PROTOS)) for p in PROTOS.rglob("*.proto"))
    with tempfile.NamedTemporaryFile() as out:
        subprocess.check_call(["protoc", f"--proto_path={PROTOS}", "--include_imports",
                               f"--descriptor_set_out={out.name}", *files])
        pool = descriptor_pool.DescriptorPool()
        names = []
        for file in descriptor_pb2.FileDescriptorSet.FromString(out.read()).file:
            pool.Add(file)
            names += [f"{file.package}.{m.name}" for m in file.message_type]
    return {n: message_factory.GetMessageClass(pool.FindMessageTypeByName(n)) for n in names}


T = load()


def make(name, /, **fields):
    return T["countertop.v1." + name](**fields)


def random_message(cls, rng, depth=0):
    message = cls()
    for field in message.DESCRIPTOR.fields:
        if field.is_repeated:
            values = getattr(message, field.name)
            for _ in range(rng.randrange(0, 3)):
                if field.message_type:
                    values.add().CopyFrom(random_message(message_factory.GetMessageClass(field.message_type), rng))
                else:
                    values.append(random_value(field, rng))
        elif rng.random() < 0.75:
            if field.message_type:
                inner = random_message(message_factory.GetMessageClass(field.message_type), rng)
                getattr(message, field.name).CopyFrom(inner)
                getattr(message, field.name).SetInParent()
            else:
                setattr(message, field.name, random_value(field, rng))
    return message


def random_value(field, rng):
    if field.enum_type:
        return rng.choice([v.number for v in field.enum_type.values] + [77])
    bits = rng.choice([0, 1, 7, 14, 31, 32, 63])
    return {
        field.TYPE_STRING: lambda: "".join(rng.choice("aZ9 +@øßїあ🧾") for _ in range(rng.randrange(0, 20))),
        field.TYPE_BYTES: lambda: rng.randbytes(rng.randrange(0, 20)),
        field.TYPE_BOOL: lambda: rng.random() < 0.5,
        field.TYPE_UINT32: lambda: rng.getrandbits(min(bits, 32)),
        field.TYPE_UINT64: lambda: rng.getrandbits(64 if bits == 63 else bits),
        field.TYPE_INT64: lambda: rng.getrandbits(bits) * rng.choice([1, -1]),
        field.TYPE_SINT64: lambda: rng.getrandbits(bits) * rng.choice([1, -1]),
    }[field.type]()


def named_messages():
    """Messages that the Swift tests build from the same values."""
    customer = make(
        "Customer", id="01J9ZV", company="nordmat", name="Kari Nordås", first_name="Kari", language="nb",
        identifiers=[make("Identifier", type=2, value="+4791234567"), make("Identifier", type=6, value="77")],
        groups=[make("Group", id="staff", name="Ansatte")],
        loyalty=make("Loyalty", discount_basis_points=0, bonuses_hundredths=-250),
        permissions=[make("Permission", name="email", granted=True, consent_text="Ja", changed_at_unix_ms=-1)])
    resolution = make(
        "Resolution", kind=1, identifier_type=2, customer=customer, gtin="",
        provenance=make("Provenance", source="poster", age_ms=2**64 - 1, complete=True))
    return {
        "resolution": resolution,
        "event": make("LaneEvent", scan=make(
            "Scan", epoch=1, sequence=2**63, data=b"\x00\xff]E0", symbology=104, aim="]E0", device="1-4.2",
            scanned_at_unix_ms=1_790_000_000_000, resolution=resolution, attachment=1, expired=True)),
        "closing": make("CloseBasketRequest", lane="self-3", basket="b1", closing=make(
            "Closing", outcome=1, sale_id="s", total=make("Money", currency="NOK", minor_units=-9900),
            lines=[make("SaleLine", gtin="07038010009457", description="Melk", quantity_thousandths=-1500)])),
        "empty code": make("ResolveRequest", code=b""),
        "frame": make("Frame", stream=301, message=make("Message", body=b"\x01\x02", last=True)),
    }


def frame(stream=0, **kind):
    packed = make("Frame", stream=stream, **kind).SerializeToString()
    return len(packed).to_bytes(4, "big") + packed


def raw(content):
    return len(content).to_bytes(4, "big") + content


HELLO = frame(hello=make("Hello", version_min=1, version_max=3, features=["x", "a"], client="kassa/4.2"))
WELCOMED = ["welcomed kassa/4.2 1 a", "send 0 welcome 1"]


def request(stream, call="C"):
    return frame(stream, request=make("Request", call=call))


def refused(code, reason):
    return [f"send 0 status {code} {reason}", f"close {reason}"]


def ended(code, reason, *stops):
    """The end of a connection that was welcomed: a goodbye that names the last stream served comes first."""
    return [f"send 0 goodbye {max(stops, default=0)} {reason}", f"send 0 status {code} {reason}",
            *[f"stop {s} {reason}" for s in stops], f"close {reason}"]


def cases():
    """(name, bytes in, what the edge does). Each goes to a new connection."""
    malformed = refused("INVALID_ARGUMENT", "MESSAGE_MALFORMED")
    large = refused("RESOURCE_EXHAUSTED", "MESSAGE_TOO_LARGE")
    long = refused("RESOURCE_EXHAUSTED", "FRAME_TOO_LONG")
    first = refused("INVALID_ARGUMENT", "HELLO_FIRST")
    unexpected = ended("INVALID_ARGUMENT", "FRAME_UNEXPECTED")
    yield "nothing", b"", []
    yield "a hello", HELLO, WELCOMED
    yield "half a hello", HELLO[:-1], []
    yield "a length alone", b"\0\0\0\x05", []
    yield "an empty frame first", raw(b""), first
    yield "a request first", request(1), first
    yield "a hello on a stream", frame(1, hello=make("Hello", version_min=1, version_max=1)), first
    yield "an old client", frame(hello=make("Hello", version_min=0, version_max=0)), refused(
        "UNIMPLEMENTED", "VERSION_UNSUPPORTED")
    yield "a client from the future", frame(hello=make("Hello", version_min=2, version_max=9)), refused(
        "UNIMPLEMENTED", "VERSION_UNSUPPORTED")
    yield "a hello of 4 KiB and a byte", (4097).to_bytes(4, "big"), long
    yield "a hello of 4 KiB", raw(
        b"\x12\xfd\x1f" + b"\x08\x01\x10\x01" + b"\x7a\xf6\x1f" + b"z" * 4086), ["welcomed  1", "send 0 welcome 1"]
    yield "a length of 4 GiB", b"\xff\xff\xff\xff", long
    yield "text on the port", b"GET / HTTP/1.1\r\n\r\n", long
    yield "a TLS hello on the plain port", bytes.fromhex("16030100c8010000c40303"), long
    yield "garbage in a frame", raw(b"\xff" * 8), malformed
    yield "a hello cut off inside its frame", raw(HELLO[4:-3]), malformed
    yield "65 features in the hello", frame(hello=make(
        "Hello", version_min=1, version_max=1, features=["f"] * 65)), large
    yield "bad UTF-8 in the hello", raw(b"\x12\x03\x22\x01\xff"), malformed
    yield "a NUL in the hello", raw(b"\x12\x05\x22\x03a\x00b"), malformed
    yield "two kinds in a frame", raw(HELLO[4:] + b"\x4a\x00"), first
    yield "hello twice in one frame", raw(HELLO[4:] * 2), malformed
    yield "field number 0", raw(b"\x00\x01"), malformed
    yield "a group", raw(b"\x0b\x0c"), malformed
    yield "unknown fields around a hello", raw(
        b"\x7a\x01z" + HELLO[4:] + b"\x80\x01\x05" + b"\x8d\x01\1\2\3\4" + b"\x91\x01\1\2\3\4\5\6\7\7"), WELCOMED
    yield "a stream number of 33 bits", raw(b"\x08\x80\x80\x80\x80\x10" + HELLO[4:]), WELCOMED
    yield "an overlong stream number", HELLO + raw(
        b"\x08\x81\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00"), [
            *WELCOMED, *ended("INVALID_ARGUMENT", "MESSAGE_MALFORMED")]
    yield "hello and requests at once", HELLO + request(1) + request(3, "D"), [*WELCOMED, "start 1 C", "start 3 D"]
    yield "a second hello", HELLO + HELLO, [*WELCOMED, *unexpected]
    yield "an even stream", HELLO + request(2), [*WELCOMED, *ended("INVALID_ARGUMENT", "STREAM_NUMBER_INVALID")]
    yield "stream 0", HELLO + request(0), [*WELCOMED, *ended("INVALID_ARGUMENT", "STREAM_NUMBER_INVALID")]
    yield "the last stream", HELLO + request(2**32 - 1), [*WELCOMED, "start 4294967295 C"]
    yield "a stream twice", HELLO + request(1) + request(1), [
        *WELCOMED, "start 1 C", *ended("INVALID_ARGUMENT", "STREAM_NUMBER_INVALID", 1)]
    yield "streams that go back", HELLO + request(5) + request(3), [
        *WELCOMED, "start 5 C", *ended("INVALID_ARGUMENT", "STREAM_NUMBER_INVALID", 5)]
    yield "65 streams", HELLO + b"".join(request(n) for n in range(1, 131, 2)), [
        *WELCOMED, *[f"start {n} C" for n in range(1, 129, 2)],
        "send 129 status RESOURCE_EXHAUSTED TOO_MANY_STREAMS"]
    yield "a cancel", HELLO + request(1) + frame(1, cancel=make("Cancel")), [
        *WELCOMED, "start 1 C", "stop 1 CALL_CANCELLED"]
    yield "a cancel twice", HELLO + request(1) + frame(1, cancel=make("Cancel")) * 2, [
        *WELCOMED, "start 1 C", "stop 1 CALL_CANCELLED"]
    yield "a cancel before its request", HELLO + frame(1, cancel=make("Cancel")), [*WELCOMED, *unexpected]
    yield "a cancel of the connection", HELLO + frame(cancel=make("Cancel")), [*WELCOMED, *unexpected]
    yield "a ping", HELLO + frame(ping=make("Ping", token=2**64 - 1)), [*WELCOMED, f"send 0 pong {2**64 - 1}"]
    yield "a ping on a stream", HELLO + request(1) + frame(1, ping=make("Ping")), [
        *WELCOMED, "start 1 C", *ended("INVALID_ARGUMENT", "FRAME_UNEXPECTED", 1)]
    yield "eleven pings", HELLO + frame(ping=make("Ping")) * 11, [
        *WELCOMED, *["send 0 pong 0"] * 10, *ended("RESOURCE_EXHAUSTED", "TOO_MANY_PINGS")]
    yield "credit", HELLO + request(1) + frame(1, credit=make("Credit", messages=5)), [*WELCOMED, "start 1 C"]
    yield "credit for nothing", HELLO + frame(1, credit=make("Credit", messages=5)), [*WELCOMED, *unexpected]
    yield "a welcome from a client", HELLO + frame(welcome=make("Welcome")), [*WELCOMED, *unexpected]
    yield "a message from a client", HELLO + request(1) + frame(1, message=make("Message")), [
        *WELCOMED, "start 1 C", *ended("INVALID_ARGUMENT", "FRAME_UNEXPECTED", 1)]
    yield "a status from a client", HELLO + frame(status=make("Status")), [*WELCOMED, *unexpected]
    yield "a goodbye", HELLO + frame(goodbye=make("Goodbye")), [*WELCOMED, "close CLIENT_LEFT"]
    yield "a goodbye with a stream open", HELLO + request(1) + frame(goodbye=make("Goodbye")) + request(3), [
        *WELCOMED, "start 1 C", "left CLIENT_LEFT", "send 3 status CANCELLED CLIENT_LEFT"]
    yield "an empty frame", HELLO + request(1) + raw(b""), [
        *WELCOMED, "start 1 C", *ended("INVALID_ARGUMENT", "FRAME_EMPTY", 1)]
    yield "a frame of no kind that is known", HELLO + raw(b"\xfa\x01\x00"), [
        *WELCOMED, *ended("INVALID_ARGUMENT", "FRAME_EMPTY")]
    yield "a request of 64 KiB", HELLO + raw(
        b"\x08\x01\x22\xfa\xff\x03" + b"\x0a\x01C" + b"\x12\xf3\xff\x03" + b"z" * 65523), [*WELCOMED, "start 1 C"]
    yield "a request of 64 KiB and a byte", HELLO + request(1) + (65537).to_bytes(4, "big"), [
        *WELCOMED, "start 1 C", *ended("RESOURCE_EXHAUSTED", "FRAME_TOO_LONG", 1)]
    yield "frames after the end", HELLO + request(2) + HELLO + request(1), [
        *WELCOMED, *ended("INVALID_ARGUMENT", "STREAM_NUMBER_INVALID")]


def write(name, content):
    (HERE / name).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def main():
    rng = random.Random(20_261_124)
    messages = [{"name": n, "message": m.DESCRIPTOR.full_name, "hex": m.SerializeToString(deterministic=True).hex()}
                for n, m in named_messages().items()]
    for name, cls in sorted(T.items()):
        for _ in range(6):
            packed = random_message(cls, rng).SerializeToString(deterministic=True)
            messages.append({"name": "", "message": name, "hex": packed.hex()})
    write("wire-messages.json", messages)
    write("wire-cases.json", [{"name": n, "input": i.hex(), "expect": e} for n, i, e in cases()])
    write("conversations.json", list(conversations(make)))


main()
