@_exported public import Wire

// A till's developer imports CountertopClient alone: the messages and the address are part of its words.
@_exported public import enum Transport.EdgeAddress
