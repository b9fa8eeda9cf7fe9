import Glibc
import NIOCore

extension TransportError {
    /// Why a TCP port cannot be listened on.
    init(listeningOn address: EdgeAddress, _ error: any Error) {
        let cause = SystemCause.words(error)
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE:
            self.init(
                .addressInUse,
                "\(address) is in use by another program, most likely another edge. See who it is with `ss -ltnp`, and "
                    + "stop it or configure another port.",
                cause: cause)
        case EACCES, EPERM:
            self.init(
                .notPermitted,
                "This user may not listen on \(address). Ports below 1024 need a capability; choose "
                    + "another one.",
                cause: cause)
        case EADDRNOTAVAIL:
            self.init(
                .addressUnknown, "This host has no address \(address). Check the configuration and `ip address`.",
                cause: cause)
        default:
            if error is SocketAddressError {
                self.init(
                    .addressUnknown, "The host of \(address) is not known. Write its number, or check the name.",
                    cause: cause)
            } else {
                self.init(.inputOutput, "\(address) cannot be listened on.", cause: cause)
            }
        }
    }
}
