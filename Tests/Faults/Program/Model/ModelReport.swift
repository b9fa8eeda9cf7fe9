/// A run of the model, in lines for people and programs.
struct ModelReport {
    let steps: Int
    let seed: UInt64

    /// - Returns: whether the files were as the model at every step.
    func print() throws -> Bool {
        var run = try ModelRun(seed: seed)
        var parting: String?
        do {
            try run.run(steps: steps)
        } catch let error as Mismatch {
            parting = error.description
        }
        let counts = run.counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        Swift.print("# \(counts)")
        if let parting { Swift.print("# \(parting)") }
        let verdict = parting == nil ? "ok" : "not ok"
        Swift.print("\(verdict) - the files and the plain model are the same: \(steps) steps, seed \(seed)")
        return parting == nil
    }
}
