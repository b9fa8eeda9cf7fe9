#ifndef COUNTERTOP_DESCRIPTION_H
#define COUNTERTOP_DESCRIPTION_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>
#include <stdint.h>

/* The packed google.protobuf.FileDescriptorSet of every .proto file, each after those it imports. */
const uint8_t *countertop_file_descriptor_set(size_t *bytes);

/* Every service of the .proto files, sorted by name. */
const ProtobufCServiceDescriptor *const *countertop_services(size_t *count);

#endif
