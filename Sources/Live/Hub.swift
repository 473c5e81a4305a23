// Tells open pages that something changed. In memory: what a page must know it fetches by the ordinary route.
public import Foundation
internal import Synchronization

/// What is published on a topic reaches everyone who follows it at that moment.
public final class Hub: Sendable {
    private let state: Mutex<State>
    private let epoch: UInt32

    private struct State {
        var followers: [Topic: [ObjectIdentifier: Subscription]] = [:]
        var isClosed = false
        /// How many changes were heard of.
        var number = 0
        /// The last change of each topic that had one lately; for all others it was at `floor` or before.
        var changes: [Topic: Int] = [:]
        var floor = 0
        var present: [Topic: [String: Entry]] = [:]
        /// Whose subscriptions ended since ``Hub/departures()`` was last asked, and before that.
        var ended = (lately: Set<Departure>(), before: Set<Departure>())

        func isFollowed(_ departure: Departure) -> Bool {
            followers[departure.topic]?.values.contains { $0.person == departure.person } == true
        }
    }

    private struct Entry {
        var doing: Presence.Doing
        var writesUntil: Date
        var until: Date
    }

    /// So many topics are remembered with their last change.
    private static let mostRememberedTopics = 10_000

    public init(epoch: UInt32 = .random(in: 1...UInt32.max)) {
        self.epoch = epoch
        state = Mutex(State())
    }

    // MARK: Following

    /// Follows topics for as long as `body` runs, and no longer.
    /// - Parameter person: whose page it is, where it counts when they leave.
    public func follow<Value>(
        _ topics: [Topic], as person: String? = nil, isolation: isolated (any Actor)? = #isolation,
        _ body: (Subscription) async throws -> Value
    ) async rethrows -> Value {
        let subscription = Subscription(person: person)
        let isClosed = state.withLock { state in
            for topic in topics { state.followers[topic, default: [:]][ObjectIdentifier(subscription)] = subscription }
            return state.isClosed
        }
        defer { remove(subscription, from: topics) }
        if isClosed { subscription.end() }
        return try await body(subscription)
    }

    private func remove(_ subscription: Subscription, from topics: [Topic]) {
        subscription.end()
        state.withLock { state in
            for topic in topics {
                state.followers[topic]?[ObjectIdentifier(subscription)] = nil
                if state.followers[topic]?.isEmpty == true { state.followers[topic] = nil }
                guard let person = subscription.person, state.present[topic]?[person] != nil else { continue }
                state.ended.lately.insert(Departure(topic: topic, person: person))
            }
        }
    }

    /// How many are following something now.
    public var followerCount: Int {
        state.withLock { state in Set(state.followers.values.flatMap(\.keys)).count }
    }

    /// Ends all subscriptions, and those that are still to come.
    public func close() {
        let all = state.withLock { state in
            state.isClosed = true
            return state.followers.values.flatMap(\.values)
        }
        for subscription in all { subscription.end() }
    }

    // MARK: Telling

    /// The moment now: a page that begins to read its data after this misses nothing from before.
    public var moment: Moment {
        state.withLock { Moment(epoch: epoch, number: $0.number) }
    }

    /// When one of these topics last changed. Never earlier than it did.
    public func lastChange(of topics: [Topic]) -> Moment {
        state.withLock { state in
            let number = topics.map { state.changes[$0] ?? state.floor }.max() ?? state.floor
            return Moment(epoch: epoch, number: number)
        }
    }

    /// Passes on what a server has said. What this version doesn't understand is passed over.
    public func hear(_ text: String, at now: Date) {
        switch Notice(text) {
        case .changed(let topic, let part): change(topic, part)
        case .present(let topic, let presence): note(presence, on: topic, at: now)
        case nil: return
        }
    }

    private func change(_ topic: Topic, _ part: String) {
        let (moment, followers) = state.withLock { state in
            state.number += 1
            if state.changes.count >= Self.mostRememberedTopics {
                state.changes = [:]
                state.floor = state.number
            }
            state.changes[topic] = state.number
            return (Moment(epoch: epoch, number: state.number), state.followers[topic].map { Array($0.values) } ?? [])
        }
        for follower in followers { follower.put(.changed(topic, part: part, moment)) }
    }

    /// Tells everyone to look again: something may have gone unheard.
    public func refetchAll() {
        let (moment, followers) = state.withLock { state in
            state.number += 1
            state.changes = [:]
            state.floor = state.number
            return (Moment(epoch: epoch, number: state.number), state.followers.values.flatMap(\.values))
        }
        for follower in followers { follower.put(.refetch(moment)) }
    }

    /// Gives everyone a sign of life, by which the other end notices a line that broke without a word.
    public func beat() {
        let followers = state.withLock { $0.followers.values.flatMap(\.values) }
        for follower in followers { follower.put(.beat) }
    }

    // MARK: Presence

    /// Somebody who left a topic.
    public struct Departure: Hashable, Sendable {
        public let topic: Topic
        public let person: String
    }

    /// Who has left without saying so, as browsers often do: whose last subscription ended before the last time that this
    /// was asked. Who follows again has only gone from one page to another.
    public func departures() -> [Departure] {
        state.withLock { state in
            let over = state.ended.before
            state.ended = (lately: [], before: state.ended.lately)
            return over.filter { state.present[$0.topic]?[$0.person] != nil && !state.isFollowed($0) }
        }
    }

    /// What each person at a topic is doing.
    public func presences(on topic: Topic) -> [Presence] {
        state.withLock { state in
            (state.present[topic] ?? [:]).map { Presence(person: $0.key, doing: $0.value.doing) }
        }
    }

    /// Whether saying this would tell nobody anything new. That somebody is there is always said again: for servers that
    /// have come since, and for the one that their last page was at, which takes them to be leaving.
    public func isKnown(_ presence: Presence, on topic: Topic) -> Bool {
        state.withLock { presence.doing == .gone && $0.present[topic]?[presence.person] == nil }
    }

    private func note(_ presence: Presence, on topic: Topic, at now: Date) {
        let followers = state.withLock { state -> [Subscription] in
            let known = state.present[topic]?[presence.person]
            let entry = Entry(
                doing: presence.doing, writesUntil: now.addingTimeInterval(presence.doing.lifetime),
                until: now.addingTimeInterval(Presence.Doing.here.lifetime))
            state.present[topic, default: [:]][presence.person] = presence.doing == .gone ? nil : entry
            if presence.doing != .gone {
                let departure = Departure(topic: topic, person: presence.person)
                state.ended.lately.remove(departure)
                state.ended.before.remove(departure)
            }
            if state.present[topic]?.isEmpty == true { state.present[topic] = nil }
            guard (known?.doing ?? .gone) != presence.doing else { return [] }
            return state.followers[topic].map { Array($0.values) } ?? []
        }
        for follower in followers { follower.put(.present(topic, presence)) }
    }

    /// Lets presences run out: who stopped writing is only here, who says nothing for long is gone.
    public func expire(at now: Date) {
        let over = state.withLock { state in
            state.present.flatMap { topic, people in
                people.compactMap { person, entry -> (Topic, Presence)? in
                    if entry.until <= now { return (topic, Presence(person: person, doing: .gone)) }
                    guard case .writing = entry.doing, entry.writesUntil <= now else { return nil }
                    return (topic, Presence(person: person, doing: .here))
                }
            }
        }
        for (topic, presence) in over { note(presence, on: topic, at: now) }
    }
}
