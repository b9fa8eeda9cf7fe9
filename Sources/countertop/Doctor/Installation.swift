import CountertopClient
import Devices
import Edge
import Foundation

/// What was found out about an installation, for the ``Examination``. What could not be found out is `nil`.
struct Installation {
    /// A file, as the system has it.
    struct File: Equatable {
        var owner: String
        /// The permission bits.
        var mode: Int
    }

    struct StateFileFacts {
        var name: String
        var schema: Int?
        var schemaKnown: Int
        var contents: String
        /// Whether it may be there, and this user may not look.
        var isHidden = false
        /// What reading it through has found; `nil` while an edge runs, which does that itself.
        var integrity: StateFile.Integrity?
        /// Whether what is in it can be got again from elsewhere.
        var isRebuildable = false
    }

    struct Port: Equatable {
        var number: Int
        /// What the edge listens there for.
        var purpose: String
        /// Whether somebody answers.
        var isAnswered: Bool
    }

    /// A file by which Avahi announces an edge.
    struct Announcement: Equatable {
        var path: String
        /// `nil` when the file names none.
        var port: Int?
    }

    struct Disk {
        var freeBytes: UInt64
        var totalBytes: UInt64
        var isReadOnly: Bool
    }

    /// Whether root looks, who may see everything.
    var isRoot = false
    var configurationPath = "/etc/countertop/countertop.yaml"
    /// How the store was named, for the commands that mend it.
    var given = GivenPlace.installed
    /// What is wrong with the configuration; nothing when all of it can be read.
    var configurationFaults: [String] = []
    /// What is wrong with the files that it names, and what may come.
    var fileFaults: [String] = []
    var feedNotes: [String] = []
    /// The files of udev rules that are installed.
    var ruleFiles: [String]?
    /// Groups that should be there and are not.
    var missingGroups: [String]?
    /// How systemd has the service: "active", "failed", "inactive", "not-found"; `nil` without systemd.
    var service: String?
    /// What is plugged in.
    var devices: [DeviceFacts]?
    /// Whether the kernel's clock is kept right by somebody.
    var isClockSynchronised: Bool?
    var now = Date()
    var disk: Disk?
    var statePath = "/var/lib/countertop"
    var state: File?
    var files: [StateFileFacts] = []
    var keyPath = "/etc/countertop/key"
    var key: File?
    /// Why it is no key; `nil` for one that is.
    var keyFault: String?
    /// Whether it opens the files of the state; `nil` when that could not be told.
    var keyOpens: Bool?
    /// The parts of the identity on the network that are missing; `nil` while the edge is not on the network.
    var missingIdentity: [String]?
    var isOnNetwork = false
    var ports: [Port] = []
    /// Whether Avahi runs; `nil` when it is not installed.
    var isAvahiRunning: Bool?
    var announcement: Announcement?
    /// The port for tills on the network; `nil` when the edge is not there, or lets the system choose.
    var tillPort: Int?
    /// Where the installed service has its files and the configuration others; `nil` when no service is installed.
    var places: UnitPlaces?
    /// What the edge says of itself.
    var status: StatusAnswer?
    /// Why it could not be asked.
    var statusFault: String?
    /// Whether an edge is there, and does not answer this user.
    var isRefused = false

    /// Whether an edge runs, as far as this user can tell.
    var isEdgeThere: Bool { status != nil || isRefused }
}
