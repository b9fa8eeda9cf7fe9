import USB

/// Answers as the device of a capture did. What it was not asked then it refuses, and what it is sent it takes.
struct CapturedBehaviour: VirtualBehaviour {
    let answers: [USBSetup: USBCompletion]

    func control(_ setup: USBSetup, data: [UInt8]) -> USBCompletion {
        guard setup.isIn else { return .completed([]) }
        if let answer = answers[setup] { return answer }
        // The same request with another length.
        return answers.first { $0.key.requestType == setup.requestType && $0.key.isSame(as: setup) }?.value ?? .stalled
    }

    func write(endpoint: UInt8, data: [UInt8]) -> USBCompletion { .completed([]) }
}

extension USBSetup {
    fileprivate func isSame(as other: USBSetup) -> Bool {
        request == other.request && value == other.value && index == other.index
    }
}
