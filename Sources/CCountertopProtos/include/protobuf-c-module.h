/* Takes protobuf-c's types from CProtobufC, so that Swift knows each of them once. The generated headers' own #include of
 * protobuf-c then adds nothing. */
#if defined(__clang__) && __has_feature(modules)
#pragma clang module import CProtobufC
#endif
