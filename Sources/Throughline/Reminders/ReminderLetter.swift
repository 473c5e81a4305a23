import Foundation

/// A mail of reminders, in words.
struct ReminderLetter {
    let mail: ReminderMail
    let rule: ReminderRule
    /// Stops and resumes the person's reminders.
    let token: String
    /// Where people reach the product.
    let address: String
    /// Where somebody checks in on all that is theirs without signing in, if that is a matter.
    let checkIn: String?

    private var zone: TimeZone { rule.time.zone }
    private var today: Day { Day(rule.now, in: zone) }
    private var first: ReminderMatter { mail.matters[0] }

    /// The kinds that this mail is about.
    private var kinds: [ReminderKind] {
        ReminderKind.allCases.filter { kind in mail.matters.contains { $0.kind == kind } }
    }

    /// Where the kinds in this mail are stopped: by one click of a mail program, or on the page that it opens.
    var stopAddress: String {
        "\(address)/reminders/\(token)/\(kinds.map(\.rawValue).joined(separator: "."))"
    }

    var letter: Letter {
        let isOne = mail.matters.count == 1
        return Letter(
            subject: (isOne ? heading(first) : several).cut(to: Limit.line),
            preview: isOne ? detail(first) : heading(first),
            kick: today.full, title: isOne ? heading(first) : several,
            blocks: (isOne ? [.paragraph(detail(first))] : mail.matters.flatMap(section)) + [button],
            smallPrint: [
                "Reminders come \(rule.settings.time(in: zone)), in one mail a day, unless a session is today and "
                    + "isn’t prepared."
            ],
            links: [
                Letter.Link(
                    words: "Choose what you are reminded of, and when", address: "\(address)/settings#reminders"),
                Letter.Link(words: "Stop reminders \(kinds.map(\.purpose).inWords)", address: stopAddress),
            ])
    }

    private var several: String {
        "\(CountWords.of(mail.matters.count).capitalizedStart) things for \(today.weekdayName)"
    }

    private func section(_ matter: ReminderMatter) -> [Letter.Block] {
        let words: [Letter.Block] = [.heading(heading(matter)), .paragraph(detail(matter))]
        // One link is for the key results of every cycle, and stands below the last of them.
        guard let checkInButton, matter == mail.matters.last(where: { $0.kind == .checkIn }) else { return words }
        return words + [checkInButton]
    }

    private var checkInButton: Letter.Block? {
        checkIn.map { .button(label: "Check in", address: $0) }
    }

    private func heading(_ matter: ReminderMatter) -> String {
        switch matter.standing {
        case .unprepared(let startsAt, _):
            "\(when(startsAt)) with \(matter.partner): not prepared yet"
        case .unconfirmed:
            "Your recap with \(matter.partner) waits for your yes"
        case .promised(let due, _):
            due < today ? "Late since \(due.dayAndMonth): \(matter.title)" : "\(dueWords(due)): \(matter.title)"
        case .unheard(let results, _, _):
            results.count == 1
                ? "Time to check in: \(results[0])"
                : "\(CountWords.of(results.count).capitalizedStart) key results of \(matter.title) wait for a check-in"
        }
    }

    private func detail(_ matter: ReminderMatter) -> String {
        switch matter.standing {
        case .unprepared(_, let missing):
            "“\(matter.title)” still wants: \(missing.joined(separator: "; "))."
        case .unconfirmed(let since):
            "You talked on \(Day(since, in: zone).long) about “\(matter.title)”. The recap is final, and goes to both "
                + "of you, once you both say yes."
        case .promised(_, let at):
            "You said so to \(matter.partner) on \(Day(at, in: zone).long). Mark it as kept, or tell \(matter.partner) "
                + "what stands in the way."
        case .unheard(let results, _, _):
            (results.count == 1 ? "In \(matter.title) it waits" : "\(named(results)) wait")
                + " for where it is now, and how sure you are. Checking in works by this link without signing in: once, "
                + "and for seven days."
        }
    }

    /// As many as one reads in passing, and how many more there are.
    private func named(_ titles: [String]) -> String {
        let most = 4
        let shown = titles.prefix(titles.count > most ? most - 1 : most).map { "“\($0)”" }
        let more = titles.count - shown.count
        return (shown + (more > 0 ? ["\(CountWords.of(more)) more"] : [])).inWords
    }

    /// `Today at 14:00`, `Tomorrow at 9:00`, `Thursday at 14:00`
    private func when(_ moment: Date) -> String {
        let wall = WallTime(moment, in: zone)
        let days = wall.day.days(since: today)
        return "\(days < 2 ? wall.day.relative(to: today) : wall.day.weekdayName) at \(wall.time)"
    }

    private func dueWords(_ day: Day) -> String {
        switch day.days(since: today) {
        case 0: "Due today"
        case 1: "Due tomorrow"
        default: "Due on \(day.weekdayName)"
        }
    }

    private var button: Letter.Block {
        guard mail.matters.count == 1 else { return .button(label: "Open Today", address: "\(address)/") }
        let path = "\(address)/sessions/\(first.object)"
        return switch first.kind {
        case .prepare: .button(label: "Prepare", address: "\(path)/preparation")
        case .confirm: .button(label: "Read the recap", address: "\(path)/recap")
        case .action: .button(label: "Open your commitments", address: "\(address)/commitments")
        case .checkIn: checkInButton ?? .button(label: "Check in", address: "\(address)/goals/check-in")
        }
    }
}

extension ReminderKind {
    /// What such a reminder wants, after “Reminders”: `to prepare`.
    public var purpose: String {
        switch self {
        case .prepare: "to prepare"
        case .confirm: "to confirm a recap"
        case .action: "to come back on a promise"
        case .checkIn: "to check in"
        }
    }
}

extension String {
    fileprivate var capitalizedStart: String { prefix(1).uppercased() + dropFirst() }
}
