import Synchronization

/// The sealers of the contexts met so far, so that a sub-key is derived once.
final class SealerCache: Sendable {
    private let key: StoreKey
    private let before: StoreKey?
    private let sealers = Mutex<[String: Sealer]>([:])

    init(key: StoreKey, before: StoreKey?) {
        self.key = key
        self.before = before
    }

    func sealer(for context: String) -> Sealer {
        sealers.withLock { sealers in
            if let sealer = sealers[context] { return sealer }
            let sealer = Sealer(key: key, before: before, context: context)
            if sealers.count < StorageLimits.contextsMax { sealers[context] = sealer }
            return sealer
        }
    }
}
