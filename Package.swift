// swift-tools-version: 6.1

import PackageDescription

/// Flags every Swift target shares: https://github.com/swiftlang/swift-evolution, proposals 0335, 0409 and 0444.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "countertop",
    products: [
        .executable(name: "countertop", targets: ["countertop"]),
        .library(name: "CountertopClient", targets: ["CountertopClient"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.7.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.30.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CHaru", providers: [.apt(["libhpdf-dev"])]),
        .systemLibrary(name: "CLibUSB", pkgConfig: "libusb-1.0", providers: [.apt(["libusb-1.0-0-dev"])]),
        .systemLibrary(name: "CProtobufC", pkgConfig: "libprotobuf-c", providers: [.apt(["libprotobuf-c-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CXKBCommon", pkgConfig: "xkbcommon", providers: [.apt(["libxkbcommon-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CCountertopProtos", dependencies: ["CProtobufC"]),

        .target(name: "Wire", dependencies: ["CCountertopProtos", "CProtobufC"], swiftSettings: house),
        .target(
            name: "Transport",
            dependencies: [
                "Wire",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ],
            swiftSettings: house),
        .target(name: "GS1", swiftSettings: house),
        .target(name: "USB", dependencies: ["CLibUSB"], swiftSettings: house),
        .target(name: "Devices", dependencies: ["CXKBCommon", "GS1", "USB"], swiftSettings: house),
        .target(name: "Capture", dependencies: ["USB"], swiftSettings: house),
        .target(
            name: "Storage",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: house),
        .target(
            name: "Credentials",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: house),
        .target(name: "QR", dependencies: ["CQREncode"], swiftSettings: house),
        .target(
            name: "Pairing",
            dependencies: [
                "Credentials", "Storage",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: house),
        .target(
            name: "Customers",
            dependencies: [
                "GS1", "Storage",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: house),
        .target(
            name: "Journal",
            dependencies: ["Storage", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: house),
        .target(
            name: "Systems",
            dependencies: [
                "CZlib", "Customers", "GS1", "Journal", "Storage",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: house),
        .target(
            name: "Cards",
            dependencies: [
                "CCurl", "CHaru", "CZip", "Credentials", "QR", "Storage",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: house),
        .target(
            name: "Edge",
            dependencies: [
                "Capture", "Cards", "Credentials", "Customers", "Devices", "Journal", "Pairing", "Storage", "Systems",
                "Transport",
                "USB",
                "Wire",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: house),
        .target(
            name: "CountertopClient",
            dependencies: [
                "Credentials", "Transport", "Wire",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: house),
        .executableTarget(
            name: "countertop",
            dependencies: [
                "Capture", "Cards", "CountertopClient", "Customers", "Devices", "Edge", "GS1", "Pairing", "QR",
                "Systems",
                "USB",
                "Wire",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house),
        .executableTarget(
            name: "countertop-bench",
            dependencies: [
                "CCountertopProtos", "CProtobufC", "CountertopClient", "Credentials", "Customers", "Devices", "Edge",
                "Storage", "Transport", "USB", "Wire",
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Tests/Bench",
            exclude: ["Allocations/allocations.txt", "Allocations/counter.c"],
            swiftSettings: house),

        // Systems outside, on real sockets, for the tests of those who talk to them.
        .target(
            name: "TestServers",
            dependencies: [
                "Systems",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Tests/Servers",
            exclude: [
                "custobar_server.py", "growcards_server.py", "messages_server.py", "poster_server.py",
                "relay_server.py",
                "solteq_server.py", "strict.py", "vipps_server.py",
            ],
            swiftSettings: house),

        .target(name: "CTestDisk", path: "Tests/Faults/Disk"),
        .executableTarget(
            name: "countertop-faults", dependencies: ["CTestDisk", "Cards", "Customers", "Journal", "Storage"],
            path: "Tests/Faults/Program", swiftSettings: house),

        .executableTarget(
            name: "countertop-soak",
            dependencies: ["Devices", "Edge", .product(name: "Logging", package: "swift-log")],
            path: "Tests/Soak/Program", swiftSettings: house),

        .testTarget(name: "WireTests", dependencies: ["CProtobufC", "Wire"], swiftSettings: house),
        .testTarget(
            name: "TransportTests",
            dependencies: [
                "Transport", "Wire",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "CountertopClientTests",
            dependencies: [
                "CountertopClient", "Transport", "Wire",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "GS1Tests", dependencies: ["GS1"], exclude: ["ContentRules.txt"], swiftSettings: house),
        .testTarget(name: "CaptureTests", dependencies: ["Capture", "Devices", "USB"], swiftSettings: house),
        .testTarget(name: "USBTests", dependencies: ["USB"], swiftSettings: house),
        .testTarget(name: "DevicesTests", dependencies: ["Devices", "GS1", "USB"], swiftSettings: house),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Storage",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "CredentialsTests",
            dependencies: [
                "Credentials",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "PairingTests",
            dependencies: [
                "Credentials", "Pairing",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "JournalTests",
            dependencies: [
                "Journal", "Storage",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "CustomersTests",
            dependencies: [
                "Customers", "GS1", "Storage",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "SystemsTests",
            dependencies: [
                "Customers", "Journal", "Storage", "Systems", "TestServers",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            exclude: ["Server"],
            swiftSettings: house),
        .testTarget(name: "QRTests", dependencies: ["QR"], swiftSettings: house),
        .testTarget(
            name: "CardsTests",
            dependencies: [
                "Cards", "Credentials", "QR", "Storage", "TestServers",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "EdgeTests",
            dependencies: [
                "Capture", "Cards", "CountertopClient", "Credentials", "Customers", "Devices", "Edge", "Journal",
                "Pairing",
                "Storage",
                "Systems", "TestServers", "Transport", "USB", "Wire",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "CountertopTests",
            dependencies: [
                "Capture", "CountertopClient", "Customers", "Devices", "Edge", "TestServers", "Transport", "USB",
                "Wire",
                "countertop",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
