import ArgumentParser

struct CustomersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers", abstract: "Look after the store's copy of its customers.",
        subcommands: [
            CustomersImportCommand.self, CustomersFeedsCommand.self, CustomersExportCommand.self,
            CustomersEraseCommand.self, CustomersForgetCommand.self, CustomersReadmitCommand.self,
        ])
}
