public import Foundation
import ICalendar
public import Storage

/// One-on-ones that somebody has in another calendar, found in a file of it.
public struct Upload: Sendable, Equatable {
    /// The viewer's own address, by which the meetings are found to be theirs.
    public let address: String
    /// Those of two people that come round, the next one first.
    public let meetings: [UploadedMeeting]
    /// What in the file couldn't be read, each with its line.
    public let problems: [String]

    /// The most meetings that one file can bring.
    public static let most = 50
    /// The largest file that is read.
    public static let mostBytes = CalendarFile.mostBytes
}

/// A meeting of two people that comes round.
public struct UploadedMeeting: Sendable, Equatable {
    public let title: String
    public let place: String
    /// Whom it is with, by name where they are here, otherwise by address.
    public let with: String
    /// When it comes round next.
    public let nextAt: Date
    public let minutes: Int
    /// Where it begins in the file.
    public let line: Int
    public let outcome: Outcome

    /// What can become of it.
    public enum Outcome: Sendable, Equatable {
        case series(with: PersonName, Cadence)
        /// Nothing, and why.
        case obstacle(String)
    }
}

extension Calendars {
    /// How many meetings that come round are looked at. Nobody has so many; a file may claim to.
    static let mostRead = 1_000

    /// What a calendar file holds of the viewer's one-on-ones. Nothing is kept of the file.
    /// - Throws: ``Invalid`` at `file`, with the line, for a file that is no calendar.
    public func read(_ bytes: [UInt8], as viewer: Viewer) async throws -> Upload {
        let now = product.now()
        let file: CalendarFile
        do throws(CalendarProblem) {
            file = try CalendarFile(bytes)
        } catch {
            throw Invalid("file", error.description.capitalizedFirst)
        }
        let (events, problems) = file.events(in: viewer.timeZone)
        let recurring = events.filter {
            $0.rule != nil && $0.recurrenceID == nil && !$0.isCancelled && (1...3).contains($0.people.count)
        }.prefix(Self.mostRead)
        let people = try await product.database.read { tx in try Known.all(for: viewer, in: tx) }
        let mine = people.values.first { $0.person.id == viewer.id }?.email ?? ""
        let meetings = recurring.compactMap { meeting($0, mine, people, viewer, now) }
            .sorted { $0.nextAt < $1.nextAt }
        return Upload(
            address: mine, meetings: Array(meetings.prefix(Upload.most)),
            problems: problems.map { $0.description.capitalizedFirst })
    }

    /// Asks for each of them, or, if anything is wrong with one, for none.
    /// - Throws: ``Invalid`` at the fields of ``Sessions/ask(_:as:)``, each followed by `-` and the draft's number.
    /// - Returns: the sessions that they begin with.
    public func ask(_ drafts: [AskDraft], as viewer: Viewer) async throws -> [ID<Session>] {
        let now = product.now()
        guard (1...Upload.most).contains(drafts.count) else {
            throw Invalid("", "Choose at least one of them.")
        }
        return try await product.database.write { tx in
            var problems: [Problem] = []
            var ids: [ID<Session>] = []
            for (number, draft) in drafts.enumerated() {
                do {
                    ids.append(try product.sessions.ask(draft, as: viewer, at: now, in: tx))
                } catch let invalid as Invalid {
                    problems += invalid.problems.map { Problem(field: "\($0.field)-\(number)", words: $0.words) }
                }
            }
            // Thrown in the transaction, so that none of them is asked for.
            guard problems.isEmpty else { throw Invalid(problems) }
            return ids
        }
    }

    private func meeting(
        _ event: ReadEvent, _ mine: String, _ people: [String: Known], _ viewer: Viewer, _ now: Date
    ) -> UploadedMeeting? {
        let others = event.people.subtracting([mine])
        guard others.count == 1, let other = others.first, let next = event.times(after: now, atMost: 1).first else {
            return nil
        }
        let nextAt = next.instant(in: event.zone)
        let known = people[other]
        return UploadedMeeting(
            title: String(event.summary.prefix(Limit.line)), place: String(event.location.prefix(Limit.line)),
            with: known?.person.name ?? other, nextAt: nextAt, minutes: min(480, max(5, event.minutes ?? 30)),
            line: event.line, outcome: outcome(event, known, nextAt, viewer))
    }

    private func outcome(
        _ event: ReadEvent, _ known: Known?, _ nextAt: Date, _ viewer: Viewer
    ) -> UploadedMeeting.Outcome {
        guard let known else {
            return .obstacle("Nobody here has that address. An administrator can invite them.")
        }
        if known.hasSeries {
            return .obstacle("You and \(known.person.first) have a series already.")
        }
        let day = WallTime(nextAt, in: viewer.timeZone).day
        let there = Day(nextAt, in: event.zone)
        guard let rule = event.rule, let cadence = Cadence(rule, from: there) else {
            return .obstacle(
                "It comes round in a way of its own. A series is on one day, every so many weeks or months.")
        }
        return .series(with: known.person, cadence.starting(on: day))
    }

    /// Somebody whose address may stand in a file.
    private struct Known: RowReadable {
        let person: PersonName
        let email: String
        /// Whether the viewer and they have a series, proposed or agreed.
        let hasSeries: Bool

        init(row: inout Row) throws {
            person = try PersonName(row: &row)
            email = try row.next(String.self).lowercased()
            hasSeries = try row.next()
        }

        /// Everybody active, the viewer among them, by address.
        static func all(for viewer: Viewer, in tx: any Transaction) throws -> [String: Known] {
            let all = try tx.all(
                Known.self,
                """
                select p.id, p.name, p.email,
                    case when exists (select 1 from series r where r.state in ('proposed', 'agreed')
                        and (r.employee = \(viewer.id) and r.manager = p.id
                            or r.manager = \(viewer.id) and r.employee = p.id)) then 1 else 0 end
                from person p where p.state = 'active'
                """)
            return Dictionary(all.map { ($0.email, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
