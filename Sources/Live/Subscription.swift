// One open page's share of what the hub tells.
internal import Synchronization

/// What a follower is told.
public enum Event: Hashable, Sendable {
    /// A part of a topic changed.
    case changed(Topic, part: String, Moment)
    /// Something may have been missed: look at everything again.
    case refetch(Moment)
    case present(Topic, Presence)
    /// Nothing happened; the line works.
    case beat
}

/// Events for one follower, in order. It holds few: who takes them too slowly is told once to look at everything again
/// instead. Made by ``Hub/follow(_:as:isolation:_:)``.
public final class Subscription: Sendable {
    /// Whose it is, where that counts.
    let person: String?
    private let state = Mutex(State())

    init(person: String? = nil) {
        self.person = person
    }

    fileprivate struct State {
        var pending: [Event] = []
        var waiting: CheckedContinuation<Event?, Never>?
        var isOver = false
    }

    /// So many events wait at most.
    static let capacity = 16

    /// The next event, as soon as there is one.
    ///
    /// Nil once the subscription or the task is over. Only one task may wait.
    public func next() async -> Event? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Event?? in
                    if state.isOver { return .some(nil) }
                    guard state.pending.isEmpty else { return state.pending.removeFirst() }
                    state.waiting = continuation
                    return .none
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            end()
        }
    }

    /// Ends the wait for events, now and from now on.
    public func end() {
        let waiting = state.withLock { state in
            state.isOver = true
            state.pending = []
            return state.takeWaiting()
        }
        waiting?.resume(returning: nil)
    }

    func put(_ event: Event) {
        let waiting = state.withLock { state -> CheckedContinuation<Event?, Never>? in
            if state.isOver { return nil }
            if state.waiting == nil { state.add(event) }
            return state.takeWaiting()
        }
        waiting?.resume(returning: event)
    }
}

extension Subscription.State {
    fileprivate mutating func takeWaiting() -> CheckedContinuation<Event?, Never>? {
        defer { waiting = nil }
        return waiting
    }

    fileprivate mutating func add(_ event: Event) {
        switch event {
        case .beat:
            // Whatever waits already is a sign of life.
            if pending.isEmpty { pending.append(event) }
        case .refetch:
            pending = [event]
        case .changed(_, _, let moment) where pending.count >= Subscription.capacity:
            pending = [.refetch(moment)]
        case .present where pending.count >= Subscription.capacity:
            // Said again within a minute, or run out.
            return
        default:
            pending.append(event)
        }
    }
}
