package import Devices

/// How a moment's text is shown: its effects, and windows in front of its lines.
package struct DisplayStyle: Sendable, Equatable {
    package var effects = DisplayEffects()
    /// Their lines may hold the names in braces of the moment.
    package var windows: [DisplayWindow] = []
}
