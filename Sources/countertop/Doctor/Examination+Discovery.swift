/// Whether tills find the edge on the network by themselves.
extension Examination {
    /// What Avahi announces an edge by, as the package has it (packaging/build), and where Avahi looks for it.
    static let announcing = "/usr/share/countertop/avahi/countertop.service"
    static let announced = "/etc/avahi/services/countertop.service"
    /// The port in that file.
    static let announcedPort = 7433

    mutating func discovery() {
        guard facts.isOnNetwork else {
            guard let announcement = facts.announcement, facts.isAvahiRunning == true else { return }
            return add(
                "discovery", .warning,
                "Avahi announces an edge, but the configuration has no section network: tills that find it are refused.",
                "sudo rm \(announcement.path)")
        }
        switch facts.isAvahiRunning {
        case nil:
            add(
                "discovery", .warning, "Avahi is not installed, so tills have to be told the edge's address.",
                "sudo apt install avahi-daemon")
        case false?:
            add(
                "discovery", .warning, "Avahi does not run, so tills have to be told the edge's address.",
                "sudo systemctl enable --now avahi-daemon")
        case true?: announcement()
        }
    }

    private mutating func announcement() {
        let port = facts.tillPort ?? Self.announcedPort
        let announce =
            port == Self.announcedPort
            ? "sudo cp \(Self.announcing) \(Self.announced)"
            : "sed 's/\(Self.announcedPort)/\(port)/' \(Self.announcing) | sudo tee \(Self.announced)"
        guard let announcement = facts.announcement else {
            return add("discovery", .warning, "Avahi runs, but nothing announces the edge.", announce)
        }
        guard announcement.port == facts.tillPort || facts.tillPort == nil else {
            let told = announcement.port.map { "port \($0)" } ?? "no port"
            return add(
                "discovery", .warning, "\(announcement.path) announces \(told), and the edge's is \(port).",
                announcement.path == Self.announced ? announce : "sudo rm \(announcement.path) && \(announce)")
        }
        add("discovery", .fine, "Avahi announces the edge.")
    }
}
