import Glibc

/// Measures the product beside what it is compared with, and prints one line a figure: `name value unit`.
///
/// `countertop-bench [--quick | --smoke] [FILTER]` runs the measurements one of whose names contains the filter. Each comparison is
/// measured in the same run, in rounds that take turns, because a machine's speed moves by more than most differences:
/// quote the ratios. `--quick` has fewer customers and rounds; `--smoke` only shows that everything runs.
@main
struct Bench {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            if arguments.first == RestingEdge.verb {
                try await RestingEdge.serve(Array(arguments.dropFirst()))
            } else {
                try await run(BenchOptions(arguments))
            }
        } catch {
            BenchDesk.note("\(error)")
            exit(1)
        }
    }

    /// Off the main actor, from which every hop costs more.
    @concurrent
    private static func run(_ options: BenchOptions) async throws {
        let bench = try BenchDesk(options)
        for figures in BenchDesk.all where options.wants(figures.names(options)) {
            try await figures.measure(bench)
        }
    }
}
