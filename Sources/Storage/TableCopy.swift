/// Copies every row from one database to another with the same schema, whatever their engines: how PostgreSQL is backed
/// up, and how a company moves from one engine to the other.
///
/// The index of the search is left out: the target writes its own, as it does for everything else that is written.
public struct TableCopy: Sendable {
    /// The tables in an order in which each comes after those that it refers to, with their columns.
    let tables: [Table]

    struct Table: Sendable {
        let name: String
        let columns: [String]
        /// A column that refers to the table itself. It is filled in when all rows are there.
        let selfReference: String?
        /// The other tables that it refers to.
        let references: Set<String>
    }

    /// Reads the shape of the schema from a migrated SQLite database, where tables are listed as they were made.
    /// - Precondition: `database` is SQLite.
    public init(shapeOf database: some Database) async throws {
        precondition(database.engine == .sqlite)
        tables = try await database.read { tx in
            let names = try tx.values(
                String.self,
                """
                select name from sqlite_master where type = 'table' and name <> 'migration'
                    and name not like 'sqlite@_%' escape '@' and name not like 'search@_%' escape '@'
                order by rowid
                """)
            let tables = try names.map { name in
                let references = try tx.all(
                    Reference.self, "select \"from\", \"table\" from pragma_foreign_key_list(\(name))")
                return Table(
                    name: name,
                    columns: try tx.values(
                        String.self, "select name from pragma_table_info(\(name)) order by cid"),
                    selfReference: references.first { $0.table == name }?.column,
                    references: Set(references.map(\.table)).subtracting([name]))
            }
            return Self.ordered(tables)
        }
    }

    /// Each after those that it refers to; a column added later may refer to a table that was made later.
    private static func ordered(_ tables: [Table]) -> [Table] {
        var (ordered, rest) = ([Table](), tables)
        while let next = rest.firstIndex(where: { table in
            table.references.isSubset(of: ordered.map(\.name))
        }) {
            ordered.append(rest.remove(at: next))
        }
        precondition(rest.isEmpty, "tables that refer to each other in a circle: \(rest.map(\.name))")
        return ordered
    }

    private struct Reference: RowReadable {
        let column: String
        let table: String

        init(row: inout Row) throws {
            column = try row.next()
            table = try row.next()
        }
    }

    /// Whether a migrated database holds no rows yet.
    public func isEmpty(_ database: some Database) async throws -> Bool {
        let tables = tables
        return try await database.read { tx in
            try tables.allSatisfy { table in
                try tx.rows("select 1 from \(unchecked: table.name) limit 1").isEmpty
            }
        }
    }

    /// Copies all rows in one reading and one writing transaction: all of them, or none.
    /// - Returns: how many rows were copied.
    @discardableResult
    public func run(from source: some Database, to target: some Database) async throws -> Int {
        let tables = tables
        let contents = try await source.read { tx in
            try tables.map { table in
                let columns = SQL(joining: table.columns.map { "\(unchecked: $0)" }, separator: ", ")
                return try tx.rows("select \(columns) from \(unchecked: table.name)").map(\.values)
            }
        }
        try await target.write { tx in
            for (table, rows) in zip(tables, contents) { try table.insert(rows, in: tx) }
        }
        return contents.reduce(0) { $0 + $1.count }
    }
}

extension TableCopy.Table {
    fileprivate func insert(_ rows: [[SQLValue]], in tx: any Transaction) throws {
        let names = SQL(joining: columns.map { "\(unchecked: $0)" }, separator: ", ")
        let own = selfReference.flatMap(columns.firstIndex)
        for row in rows {
            var row = row
            if let own { row[own] = .null }
            let values = SQL(joining: row.map { "\($0)" }, separator: ", ")
            try tx.run("insert into \(unchecked: name) (\(names)) values (\(values))")
        }
        guard let own else { return }
        for row in rows where row[own] != .null {
            try tx.run(
                "update \(unchecked: name) set \(unchecked: columns[own]) = \(row[own]) where \(unchecked: columns[0]) = \(row[0])"
            )
        }
    }
}
