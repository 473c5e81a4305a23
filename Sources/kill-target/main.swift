// The program that `script/kill-test` kills: writes to a database as fast as it can and prints what was
// saved; and checks afterwards that all of it is there.
//
//     kill-target write DATABASE RUN     prints "WRITER SEQUENCE" after each confirmed write
//     kill-target check DATABASE FILE    compares the database with those lines
//
// DATABASE is sqlite:PATH or a URL that begins with postgresql://
import Foundation
import Storage
import StoragePostgreSQL
import StorageSQLite

let arguments = CommandLine.arguments
guard arguments.count == 4, ["write", "check"].contains(arguments[1]) else {
    fail("usage: kill-target write DATABASE RUN | kill-target check DATABASE FILE")
}
let database = try open(arguments[2])
if arguments[1] == "write" {
    try await createTables()
    try await withThrowingTaskGroup { group in
        for writer in 0..<8 {
            group.addTask { try await write(as: "\(arguments[3])-\(writer)", number: writer) }
        }
        try await group.waitForAll()
    }
} else {
    try await check(acknowledged: try lines(of: arguments[3]))
}

func open(_ name: String) throws -> any Database {
    if name.hasPrefix("sqlite:") { return try SQLiteDatabase(path: String(name.dropFirst("sqlite:".count))) }
    return try PostgreSQLDatabase(url: name)
}

/// Three facts that only whole transactions keep: an entry for each number, a tally of them, and accounts
/// whose sum is 0.
func createTables() async throws {
    let step = Migrations.Step(
        number: 1, name: "kill test",
        sql: """
            create table entry (
                writer text not null,
                sequence bigint not null,
                words text not null,
                primary key (writer, sequence)
            );
            create table tally (writer text primary key, number bigint not null);
            create table account (id bigint primary key, amount bigint not null);
            insert into account (id, amount) values (0, 0), (1, 0), (2, 0), (3, 0);
            """)
    try await Migrations(steps: [step]).apply(to: database, now: Date())
}

func write(as writer: String, number: Int) async throws {
    for sequence in 0... {
        do {
            try await database.write { tx in
                let words = String(repeating: "word ", count: sequence % 50)
                try tx.run(
                    "insert into entry (writer, sequence, words) values (\(writer), \(sequence), \(words))")
                try tx.run(
                    """
                    insert into tally (writer, number) values (\(writer), 1)
                    on conflict (writer) do update set number = tally.number + 1
                    """)
                guard sequence.isMultiple(of: 4) else { return }
                let giver = (number + sequence) % 4
                let taker = (giver + 1) % 4
                try tx.run("update account set amount = amount - 1 where id = \(giver)")
                try tx.run("update account set amount = amount + 1 where id = \(taker)")
            }
        } catch StorageError.unavailable {
            // The server is being killed. Whether this write was kept nobody knows, so nothing is claimed.
            try await Task.sleep(for: .milliseconds(20))
            continue
        }
        acknowledge("\(writer) \(sequence)\n")
    }
}

/// In one call, so that a kill can't leave half a line in the middle of the file.
func acknowledge(_ line: String) {
    var line = line
    _ = line.withUTF8 { Foundation.write(1, $0.baseAddress, $0.count) }
}

func lines(of path: String) throws -> [String] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    // What follows the last line break is a line that was cut off.
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
}

func check(acknowledged: [String]) async throws {
    let (present, wrongTallies, sum) = try await database.read { tx in
        let present = try tx.values(String.self, "select writer || ' ' || sequence from entry")
        let wrong = try tx.value(
            Int.self,
            """
            select count(*) from (select writer, count(*) as number from entry group by writer) as counted
            left join tally on tally.writer = counted.writer
            where tally.number is null or tally.number <> counted.number
            """)
        let sum = try tx.value(Int.self, "select sum(amount) from account")
        return (Set(present), wrong, sum)
    }
    let missing = acknowledged.filter { !present.contains($0) }
    guard missing.isEmpty else {
        fail("\(missing.count) confirmed writes are missing, such as \(missing[0])")
    }
    guard wrongTallies == 0, sum == 0 else { fail("a transaction was kept in part") }
    let damage = try await damage()
    guard damage.isEmpty else { fail("the database is damaged: \(damage.joined(separator: "; "))") }
    await database.close()
    print("\(acknowledged.count) confirmed, \(present.count) present")
}

func damage() async throws -> [String] {
    if let database = database as? SQLiteDatabase { return try await database.checkIntegrity() }
    // Compares every index with its table, and throws at the first difference.
    try await database.write { tx in
        try tx.runScript("create extension if not exists amcheck")
        _ = try tx.rows(
            """
            select bt_index_check(pg_index.indexrelid, true) from pg_index
            join pg_class on pg_class.oid = pg_index.indrelid
            where pg_class.relname in ('entry', 'tally', 'account')
            """)
    }
    return []
}

func fail(_ words: String) -> Never {
    FileHandle.standardError.write(Data("\(words)\n".utf8))
    exit(1)
}
