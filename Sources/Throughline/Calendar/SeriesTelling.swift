import Foundation
import ICalendar
import Mail
import Storage

/// Series put into people's calendars by mail. What changes of a series in quick succession is told together, by
/// comparing how it stands with what calendars were told last.

extension Calendars {
    /// Tells of every series that has changed. Run by any server as often as it likes; each change is told once.
    /// - Returns: how many series were told of.
    @discardableResult
    public func tellOfSeries() async throws -> Int {
        let now = product.now()
        // A series that was there before is told of with its next change, not all of a sudden.
        let due = try await product.database.read { tx in
            try tx.values(
                ID<Series>.self,
                """
                select r.id from series r left join calendar_series c on c.series = r.id
                where r.agreed_at is not null
                    and (c.series is null and r.state = 'agreed' and r.changed_at > \(now.adding(days: -1))
                        or c.changed_at <> r.changed_at)
                order by r.id limit 50
                """)
        }
        try await due.eachInTurn { id in
            try await product.database.write { tx in try SeriesTelling.tell(id, of: product, at: now, in: tx) }
        }
        return due.count
    }
}

private enum SeriesTelling {
    /// How many single occurrences are told one by one; beyond that the whole is.
    static let mostSingles = 3

    static func tell(_ id: ID<Series>, of product: Product, at now: Date, in tx: any Transaction) throws {
        guard
            let series = try tx.first(
                Series.self, "select \(Series.columns) from \(Series.tables) where r.id = \(id)"),
            let changedAt = try tx.value(Date.self, "select changed_at from series where id = \(id)")
        else { return }
        let before = try tx.first(
            Before.self, "select sequence, told, changed_at from calendar_series where series = \(id)")
        guard before?.changedAt != changedAt else { return }
        let calendar = SeriesCalendar(series, try SeriesPlan(id, in: tx), of: product)
        let told = try before.map { try JSONDecoder().decode(Told.self, from: Data($0.told.utf8)) }
        let sequence = max(series.sequence, (before?.sequence ?? -1) + 1)
        let words = String(decoding: try JSONEncoder().encode(Told(calendar)), as: UTF8.self)
        try tx.run(
            """
            insert into calendar_series (series, sequence, told, changed_at, told_at)
            values (\(id), \(sequence), \(words), \(changedAt), \(now))
            on conflict (series) do update set sequence = excluded.sequence, told = excluded.told,
                changed_at = excluded.changed_at, told_at = excluded.told_at
            """)
        let news = Self.news(of: calendar, since: told, at: now)
        for (number, one) in news.enumerated() {
            for reader in try Reader.all(of: series, in: tx) where reader.wantsMail {
                try one.mail(
                    to: reader, of: calendar, product, sequence: sequence, number: number, at: now, in: tx)
            }
        }
    }

    /// What calendars have to be told.
    static func news(of calendar: SeriesCalendar, since told: Told?, at now: Date) -> [News] {
        let present = calendar.segments.filter { !$0.isEmpty }
        let gone = (told?.segments ?? []).filter { old in !present.contains { $0.uid == old.uid } }
        return gone.map(News.gone)
            + present.flatMap { segment -> [News] in
                let before = told?.segments.first { $0.uid == segment.uid }
                guard let before, let singles = Self.singles(segment, since: before, at: now) else {
                    return [.whole(segment, isNew: before == nil)]
                }
                return singles
            }
    }

    /// What has changed, where that is no more than a few occurrences; nil where the whole has to be told.
    private static func singles(_ segment: SeriesCalendar.Segment, since before: Told.Segment, at now: Date) -> [News]?
    {
        let present = Told.Segment(segment)
        let moved = Set(segment.moved.keys.map(\.iso))
        let skipped = Set(present.skipped)
        let isOnlyMore =
            before.whole == present.whole && skipped.isSuperset(of: before.skipped)
            && before.moved.keys.allSatisfy { moved.contains($0) || skipped.contains($0) }
        guard isOnlyMore else { return nil }
        let ahead = now.adding(days: -1)
        let newlySkipped = segment.skipped.filter {
            !before.skipped.contains($0.iso) && $0.moment(in: segment.rule.zone) > ahead
        }
        let newlyMoved = segment.moved.filter { before.moved[$0.key.iso] != $0.value.milliseconds && $0.value > ahead }
        guard newlySkipped.count + newlyMoved.count <= Self.mostSingles else { return nil }
        return newlySkipped.map { .skipped($0, segment) }
            + newlyMoved.sorted { $0.key < $1.key }.map { .moved($0.key, $0.value, segment) }
    }

    private struct Before: RowReadable {
        let sequence: Int
        let told: String
        let changedAt: Date

        init(row: inout Row) throws {
            sequence = try row.next()
            told = try row.next()
            changedAt = try row.next()
        }
    }

    /// One of the two people, and whether mail may go into their calendar.
    struct Reader: RowReadable {
        let person: PersonName
        let email: String
        let wantsMail: Bool

        init(row: inout Row) throws {
            person = try PersonName(row: &row)
            email = try row.next()
            wantsMail = try row.next()
        }

        static func all(of series: Series, in tx: any Transaction) throws -> [Reader] {
            try tx.all(
                Reader.self,
                """
                select id, name, email, case when state = 'active' then calendar_mail else 0 end from person
                where id = \(series.employee.id) or id = \(series.manager.id) order by id
                """)
        }
    }
}

/// What calendars were told of a series, kept to see what has changed since.
private struct Told: Codable {
    let segments: [Segment]

    struct Segment: Codable {
        let uid: String
        /// What holds for the event as a whole.
        let whole: String
        let start: String
        let zone: String
        let minutes: Int
        let skipped: [String]
        /// In milliseconds since 1970, by name.
        let moved: [String: Int64]

        init(_ segment: SeriesCalendar.Segment) {
            let rule = segment.rule
            uid = segment.uid
            whole = "\(rule.cadence.rule) until \(segment.until?.utc ?? "ever")"
            start = segment.start.iso
            zone = rule.zone.identifier
            minutes = rule.minutes
            skipped = segment.skipped.map(\.iso)
            moved = Dictionary(uniqueKeysWithValues: segment.moved.map { ($0.key.iso, $0.value.milliseconds) })
        }
    }

    init(_ calendar: SeriesCalendar) {
        segments = calendar.segments.filter { !$0.isEmpty }.map(Segment.init)
    }
}

/// One thing to tell calendars, which is one mail to each of the two.
private enum News {
    case whole(SeriesCalendar.Segment, isNew: Bool)
    case skipped(WallTime, SeriesCalendar.Segment)
    case moved(WallTime, Date, SeriesCalendar.Segment)
    /// A rule that was told of and never came to hold.
    case gone(Told.Segment)

    private var method: CalendarObject.Method {
        switch self {
        case .whole, .moved: .request
        case .skipped, .gone: .cancel
        }
    }

    private func events(of calendar: SeriesCalendar, _ sight: CalendarSight, at now: Date) throws -> [CalendarEvent] {
        switch self {
        case .whole(let segment, _): try calendar.events(segment, sight)
        case .moved(let name, let moment, let segment): [calendar.occurrence(name, at: moment, of: segment, sight)]
        case .skipped(let name, let segment):
            [calendar.occurrence(name, at: name.moment(in: segment.rule.zone), of: segment, sight)]
        case .gone(let old):
            [
                CalendarEvent(
                    uid: old.uid, stamp: now, start: WallTime(old.start)?.local ?? LocalDateTime(now, in: .gmt),
                    zone: TimeZones.stored(old.zone), minutes: old.minutes, summary: calendar.series.title)
            ]
        }
    }

    func mail(
        to reader: SeriesTelling.Reader, of calendar: SeriesCalendar, _ product: Product, sequence: Int, number: Int,
        at now: Date, in tx: any Transaction
    ) throws {
        let series = calendar.series
        let readers = try SeriesTelling.Reader.all(of: series, in: tx)
        var events = try events(of: calendar, CalendarSight(person: reader.person.id, product: product), at: now)
        for index in events.indices {
            events[index].sequence = sequence
            events[index].stamp = now
            events[index].status = method == .cancel ? .cancelled : .confirmed
            events[index].organizer = product.organizer
            events[index].attendees = readers.map {
                CalendarEvent.Party(name: $0.person.name, email: $0.email, hasAccepted: true)
            }
        }
        let part = Message.CalendarPart(
            method: method == .cancel ? .cancel : .request, text: CalendarObject(method: method, events: events).text)
        let partner = series.employee.id == reader.person.id ? series.manager : series.employee
        try Outbox.queue(
            letter(series, with: partner, at: product.address), kind: "calendar",
            occasion: "calendar/\(series.id)/\(sequence)/\(number)/\(reader.person.id)", to: reader.person.id,
            replyTo: partner.id, calendar: part, at: now, in: tx)
    }

    private func letter(_ series: Series, with partner: PersonName, at address: String) -> Letter {
        let (what, words): (String, String) =
            switch self {
            case .whole(let segment, let isNew):
                (
                    isNew ? "In your calendar" : "Changed in your calendar",
                    segment.until == nil
                        ? "You meet \(partner.first) \(segment.rule.words), from \(segment.rule.fromDay.full) on."
                        : "You met \(partner.first) \(segment.rule.words). That goes on no more."
                )
            case .skipped(let name, _):
                ("Out of your calendar", "The session of \(name.day.long), \(name.time), is left out.")
            case .moved(let name, let moment, let segment):
                (
                    "Moved in your calendar",
                    "The session of \(name.day.long), \(name.time), is on \(moment.long(in: segment.rule.zone)) instead, "
                        + "\(segment.rule.zone.city) time."
                )
            case .gone: ("Out of your calendar", "What was to begin later comes to nothing.")
            }
        return Letter(
            subject: "\(what): \(series.title)", preview: words, kick: "With \(partner.name)", title: series.title,
            blocks: [
                .paragraph(words), .button(label: "See when you meet", address: "\(address)/series/\(series.id)"),
            ],
            smallPrint: [
                "You get this so that your calendar knows. Your settings say whether it comes.",
                "A reply reaches \(partner.first).",
            ])
    }
}
