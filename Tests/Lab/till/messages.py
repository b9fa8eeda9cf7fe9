"""The messages of Protos/, by Google's protobuf: no line of this is shared with the edge's protobuf-c."""

import os

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

PACKAGE = "countertop.v1."


class Messages:
    """Every message and service of a descriptor set that protoc wrote."""

    def __init__(self, path):
        with open(path, "rb") as file:
            files = descriptor_pb2.FileDescriptorSet.FromString(file.read()).file
        self._pool = descriptor_pool.DescriptorPool()
        for file in files:
            self._pool.Add(file)

    def __getattr__(self, name):
        """The class of a message: `messages.Frame`."""
        return message_factory.GetMessageClass(self._pool.FindMessageTypeByName(PACKAGE + name))

    def call(self, name):
        """The request and the answer of a call: "Customers/Resolve"."""
        service, method = name.split("/")
        found = self._pool.FindServiceByName(PACKAGE + service).FindMethodByName(method)
        return tuple(message_factory.GetMessageClass(kind) for kind in (found.input_type, found.output_type))

    def enum(self, name, number):
        """A value's name without its enum's: enum("Attachment", 2) is "ATTACHED"."""
        found = self._pool.FindEnumTypeByName(PACKAGE + name)
        prefix = "".join("_" + letter if letter.isupper() else letter for letter in name).upper()[1:] + "_"
        return found.values_by_number[number].name.removeprefix(prefix)


messages = Messages(os.environ["COUNTERTOP_DESCRIPTORS"])
