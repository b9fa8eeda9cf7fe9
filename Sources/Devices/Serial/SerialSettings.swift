/// How a scanner on a serial line was set up.
package struct SerialSettings: Sendable, Hashable {
    /// What the scanner speaks.
    package enum Dialect: String, Sendable, Hashable, CaseIterable {
        /// Labels as text, and no commands.
        case text
        /// Labels as text, and Datalogic's commands of one byte.
        case datalogic
        /// Labels as text, and Honeywell's commands behind SYN.
        case honeywell
        /// Zebra's Simple Serial Interface: packets with checksums.
        case ssi
    }

    /// What ends a label.
    package enum Terminator: String, Sendable, Hashable, CaseIterable {
        /// CR or LF, whichever comes, or silence.
        case automatic
        case cr
        case lf
        case crlf
        case tab
        case etx
        /// Silence alone.
        case none
    }

    package var line = SerialLineSettings()
    package var dialect = Dialect.text
    /// What ends a label. A label that something else than the named terminator ends is dropped: it may be half of one.
    package var terminator = Terminator.automatic
    /// How long after its last byte a label without terminator ends.
    package var silence = Duration.milliseconds(300)
    /// Whether the scanner sends the AIM identifier in front of the label. Only then is "]cm" no part of the label.
    package var identifierIsSent = false

    package init() {}
}
