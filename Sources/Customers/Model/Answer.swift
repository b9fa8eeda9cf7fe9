/// What a code turned out to be, and what that rests on.
package struct Answer: Sendable, Equatable {
    package var resolution: Resolution
    package var provenance: Provenance

    package init(resolution: Resolution, provenance: Provenance) {
        self.resolution = resolution
        self.provenance = provenance
    }
}
