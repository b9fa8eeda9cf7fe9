package import Foundation
package import Journal

/// What an enrolment has to know after a restart. It is kept sealed.
package struct SavedEnrolment: Codable, Sendable, Equatable {
    package var id: String
    package var lane: String
    package var phone: String
    package var binding: String
    package var request: String
    package var token: String
    package var expiresAt: Date
    package var intervalSeconds: Int
    /// The call that started it, where it was given an operation id.
    package var operation: Journal.Operation?
}
