import Testing

@Suite struct TryCommandTests {
    @Test("Without a terminal the sample round is played once, a line a step, and all comes out well")
    func sampleRound() async throws {
        let program = try await Program.run(["try", "--virtual"])
        #expect(program.status == 0, "\(program.errors)")
        let steps = program.output.split(separator: "\n").filter { $0.first?.isNumber == true }
        #expect(steps.count == 9)
        #expect(program.output.contains("Kari Nordås (customer card), waits for a basket"))
        #expect(program.output.contains("The display says \"Welcome, Olena! / Bonuses 42\""))
        #expect(program.errors.isEmpty)
    }

    @Test("Told to end while it starts, it gives back what it took and ends in order")
    func signalledAtStart() async throws {
        let program = try RunningProgram(["try", "--virtual", "--log-level", "debug"])
        await program.waitFor(errors: "A device is being opened.")
        program.terminate()
        #expect(await program.status() == 0)
        #expect(program.errors().contains("Stopped."))
    }

    @Test("Told to end while it plays, it gives back what it took and ends in order")
    func signalledInPlay() async throws {
        let program = try RunningProgram(["try", "--virtual", "--log-level", "debug"])
        await program.waitFor(errors: "A client connected.")
        program.terminate()
        #expect(await program.status() == 0)
        #expect(program.errors().contains("Stopped."))
    }
}
