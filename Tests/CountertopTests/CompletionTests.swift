import Foundation
import Testing

/// What the shells offer, as Bash makes it of the script that `countertop` writes for it.
@Suite struct CompletionTests {
    @Test("Every shell's script knows every call")
    func scripts() async throws {
        let calls = try await Program.run(["call", "--list"]).output.split(separator: "\n").map {
            $0.replacingOccurrences(of: " (stream)", with: "")
        }
        #expect(calls.contains("Lanes/Watch"))
        for shell in ["bash", "zsh", "fish"] {
            let script = try await Program.run(["--generate-completion-script", shell])
            #expect(script.status == 0, "\(script.errors)")
            for call in calls { #expect(script.output.contains(call), "\(shell): \(call)") }
        }
    }

    @Test("Bash offers the calls that begin as what was typed")
    func bash() async throws {
        #expect(try await offers("Lanes/A") == ["Lanes/Acknowledge", "Lanes/ArmScanner", "Lanes/AttachCustomer"])
        #expect(try await offers("Health/C") == ["Health/Check"])
        #expect(try await offers("Nothing") == [])
    }

    private func offers(_ typed: String) async throws -> [String] {
        let script = try await Program.run(["--generate-completion-script", "bash"]).output
        let asking = """
            \(script)
            COMP_WORDS=(countertop call \(typed)) COMP_CWORD=2 COMP_TYPE=9
            COMP_LINE="countertop call \(typed)" COMP_POINT=${#COMP_LINE}
            _countertop countertop \(typed) call
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let bash = try RunningProgram(["--norc", "-c", asking], of: URL(fileURLWithPath: "/bin/bash"))
        #expect(await bash.status() == 0, "\(bash.errors())")
        return bash.output().split(separator: "\n").map(String.init)
    }
}
