import Foundation
public import Storage

/// What would show that an objective is reached.
public struct KeyResult: Sendable, Equatable, RowReadable {
    public let id: ID<KeyResult>
    public let objective: ID<Objective>
    public let title: String
    public let kind: Kind
    public let owner: PersonName?
    /// What it counts for beside the others; 0 to 100.
    public let weight: Int
    public let ambition: Ambition
    /// Of a metric.
    public let direction: Direction?
    /// Where a metric began, or the lower bound of one that is to be kept.
    public let start: Double?
    /// Where a metric should end, or the upper bound.
    public let target: Double?
    public let unit: String
    private let stepsText: String
    public let latest: Reading?
    /// Who made the newest check-in.
    public let checkedBy: PersonName?
    public let checkIns: Int
    private let trailText: String
    public let version: Int

    static let columns: SQL = """
        k.id, k.objective, k.title, k.kind, ko.id, ko.name, k.weight, k.ambition, k.direction, k.start_value,
        k.target_value, k.unit, k.steps, k.value, k.confidence, k.checked_on, kb.id, kb.name, k.check_ins, k.trail,
        k.version
        """
    static let tables: SQL = """
        key_result k left join person ko on ko.id = k.owner left join person kb on kb.id = k.checked_by
        """

    public init(row: inout Row) throws {
        id = try row.next()
        objective = try row.next()
        title = try row.next()
        kind = try row.next()
        owner = try PersonName(id: row.next(), name: row.next())
        weight = try row.next()
        ambition = try row.next()
        direction = try row.next()
        start = try row.next()
        target = try row.next()
        unit = try row.next()
        stepsText = try row.next()
        let value: Double? = try row.next()
        let confidence: Int? = try row.next()
        let day: Day? = try row.next()
        if let value, let confidence, let day {
            latest = Reading(on: day, value: value, confidence: confidence)
        } else {
            latest = nil
        }
        checkedBy = try PersonName(id: row.next(), name: row.next())
        checkIns = try row.next()
        trailText = try row.next()
        version = try row.next()
    }

    public enum Kind: String, Sendable, SQLColumn, CaseIterable {
        case metric
        case milestone
        case yesNo = "yes-no"
    }

    public enum Direction: String, Sendable, SQLColumn, CaseIterable {
        case raise
        case lower
        case keep
    }

    /// One of the steps that a milestone consists of.
    public struct Step: Sendable, Equatable, Codable {
        public let id: String
        public let title: String
        /// What it counts for beside the others.
        public let share: Int
    }

    public var measure: Measure {
        Measure(kind, direction, start ?? 0, target ?? 0)
    }

    public var steps: [Step] {
        kind == .milestone ? Self.steps(stepsText) : []
    }

    static func steps(_ json: String) -> [Step] {
        (try? JSONDecoder().decode([Step].self, from: Data(json.utf8))) ?? []
    }

    public var progress: Double { measure.progress(at: latest?.value) }

    public func health(_ pace: Pace) -> Health { Health.of(measure, ambition, latest, pace) }

    /// The newest check-ins, at most ``Trail/length``, the oldest first.
    public var trail: [Reading] { Trail.readings(trailText) }

    /// The key results of some objectives, in their order. One query.
    static func all(of objectives: [ID<Objective>], in tx: any Transaction) throws -> [KeyResult] {
        guard !objectives.isEmpty else { return [] }
        return try tx.all(
            KeyResult.self,
            """
            select \(columns) from \(tables)
            where k.objective in \(list: objectives) and k.removed_at is null order by k.position, k.id
            """)
    }
}

extension Ambition: SQLColumn {}

extension Measure {
    init(_ kind: KeyResult.Kind, _ direction: KeyResult.Direction?, _ start: Double, _ target: Double) {
        switch (kind, direction) {
        case (.metric, .lower): self = .lower(from: start, to: target)
        case (.metric, .keep): self = .keep(low: start, high: target)
        case (.metric, _): self = .raise(from: start, to: target)
        case (.milestone, _): self = .milestone
        case (.yesNo, _): self = .yesNo
        }
    }
}

/// The newest check-ins of a key result in a text of its row: `20450 61 7;20457 63 8`, which are days since 1970, values and
/// confidences. A page with many key results draws their lines from it without looking for their check-ins.
enum Trail {
    static let length = 12

    static func text(_ readings: [Reading]) -> String {
        readings.map { "\($0.on.daysSince1970) \($0.value) \($0.confidence)" }.joined(separator: ";")
    }

    /// Field by field along the bytes: a page reads hundreds of these, and splitting texts took a third of its time.
    static func readings(_ text: String) -> [Reading] {
        var readings: [Reading] = []
        readings.reserveCapacity(length)
        var rest = text[...]
        while !rest.isEmpty {
            var fields = rest.cut(at: UInt8(ascii: ";"))
            let (day, value) = (fields.cut(at: UInt8(ascii: " ")), fields.cut(at: UInt8(ascii: " ")))
            guard let day = Int(day), let value = Double(value), let confidence = Int(fields) else { continue }
            readings.append(Reading(on: Day(daysSince1970: day), value: value, confidence: confidence))
        }
        return readings
    }
}

extension Substring {
    /// Takes off what stands before the first such byte, and that byte; all of it where there is none.
    fileprivate mutating func cut(at end: UInt8) -> Substring {
        let stop = utf8.firstIndex(of: end) ?? endIndex
        defer { self = stop == endIndex ? self[stop...] : self[utf8.index(after: stop)...] }
        return self[..<stop]
    }
}

/// Figures as people write them.
public enum Figure {
    /// `61`, `61.5`, `0.125`: no more digits than it has, four after the point at most.
    public static func text(_ value: Double) -> String {
        guard abs(value) < 1e15 else { return String(value) }
        let rounded = (value * 10_000).rounded() / 10_000
        return rounded == rounded.rounded() ? String(Int64(rounded)) : String(rounded)
    }

    /// With its unit: `61%`, `11 days`.
    public static func text(_ value: Double, _ unit: String) -> String {
        if unit.isEmpty { return text(value) }
        let isJoined = unit.unicodeScalars.allSatisfy { !$0.properties.isAlphabetic }
        return isJoined && unit.count == 1 ? text(value) + unit : text(value) + " " + unit
    }

    /// What is wrong with a text that ``read(_:)`` doesn't take.
    static func problem(_ text: String, _ asking: String) -> String {
        guard isAmbiguous(text) else { return asking + " in digits, such as 61 or 0.5." }
        let written = text.trimmingCharacters(in: .whitespaces).cut(to: 40)
        return
            "“\(written)” can be read in two ways. Write \(written.replacing(",", with: "")) for thousands, or a point for parts."
    }

    /// `1,700`: seventeen hundred for some, a little less than two for others.
    private static func isAmbiguous(_ text: String) -> Bool {
        text.filter { !$0.isWhitespace }.wholeMatch(of: /[-\u{2212}]?[1-9][0-9]{0,2}(,[0-9]{3})+%?/) != nil
    }

    /// Reads `61`, `61.5`, `61,5`, `-3`, `61%` and `1 200`; nil for anything else, for what can be read in two ways, and
    /// beyond a million millions.
    public static func read(_ text: String) -> Double? {
        guard !isAmbiguous(text) else { return nil }
        var plain = text.filter { !$0.isWhitespace && $0 != "\u{2019}" }.replacing(",", with: ".")
        if plain.hasSuffix("%") { plain.removeLast() }
        if plain.hasPrefix("\u{2212}") { plain = "-" + plain.dropFirst() }
        guard !plain.isEmpty, plain.utf8.count <= 24,
            plain.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 || $0 == 45 }), let value = Double(plain),
            abs(value) <= 1e12
        else { return nil }
        return value == 0 ? 0 : value
    }
}

extension KeyResult {
    /// `from 38%, aiming for 75%`
    public var aim: String { Self.aim(kind, direction, start, target, unit, steps: steps.count) }

    static func aim(
        _ kind: Kind, _ direction: Direction?, _ start: Double?, _ target: Double?, _ unit: String, steps: Int
    ) -> String {
        switch kind {
        case .metric where direction == .keep:
            "to stay between \(Figure.text(start ?? 0, unit)) and \(Figure.text(target ?? 0, unit))"
        case .metric:
            // '%' stays with every figure; a word is said once, with the value.
            "from \(Figure.text(start ?? 0, unit.count == 1 ? unit : "")), "
                + "aiming for \(Figure.text(target ?? 0, unit.count == 1 ? unit : ""))"
        case .milestone: "\(steps) \(steps == 1 ? "step" : "steps") in all"
        case .yesNo: "done or not"
        }
    }

    /// `€4.2 M`, `60% done`, `Done`: a value in words.
    public func words(for value: Double) -> String {
        switch kind {
        case .metric: Figure.text(value, unit)
        case .milestone: "\(Int((value * 100).rounded()))% done"
        case .yesNo: value >= 1 ? "Done" : "Not yet"
        }
    }
}

/// A key result as somebody types it.
public struct KeyResultDraft: Sendable, Equatable {
    public var title: String
    public var kind: String
    public var owner: String
    public var weight: String
    public var ambition: String
    public var direction: String
    public var start: String
    public var target: String
    public var unit: String
    /// A milestone's steps, one a line, each with its share at the end where it isn't 1: `Contracts signed (3)`.
    public var steps: String
    /// Why the target is eased.
    public var reason: String

    public init(
        title: String = "", kind: String = "metric", owner: String = "", weight: String = "1",
        ambition: String = "committed", direction: String = "raise", start: String = "", target: String = "",
        unit: String = "", steps: String = "", reason: String = ""
    ) {
        self.title = title
        self.kind = kind
        self.owner = owner
        self.weight = weight
        self.ambition = ambition
        self.direction = direction
        self.start = start
        self.target = target
        self.unit = unit
        self.steps = steps
        self.reason = reason
    }

    public init(_ result: KeyResult) {
        self.init(
            title: result.title, kind: result.kind.rawValue, owner: result.owner?.id.text ?? "",
            weight: String(result.weight), ambition: result.ambition.rawValue,
            direction: result.direction?.rawValue ?? "raise", start: result.start.map(Figure.text) ?? "",
            target: result.target.map(Figure.text) ?? "", unit: result.unit,
            steps: result.steps.map { $0.share == 1 ? $0.title : "\($0.title) (\($0.share))" }
                .joined(separator: "\n"))
    }

    struct Checked {
        let title: String
        let kind: KeyResult.Kind
        let owner: ID<Person>?
        let weight: Int
        let ambition: Ambition
        let direction: KeyResult.Direction?
        let start: Double?
        let target: Double?
        let unit: String
        let steps: [KeyResult.Step]
        let reason: String

        var measure: Measure { Measure(kind, direction, start ?? 0, target ?? 0) }

        var stepsText: String {
            guard kind == .milestone, let data = try? JSONEncoder().encode(steps) else { return "[]" }
            return String(decoding: data, as: UTF8.self)
        }

        /// `from 38%, aiming for 75%`
        var aim: String {
            KeyResult.aim(kind, direction, start, target, unit, steps: steps.count)
        }
    }

    /// - Parameters:
    ///   - eligible: who may be named to look after it.
    ///   - present: the steps that there are, which keep their identity where their words stay the same.
    /// - Throws: ``Invalid``.
    func checked(eligible: [PersonName], present: [KeyResult.Step] = []) throws -> Checked {
        var typed = Typed()
        let title = typed.line(title, "title", missing: "Say what would show that the objective is reached.")
        let kind = typed.choice(
            kind, "kind", "Choose a figure, steps, or done or not.", as: KeyResult.Kind.self)
        let person = eligible.first { $0.id.text == owner }
        if !owner.isEmpty, person == nil { typed.note("owner", "Choose somebody from the list.") }
        let weight = typed.number(weight, "weight", in: 0...100, "Give the weight as a whole number from 0 to 100.")
        let ambition = typed.choice(
            ambition, "ambition", "Choose whether it is counted on or reached for.", as: Ambition.self)
        let reason = typed.line(reason, "reason", missing: nil, atMost: 500)
        var direction: KeyResult.Direction?
        var (start, target): (Double?, Double?) = (nil, nil)
        var unit = ""
        if kind == .metric {
            direction = typed.choice(
                self.direction, "direction", "Choose raise, lower or keep between.", as: KeyResult.Direction.self)
            start = typed.figure(self.start, "start")
            target = typed.figure(self.target, "target")
            unit = typed.line(self.unit, "unit", missing: nil, atMost: 40)
            if let start, let target, let direction {
                if direction == .lower, target > start {
                    typed.note("target", "To lower it, the target lies below where it begins.")
                } else if direction != .lower, target < start {
                    typed.note(
                        "target",
                        direction == .keep
                            ? "The upper bound lies above the lower."
                            : "To raise it, the target lies above where it begins.")
                }
            }
        }
        let steps = kind == .milestone ? Self.steps(self.steps, present, &typed) : []
        try typed.check()
        guard let kind, let weight, let ambition else { throw Invalid("", "Fill in every field.") }
        return Checked(
            title: title, kind: kind, owner: person?.id, weight: weight, ambition: ambition, direction: direction,
            start: start, target: target, unit: unit, steps: steps, reason: reason)
    }

    private static func steps(
        _ text: String, _ present: [KeyResult.Step], _ typed: inout Typed
    ) -> [KeyResult.Step] {
        let text = typed.text(text, "steps", missing: "Write the steps, one on each line.", atMost: 4_000)
        let lines = text.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .filter { !$0.isEmpty }
        if lines.count > 30 { typed.note("steps", "A milestone has thirty steps at most. Put some together.") }
        var left = present
        var count = (present.compactMap { Int($0.id) }.max() ?? 0)
        return lines.prefix(30).map { line in
            var (title, share) = (line, 1)
            if let match = line.wholeMatch(of: /(.+?) ?\((\d{1,3})\)/), let number = Int(match.2), number > 0 {
                (title, share) = (String(match.1), number)
            }
            if title.unicodeScalars.count > Limit.line {
                typed.note("steps", "One of the steps is longer than \(Limit.line) characters. Shorten it.")
            }
            if let same = left.firstIndex(where: { $0.title == title }) {
                return KeyResult.Step(id: left.remove(at: same).id, title: title, share: share)
            }
            count += 1
            return KeyResult.Step(id: String(count), title: title, share: share)
        }
    }
}

extension Typed {
    /// A figure as people write it.
    mutating func figure(_ text: String, _ field: String) -> Double? {
        if let value = Figure.read(text) { return value }
        note(field, Figure.problem(text, "Give a figure"))
        return nil
    }
}
