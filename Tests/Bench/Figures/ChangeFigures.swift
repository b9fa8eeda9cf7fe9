/// From a scan to the till as ``ScanFigures`` measures it, with a hundred changes a second to the copy meanwhile and without.
struct ChangeFigures: Figures {
    private static let scans = 1_000
    private static let lanes = 8
    private static let changesPerSecond = 100

    func names(_ options: BenchOptions) -> [String] {
        ["scan_to_till_changing_p50_us", "scan_to_till_changing_p99_us", "changes_per_s"]
    }

    func measure(_ bench: BenchDesk) async throws {
        let store = try bench.store()
        store.warm()
        let count = bench.options.repetitions(Self.scans)
        var (quiet, quietTail, changing, changingTail, rate) = (Rounds(), Rounds(), Rounds(), Rounds(), Rounds())
        for round in 0...bench.options.rounds {
            let alone = try await ScanFigures.scanToTill(store, lanes: Self.lanes, count: count)
            let changes = ChangeLoad(perSecond: Self.changesPerSecond)
            let beside = try await ScanFigures.scanToTill(store, lanes: Self.lanes, count: count, changes: changes)
            // The first round warms up.
            guard round > 0 else { continue }
            quiet.add(alone.microseconds(50))
            quietTail.add(alone.microseconds(99))
            changing.add(beside.microseconds(50))
            changingTail.add(beside.microseconds(99))
            rate.add(changes.rate)
        }
        bench.print("changes_per_s", rate.median, "1/s")
        bench.print("scan_to_till_changing_p50_us", changing.median, "us")
        bench.print("scan_to_till_changing_p99_us", changingTail.median, "us")
        bench.print("scan_to_till_changing_p50_over_quiet", changing.median / quiet.median, "ratio")
        bench.print("scan_to_till_changing_p99_over_quiet", changingTail.median / quietTail.median, "ratio")
    }
}
