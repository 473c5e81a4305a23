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
    /// A person's account: whether they may still see what they see.
    public static func person(_ id: ID<Person>) -> Topic { Topic("person", id) }
}

extension Transaction {
    /// Announces a journal row to the pages that show what it is about. Whatever must not be known stays out of the
    /// journal, and so out of here.
    func hint<Entity>(at object: ID<Entity>, _ kind: String, by person: ID<Person>?) throws {
        switch kind {
        case "session", "recap":
            try announce(Notice.changed(Topic("session", object), part: kind).text)
        case "person":
            try announce(Notice.changed(Topic("person", object), part: kind).text)
        case "sign-in":
            if let person { try announce(Notice.changed(.person(person), part: kind).text) }
        default:
            guard let table = sessionParts[kind] else { return }
            let session = try value(
                ID<Session>.self, "select session from \(unchecked: table) where id = \(object)")
            if let session { try announce(Notice.changed(.session(session), part: kind).text) }
        }
    }
}

/// The tables of what belongs to a session, by the journal's name for it.
private let sessionParts = [
    "action": "action", "agenda-item": "agenda_item", "amendment": "amendment", "capture": "capture",
    "evidence": "evidence", "recap-correction": "recap_correction",
]
