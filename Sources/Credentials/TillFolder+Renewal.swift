package import Foundation
import SwiftASN1
import X509

extension TillFolder.Contents {
    /// Until when the certificate is good; `nil` when it cannot be read.
    package var goodUntil: Date? { (try? Certificate(derEncoded: certificate))?.notValidAfter }

    /// Whether less than a third of the certificate's time is left, or it cannot be read.
    package func isRenewalDue(now: Date) -> Bool {
        guard let certificate = try? Certificate(derEncoded: certificate) else { return true }
        let time = certificate.notValidAfter.timeIntervalSince(certificate.notValidBefore)
        return certificate.notValidAfter.timeIntervalSince(now) < time / 3
    }
}
