import Foundation

/// Puts a store's files to the test. Tests/Faults/sweep.py runs the first two, Tests/run and make the others.
///
///     countertop-faults work STATE NOTES SEED STEPS    works until it is done or something ends it, noting what was acknowledged
///     countertop-faults check STATE NOTES SEED         compares the files with those notes
///     countertop-faults model STEPS [SEED]             drives the files and a plain model with the same changes and faults
///     countertop-faults damage FILES [SEED]            starts on files that a bad disk has damaged
///     countertop-faults power-cuts IMAGES [SEED]       opens what a disk may hold after the power failed, at every moment
@main
struct Faults {
    static func main() {
        do {
            guard let status = try run(Array(CommandLine.arguments.dropFirst())) else {
                print("usage: countertop-faults work | check | model | damage | power-cuts, as Faults.swift says")
                exit(64)
            }
            exit(status)
        } catch {
            // A disk that refuses from the first write on refuses the start, in words.
            print("\(error)")
            exit(1)
        }
    }

    /// - Returns: the status to end with, `nil` for words that say nothing.
    private static func run(_ words: [String]) throws -> Int32? {
        switch (words.first, words.count) {
        case ("work", 5):
            guard let seed = UInt64(words[3]), let steps = Int(words[4]) else { return nil }
            try StoreWork(state: words[1], notes: Notes(path: words[2]), seed: seed).run(steps: steps)
            print("done")
            return 0
        case ("check", 4):
            guard let seed = UInt64(words[3]) else { return nil }
            let findings = try StoreCheck(state: words[1], notes: Notes(path: words[2]).all, seed: seed).findings()
            for finding in findings { print(finding) }
            return findings.isEmpty ? 0 : 1
        case ("model", 2...3): return try counted(words) { try ModelReport(steps: $0, seed: $1).print() }
        case ("damage", 2...3): return try counted(words) { try Damages(count: $0, seed: $1).print() }
        case ("power-cuts", 2...3): return try counted(words) { try PowerCuts(images: $0, seed: $1).print() }
        default: return nil
        }
    }

    /// Runs something so often, from a seed that is given or drawn.
    /// - Parameter body: says whether all was well.
    private static func counted(_ words: [String], _ body: (Int, UInt64) throws -> Bool) throws -> Int32? {
        let seed = words.count > 2 ? UInt64(words[2]) : UInt64.random(in: 0..<1 << 32)
        guard let count = Int(words[1]), count > 0, let seed else { return nil }
        print("# seed \(seed)")
        // Whatever ends the process, its seed is known.
        fflush(nil)
        TestDisk.shared.install()
        return try body(count, seed) ? 0 : 1
    }
}
