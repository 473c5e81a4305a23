// What a session could talk about, from what is known, ranked. Pure: what is worth how much stands in one table.
import Foundation
import Storage

struct Suggestions {
    let session: Session
    let carried: [Carried]
    let history: PairHistory
    /// The open goals and the work that the session is about.
    let goals: [Objective]
    let work: [Work]
    let today: Day
    let now: Date

    /// How many are shown at once; the next comes up when one is taken or waved away.
    static let most = 8
    /// After how many weeks without a word a goal is asked about.
    static let quietWeeks = 5
    /// After how many days a verdict is old.
    static let oldVerdictDays = 91

    /// All of them, what weighs most first.
    var ranked: [AgendaOffer] {
        let all = corrections + actions + things + needs + quietGoals + oldVerdicts
        return all.enumerated().sorted {
            (Self.weight($1.element.reason, today: today), $0.offset)
                < (Self.weight($0.element.reason, today: today), $1.offset)
        }.map(\.element)
    }

    /// How much a reason weighs. What is in dispute comes first, then what is late or keeps coming back, then what one of
    /// them asked for, then what has gone quiet.
    static func weight(_ reason: AgendaOffer.Reason, today: Day) -> Int {
        switch reason {
        case .correction: 100
        case .action(_, let due, let times):
            due < today ? 60 + min(20, today.days(since: due) / 2) + 5 * min(times, 3) : 15 + 5 * min(times, 3)
        case .carried(_, let times): 50 + 10 * min(times, 4)
        case .parked(_, let times, let sessions): 30 + 10 * min(times, 4) + (sessions > 1 ? 25 : 0)
        case .asked: 55
        case .quiet(let weeks): 30 + min(weeks, 20)
        case .oldVerdict: 25
        case .ranks(let mine, let theirs): 40 + 5 * min(abs(mine - theirs), 6)
        case .looseWork: 35
        case .idleGoal: 30
        case .unserved: 20
        case .topic: 0
        }
    }

    private var share: Int { min(10, session.minutes / 5) }
    private var short: Int { min(5, session.minutes / 8) }

    private var corrections: [AgendaOffer] {
        history.corrections.map { correction in
            AgendaOffer(
                key: "correction-\(correction.id)",
                title: "The wording of our recap: “\(correction.title.cut(to: 120))”",
                minutes: short, ending: .align, presenter: correction.by, reason: .correction(by: correction.by),
                origin: correction.origin)
        }
    }

    /// What somebody still does. What asks to be decided is asked for elsewhere.
    private var actions: [AgendaOffer] {
        history.promises.filter(\.isOpen).compactMap { promise in
            let thing = carried.first { $0.action?.id == promise.id }
            if let thing, !isOffered(thing) { return nil }
            return AgendaOffer(
                key: "action-\(promise.id)", title: promise.body, minutes: short, ending: .inform,
                presenter: promise.owner,
                reason: .action(owner: promise.owner, due: promise.dueOn, times: thing?.times ?? 0),
                origin: promise.origin)
        }
    }

    private var things: [AgendaOffer] {
        let things = carried.filter { $0.kind != .action && isOffered($0) }
        guard !things.isEmpty else { return [] }
        let parkedIn = Dictionary(grouping: history.parked) { Self.topic($0.title) }
            .mapValues { Set($0.map(\.origin.session)) }
        return things.map { thing in
            let by = thing.raisedBy.id
            let sessions = parkedIn[Self.topic(thing.title)]?.count ?? 0
            return AgendaOffer(
                key: thing.key, title: thing.title, minutes: min(thing.minutes, share), ending: thing.ending,
                presenter: thing.presenter,
                reason: thing.kind == .parked
                    ? .parked(by: by, times: thing.times, sessions: sessions) : .carried(by: by, times: thing.times),
                origin: thing.origin)
        }
    }

    private func isOffered(_ thing: Carried) -> Bool {
        thing.isOpen && !thing.isOnAgenda && !thing.asks(today: today)
    }

    /// The words that a topic is known by, whatever their order and case.
    static func topic(_ title: String) -> Set<String> {
        Set(title.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).filter { $0.count > 2 })
    }

    private var needs: [AgendaOffer] {
        history.needs.map { need in
            AgendaOffer(
                key: "need-\(need.id)", title: "Support: \(need.title.cut(to: 160))", minutes: short, ending: .decide,
                presenter: need.by, reason: .asked(by: need.by), origin: need.origin)
        }
    }

    private var quietGoals: [AgendaOffer] {
        goals.compactMap { goal in
            let weeks = Int(now.timeIntervalSince(goal.changedAt) / (7 * 86_400))
            guard weeks >= Self.quietWeeks, goal.level == .person else { return nil }
            return AgendaOffer(
                key: "goal-\(goal.id)", title: "Where “\(goal.title.cut(to: 150))” stands", minutes: short,
                ending: .inform, presenter: session.employee.id, reason: .quiet(weeks: weeks))
        }
    }

    /// Of what still goes on, what the manager last spoke of longer than a quarter ago.
    private var oldVerdicts: [AgendaOffer] {
        var seen: Set<String> = []
        return history.verdicts.compactMap { verdict in
            guard seen.insert(verdict.subject).inserted, verdict.isOpen,
                goals.contains(where: { $0.id.text == verdict.subject })
                    || work.contains(where: { $0.id.text == verdict.subject }),
                now.timeIntervalSince(verdict.origin.startsAt) > Double(Self.oldVerdictDays) * 86_400
            else { return nil }
            return AgendaOffer(
                key: "verdict-\(verdict.subject)",
                title: "Is “\(verdict.title.cut(to: 140))” still what is needed most?",
                minutes: short, ending: .decide, presenter: session.manager.id, reason: .oldVerdict(verdict.answer),
                origin: verdict.origin)
        }
    }
}

extension Alignment {
    /// What does not fit together, each as something to talk about.
    func gaps(_ access: SessionAccess, _ ranking: GoalRanking) -> [AgendaOffer] {
        let session = access.session
        let (employee, manager) = (session.employee, session.manager)
        let minutes = min(8, session.minutes / 5)
        func quoted(_ title: String) -> String { "“\(title.cut(to: 120))”" }
        let loose = looseWork.map { work in
            AgendaOffer(
                key: "work-\(work.id)", title: "\(work.title.cut(to: 160)): finish it or pause it", minutes: minutes,
                ending: .decide, presenter: manager.id, reason: .looseWork)
        }
        let idle = idleGoals.map { goal in
            AgendaOffer(
                key: "idle-\(goal.id)", title: "\(quoted(goal.title)): what moves it, or does it go?", minutes: minutes,
                ending: .plan, presenter: employee.id, reason: .idleGoal)
        }
        let unserved = gaps.map { goal in
            AgendaOffer(
                key: "gap-\(goal.id)", title: "\(quoted(goal.title)): is any of it \(employee.first)’s?",
                minutes: minutes,
                ending: .align, presenter: manager.id, reason: .unserved)
        }
        let ranks = ranking.differences(among: rankable).map { difference in
            let places = [
                (access.me.first, difference.mine), (access.partner.first, difference.theirs),
            ].map { "\(Verdict.ordinal($1)) for \($0)" }
            return AgendaOffer(
                key: "rank-\(difference.goal.id)",
                title: "\(quoted(difference.goal.title)): \(places.joined(separator: ", "))", minutes: minutes,
                ending: .align, presenter: manager.id,
                reason: .ranks(mine: difference.mine, theirs: difference.theirs))
        }
        return ranks + loose + idle + unserved
    }
}
