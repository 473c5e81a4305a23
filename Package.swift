// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "throughline",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "throughline", targets: ["ThroughlineCLI"])
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", exact: "1.4.0",
            traits: ["CommandLineArguments", "JSON"]),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // System libraries, from Debian's packages.
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CMarkdown", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev"])]),

        // Modules that know nobody.
        .target(name: "Coach", swiftSettings: settings),
        .target(name: "CSV", swiftSettings: settings),
        .target(name: "Live", swiftSettings: settings),
        // Rebuilds the coach's parameters from the authored sentences: script/train-coach.
        .executableTarget(name: "CoachTrainer", dependencies: ["Coach"], swiftSettings: settings),
        .target(name: "ICalendar", swiftSettings: settings),
        .target(name: "Mail", dependencies: ["CCurl"], swiftSettings: settings),
        .target(name: "Markup", dependencies: ["CMarkdown"], swiftSettings: settings),

        // Text files become part of the program.
        .executableTarget(name: "embed", swiftSettings: settings),
        .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["embed"]),

        // Storage and its two engines.
        .target(
            name: "Storage",
            swiftSettings: settings,
            plugins: ["EmbedFiles"]),
        .target(
            name: "StorageSQLite",
            dependencies: ["Storage", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: settings),
        .target(
            name: "StoragePostgreSQL", dependencies: ["Storage", "CPostgreSQL"],
            swiftSettings: settings),

        // The product, and the product in a browser.
        .target(
            name: "Throughline",
            dependencies: [
                "Storage", "Coach", "CSV", "ICalendar", "Live", "Markup", "Mail",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .target(
            name: "Web",
            dependencies: [
                "Throughline", "Coach", "Live", "Storage", "Markup", "Mail",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            ],
            swiftSettings: settings,
            plugins: ["EmbedFiles"]),
        // An invented company with a year of sessions.
        .target(name: "Demo", dependencies: ["Throughline", "Storage"], swiftSettings: settings),
        .executableTarget(
            name: "ThroughlineCLI",
            dependencies: [
                "Web", "Demo", "Throughline", "Coach", "Mail", "Storage", "StorageSQLite", "StoragePostgreSQL",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        // Writes until it is killed, for script/kill-test.
        .executableTarget(
            name: "kill-target", dependencies: ["Storage", "StorageSQLite", "StoragePostgreSQL"],
            swiftSettings: settings),

        // A product and a web application on a fresh database, for tests.
        .target(
            name: "TestSupport",
            dependencies: [
                "Throughline", "Live", "Mail", "Storage", "StorageSQLite", "StoragePostgreSQL", "Web",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            exclude: ["smtp_peer.py", "mime_reader.py", "recurrence_peer.py", "calendar_peer.py", "csv_peer.py"],
            swiftSettings: settings),
        .testTarget(
            name: "MailTests", dependencies: ["Mail", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "StorageTests", dependencies: ["Storage", "StorageSQLite", "StoragePostgreSQL", "TestSupport"],
            swiftSettings: settings),
        .testTarget(name: "LiveTests", dependencies: ["Live"], swiftSettings: settings),
        .testTarget(name: "CSVTests", dependencies: ["CSV", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "CoachTests", dependencies: ["Coach"], swiftSettings: settings),
        .testTarget(
            name: "ICalendarTests", dependencies: ["ICalendar", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "CommandLineTests", dependencies: ["ThroughlineCLI", "Coach"], swiftSettings: settings),
        .testTarget(name: "MarkupTests", dependencies: ["Markup"], swiftSettings: settings),
        .testTarget(
            name: "ThroughlineTests",
            dependencies: [
                "Throughline", "Live", "Mail", "Markup", "Storage", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Delivery/Expected"],
            swiftSettings: settings),
        .testTarget(
            name: "DemoTests", dependencies: ["Demo", "Throughline", "Storage", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Web", "Throughline", "Live", "Mail", "Storage", "TestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: settings),
    ]
)
