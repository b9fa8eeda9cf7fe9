"""Whole conversations, frame by frame, as a client in any language has them: conversations.json."""

from google.protobuf import json_format

FEATURE = "connection-credit"
LIMITS = {"frame_bytes_max": 65_536, "streams_max": 64, "credit_messages_initial": 32, "credit_bytes_initial": 1 << 20}
TIGHT = {"frame_bytes_max": 65_536, "streams_max": 2, "credit_messages_initial": 4, "credit_bytes_initial": 64}


class Conversation:
    """Frames in the order in which they are on their way. `carries` is the message in a body, by its type."""

    def __init__(self, make, name, about, client_can_cause=True, limits=LIMITS):
        self.make, self.frames, self.limits = make, [], limits
        self.content = {"name": name, "about": about, "clientCanCause": client_can_cause, "limits": limits,
                        "frames": self.frames}

    def say(self, sender, stream, carries=None, **kind):
        frame = self.make("Frame", stream=stream, **kind)
        packed = frame.SerializeToString(deterministic=True)
        said = {"from": sender, "hex": (len(packed).to_bytes(4, "big") + packed).hex(),
                "frame": json_format.MessageToDict(frame)}
        if carries is not None:
            said["carries"] = {"message": carries.DESCRIPTOR.full_name, "json": json_format.MessageToDict(carries)}
        self.frames.append(said)

    def hello(self, low=1, high=1):
        self.say("client", 0, hello=self.make(
            "Hello", version_min=low, version_max=high, features=[FEATURE], client="kassa/4.2"))

    def greet(self):
        self.hello()
        self.say("edge", 0, welcome=self.make(
            "Welcome", version=1, features=[FEATURE], limits=self.make("Limits", **self.limits),
            edge="countertop/0.1.0", store="Storgata"))

    def request(self, stream, call, message, deadline_ms=0):
        self.say("client", stream, message, request=self.make(
            "Request", call="countertop.v1." + call, body=message.SerializeToString(deterministic=True),
            deadline_ms=deadline_ms))

    def answer(self, stream, message, last=False):
        self.say("edge", stream, message, message=self.make(
            "Message", body=message.SerializeToString(deterministic=True), last=last))

    def status(self, stream, code, reason, message):
        self.say("edge", stream, status=self.make("Status", code=code, reason=reason, message=message))

    def goodbye(self, sender, reason, message, last_stream=0):
        self.say(sender, 0, goodbye=self.make("Goodbye", last_stream=last_stream, reason=reason, message=message))

    def leave(self):
        self.goodbye("client", "SHUTTING_DOWN", "The client said goodbye.")


def conversations(make):
    """(make) builds a message of countertop.v1 by its name."""

    def scan(sequence, code=b"CU00000KARINORDAS"):
        return make("LaneEvent", scan=make(
            "Scan", epoch=7, sequence=sequence, data=code, symbology=104, device="1-4.2",
            scanned_at_unix_ms=1_790_000_000_000, resolution=make("Resolution", kind=1, customer=make(
                "Customer", id="01J9ZV", company="storgata", name="Kari Nordås", first_name="Kari"))))

    state = make("LaneEvent", lane=make("Lane", name="1", epoch=7))
    watch = make("WatchLaneRequest", lane="1", role=0, epoch=7, after_sequence=41)
    talk = Conversation(make, "a scan", "A till watches its lane from after scan 41, gets the next one, acknowledges it, "
                        "stops watching and leaves.")
    talk.greet()
    talk.request(1, "Lanes/Watch", watch)
    talk.answer(1, state)
    talk.answer(1, scan(42))
    talk.request(3, "Lanes/Acknowledge", make("AcknowledgeRequest", lane="1", epoch=7, sequence=42), 10_000)
    talk.answer(3, make("AcknowledgeAnswer"), last=True)
    talk.say("client", 1, cancel=make("Cancel"))
    talk.leave()
    yield talk.content

    talk = Conversation(make, "calls answered out of order", "Three calls are open at once; the edge answers each as it is "
                        "ready, and one has a deadline.")
    talk.greet()
    talk.request(1, "Customers/Search", make("SearchCustomersRequest", name="kari nor", limit=5), 2_000)
    talk.request(3, "Customers/Resolve", make("ResolveRequest", code=b"07038010009457"))
    talk.request(5, "Health/Check", make("HealthRequest", service="lanes"))
    talk.answer(5, make("HealthAnswer", state=1, version="0.1.0", uptime_ms=1_500, replica_complete=True), last=True)
    talk.answer(3, make("Resolution", kind=3, gtin="07038010009457"), last=True)
    talk.answer(1, make("SearchCustomersAnswer"), last=True)
    talk.leave()
    yield talk.content

    talk = Conversation(make, "refusals", "A refused call ends with a status on its stream; the connection goes on.")
    talk.greet()
    talk.request(1, "Lanes/Juggle", make("ListLanesRequest"))
    talk.status(1, 12, "CALL_UNKNOWN", "This edge has no call of that name. Update it, or ask for less.")
    talk.request(3, "Lanes/Watch", make("WatchLaneRequest", lane="9"))
    talk.status(3, 5, "LANE_UNKNOWN", "This store has no lane 9.")
    talk.request(5, "Customers/Get", make("GetCustomerRequest", id="01J9ZV"), 500)
    talk.status(5, 4, "DEADLINE_PASSED", "The request's deadline passed before the answer was complete.")
    talk.leave()
    yield talk.content

    talk = Conversation(make, "credit", "With 4 messages of credit for a stream and 64 bytes for the connection: the client "
                        "gives as much again when it has taken half. The last message of a stream needs none of the "
                        "connection's.", limits=TIGHT)
    talk.greet()
    talk.request(1, "Lanes/Watch", watch)
    gap = make("LaneEvent", gap=make("Gap", epoch=7, next_sequence=40))
    for _ in range(2):
        talk.answer(1, gap)
    talk.say("client", 1, credit=make("Credit", messages=2))
    for _ in range(2):
        talk.answer(1, gap)
    talk.say("client", 1, credit=make("Credit", messages=2))
    big = make("LaneEvent", scan=make("Scan", epoch=7, sequence=40, data=b"x" * 40))
    talk.answer(1, big)
    taken = 4 * len(gap.SerializeToString()) + len(big.SerializeToString())
    talk.say("client", 0, credit=make("Credit", bytes=taken))
    talk.request(3, "Lanes/List", make("ListLanesRequest"))
    talk.answer(3, make("ListLanesAnswer"), last=True)
    talk.say("client", 1, cancel=make("Cancel"))
    talk.leave()
    yield talk.content

    talk = Conversation(make, "the edge shuts down", "Its goodbye names the last stream whose call began. Whoever watches is "
                        "told, the call is answered, a later request is refused and safe to make again elsewhere.")
    talk.greet()
    talk.request(1, "Lanes/Watch", watch)
    talk.answer(1, state)
    talk.request(3, "Customers/Resolve", make("ResolveRequest", code=b"CU00000KARINORDAS"))
    talk.goodbye("edge", "SHUTTING_DOWN", "The edge shuts down. Connect again when it is back.", last_stream=3)
    talk.status(1, 14, "SHUTTING_DOWN", "The edge shuts down. Connect again when it is back.")
    talk.answer(3, make("Resolution", kind=4), last=True)
    yield talk.content

    talk = Conversation(make, "keepalive", "After 30 seconds in which nothing came a side asks, and any frame is an answer.")
    talk.greet()
    talk.say("edge", 0, ping=make("Ping", token=1))
    talk.say("client", 0, pong=make("Pong", token=1))
    talk.say("client", 0, ping=make("Ping", token=1))
    talk.say("edge", 0, pong=make("Pong", token=1))
    talk.leave()
    yield talk.content

    talk = Conversation(make, "no version in common", "A status on stream 0 ends the connection.")
    talk.hello(2, 9)
    talk.status(0, 12, "VERSION_UNSUPPORTED", "The client speaks the versions 2 to 9, this edge 1 to 1. Update the older "
                "of the two.")
    yield talk.content

    talk = Conversation(make, "a mistake", "What a client may not send ends the connection: a goodbye says which streams were "
                        "served, then a status why.", client_can_cause=False)
    talk.greet()
    talk.request(1, "Lanes/Watch", watch)
    talk.answer(1, state)
    talk.say("client", 2, request=make("Request", call="countertop.v1.Lanes/List"))
    why = "A request came on stream 2; it has to be odd and above 1."
    talk.goodbye("edge", "STREAM_NUMBER_INVALID", why, last_stream=1)
    talk.status(0, 3, "STREAM_NUMBER_INVALID", why)
    yield talk.content
