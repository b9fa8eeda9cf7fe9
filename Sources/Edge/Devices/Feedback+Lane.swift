import Devices

extension Feedback {
    init(_ beep: LaneBeep) {
        switch beep {
        case .goodRead: self = .goodRead
        case .notOnFile: self = .notOnFile
        case .error: self = .error
        }
    }
}
