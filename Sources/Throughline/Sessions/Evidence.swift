public import Foundation
public import Storage

/// What supports what one wants to say: an achievement, a challenge or a need, with a number, an anecdote
/// or a link (practice 5). A draft until it is shared; then both people's.
public struct Evidence: Sendable, Equatable, PreparedPiece {
    public let id: ID<Evidence>
    public let author: PersonName
    public let kind: Kind
    public let body: String
    public let metric: Metric?
    public let anecdote: String
    /// `http` or `https`, or empty.
    public let link: String
    public let objective: EvidenceGoal?
    public let sharedAt: Date?
    public let version: Int
    public let createdAt: Date
    public let changedAt: Date
    public let removedAt: Date?

    public var isShared: Bool { sharedAt != nil }
    /// An achievement or a challenge that nothing bears out yet. A need can stand for itself.
    public var isBare: Bool { kind != .support && metric == nil && anecdote.isEmpty && link.isEmpty }

    public enum Kind: String, Sendable, SQLColumn, CaseIterable {
        case achievement
        case challenge
        case support
    }

    static let columns: SQL = """
        v.id, a.id, a.name, v.kind, v.body, v.metric_from, v.metric_to, v.metric_unit, v.metric_period, v.anecdote,
        v.link, o.id, o.title, v.shared_at, v.version, v.created_at, v.changed_at, v.removed_at
        """
    static let tables: SQL = """
        evidence v join person a on a.id = v.author left join objective o on o.id = v.objective
        """
    static let alias: SQL = "v"
    static let order: SQL = "case v.kind when 'achievement' then 1 when 'challenge' then 2 else 3 end, v.id"
    static let table = "evidence"
    static let kind = "evidence"
    static let most = 60
    static let fullWords = "A session holds \(most) pieces of evidence. Choose those that matter most."

    public init(row: inout Row) throws {
        id = try row.next()
        author = try PersonName(row: &row)
        kind = try row.next()
        body = try row.next()
        metric = Metric(
            from: try row.next(), to: try row.next(), unit: try row.next(), period: try row.next())
        anecdote = try row.next()
        link = try row.next()
        let (goal, title): (ID<Objective>?, String?) = (try row.next(), try row.next())
        objective = goal.map { EvidenceGoal(id: $0, title: title ?? "") }
        sharedAt = try row.next()
        version = try row.next()
        createdAt = try row.next()
        changedAt = try row.next()
        removedAt = try row.next()
    }
}

/// The goal that a piece of evidence is about.
public struct EvidenceGoal: Sendable, Equatable {
    public let id: ID<Objective>
    public let title: String
}

/// A number that moved: from, to, what is counted, and over what time.
public struct Metric: Sendable, Equatable {
    public let from: Double
    public let to: Double
    public let unit: String
    public let period: String

    init?(from: Double?, to: Double?, unit: String, period: String) {
        guard let from, let to else { return nil }
        self.from = from
        self.to = to
        self.unit = unit
        self.period = period
    }
}

/// Numbers as people write them.
public enum DecimalText {
    /// A number with at most nine digits before the point and four after it; a comma serves as a point.
    /// Nil for anything else, and for what could be read in two ways, such as `1,234`.
    public static func read(_ text: String) -> Double? {
        let text = text.trimmingCharacters(in: .whitespaces).replacing("−", with: "-")
        let unsigned = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = unsigned.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard (1...2).contains(parts.count), (1...9).contains(parts[0].count),
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        if parts.count == 2 {
            guard parts[1].count <= 4 else { return nil }
            let couldBeThousands = unsigned.contains(",") && parts[1].count == 3 && parts[0] != "0"
            guard !couldBeThousands else { return nil }
        }
        return Double((text.hasPrefix("-") ? "-" : "") + parts.joined(separator: "."))
    }

    /// `90`, `61.5`, `-0.25`: no more digits than it has.
    public static func text(_ number: Double) -> String {
        let scaled = Int64((abs(number) * 10_000).rounded())
        let whole = String(scaled / 10_000)
        var fraction = String(scaled % 10_000)
        fraction = String(repeating: "0", count: 4 - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = number < 0 && scaled != 0 ? "-" : ""
        return sign + whole + (fraction.isEmpty ? "" : "." + fraction)
    }
}

/// What somebody typed into a piece of evidence.
public struct EvidenceDraft: Sendable, Equatable {
    public var kind: String
    public var body: String
    public var from: String
    public var to: String
    public var unit: String
    public var period: String
    public var anecdote: String
    public var link: String
    /// The id of a goal, or empty.
    public var objective: String

    public init(
        kind: String, body: String, from: String = "", to: String = "", unit: String = "",
        period: String = "",
        anecdote: String = "", link: String = "", objective: String = ""
    ) {
        self.kind = kind
        self.body = body
        self.from = from
        self.to = to
        self.unit = unit
        self.period = period
        self.anecdote = anecdote
        self.link = link
        self.objective = objective
    }
}

/// A draft whose every part has been checked.
struct EvidenceContent: Equatable {
    let kind: Evidence.Kind
    let body: String
    let metric: Metric?
    let anecdote: String
    let link: String
    let objective: ID<Objective>?

    init(_ evidence: Evidence) {
        kind = evidence.kind
        body = evidence.body
        metric = evidence.metric
        anecdote = evidence.anecdote
        link = evidence.link
        objective = evidence.objective?.id
    }

    /// - Parameter present: the goal that it is about already, which may have been closed meanwhile.
    init(
        _ draft: EvidenceDraft, for access: SessionAccess, present: ID<Objective>? = nil,
        in tx: any Transaction
    ) throws {
        var typed = Typed()
        let kind = typed.choice(
            draft.kind, "kind", "Choose whether it is an achievement, a challenge or support you need.",
            as: Evidence.Kind.self)
        body = typed.text(draft.body, "body", missing: "Say what happened, or what you need.", atMost: 2_000)
        metric = typed.metric(draft)
        anecdote = typed.text(draft.anecdote, "anecdote", missing: nil, atMost: 4_000)
        link = typed.link(draft.link, "link")
        objective = try Self.objective(draft.objective, access, present, &typed, in: tx)
        try typed.check()
        guard let kind else { throw Invalid(typed.problems) }
        self.kind = kind
    }

    /// An open goal of the employee's, of one of their teams or of the company.
    private static func objective(
        _ text: String, _ access: SessionAccess, _ present: ID<Objective>?, _ typed: inout Typed,
        in tx: any Transaction
    ) throws -> ID<Objective>? {
        guard !text.isEmpty else { return nil }
        guard let id = ID<Objective>(text) else {
            typed.note("objective", "Choose one of the goals.")
            return nil
        }
        if id == present { return id }
        let employee = access.session.employee.id
        let found = try tx.value(
            ID<Objective>.self,
            """
            select o.id from objective o
            where o.id = \(id) and o.state = 'open' and (o.level = 'company' or o.owner = \(employee)
                or exists (select 1 from team_member m where m.team = o.team and m.person = \(employee)))
            """)
        if found == nil { typed.note("objective", "That goal is not open any more. Choose another.") }
        return found
    }
}

extension Typed {
    /// A metric, if any part of one was typed: then its two numbers and what they count are needed.
    fileprivate mutating func metric(_ draft: EvidenceDraft) -> Metric? {
        var unit = line(draft.unit, "unit", missing: nil, atMost: 80)
        let period = line(draft.period, "period", missing: nil, atMost: 80)
        let (fromText, fromPercent) = Self.withoutPercent(draft.from)
        let (toText, toPercent) = Self.withoutPercent(draft.to)
        guard !(fromText.isEmpty && toText.isEmpty && unit.isEmpty && period.isEmpty) else { return nil }
        if fromPercent || toPercent, !unit.hasPrefix("%") { unit = unit.isEmpty ? "%" : "% " + unit }
        let from = decimal(fromText, "from", missing: "Say where it stood before.")
        let to = decimal(toText, "to", missing: "Say where it stands now.")
        if unit.isEmpty { note("unit", "Say what is counted, such as days or % of clinics.") }
        return Metric(from: from, to: to, unit: unit, period: period)
    }

    private mutating func decimal(_ text: String, _ field: String, missing: String) -> Double? {
        guard !text.isEmpty else {
            note(field, missing)
            return nil
        }
        if let number = DecimalText.read(text) { return number }
        note(field, "Write a number such as 12 or 61.5, with nothing between thousands.")
        return nil
    }

    private static func withoutPercent(_ text: String) -> (String, Bool) {
        let text = text.trimmingCharacters(in: .whitespaces)
        guard text.hasSuffix("%") else { return (text, false) }
        return (text.dropLast().trimmingCharacters(in: .whitespaces), true)
    }

    /// A web address, or nothing.
    fileprivate mutating func link(_ value: String, _ field: String) -> String {
        let link = line(value, field, missing: nil, atMost: 2_000)
        guard !link.isEmpty else { return "" }
        let parts = URLComponents(string: link)
        let scheme = parts?.scheme?.lowercased()
        guard scheme == "http" || scheme == "https", parts?.host?.isEmpty == false, !link.contains(" ") else {
            note(field, "Paste the whole address, beginning with https:// or http://.")
            return link
        }
        return link
    }
}

extension Sessions {
    /// Adds a piece of evidence as the viewer's draft.
    /// - Parameter piece: an id made when the form was shown. Sent twice, it is added once.
    public func addEvidence(
        _ draft: EvidenceDraft, as piece: ID<Evidence>, to id: ID<Session>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            let content = try EvidenceContent(draft, for: access, in: tx)
            let same: SQL = """
                \(access.isMine) and body = \(content.body) and anecdote = \(content.anecdote) and link = \(content.link)
                """
            guard let new = try tx.newID(piece, in: "evidence", unless: same, at: now) else { return }
            try Evidence.requireRoom(in: access, tx)
            try tx.run(
                """
                insert into evidence (id, session, author, kind, body, metric_from, metric_to, metric_unit,
                    metric_period, anecdote, link, objective, created_at, changed_at)
                values (\(new), \(id), \(access.me.id), \(content.kind), \(content.body),
                    \(content.metric?.from), \(content.metric?.to), \(content.metric?.unit ?? ""),
                    \(content.metric?.period ?? ""), \(content.anecdote), \(content.link), \(content.objective),
                    \(now), \(now))
                """)
        }
    }

    /// Saves a piece of evidence that was changed on top of `version`.
    public func saveEvidence(
        _ draft: EvidenceDraft, to piece: ID<Evidence>, basedOn version: Int, in id: ID<Session>,
        as viewer: Viewer
    ) async throws -> PieceOutcome<Evidence> {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            let present = try Evidence.find(piece, of: access, in: tx)
            let content = try EvidenceContent(draft, for: access, present: present.objective?.id, in: tx)
            if EvidenceContent(present) == content { return .saved(version: present.version) }
            guard present.version == version else { return .collided(theirs: present) }
            try tx.run(
                """
                update evidence set kind = \(content.kind), body = \(content.body),
                    metric_from = \(content.metric?.from), metric_to = \(content.metric?.to),
                    metric_unit = \(content.metric?.unit ?? ""), metric_period = \(content.metric?.period ?? ""),
                    anecdote = \(content.anecdote), link = \(content.link), objective = \(content.objective),
                    version = \(version + 1), changed_at = \(now)
                where id = \(piece)
                """)
            if present.isShared {
                try tx.journal("changed", piece, "evidence", by: access.me.id, at: now)
            }
            return .saved(version: version + 1)
        }
    }

    /// Takes a piece of evidence out. It can be put back.
    public func removeEvidence(_ piece: ID<Evidence>, from id: ID<Session>, as viewer: Viewer) async throws {
        try await setRemoved(Evidence.self, piece, true, in: id, as: viewer)
    }

    /// Puts a piece of evidence back.
    public func restoreEvidence(_ piece: ID<Evidence>, in id: ID<Session>, as viewer: Viewer) async throws {
        try await setRemoved(Evidence.self, piece, false, in: id, as: viewer)
    }
}
