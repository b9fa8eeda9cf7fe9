import Credentials
public import Foundation
import Transport

/// What a till got by pairing: its key, its certificate, and the authority of its store. Kept in a folder of two files that
/// nobody else may read.
public struct TillCredentials: Sendable, Hashable {
    let contents: TillFolder.Contents

    init(_ contents: TillFolder.Contents) {
        self.contents = contents
    }

    /// Reads them.
    /// - Throws: ``CountertopError`` CREDENTIALS_UNUSABLE, with what to do.
    public init(folder: String) throws(CountertopError) {
        do throws(CredentialsError) {
            contents = try TillFolder(path: folder).read()
        } catch {
            throw CountertopError(error)
        }
    }

    /// Makes their folder, and finds out whether they can be kept there. To be done before pairing, which uses the code up.
    /// - Throws: ``CountertopError`` CREDENTIALS_UNUSABLE.
    public static func prepare(folder: String) throws(CountertopError) {
        do throws(CredentialsError) {
            try TillFolder(path: folder).prepare()
        } catch {
            throw CountertopError(error)
        }
    }

    /// Writes them, each file whole or not at all; the folder is made when it is not there.
    /// - Throws: ``CountertopError`` CREDENTIALS_UNUSABLE.
    public func save(folder: String) throws(CountertopError) {
        do throws(CredentialsError) {
            try TillFolder(path: folder).write(contents)
        } catch {
            throw CountertopError(error)
        }
    }

    /// Whether it is time for ``PairingCalls/renew(deadline:)``: less than a third of the certificate's time is left.
    public var isRenewalDue: Bool { contents.isRenewalDue(now: Date()) }

    /// Until when the certificate is good; `nil` when it cannot be read.
    public var goodUntil: Date? { contents.goodUntil }

    var tls: ClientTLS {
        ClientTLS(
            trust: .authority(contents.authority), certificate: contents.certificate, keyPEM: contents.keyPEM)
    }
}

extension CountertopError {
    init(_ error: CredentialsError) {
        self.init(
            .failedPrecondition, reason: "CREDENTIALS_UNUSABLE", message: error.description, isUnserved: true)
    }
}
