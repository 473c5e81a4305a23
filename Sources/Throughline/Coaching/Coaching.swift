public import Coach
import Foundation
import Storage

extension Product {
    public var coaching: Coaching { Coaching(product: self) }
}

/// The coach, for one person at a time: what it remarks on, and which remarks the person has waved away
/// (practice 21). Nothing that was typed is stored.
public struct Coaching: Sendable {
    let product: Product

    /// How many dismissed remarks are remembered for a person; the oldest give way.
    static let remembered = 1_000

    /// The coach as the viewer has shaped it, to read along with many fields of a page for one query.
    public func coach(for viewer: Viewer) async throws -> PersonalCoach {
        try await product.database.read { tx in try PersonalCoach(for: viewer.id, in: tx) }
    }

    /// What the coach says about a text, at most two remarks. Asks the database only when there is something to say.
    public func remarks(
        on text: String, as field: CoachField, for viewer: Viewer
    ) async throws -> [PersonalRemark] {
        guard !PersonalCoach().remarks(on: text, as: field).isEmpty else { return [] }
        return try await coach(for: viewer).remarks(on: text, as: field)
    }

    /// The coach for a page on which these texts stand: the viewer's own, or, where there is nothing to say on any of them,
    /// any, for no query.
    public func coach(
        on texts: [(text: String, field: CoachField)], for viewer: Viewer
    ) async throws -> PersonalCoach {
        let any = PersonalCoach()
        if texts.allSatisfy({ any.remarks(on: $0.text, as: $0.field).isEmpty }) { return any }
        return try await coach(for: viewer)
    }

    /// Whether there is something to say about a text, and the viewer has waved all of it away.
    public func isKept(_ text: String, as field: CoachField, for viewer: Viewer) async throws -> Bool {
        guard !PersonalCoach().remarks(on: text, as: field).isEmpty else { return false }
        return try await remarks(on: text, as: field, for: viewer).isEmpty
    }

    /// Waves a remark away, for good or until the words change that it is about. Doing so twice is doing so once.
    public func dismiss(_ mark: RemarkMark, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            let isNew = try tx.run(
                """
                insert into coach_dismissal (person, field, remark, dismissed_at)
                values (\(viewer.id), \(mark.field), \(mark.remark), \(now))
                on conflict (person, field, remark) do nothing
                """)
            guard isNew > 0 else { return }
            try forgetOldest(of: viewer.id, in: tx)
            try tx.journal(
                "dismissed", viewer.id, "coach_remark", by: viewer.id, at: now, detail: ["field": mark.field])
        }
    }

    private func forgetOldest(of person: ID<Person>, in tx: any Transaction) throws {
        try tx.run(
            """
            delete from coach_dismissal where person = \(person) and remark in (
                select remark from coach_dismissal where person = \(person)
                order by dismissed_at desc, remark limit 1000000 offset \(Self.remembered))
            """)
    }
}

/// The coach of one person: it keeps silent about what the person has waved away.
public struct PersonalCoach: Sendable {
    private let dismissed: Set<RemarkMark>

    /// - Parameter dismissed: what was waved away; nothing, for a coach who has just met the person.
    public init(dismissed: Set<RemarkMark> = []) {
        self.dismissed = dismissed
    }

    /// One query.
    init(for person: ID<Person>, in tx: any Transaction) throws {
        dismissed = Set(
            try tx.all(RemarkMark.self, "select field, remark from coach_dismissal where person = \(person)"))
    }

    /// What it says about a text, at most two remarks, the weightier first.
    public func remarks(on text: String, as field: CoachField) -> [PersonalRemark] {
        let found = CoachMemory.shared.remarks(on: text, as: field)
        return Array(found.filter { !dismissed.contains($0.mark) }.prefix(remarkLimit))
    }
}

/// A remark, and what to say to have it stay away.
public struct PersonalRemark: Sendable, Equatable {
    public let remark: Remark
    public let mark: RemarkMark

    init(_ remark: Remark, in field: CoachField) {
        self.remark = remark
        mark = RemarkMark(remark, in: field)
    }
}
