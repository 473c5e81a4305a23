import Foundation
import Storage

/// The journal: who did what to which object, when. Every write adds its row in its own transaction, and pages that show
/// the object are told once that is committed.
///
/// `detail` holds what is worth knowing of before and after. It must never hold what only one person may read.
extension Transaction {
    func journal<Entity>(
        _ verb: String, _ object: ID<Entity>, _ kind: String, by person: ID<Person>?, at now: Date,
        detail: [String: String] = [:]
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(detail), as: UTF8.self)
        try run(
            """
            insert into journal (id, at, person, verb, object_kind, object, detail)
            values (\(ID<JournalRow>(now: now)), \(now), \(person), \(verb), \(kind), \(object), \(json))
            """)
        try hint(at: object, kind, verb, by: person)
    }
}

/// Gives journal rows their own kind of id.
enum JournalRow {}
