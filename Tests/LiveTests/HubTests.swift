// What the hub promises to those who follow: hints in order, few at a time, and nothing left behind.
import Foundation
import Testing

@testable import Live

@Suite("The hub")
struct HubTests {
    private let hub = Hub(epoch: 0x2a)
    private let session = Topic("session", "a")
    private let other = Topic("session", "b")
    private let now = Date(timeIntervalSince1970: 1_795_093_200)

    private func change(_ topic: Topic, _ part: String = "capture") {
        hub.hear(Notice.changed(topic, part: part).text, at: now)
    }

    private func appear(_ doing: Presence.Doing, at time: Date? = nil) {
        hub.hear(Notice.present(session, Presence(person: "ana", doing: doing)).text, at: time ?? now)
    }

    @Test("Who follows a topic hears of its changes in order, and of no other's")
    func order() async {
        await hub.follow([session]) { subscription in
            change(session, "capture")
            change(other, "capture")
            change(session, "action")
            #expect(await subscription.next() == .changed(session, part: "capture", Moment(epoch: 0x2a, number: 1)))
            #expect(await subscription.next() == .changed(session, part: "action", Moment(epoch: 0x2a, number: 3)))
        }
    }

    @Test("Who is too slow is told once to look at everything again, and holds few events meanwhile")
    func slow() async {
        await hub.follow([session]) { subscription in
            for _ in 0..<1_000 { change(session) }
            var events: [Event] = []
            hub.beat()
            while let event = await subscription.next() {
                events.append(event)
                if case .changed(_, _, let moment) = event, moment.number == 1_000 { break }
                #expect(events.count <= Subscription.capacity)
            }
            #expect(events.contains { if case .refetch = $0 { true } else { false } })
            #expect(events.count <= Subscription.capacity)
        }
    }

    @Test("Signs of life don't pile up in front of who doesn't take them")
    func beats() async {
        await hub.follow([session]) { subscription in
            for _ in 0..<50 { hub.beat() }
            change(session)
            #expect(await subscription.next() == .beat)
            #expect(await subscription.next() == .changed(session, part: "capture", hub.moment))
        }
    }

    @Test("Nobody is left behind who has gone, however they went")
    func noneLeft() async {
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    await hub.follow([session, other]) { subscription in
                        if number.isMultiple(of: 2) { _ = await subscription.next() }
                    }
                }
            }
            while hub.followerCount < 100 { await Task.yield() }
            group.cancelAll()
        }
        #expect(hub.followerCount == 0)
    }

    @Test("Closing ends every wait, and those that come after")
    func closes() async {
        await withTaskGroup(of: Event?.self) { group in
            for _ in 0..<20 { group.addTask { await hub.follow([session]) { await $0.next() } } }
            while hub.followerCount < 20 { await Task.yield() }
            hub.close()
            for await event in group { #expect(event == nil) }
        }
        #expect(await hub.follow([session]) { await $0.next() } == nil)
    }

    @Test("A page that began before a change can tell that it missed it, and one that began after that it didn't")
    func moments() {
        let before = hub.moment
        change(session)
        let after = hub.moment
        #expect(hub.lastChange(of: [session, other]).number > before.number)
        #expect(hub.lastChange(of: [session]).number == after.number)
        #expect(hub.lastChange(of: [other]).number == before.number)
        hub.refetchAll()
        #expect(hub.lastChange(of: [other]).number > after.number)
        #expect(Hub().moment.description != Hub().moment.description)
    }

    @Test("What is remembered of topics stays small, and is never too early")
    func remembersLittle() {
        for number in 0..<25_000 { change(Topic("session", number)) }
        #expect(hub.lastChange(of: [Topic("session", 5)]).number >= 6)
        #expect(hub.lastChange(of: [Topic("session", 24_999)]).number == 25_000)
    }

    @Test("Who is there is said when it changes, and runs out by itself")
    func presence() async {
        await hub.follow([session]) { subscription in
            appear(.here)
            appear(.here)
            appear(.writing("notes-3"))
            let ana = { Presence(person: "ana", doing: $0) }
            #expect(await subscription.next() == .present(session, ana(.here)))
            #expect(await subscription.next() == .present(session, ana(.writing("notes-3"))))
            hub.expire(at: now.addingTimeInterval(7))
            #expect(hub.presences(on: session) == [ana(.writing("notes-3"))])
            hub.expire(at: now.addingTimeInterval(9))
            #expect(await subscription.next() == .present(session, ana(.here)))
            hub.expire(at: now.addingTimeInterval(9 + 61))
            #expect(await subscription.next() == .present(session, ana(.gone)))
            #expect(hub.presences(on: session) == [])
        }
    }

    @Test("Who goes is gone at once; saying so again tells nobody anything")
    func goes() {
        let here = Presence(person: "ana", doing: .here)
        #expect(!hub.isKnown(here, on: session))
        appear(.here)
        #expect(!hub.isKnown(here, on: session), "another server may think that she is leaving")
        appear(.gone)
        #expect(hub.presences(on: session) == [])
        #expect(hub.isKnown(Presence(person: "ana", doing: .gone), on: session))
    }

    @Test("Whose last page closes has left, unless they follow again or had said so")
    func departures() async {
        let ana = Hub.Departure(topic: session, person: "ana")
        appear(.here)
        await hub.follow([session], as: "ana") { _ in }
        #expect(hub.departures() == [], "they may be on their way to another page")
        await hub.follow([session], as: "ana") { _ in #expect(hub.departures() == [], "they are on it") }
        #expect(hub.departures() == [])
        await hub.follow([session], as: "joost") { _ in
            #expect(hub.departures() == [ana], "another's page is not theirs")
        }
        #expect(hub.departures() == [], "it is told once; and of Joost nobody was told that he was there")
        // On a page of another server she says that she is there.
        await hub.follow([session], as: "ana") { _ in }
        #expect(hub.departures() == [])
        appear(.here)
        #expect(hub.departures() == [])
        await hub.follow([session], as: "ana") { _ in }
        appear(.gone)
        #expect(hub.departures() == [])
        #expect(hub.departures() == [])
    }

    @Test("A notice reads as it was written, and what isn't one is passed over")
    func notices() {
        let notices: [Notice] = [
            .changed(session, part: "agenda-item"), .present(session, Presence(person: "ana", doing: .gone)),
            .present(other, Presence(person: "ana", doing: .writing("notes-3"))),
        ]
        for notice in notices { #expect(Notice(notice.text) == notice) }
        for text in ["", "changed", "changed a", "changed a b c", "present a b", "present a b asleep", "later a b"] {
            #expect(Notice(text) == nil, "\(text)")
            hub.hear(text, at: now)
        }
        #expect(hub.moment.number == 0)
    }
}
