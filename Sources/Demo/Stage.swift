// Plays scripts: turns each into events, and lets the events happen in the order of their time.
import Foundation
import Storage
import Throughline

/// Something that happens at a moment.
struct Event: Sendable {
    let at: Date
    /// For whoever mends a script.
    let name: String
    let happen: @Sendable () async throws -> Void
}

/// A script that can't be played.
struct Misprint: Error, CustomStringConvertible {
    let description: String
}

struct Stage: Sendable {
    let product: Product
    let clock: DemoClock
    let cast: Cast
    let almanac: Almanac

    /// Lets everything happen that has happened by now, in the order of its time.
    func play(_ events: [Event]) async throws {
        let ordered = events.enumerated().filter { $0.element.at <= almanac.now }
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        for (_, event) in ordered {
            clock.now = event.at
            do {
                try await event.happen()
            } catch let invalid as Invalid {
                let words = invalid.problems.map { "\($0.field): \($0.words)" }.joined(separator: "; ")
                throw Misprint(description: "\(event.name): \(words)")
            } catch {
                throw Misprint(description: "\(event.name): \(error)")
            }
        }
    }

    /// A session's events. Only the talk itself takes time; the clock moves on while it lasts.
    func events(of script: Script, _ book: GoalBook) -> [Event] {
        let scene = Scene(stage: self, book: book, script: script)
        var events = scene.askingEvents
        switch script.course {
        case .asked: return events
        case .declined(let words): return events + [scene.ending(words, by: scene.answerer, on: scene.agreeingDay)]
        case .cancelled(let by, let words):
            events += scene.agreeingEvents
            return events + [scene.ending(words, by: by, on: scene.addingDay)]
        case .agreed: return events + scene.agreeingEvents + scene.preparingEvents
        case .confirmed, .closing:
            events += scene.agreeingEvents + scene.preparingEvents + scene.talkingEvents
            return events + scene.confirmingEvents + scene.afterwards
        }
    }
}

/// One script on the stage.
private struct Scene: Sendable {
    let stage: Stage
    let book: GoalBook
    let script: Script
    let id: ID<Session>
    let actions: [ID<Capture>]

    init(stage: Stage, book: GoalBook, script: Script) {
        self.stage = stage
        self.book = book
        self.script = script
        let start = stage.almanac.moment(script.day, script.time)
        id = ID<Session>(now: start.adding(days: -9))
        actions = script.promises.map { _ in ID<Capture>(now: start.adding(minutes: 30)) }
    }

    var sessions: Sessions { stage.product.sessions }
    var almanac: Almanac { stage.almanac }
    var asker: Who { script.asker ?? script.employee }
    var answerer: Who { asker == script.employee ? script.manager : script.employee }
    var start: Date { almanac.moment(script.day, script.time) }
    func viewer(_ who: Who) -> Viewer { stage.cast[who] }

    func event(
        _ what: String, _ day: Day, _ time: String, _ happen: @escaping @Sendable () async throws -> Void
    ) -> Event {
        event(what, almanac.moment(day, time), happen)
    }

    func event(_ what: String, _ at: Date, _ happen: @escaping @Sendable () async throws -> Void) -> Event {
        Event(at: at, name: "“\(script.title)”, \(what)", happen: happen)
    }

    // The days that lead up to the talk, one before the other whatever holidays lie between: asked, agreed, prepared by
    // who asked, added to by the other. Where the talk is still to come, they lead up to today.
    var addingDay: Day {
        almanac.working(onOrBefore: min(script.day, almanac.today.adding(days: 1)).adding(days: -2))
    }
    var preparingDay: Day { almanac.working(onOrBefore: addingDay.adding(days: -1)) }
    var agreeingDay: Day { almanac.working(onOrBefore: preparingDay.adding(days: -5)) }
    /// What still waits for an answer was asked on the last working day before today.
    var askingDay: Day {
        if case .asked = script.course { return almanac.working(onOrBefore: almanac.today.adding(days: -1)) }
        return almanac.working(onOrBefore: agreeingDay.adding(days: -1))
    }

    // MARK: Asking

    var askingEvents: [Event] {
        return [
            event("asking", askingDay, "10:12") {
                let alternative = almanac.day(script.day, plus: 1)
                let times =
                    script.wasMoved
                    ? [WallTime(almanac.moment(alternative, "16:00"), in: viewer(asker).timeZone)]
                    : [
                        WallTime(start, in: viewer(asker).timeZone),
                        WallTime(almanac.moment(alternative, "09:30"), in: viewer(asker).timeZone),
                    ]
                _ = try await sessions.ask(
                    AskDraft(
                        id: id.text, partner: viewer(answerer).id.text, purpose: script.purpose.rawValue,
                        purposeWords: script.purposeWords, title: script.title, minutes: String(script.minutes),
                        times: times.map { TimeDraft(day: $0.day.iso, time: $0.time) }, place: script.place,
                        message: script.message),
                    as: viewer(asker))
            }
        ]
    }

    func ending(_ words: String, by who: Who, on day: Day) -> Event {
        event("ending", day, "11:25") { try await sessions.end(words, in: id, as: viewer(who)) }
    }

    var agreeingEvents: [Event] {
        let day = agreeingDay
        guard script.wasMoved else { return [accepting(by: answerer, day, "15:40")] }
        return [
            event("proposing another time", day, "15:40") {
                let wall = WallTime(start, in: viewer(answerer).timeZone)
                try await sessions.propose(
                    [TimeDraft(day: wall.day.iso, time: wall.time)], in: id, as: viewer(answerer))
            },
            accepting(by: asker, day, "16:55"),
        ]
    }

    private func accepting(by who: Who, _ day: Day, _ time: String) -> Event {
        event("accepting", day, time) {
            let asked = try await sessions.asked(id, as: viewer(who))
            guard let chosen = asked.rounds.first?.times.first(where: { $0.startsAt == start }) else {
                throw Misprint(description: "its time was not proposed")
            }
            try await sessions.accept(chosen.id, in: id, as: viewer(who))
        }
    }

    // MARK: Preparing

    var preparingEvents: [Event] {
        let (first, second) = (asker, answerer)
        var events = [
            event("preparing", preparingDay, "16:10") {
                try await writeAims()
                try await prepare(as: first)
                try await sessions.share(id, as: viewer(first))
                try await prepareDrafts(as: first)
            }
        ]
        if script.agenda.contains(where: { $0.by == second }) || script.privateNotes[second] != nil
            || script.order[second] != nil
        {
            events.append(
                event("adding to the preparation", addingDay, "09:20") {
                    try await prepare(as: second)
                    try await sessions.share(id, as: viewer(second))
                })
        }
        return events
    }

    private func writeAims() async throws {
        for (text, field) in [(script.desired, SessionField.desired), (script.measure, .measure)] where !text.isEmpty {
            _ = try await sessions.save(text, to: field, basedOn: 0, in: id, as: viewer(asker))
        }
    }

    private func prepare(as who: Who) async throws {
        for item in script.agenda where item.by == who && !item.isDraft { try await add(item, as: who) }
        if who == asker {
            for proof in script.evidence where !proof.isDraft { try await add(proof) }
        }
        if let order = script.order[who] {
            let places = try order.enumerated().map { (try book.objective($1).text, String($0 + 1)) }
            try await sessions.rank(Dictionary(places) { first, _ in first }, in: id, as: viewer(who))
        }
        if let words = script.privateNotes[who] {
            _ = try await sessions.save(words, to: .privateNotes, basedOn: 0, in: id, as: viewer(who))
        }
    }

    private func prepareDrafts(as who: Who) async throws {
        for item in script.agenda where item.by == who && item.isDraft { try await add(item, as: who) }
        for proof in script.evidence where proof.isDraft { try await add(proof) }
    }

    private func add(_ item: Script.Item, as who: Who) async throws {
        stage.clock.advance(seconds: 45)
        try await sessions.addItem(
            AgendaDraft(
                title: item.title, minutes: String(item.minutes), presenter: viewer(item.led).id.text,
                ending: item.ending.rawValue),
            as: ID<AgendaItem>(now: stage.clock.now), to: id, as: viewer(who))
    }

    private func add(_ proof: Script.Proof) async throws {
        stage.clock.advance(seconds: 60)
        try await sessions.addEvidence(
            EvidenceDraft(
                kind: proof.kind.rawValue, body: proof.body, from: proof.from, to: proof.to, unit: proof.unit,
                period: proof.over, anecdote: proof.anecdote,
                objective: proof.goal.isEmpty ? "" : try book.objective(proof.goal).text),
            as: ID<Evidence>(now: stage.clock.now), to: id, as: viewer(asker))
    }

    // MARK: Talking

    var talkingEvents: [Event] {
        [
            event("talking", start.addingTimeInterval(70)) {
                try await sessions.start(id, as: viewer(script.manager))
                let plan = try await sessions.room(id, lookingAt: nil, as: viewer(script.employee)).steps
                for step in Session.Step.allCases {
                    try await live(through: step)
                    let minutes = plan.first { $0.step == step }?.minutes ?? 5
                    stage.clock.advance(seconds: Double(minutes) * 54)
                    if let next = step.next {
                        _ = try await sessions.move(id, from: step, to: next, as: viewer(script.manager))
                    }
                }
                try await noteOutcomes()
                try await sessions.finish(id, as: viewer(script.manager))
            }
        ]
    }

    private func live(through step: Session.Step) async throws {
        if let words = script.notes[step] {
            _ = try await sessions.save(
                words, to: .notes(on: step), basedOn: 0, in: id, as: viewer(script.employee))
        }
        if step == .alignment, !script.verdicts.isEmpty {
            let drafts = try script.verdicts.map { verdict in
                VerdictDraft(
                    subject: try book.subject(verdict.title), answer: verdict.answer.rawValue,
                    priority: verdict.priority.map(String.init) ?? "", reason: verdict.reason, version: 0)
            }
            try await sessions.judge(drafts, in: id, as: viewer(script.manager))
        }
        for caught in script.caught where caught.step == step { try await self.catch(caught) }
        if step == .confirm {
            for (index, promise) in script.promises.enumerated() { try await self.catch(promise, actions[index]) }
        }
    }

    private func `catch`(_ caught: Script.Caught) async throws {
        stage.clock.advance(seconds: 8)
        var draft = CaptureDraft(id: ID(now: stage.clock.now), kind: "takeaway", body: "")
        var author = script.employee
        switch caught {
        case .takeaway(let words): draft.body = words
        case .decision(let words): (draft.kind, draft.body, author) = ("decision", words, script.manager)
        case .parked(let words): (draft.kind, draft.body) = ("parked", words)
        case .feedback(let giver, let words):
            (draft.kind, draft.body, draft.giver) = ("feedback", words, viewer(giver).id.text)
            author = giver == script.employee ? script.manager : script.employee
        }
        try await sessions.capture(draft, in: id, as: viewer(author))
    }

    private func `catch`(_ promise: Script.Promise, _ key: ID<Capture>) async throws {
        stage.clock.advance(seconds: 8)
        let due = almanac.day(script.day, plus: promise.due)
        try await sessions.capture(
            CaptureDraft(
                id: key, kind: "action", body: promise.body, owner: viewer(promise.who).id.text, dueOn: due.iso),
            in: id, as: viewer(script.employee))
    }

    private func noteOutcomes() async throws {
        let items = try await sessions.room(id, lookingAt: nil, as: viewer(script.manager)).agenda
        var outcomes: [ID<RoomItem>: RoomItem.Outcome] = [:]
        for item in items {
            outcomes[item.id] = script.agenda.first { $0.title == item.title }?.outcome ?? .covered
        }
        try await sessions.note(outcomes: outcomes, in: id, as: viewer(script.manager))
    }

    // MARK: Confirming

    var confirmingEvents: [Event] {
        let end = start.adding(minutes: script.minutes)
        var events: [Event] = []
        if !script.oath.isEmpty {
            events.append(
                event("wording the sentence", end.adding(minutes: 9)) {
                    let version = try await version(as: asker)
                    _ = try await sessions.edit([.oath: script.oath], basedOn: version, in: id, as: viewer(asker))
                })
        }
        let first: Who
        if case .closing(let who) = script.course { first = who } else { first = script.manager }
        events.append(event("the first yes", end.adding(minutes: 14)) { try await confirm(as: first) })
        if case .closing = script.course { return events }
        let second = first == script.manager ? script.employee : script.manager
        let soon = actions.count % 2 == 0
        events.append(
            soon
                ? event("the second yes", end.adding(minutes: 31)) { try await confirm(as: second) }
                : event("the second yes", almanac.day(script.day, plus: 1), "09:05") { try await confirm(as: second) })
        return events
    }

    private func version(as who: Who) async throws -> Int {
        try await sessions.recap(id, as: viewer(who)).recap.version
    }

    private func confirm(as who: Who) async throws {
        _ = try await sessions.confirm(id, seen: try await version(as: who), as: viewer(who))
    }

    // MARK: What became of it

    var afterwards: [Event] {
        var events = zip(script.promises, actions).compactMap { settling($0, $1) }
        if let added = script.amendment {
            events.append(
                event("amending", almanac.day(script.day, plus: added.days), "11:40") {
                    try await sessions.amend(
                        id, body: added.body, reason: added.reason, amendment: ID(now: stage.clock.now),
                        as: viewer(added.by))
                })
        }
        return events
    }

    private func settling(_ promise: Script.Promise, _ key: ID<Capture>) -> Event? {
        let due = almanac.day(script.day, plus: promise.due)
        func settle(_ outcome: String, _ days: Int, _ words: String) -> Event? {
            // Nothing is settled before the recap is confirmed, on the next working day at the latest.
            let day = max(almanac.day(due, plus: days), almanac.day(script.day, plus: 1))
            guard let action = ID<Action>(key.text) else { return nil }
            return event("settling “\(promise.body)”", day, "16:35") {
                _ = try await stage.product.commitments.settle(
                    action, SettlementDraft(outcome: outcome, words: words), as: viewer(promise.who))
            }
        }
        switch promise.ending {
        case .kept(let days, let words): return settle("kept", days, words)
        case .dropped(let days, let words): return settle("dropped", days, words)
        case .open: return nil
        }
    }
}
