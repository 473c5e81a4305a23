public import Foundation

/// Brings a database to the schema of this version of the product.
///
/// Migrations are numbered files in `Migrations/`, never edited after they have landed, each run in one transaction
/// and noted in the table `migration`.
public struct Migrations: Sendable {
    /// One numbered step.
    public struct Step: Sendable, Hashable {
        public let number: Int
        public let name: String
        /// What both engines run.
        public let sql: String
        /// What only one of them runs, after that.
        public let ownSQL: [Engine: String]

        public init(number: Int, name: String, sql: String, ownSQL: [Engine: String] = [:]) {
            self.number = number
            self.name = name
            self.sql = sql
            self.ownSQL = ownSQL
        }
    }

    public let steps: [Step]

    public init(steps: [Step]) {
        self.steps = steps.sorted { $0.number < $1.number }
    }

    /// Applies what is missing.
    /// - Returns: the steps that this call applied.
    /// - Throws: ``StorageError``; ``MigrationError`` when the database comes from a newer version.
    @discardableResult
    public func apply(to database: some Database, now: Date) async throws -> [Step] {
        try await createTable(in: database)
        var applied: [Step] = []
        for step in steps {
            let ran = try await database.write { tx in
                // Two servers that start at once take turns. Nothing may be read before the lock is held: PostgreSQL
                // would go on seeing the state from before.
                if tx.engine == .postgresql {
                    try tx.runScript(
                        "set local lock_timeout = '10min'; lock table migration in exclusive mode")
                }
                let done = try tx.value(Int.self, "select number from migration where number = \(step.number)")
                guard done == nil else { return false }
                try tx.runScript(step.sql)
                if let own = step.ownSQL[tx.engine] { try tx.runScript(own) }
                try tx.run(
                    "insert into migration (number, name, applied_at) values (\(step.number), \(step.name), \(now))")
                return true
            }
            if ran { applied.append(step) }
        }
        return applied
    }

    /// The steps that `database` still lacks.
    public func pending(in database: some Database) async throws -> [Step] {
        try await createTable(in: database)
        let done = try await database.read { tx in
            Set(try tx.values(Int.self, "select number from migration"))
        }
        return steps.filter { !done.contains($0.number) }
    }

    private func createTable(in database: some Database) async throws {
        let last = steps.last?.number ?? 0
        try await database.write { tx in
            // 'If not exists' is no promise between two servers that start at once; this lock, held to the end of the
            // transaction, is. Its number is the product's own choice.
            if tx.engine == .postgresql { try tx.runScript("select pg_advisory_xact_lock(7411)") }
            try tx.run(
                """
                create table if not exists migration (
                    number integer primary key, name text not null, applied_at bigint not null)
                """)
            let newest = try tx.value(Int?.self, "select max(number) from migration") ?? nil
            if let newest, newest > last { throw MigrationError.databaseIsNewer(newest, than: last) }
        }
    }
}

public enum MigrationError: Error, Equatable {
    /// The database has been migrated by a newer version of the product; this one must not write to it.
    case databaseIsNewer(Int, than: Int)
}

extension Migrations {
    /// The product's own migrations, from the files in `Migrations/`: `001-people.sql` for both engines, and where they
    /// differ, `014-search.sqlite.sql` and `014-search.postgresql.sql` beside it.
    public static let product = Migrations(
        steps: EmbeddedFiles.all.compactMap { file in
            let parts = file.name.split(separator: ".")
            guard parts.count == 2, parts[1] == "sql", let number = Int(parts[0].prefix(3)) else { return nil }
            return Step(
                number: number, name: String(parts[0].dropFirst(4)), sql: file.text, ownSQL: ownSQL(beside: parts[0]))
        })

    private static func ownSQL(beside name: Substring) -> [Engine: String] {
        var own: [Engine: String] = [:]
        for engine in Engine.allCases {
            own[engine] = EmbeddedFiles.all.first { $0.name == "\(name).\(engine.rawValue).sql" }?.text
        }
        return own
    }
}
