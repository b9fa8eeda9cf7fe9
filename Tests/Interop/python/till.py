#!/usr/bin/env python3
"""A till in Python that shares no code with the edge: it pairs, watches a lane and attaches a customer.

    till.py pair HOST:PORT FOLDER CODE          pairs, and keeps its key and certificate in FOLDER
    till.py watch HOST:PORT FOLDER LANE [COUNT] is the lane's till: prints its scans, and acknowledges them
    till.py attach HOST:PORT FOLDER LANE CODE   opens a basket and puts the customer with this code into it

Needs protoc, and Python's protobuf and cryptography. The protocol is described in Protos/countertop/v1.
"""

import hashlib
import hmac
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import uuid

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

PROTOS = pathlib.Path(__file__).resolve().parents[3] / "Protos"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Refused(Exception):
    """The edge's Status: a code of gRPC's, a reason for programs, a sentence for people."""

    def __init__(self, status):
        super().__init__(f"{status.reason}: {status.message}")
        self.reason = status.reason


def load_messages():
    """The message classes of the .proto files, by their short names, and the calls with their types."""
    with tempfile.NamedTemporaryFile() as out:
        files = [str(path.relative_to(PROTOS)) for path in sorted(PROTOS.rglob("*.proto"))]
        subprocess.run(["protoc", f"--proto_path={PROTOS}", f"--descriptor_set_out={out.name}", *files], check=True)
        described = descriptor_pb2.FileDescriptorSet.FromString(out.read()).file
    pool = descriptor_pool.DescriptorPool()
    waiting = list(described)
    while waiting:  # A file is added after those it imports.
        file = next(f for f in waiting if not any(w.name in f.dependency for w in waiting))
        pool.Add(file)
        waiting.remove(file)
    messages = {m.name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{f.package}.{m.name}"))
                for f in described for m in f.message_type}
    calls = {f"{f.package}.{s.name}/{m.name}": (m.input_type.split(".")[-1], m.output_type.split(".")[-1])
             for f in described for s in f.service for m in s.method}
    return messages, calls


M, CALLS = load_messages()


def address(text):
    host, port = text.rsplit(":", 1)
    return host.strip("[]"), int(port)


def public_key(certificate):
    """The SubjectPublicKeyInfo of a certificate, both in DER."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


class Edge:
    """A connection to the edge. One stream at a time is enough for this till."""

    def __init__(self, where, tls, key_hash=None):
        plain = socket.create_connection(address(where), timeout=30)
        self.socket = tls.wrap_socket(plain, server_hostname=None)
        # The edge asks a silent connection after 30 seconds whether somebody is there.
        self.socket.settimeout(60)
        if key_hash is not None:
            shown = hashlib.sha256(public_key(self.socket.getpeercert(binary_form=True))).digest()[:16]
            if not hmac.compare_digest(shown, key_hash):
                raise SystemExit("EDGE_UNTRUSTED: this is not the edge that shows the code. Nothing was said to it.")
        self.received = b""
        self.last_stream = -1
        self.send(M["Frame"](hello=M["Hello"](version_min=1, version_max=1, client="till.py/1")))
        self.welcome = self.receive().welcome

    def send(self, frame):
        packed = frame.SerializeToString()
        self.socket.sendall(len(packed).to_bytes(4, "big") + packed)

    def receive(self):
        """The next frame that is not a Ping. A Status on stream 0 ends the connection."""
        while True:
            length = int.from_bytes(self.read(4), "big")
            frame = M["Frame"].FromString(self.read(length))
            if frame.HasField("ping"):
                self.send(M["Frame"](pong=M["Pong"](token=frame.ping.token)))
            elif frame.stream == 0 and frame.HasField("status"):
                raise Refused(frame.status)
            else:
                return frame

    def read(self, count):
        while len(self.received) < count:
            try:
                chunk = self.socket.recv(65536)
            except OSError as error:
                raise SystemExit(f"CONNECTION_LOST: {error}") from error
            if not chunk:
                raise SystemExit("CONNECTION_LOST: the edge closed the connection.")
            self.received += chunk
        taken, self.received = self.received[:count], self.received[count:]
        return taken

    def open(self, call, **fields):
        """Makes a call, and says on which stream its answer comes."""
        self.last_stream += 2
        request = M[CALLS[f"countertop.v1.{call}"][0]](**fields)
        self.send(M["Frame"](stream=self.last_stream, request=M["Request"](
            call=f"countertop.v1.{call}", body=request.SerializeToString(), deadline_ms=10_000 * (call != "Lanes/Watch"))))
        return self.last_stream

    def stream(self, call, **fields):
        """Makes a call with many answers, which come one by one."""
        stream = self.open(call, **fields)
        while True:
            frame = self.receive()
            if frame.stream == stream and frame.HasField("status"):
                raise Refused(frame.status)
            if frame.stream == stream and frame.HasField("message"):  # And not the answer to another call.
                self.send(M["Frame"](stream=stream, credit=M["Credit"](messages=1)))
                yield M[CALLS[f"countertop.v1.{call}"][1]].FromString(frame.message.body)

    def scans(self, lane):
        """The lane's scans. Each is acknowledged when the next is asked for: whoever asks has applied it."""
        for event in self.stream("Lanes/Watch", lane=lane):
            if event.HasField("scan"):
                yield event.scan
                self.open("Lanes/Acknowledge", lane=lane, epoch=event.scan.epoch, sequence=event.scan.sequence)

    def call(self, call, **fields):
        """Makes a call with one answer, which is returned."""
        stream = self.open(call, **fields)
        while True:
            frame = self.receive()
            if frame.stream == stream and frame.HasField("status"):
                raise Refused(frame.status)
            if frame.stream == stream and frame.HasField("message"):
                return M[CALLS[f"countertop.v1.{call}"][1]].FromString(frame.message.body)


def unauthenticated_tls():
    """TLS that trusts no authority: the caller compares the edge's key with the code before it says anything."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.minimum_version = ssl.TLSVersion.TLSv1_3
    tls.check_hostname = False
    tls.verify_mode = ssl.CERT_NONE
    tls.set_alpn_protocols(["countertop/1"])
    return tls


def paired_tls(folder):
    """TLS that trusts the store's authority alone, and shows the till's certificate. The authority certifies one server,
    the store's edge, so the name under which it was reached does not count."""
    tls = ssl.create_default_context(cafile=f"{folder}/store.pem")
    tls.minimum_version = ssl.TLSVersion.TLSv1_3
    tls.check_hostname = False
    tls.load_cert_chain(f"{folder}/till.pem")
    tls.set_alpn_protocols(["countertop/1"])
    return tls


def decode(code):
    """The 25 bytes of a pairing code: 16 of the edge's key, 8 of secret, 1 that checks them."""
    text = code.upper().replace("-", "").replace(" ", "").translate(str.maketrans("OIL", "011"))
    if len(text) != 40 or any(c not in ALPHABET for c in text):
        raise SystemExit("PAIRING_CODE_MALFORMED: a code has 40 letters and digits.")
    number = 0
    for character in text:
        number = number << 5 | ALPHABET.index(character)
    raw = number.to_bytes(25, "big")
    if hashlib.sha256(raw[:24]).digest()[0] != raw[24]:
        raise SystemExit("PAIRING_CODE_MALFORMED: a character of the code is wrong.")
    return raw[:16], raw[16:24]


def write_secret(path, content):
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


def pair(where, folder, *code):
    key_hash, secret = decode("".join(code))
    edge = Edge(where, unauthenticated_tls(), key_hash)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "till.py")])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256()).public_bytes(
        serialization.Encoding.DER)
    proof = hmac.digest(secret, b"countertop pairing 1\n" + key_hash + request, "sha256")
    answer = edge.call("Pairing/Pair", certificate_request=request, proof=proof)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    certificate = x509.load_der_x509_certificate(answer.certificate).public_bytes(serialization.Encoding.PEM)
    write_secret(f"{folder}/till.pem", pem + certificate)
    authority = x509.load_der_x509_certificate(answer.authority).public_bytes(serialization.Encoding.PEM)
    write_secret(f"{folder}/store.pem", authority)
    print(f"paired as {answer.till.id}, {answer.till.name}")


def watch(where, folder, lane, count=None):
    edge = Edge(where, paired_tls(folder))
    left = int(count) if count else -1
    for event in edge.stream("Lanes/Watch", lane=lane):
        if event.HasField("lane"):
            print(f"lane {event.lane.name}", flush=True)
        if event.HasField("scan"):
            scan = event.scan
            print(f"scan {scan.sequence} {scan.resolution.customer.name or 'nobody'}", flush=True)
            edge.open("Lanes/Acknowledge", lane=lane, epoch=scan.epoch, sequence=scan.sequence)
            left -= 1
        if left == 0:
            break
    edge.call("Health/Check")  # Its answer says that the edge has read the acknowledgements before it.


def attach(where, folder, lane, code):
    edge = Edge(where, paired_tls(folder))
    found = edge.call("Customers/Resolve", code=code.encode())
    if not found.customer.id:
        raise SystemExit("Nobody has that code.")
    basket = str(uuid.uuid4())
    edge.call("Lanes/OpenBasket", lane=lane, basket=basket)
    answer = edge.call("Lanes/AttachCustomer", lane=lane, basket=basket, customer=found.customer.id, replace=True)
    print(f"attached {answer.basket.customer.name}")


if __name__ == "__main__":
    verbs = {"pair": pair, "watch": watch, "attach": attach}
    if len(sys.argv) < 5 or sys.argv[1] not in verbs:
        raise SystemExit(__doc__)
    try:
        verbs[sys.argv[1]](*sys.argv[2:])
    except Refused as refusal:
        raise SystemExit(str(refusal))
