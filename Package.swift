// swift-tools-version: 6.2
import PackageDescription

/// The settings of every target of ours: Swift 6, no implicit existential, no import that leaks or is
/// borrowed from another file, and no warning left standing.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "entraide-matching",
    products: [
        .executable(name: "entraide", targets: ["entraide"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        // Pure: integers and values in, values out.
        .target(name: "Graphs", swiftSettings: strict),
        .target(name: "Proof", swiftSettings: strict),
        .target(name: "Matching", dependencies: ["Graphs", "Proof"], swiftSettings: strict),
        .target(name: "Lines", swiftSettings: strict),

        // PostgreSQL, through libpq.
        .systemLibrary(
            name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .target(
            name: "Postgres",
            dependencies: ["CLibpq", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .target(
            name: "Schema", path: "sql", exclude: ["README.md"],
            resources: [.embedInCode("migrations")], swiftSettings: strict),

        // The core, and its two doors.
        .target(
            name: "EntraideCore",
            dependencies: [
                "Matching", "Lines", "Postgres", "Schema",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [
                .embedInCode("Skills/vocabulary.ndjson"),
                .embedInCode("Communities/mednum-activities.csv"),
                .embedInCode("Communities/mednum-kinds.csv"),
                .embedInCode("Communities/Import/header-words.csv"),
                .embedInCode("Communities/Interview/troubles.csv"),
            ],
            swiftSettings: strict),
        .target(
            name: "EntraideHTTP",
            dependencies: [
                "EntraideCore", "Lines",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "entraide",
            dependencies: [
                "EntraideCore", "EntraideHTTP", "Lines", "Matching",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),

        // Tests: a folder per module.
        .target(
            name: "OracleSupport", path: "Tests/OracleSupport", exclude: ["solve_instances.py"],
            swiftSettings: strict),
        .testTarget(
            name: "GraphsTests", dependencies: ["Graphs", "Proof", "OracleSupport"], swiftSettings: strict),
        .testTarget(name: "ProofTests", dependencies: ["Proof"], swiftSettings: strict),
        .testTarget(
            name: "MatchingTests", dependencies: ["Matching", "Graphs", "Proof"], swiftSettings: strict),
        .testTarget(name: "LinesTests", dependencies: ["Lines"], swiftSettings: strict),
        .target(
            name: "PostgresTestSupport",
            dependencies: ["Postgres", .product(name: "Logging", package: "swift-log")],
            path: "Tests/PostgresTestSupport", swiftSettings: strict),
        .testTarget(
            name: "PostgresTests",
            dependencies: [
                "Postgres", "PostgresTestSupport", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "EntraideCoreTests",
            dependencies: [
                "EntraideCore", "Matching", "Lines", "OracleSupport", "Postgres", "PostgresTestSupport",
                "Schema",
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Skills/everyday-phrases.csv", "Skills/held-out-phrases.csv"],
            swiftSettings: strict),
        .testTarget(
            name: "EntraideHTTPTests",
            dependencies: [
                "EntraideHTTP", "EntraideCore", "Lines", "Matching", "Postgres", "PostgresTestSupport",
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests", dependencies: ["entraide"], exclude: ["Golden", "shuffled-orders.sh"],
            swiftSettings: strict),
        .testTarget(name: "ArchitectureTests", swiftSettings: strict),

        // What is measured, and the tests of how.
        .executableTarget(
            name: "Bench",
            dependencies: [
                "Graphs", "Matching", "Proof",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/Benchmarks/Bench", swiftSettings: strict),
        .testTarget(name: "BenchTests", dependencies: ["Bench", "Graphs", "Proof"], swiftSettings: strict),
    ]
)
