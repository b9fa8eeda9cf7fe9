#!/usr/bin/env python3
"""Writes mapping.json: how Google's protobuf maps messages to JSON and back, so that the tests do not ask the edge's own
mapping about itself.

    Tests/Oracle/json/mapping.py            writes the file
    Tests/Oracle/json/mapping.py --check    fails when the file is not what would be written
"""

import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
MAPPING = HERE / "mapping.json"
SEED = 20261125
MESSAGES_OF_EACH = 5

# (message, JSON): what is taken or refused in ways that a random message does not show.
TEXTS = [
    ("Money", '{"currency":"NOK","minorUnits":"-9900"}'),
    ("Money", '{"currency":"NOK","minor_units":-9900}'),
    ("Money", '{"minorUnits":"9223372036854775807"}'),
    ("Money", '{"minorUnits":"9223372036854775808"}'),
    ("Money", '{"minorUnits":-9223372036854775808}'),
    ("Money", '{"minorUnits":1.0}'),
    ("Money", '{"minorUnits":12e2}'),
    ("Money", '{"minorUnits":120e-1}'),
    ("Money", '{"minorUnits":1.5}'),
    ("Money", '{"minorUnits":""}'),
    ("Money", '{"minorUnits":"x"}'),
    ("Money", '{"minorUnits":true}'),
    ("Money", '{"minorUnits":null,"currency":null}'),
    ("Money", '{"currency":5}'),
    ("Money", '{"currency":"\\ud83e\\uddfe \\u00e5 \\n\\t\\"\\\\\\/"}'),
    ("Money", '{"currency":"\\ud83e"}'),
    ("Money", '{"currency":"\\uddfe\\ud83e"}'),
    ("Money", '{"currency":"a'),
    ("Money", '{"currency":"NOK","currency":"SEK"}'),
    ("Money", '{"Currency":"NOK"}'),
    ("Money", '{"nothing":1}'),
    ("Money", '{}'),
    ("Money", ' { "currency" : "NOK" } '),
    ("Money", '{"currency":"NOK",}'),
    ("Money", '{"currency":"NOK"} x'),
    ("Money", '"NOK"'),
    ("Money", 'null'),
    ("Money", ''),
    ("Limits", '{"streamsMax":4294967295}'),
    ("Limits", '{"streamsMax":"4294967295"}'),
    ("Limits", '{"streamsMax":4294967296}'),
    ("Limits", '{"streamsMax":-1}'),
    ("Limits", '{"streamsMax":-0}'),
    ("Limits", '{"streamsMax":01}'),
    ("Limits", '{"streamsMax":1e400}'),
    ("Ping", '{"token":"18446744073709551615"}'),
    ("Ping", '{"token":18446744073709551615}'),
    ("Ping", '{"token":"18446744073709551616"}'),
    ("ResolveRequest", '{"code":""}'),
    ("ResolveRequest", '{"code":"AP/7"}'),
    ("ResolveRequest", '{"code":"AP_7"}'),
    ("ResolveRequest", '{"code":"AP8="}'),
    ("ResolveRequest", '{"code":"AP8"}'),
    ("ResolveRequest", '{"code":"AA=="}'),
    ("ResolveRequest", '{"code":7}'),
    ("ResolveRequest", '{"code":"A!=="}'),
    ("ResolveRequest", '{"code":null}'),
    ("ResolveRequest", '{"code":"AA==","identifier":{}}'),
    ("ResolveRequest", '{"code":null,"identifier":{"type":2}}'),
    ("ResolveRequest", '{"identifier":{}}'),
    ("ResolveRequest", '{"identifier":{"type":"IDENTIFIER_TYPE_PHONE","value":"99000001"}}'),
    ("ResolveRequest", '{"identifier":{"type":"PHONE"}}'),
    ("ResolveRequest", '{"identifier":{"type":77}}'),
    ("ResolveRequest", '{"identifier":{"type":-1}}'),
    ("ResolveRequest", '{"identifier":{"type":"2"}}'),
    ("ResolveRequest", '{"identifier":{"value":{"deep":1}}}'),
    ("Permission", '{"granted":true,"changedAtUnixMs":"-1"}'),
    ("Permission", '{"granted":"true"}'),
    ("Permission", '{"granted":1}'),
    ("Permission", '{"granted":false}'),
    ("Loyalty", '{"discountBasisPoints":0,"bonusesHundredths":"0"}'),
    ("Loyalty", '{"discountBasisPoints":null}'),
    ("Hello", '{"features":["a","b",""]}'),
    ("Hello", '{"features":[]}'),
    ("Hello", '{"features":null}'),
    ("Hello", '{"features":[null]}'),
    ("Hello", '{"features":"a"}'),
    ("Hello", '{"features":{"0":"a"}}'),
    ("CloseBasketRequest", '{"closing":{"lines":[{"gtin":"1"},{},{"quantityThousandths":"-1500"}]}}'),
    ("CloseBasketRequest", '{"closing":{"lines":[null]}}'),
    ("CloseBasketRequest", '{"closing":{"lines":[{"price":1}]}}'),
]

# What Google's takes and the edge does not, because a mistake is likelier behind it than a meaning: a field under both of its
# names, a list for an object, a fraction for an enumeration, signs and underscores in a number; and a NUL, which protobuf-c
# cannot hold.
STRICTER = [
    ("ResolveRequest", '{"identifier":[]}'),
    ("ResolveRequest", '{"identifier":{"type":2.5}}'),
    ("Money", '[]'),
    ("Money", '{"minorUnits":1,"minor_units":1}'),
    ("Ping", '{"token":"+1"}'),
    ("Ping", '{"token":"1_0"}'),
    ("Money", '{"currency":"a\\u0000b"}'),
]


def enter_environment():
    """Starts again under a Python that has Google's protobuf."""
    python = subprocess.check_output([str(ROOT / "Tests/Lab/python")], text=True).strip()
    if pathlib.Path(sys.prefix).resolve() != pathlib.Path(python).parent.parent.resolve():
        os.execv(python, [python, "-B", str(pathlib.Path(__file__).resolve()), *sys.argv[1:]])


def load():
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    protos = ROOT / "Protos"
    files = sorted(str(p.relative_to(protos)) for p in protos.rglob("*.proto"))
    pool = descriptor_pool.DescriptorPool()
    names = []
    with tempfile.NamedTemporaryFile() as out:
        subprocess.check_call(["protoc", f"--proto_path={protos}", "--include_imports",
                               f"--descriptor_set_out={out.name}", *files])
        for file in descriptor_pb2.FileDescriptorSet.FromString(out.read()).file:
            pool.Add(file)
            names += [f"{file.package}.{m.name}" for m in file.message_type]
    return {n: message_factory.GetMessageClass(pool.FindMessageTypeByName(n)) for n in sorted(names)}


def random_value(field, rng):
    if field.enum_type:
        return rng.choice([v.number for v in field.enum_type.values] + [77, -5])
    bits = rng.choice([0, 1, 7, 31, 53, 63])
    return {
        field.TYPE_STRING: lambda: "".join(rng.choice('aZ9 "\\/\n\x01\x7f\u0085øßїあ🧾') for _ in range(rng.randrange(0, 12))),
        field.TYPE_BYTES: lambda: rng.randbytes(rng.randrange(0, 12)),
        field.TYPE_BOOL: lambda: rng.random() < 0.5,
        field.TYPE_UINT32: lambda: rng.getrandbits(min(bits, 32)),
        field.TYPE_UINT64: lambda: rng.getrandbits(64 if bits == 63 else bits),
        field.TYPE_INT32: lambda: rng.getrandbits(min(bits, 31)) * rng.choice([1, -1]),
        field.TYPE_SINT32: lambda: rng.getrandbits(min(bits, 31)) * rng.choice([1, -1]),
        field.TYPE_INT64: lambda: rng.getrandbits(bits) * rng.choice([1, -1]),
        field.TYPE_SINT64: lambda: rng.getrandbits(bits) * rng.choice([1, -1]),
        field.TYPE_FLOAT: lambda: rng.choice([0.0, -1.5, 0.25, 3e8]),
        field.TYPE_DOUBLE: lambda: rng.choice([0.0, -1.5, 0.1, 3e300]),
    }[field.type]()


def random_message(cls, rng):
    from google.protobuf import message_factory

    message = cls()
    for field in message.DESCRIPTOR.fields:
        inner = message_factory.GetMessageClass(field.message_type) if field.message_type else None
        if field.is_repeated:
            values = getattr(message, field.name)
            for _ in range(rng.randrange(0, 3)):
                if inner:
                    values.add().CopyFrom(random_message(inner, rng))
                else:
                    values.append(random_value(field, rng))
        elif rng.random() < 0.7:
            if inner:
                getattr(message, field.name).CopyFrom(random_message(inner, rng))
                getattr(message, field.name).SetInParent()
            else:
                setattr(message, field.name, random_value(field, rng))
    return message


def main():
    from google.protobuf import json_format

    rng = random.Random(SEED)
    types = load()

    def packed(cls, text):
        """The bytes that Google's makes of a text, in hexadecimal; None when it refuses it."""
        try:
            message = json_format.Parse(text, cls())
            return message.SerializeToString(deterministic=True).hex()
        except (json_format.ParseError, ValueError, UnicodeEncodeError):
            return None

    rendered, texts = [], []
    for name, cls in types.items():
        for _ in range(MESSAGES_OF_EACH):
            message = random_message(cls, rng)
            text = json_format.MessageToJson(message, indent=None, ensure_ascii=False)
            rendered.append({"message": name, "hex": message.SerializeToString(deterministic=True).hex(), "json": text})
            for options in ({"preserving_proto_field_name": True}, {"use_integers_for_enums": True, "indent": 1},
                            {"always_print_fields_with_no_presence": True}):
                text = json_format.MessageToJson(message, **options)
                texts.append({"message": name, "json": text, "hex": packed(cls, text)})
    for name, text in TEXTS:
        cls = types["countertop.v1." + name]
        texts.append({"message": "countertop.v1." + name, "json": text, "hex": packed(cls, text)})
    stricter = [{"message": "countertop.v1." + name, "json": text} for name, text in STRICTER]
    for case in stricter:
        assert packed(types[case["message"]], case["json"]) is not None, case
    content = json.dumps({"rendered": rendered, "texts": texts, "stricter": stricter}, indent=1, ensure_ascii=False) + "\n"
    if "--check" in sys.argv:
        sys.exit(0 if MAPPING.read_text() == content else f"{MAPPING} is not what would be written")
    MAPPING.write_text(content)


enter_environment()
main()
