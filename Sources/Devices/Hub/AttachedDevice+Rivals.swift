import USB

/// A scanner that offers HID POS and a keyboard may give every label on both, or on the keyboard alone.
extension AttachedDevice {
    /// - Returns: the scan to publish; `nil` when nobody wants it, and when it is held back until HID POS has had its time.
    func given(_ label: Label, _ aim: AIMIdentifier?, from index: Int) -> DeviceScan? {
        let scan = scan(label, aim, from: index)
        guard lines[index].isRival else {
            if lines[index].pos != nil { passOverRivals() }
            return scan
        }
        if let scan { hold(scan) }
        return nil
    }

    /// HID POS gives labels, so that every one that is typed is a second one. The one that is held back is this one's.
    private func passOverRivals() {
        dropHeldScan()
        for index in lines.indices where lines[index].isRival { lines[index].isHeard = false }
    }

    func dropHeldScan() {
        heldTimer?.cancel()
        heldTimer = nil
        heldScan = nil
    }

    private func hold(_ scan: DeviceScan) {
        giveHeldScan()
        heldScan = scan
        heldTimer = thread.schedule(after: limits.rivalWait) { [weak self] in
            self?.assumeIsolated { $0.giveHeldScan() }
        }
        if heldTimer == nil { giveHeldScan() }
    }

    /// Publishes the label that is held back, if one is.
    func giveHeldScan() {
        guard let scan = heldScan else { return }
        dropHeldScan()
        onEvent(.scan(scan))
        guard !isSilenceTold else { return }
        isSilenceTold = true
        complain(
            """
            The scanner offers HID POS, and gives its labels as keys alone. They are read as keys, in the layout \
            "\(wedgeSettings?.layout ?? "us")". HID POS is surer: scan the setting for it in the scanner's manual.
            """)
    }
}
