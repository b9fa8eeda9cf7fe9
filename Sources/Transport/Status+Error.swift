public import Wire

/// A handler refuses a call by throwing the status that the caller is to get.
extension Status: Error {}
