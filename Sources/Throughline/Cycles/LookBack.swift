import Foundation
public import Storage

/// How a cycle was followed: how often and how late people checked in, how what they were sure of compares with what came,
/// and what was changed midway. Of what everyone may read, so that the figures are the same for everybody.
public struct LookBack: Sendable, Equatable {
    /// Key results that were committed to.
    public let keyResults: Int
    /// Of the periods in which a check-in was due, in how many there was one.
    public let kept: Int
    public let due: Int
    /// By how many days the late ones were late, in the mean; nil where none was.
    public let meanDaysLate: Double?
    public let neverCheckedIn: Int
    public let calibration: [Bucket]
    /// Targets that were set anew after the objective was committed to, and how many of them asked less.
    public let changedMidway: Int
    public let easedMidway: Int

    /// Check-ins of some confidence, and how far their key results came in the end.
    public struct Bucket: Sendable, Equatable {
        public let confidence: ClosedRange<Int>
        /// How many key results were last spoken of with it before the last quarter of the cycle.
        public let count: Int
        /// How far they came in the mean, from 0 to 1.
        public let result: Double
    }

    /// A key result with its check-ins, the oldest first.
    struct Followed {
        let measure: Measure
        let readings: [Reading]
        /// When it had been committed to and added, the later of the two.
        let since: Day
    }

    static let ranges = [0...2, 3...4, 5...6, 7...8, 9...10]

    init(_ followed: [Followed], pace: Pace, changedMidway: Int, easedMidway: Int) {
        let end = min(pace.today, pace.endsOn)
        var (kept, due, late) = (0, 0, [Int]())
        for item in followed {
            let start = max(pace.startsOn, item.since)
            let periods = max(end.days(since: start) + 1, 0) / pace.rhythm
            due += periods
            for period in 0..<periods {
                let first = start.adding(days: period * pace.rhythm)
                let last = first.adding(days: pace.rhythm - 1)
                if item.readings.contains(where: { first <= $0.on && $0.on <= last }) { kept += 1 }
            }
            var before = start
            for reading in item.readings where reading.on >= start && reading.on <= end {
                let days = reading.on.days(since: before) - pace.rhythm
                if days > 0 { late.append(days) }
                before = reading.on
            }
        }
        let judged = pace.startsOn.adding(days: pace.length * 3 / 4)
        let pairs = followed.compactMap { item -> (Int, Double)? in
            guard let said = item.readings.last(where: { $0.on < judged }), let last = item.readings.last else {
                return nil
            }
            return (said.confidence, item.measure.progress(at: last.value))
        }
        self.keyResults = followed.count
        self.kept = kept
        self.due = due
        meanDaysLate = late.isEmpty ? nil : Double(late.reduce(0, +)) / Double(late.count)
        neverCheckedIn = followed.count { $0.readings.isEmpty }
        calibration = Self.ranges.compactMap { range in
            let results = pairs.filter { range.contains($0.0) }.map(\.1)
            guard !results.isEmpty else { return nil }
            return Bucket(
                confidence: range, count: results.count, result: results.reduce(0, +) / Double(results.count))
        }
        self.changedMidway = changedMidway
        self.easedMidway = easedMidway
    }
}

extension Cycles {
    /// The figures of a cycle for looking back. Five queries.
    /// - Throws: ``NotFound``.
    public func lookBack(
        on id: ID<Cycle>, as viewer: Viewer
    ) async throws -> (cycle: Cycle, cycles: [Cycle], figures: LookBack, scores: [Double]) {
        let today = Day(product.now(), in: viewer.timeZone)
        return try await product.database.read { tx in
            let cycles = try Cycle.all(in: tx)
            guard let cycle = cycles.first(where: { $0.id == id }) else { throw NotFound() }
            // What was committed to and is for everyone to read.
            let counted: SQL = """
                k.removed_at is null and o.cycle = \(id) and o.committed_at is not null and \(ObjectiveAccess.isPublic)
                """
            let results = try tx.all(
                Committed.self,
                """
                select \(KeyResult.columns), k.created_at, o.committed_at
                from \(KeyResult.tables) join objective o on o.id = k.objective where \(counted) order by k.id
                """)
            let readings = try tx.all(
                Said.self,
                """
                select i.key_result, i.as_of, i.value, i.confidence
                from check_in i join key_result k on k.id = i.key_result join objective o on o.id = k.objective
                where \(counted) order by i.as_of, i.created_at, i.id
                """)
            let targets = try tx.values(
                Bool.self,
                """
                select t.is_eased from key_result_target t join key_result k on k.id = t.key_result
                join objective o on o.id = k.objective where \(counted) and t.is_midway = 1
                """)
            let scores = try tx.values(
                Double.self,
                """
                select o.score from objective o
                where o.cycle = \(id) and o.score is not null and \(ObjectiveAccess.isPublic)
                """)
            let byResult = Dictionary(grouping: readings, by: \.result).mapValues { $0.map(\.reading) }
            let followed = results.map { item in
                LookBack.Followed(
                    measure: item.result.measure, readings: byResult[item.result.id] ?? [],
                    since: Day(max(item.addedAt, item.committedAt), in: viewer.timeZone))
            }
            let figures = LookBack(
                followed, pace: cycle.pace(on: today), changedMidway: targets.count,
                easedMidway: targets.count { $0 })
            return (cycle, cycles, figures, scores)
        }
    }

    private struct Committed: RowReadable {
        let result: KeyResult
        let addedAt: Date
        let committedAt: Date

        init(row: inout Row) throws {
            result = try KeyResult(row: &row)
            addedAt = try row.next()
            committedAt = try row.next()
        }
    }

    private struct Said: RowReadable {
        let result: ID<KeyResult>
        let reading: Reading

        init(row: inout Row) throws {
            result = try row.next()
            reading = Reading(on: try row.next(), value: try row.next(), confidence: try row.next())
        }
    }
}
