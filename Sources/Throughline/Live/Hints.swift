public import Live
public import Storage

extension Product {
    /// Begins to hear of what is written, by this server and by others, and to tell the pages that are open. For a
    /// process that serves pages; once.
    public func listen() {
        database.listen { [live, now] announcement in
            switch announcement {
            case .said(let words): live.hear(words, at: now())
            case .missed: live.refetchAll()
            }
        }
    }
}

extension Topic {
    public static func session(_ id: ID<Session>) -> Topic { Topic("session", id) }
    public static func series(_ id: ID<Series>) -> Topic { Topic("series", id) }
    /// What a person's Today shows.
    public static func today(of id: ID<Person>) -> Topic { Topic("today", id) }
    /// A person's account: whether they may still see what they see.
    public static func person(_ id: ID<Person>) -> Topic { Topic("person", id) }
}

extension Transaction {
    /// Announces a journal row to the pages that show what it is about. Whatever must not be known stays out of the
    /// journal, and so out of here.
    func hint<Entity>(at object: ID<Entity>, _ kind: String, _ verb: String, by person: ID<Person>?) throws {
        switch kind {
        case "session", "recap":
            try announce(Notice.changed(Topic("session", object), part: kind).text)
            // What two people write together changes every second, and nothing outside its session.
            if verb != "wrote" { try hintAround("session", object, kind) }
        case "series":
            try hintAround("series", object, kind)
        case "person":
            try announce(Notice.changed(Topic("person", object), part: kind).text)
        case "sign-in":
            if let person { try announce(Notice.changed(.person(person), part: kind).text) }
        default:
            guard let table = sessionParts[kind] else { return }
            let session = try value(
                ID<Session>.self, "select session from \(unchecked: table) where id = \(object)")
            guard let session else { return }
            try announce(Notice.changed(.session(session), part: kind).text)
            if ["action", "recap-correction"].contains(kind) { try hintAround("session", session, kind) }
        }
    }

    /// Announces it to the Today of the two people of a session or a series, and to the page of the series.
    private func hintAround<Entity>(_ table: String, _ object: ID<Entity>, _ kind: String) throws {
        let series: SQL = table == "series" ? "id" : "series"
        let found = try first(
            Around.self,
            "select employee, manager, \(series) from \(unchecked: table) where id = \(object)")
        guard let found else { return }
        for person in found.people { try announce(Notice.changed(.today(of: person), part: kind).text) }
        if let series = found.series { try announce(Notice.changed(.series(series), part: kind).text) }
    }
}

/// Who shows a session or a series outside its own pages.
private struct Around: RowReadable {
    let people: [ID<Person>]
    let series: ID<Series>?

    init(row: inout Row) throws {
        people = [try row.next(), try row.next()]
        series = try row.next()
    }
}

/// The tables of what belongs to a session, by the journal's name for it.
private let sessionParts = [
    "action": "action", "agenda-item": "agenda_item", "amendment": "amendment", "capture": "capture",
    "carried": "carried", "evidence": "evidence", "recap-correction": "recap_correction",
]
