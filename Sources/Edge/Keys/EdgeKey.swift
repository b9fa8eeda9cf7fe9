import Cards
import Customers
import Foundation
import Glibc
import Journal
import Storage

/// The key under which the store's data is sealed, as its file.
package enum EdgeKey {
    /// The name by which the service manager hands the key over (systemd.exec(5), LoadCredential=).
    static let credential = "key"

    /// Makes the file.
    /// - Throws: ``EdgeError`` `stateUnusable` when there is one, or when it cannot be made.
    package static func create(at path: String) throws(EdgeError) {
        guard access(path, F_OK) != 0 else {
            throw EdgeError(
                .stateUnusable, "\(path) is there already, and what is sealed under it needs it. It was left as it is.")
        }
        do throws(StorageError) {
            _ = try StoreKeys.loadOrCreate(at: path)
        } catch {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        }
    }

    /// Puts a new key into the file, beside the present one, which is kept until nothing needs it. An edge takes it up when
    /// it starts, or when it is given the ``handover(at:)``.
    /// - Parameter state: the folder with the store's files.
    /// - Returns: the new key's generation.
    /// - Throws: ``EdgeError`` `stateUnusable`, for the key of another store too; the file is as it was then.
    package static func rotate(at path: String, state: String) throws(EdgeError) -> Int {
        do throws(StorageError) {
            let keys = try StoreKeys.replace(at: path) { keys throws(StorageError) in
                guard try keys.open(filesIn: state) else {
                    throw StorageError(
                        .sealBroken,
                        "\(path) is not the key under which \(state) is sealed, so it is not changed. Put the right one back "
                            + "from its copy first.")
                }
                return try keys.rotated()
            }
            return Int(keys.present.generation)
        } catch {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        }
    }

    /// Why a key file is none; `nil` for one that holds a key.
    package static func fault(at path: String) -> String? {
        do throws(StorageError) {
            _ = try StoreKeys.load(at: path)
            return nil
        } catch {
            return error.message
        }
    }

    /// Whether a key file opens the files of a store; `nil` when one of them cannot be read.
    package static func opens(state: String, with path: String) -> Bool? {
        guard let keys = try? StoreKeys.load(at: path) else { return nil }
        return try? keys.open(filesIn: state)
    }

    /// Takes the key before out of the file, when no file of the store needs it any more.
    /// - Parameter state: the folder with the store's files.
    /// - Returns: files beside them that only the key before opens, such as those that were set aside.
    /// - Throws: ``EdgeError`` `stateUnusable`, naming what needs it; the file is as it was then.
    package static func retire(at path: String, state: String) throws(EdgeError) -> [String] {
        do throws(StorageError) {
            _ = try StoreKeys.replace(at: path) { keys throws(StorageError) in
                guard keys.before != nil else {
                    throw StorageError(.keyMissing, "\(path) holds one key alone: there is none to retire.")
                }
                let needing = try Self.needing(Vault(keys: keys), state: state)
                guard needing.isEmpty else {
                    throw StorageError(
                        .keyNotRetired,
                        "\(needing.joined(separator: " and ")) still \(needing.count == 1 ? "needs" : "need") the key before. Start the edge, and wait until "
                            + "its status says that the key before can be retired.")
                }
                return keys.retired
            }
        } catch {
            throw EdgeError(.stateUnusable, error.message, cause: error.cause)
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: state)) ?? []
        return names.filter { $0.contains(".db.broken-") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }.sorted()
    }

    /// What stands in the file, sealed for an edge that holds the older of its keys and is to take it up.
    /// - Throws: ``EdgeError`` `keyUnusable` when it is no key file.
    package static func handover(at path: String) throws(EdgeError) -> [UInt8] {
        do throws(StorageError) {
            if let keys = try StoreKeys.load(at: path) { return try keys.handover() }
        } catch {
            throw EdgeError(.keyUnusable, error.message, cause: error.cause)
        }
        throw EdgeError(.keyUnusable, "The key file \(path) is not there any more. Put it back from its copy.")
    }

    /// The sealed files of a store, and where each keeps what tells its key.
    static let checks: [(name: String, check: KeyCheck)] = [
        ("journal.db", ScanJournal.keyCheck), ("replica.db", Replica.keyCheck), ("cards.db", CardRegister.keyCheck),
        ("members.db", MemberRegister.keyCheck),
    ]

    /// The files whose rows are not all under the present key.
    private static func needing(_ vault: Vault, state: String) throws(StorageError) -> [String] {
        var names: [String] = []
        for (name, check) in checks {
            let standing = try DatabaseFile.keyStanding(of: "\(state)/\(name)", check, vault: vault)
            if standing != nil, standing != .present { names.append(name) }
        }
        return names
    }

    /// Where the key is: what the service manager hands over goes before the file that the configuration names.
    static func path(configured: String, environment: [String: String]) -> String {
        guard let folder = environment["CREDENTIALS_DIRECTORY"] else { return configured }
        let path = "\(folder)/\(credential)"
        return access(path, F_OK) == 0 ? path : configured
    }
}
