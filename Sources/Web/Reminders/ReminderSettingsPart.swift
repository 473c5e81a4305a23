import Foundation
import Markup
import Throughline

/// What somebody is reminded of, and when: a part of their settings.
struct ReminderSettingsPart {
    let settings: ReminderSettings
    let zone: TimeZone
    let rejected: Rejected?

    private var fields: Fields { Fields("reminders", after: rejected) }

    var html: HTML {
        """
        <section class="part" aria-labelledby="reminders">
        <h2 id="reminders">Reminders</h2>
        <form class="body" action="\(Path.reminderSettings)" method="post">
        \(fields.summary)
        <div class="f-top"><p>\(preview)</p>\(Seen.onlyYou.html)</div>
        \(kinds)
        \(days)
        <div class="row end">
        \(fields.input(
            "starts", "Your day begins", value: time(settings.hours.starts), type: "time", isRequired: true))
        \(fields.input("ends", "and ends", value: time(settings.hours.ends), type: "time", isRequired: true))
        \(fields.select(
            "lead", "A session that isn’t prepared is brought up",
            options: ReminderSettings.leads.map { (String($0), "\(Self.hours($0)) before") },
            chosen: String(settings.leadHours)))
        </div>
        <p class="row"><button class="btn">Save your reminders</button></p>
        </form>
        </section>
        """
    }

    /// What the settings come to, in words.
    private var preview: String {
        if settings.kinds.isEmpty { return "You get no reminders." }
        let time = settings.time(in: zone)
        let when = "\(time.prefix(1).uppercased() + time.dropFirst()), in one mail a day at most."
        guard settings.kinds.contains(.prepare) else { return when }
        return when + " Only a session that is today and isn’t prepared may bring a second one."
    }

    private var kinds: HTML {
        let ticks = ReminderKind.allCases.html { kind in
            let isWanted = fields.isChosen("kind", kind.rawValue, else: settings.kinds.contains(kind))
            return """
                <label class="tick"><input type="checkbox" name="kind" value="\(kind.rawValue)"\(if: isWanted, " checked")>\
                <span>\(kind.words)</span></label>
                """
        }
        return """
            <fieldset class="f"><legend>Remind me when</legend><div class="stack tight">\(ticks)</div>\
            \(fields.error("kind"))</fieldset>
            """
    }

    private var days: HTML {
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let chips = names.enumerated().html { index, name in
            let day = index + 1
            let isChosen = fields.isChosen("day", String(day), else: settings.hours.days.contains(day))
            return """
                <label class="chip"><input type="checkbox" name="day" value="\(day)"\(if: isChosen, " checked")>\(name)</label>
                """
        }
        return """
            <fieldset class="f"><legend>The days on which you work</legend><div class="chips">\(chips)</div>\
            \(fields.error("day"))</fieldset>
            """
    }

    /// `08:30`, as fields write it.
    private func time(_ minutes: Int) -> String {
        let clock = WorkingHours.clock(minutes)
        return clock.count < 5 ? "0" + clock : clock
    }

    private static func hours(_ count: Int) -> String { Words.counted(count, "working hour") }
}

extension ReminderKind {
    /// When such a reminder comes, after “Remind me when”.
    var words: String {
        switch self {
        case .prepare: "a session is near and not prepared"
        case .confirm: "a recap waits for my yes"
        case .action: "something that I promised is due, or late"
        case .checkIn: "it is time to check in on my key results"
        }
    }
}
