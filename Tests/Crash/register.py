"""A till's baskets while the edge is killed: what it did stands, and what it does again under its operation id is done once."""

import os

from parties import Party, tell_progress
from peer import fields, frame, number, text

# Kari Nordås's card in the sample store.
CARD = b"CU00000KARINORDAS"
NONE, OPEN, CLOSED = 1, 2, 3
NOTHING = ("", NONE, b"", b"")
PAID = 1


class Register(Party):
    """Opens a basket, puts the customer in, closes it, and so on. Each step is made again until it is answered.

    Before each step that it makes again, the lane's basket must be as before the step or as after it, and nothing else.
    """

    def __init__(self, edge, lane, stop):
        super().__init__(edge, f"register-{lane}", stop)
        self.lane, self.customer, self.baskets, self.attempts, self.steps = lane, None, 0, 0, 0
        self.settled, self.operation = None, None

    def is_done(self):
        return self.stop.is_set() and self.operation is None

    @property
    def basket(self):
        return f"B{self.baskets:06d}"

    def pending(self):
        """The next step: its call, the call's body, and the basket as it must be afterwards."""
        body = text(1, self.lane) + text(2, self.basket)
        if self.settled is None or self.settled[1] == CLOSED:
            return "OpenBasket", body, (self.basket, OPEN, b"", b"")
        if not self.settled[2]:
            return "AttachCustomer", body + text(3, self.customer), (self.basket, OPEN, self.customer, b"")
        sale = f"S{self.baskets:06d}".encode()
        closing = number(1, PAID) + text(2, sale)
        return "CloseBasket", body + text(3, closing), (self.basket, CLOSED, self.customer, sale)

    def talk(self):
        if self.customer is None:
            answer = self.answer(1, "Customers/Resolve", text(1, CARD))
            if answer is None:
                return
            self.customer = dict(fields(dict(fields(answer))[3]))[1]
        if not self.stands(3):
            return
        stream = 5
        while not self.is_done():
            call, body, outcome = self.pending()
            self.operation = self.operation or os.urandom(16)
            self.attempts += 1
            answer = self.answer(stream, f"Lanes/{call}", body, self.operation)
            if answer is None:
                return
            if seen(dict(fields(answer))[1]) != outcome:
                raise ValueError(f"{call} was answered with {seen(dict(fields(answer))[1])} instead of {outcome}.")
            self.settled, self.operation = outcome, None
            self.baskets += outcome[1] == CLOSED
            self.steps += 1
            stream += 2
            tell_progress()

    def stands(self, stream):
        """Whether the lane's basket could be seen. It must be as the last answer said, or as the step under way makes it."""
        answer = self.answer(stream, "Lanes/List", b"")
        if answer is None:
            return False
        lanes = [dict(fields(value)) for _, value in fields(answer)]
        found = next(seen(lane[2]) for lane in lanes if lane[1].decode() == self.lane)
        allowed = [shown(self.settled), shown(self.pending()[2] if self.operation else self.settled)]
        if found not in allowed:
            raise ValueError(f"The lane's basket is {found} after {allowed[0]} and before {allowed[1]}.")
        return True

    def answer(self, stream, call, body, operation=None):
        """The body of the call's answer; nothing when the connection ends."""
        kept = text(4, operation) if operation else b""
        self.peer.send(frame(stream, 4, text(1, f"countertop.v1.{call}") + text(2, body) + kept))
        while True:
            got = self.peer.next()
            if got.kind in (None, "goodbye"):
                return None
            if got.kind == "message" and got.stream == stream:
                return dict(fields(got.content)).get(1, b"")
            if got.kind == "status":
                if got.reason == "SHUTTING_DOWN":
                    return None
                raise ValueError(f"{call} was refused: {got.reason}")


def shown(basket):
    """How the lane shows it: a basket that is closed is none."""
    return NOTHING if basket is None or basket[1] == CLOSED else basket


def seen(basket):
    """A basket's id, state, customer and sale."""
    parts = dict(fields(basket))
    customer, closing = dict(fields(parts.get(3, b""))), dict(fields(parts.get(4, b"")))
    return parts.get(1, b"").decode(), parts.get(2, 0), customer.get(1, b""), closing.get(2, b"")
