// Which writes tell whose open pages, and which tell nobody.
import Foundation
import Live
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Hints", .timeLimit(.minutes(15)))
struct HintTests {
    /// What Ana's and Joost's pages of a session are told while `write` runs, and nothing of what is told later.
    private func parts(
        of id: ID<Session>, on test: TestProduct, _ write: () async throws -> Void
    ) async throws -> [String] {
        try await parts(on: .session(id), test, write)
    }

    private func parts(
        on topic: Topic, _ test: TestProduct, _ write: () async throws -> Void
    ) async throws -> [String] {
        try await test.product.live.follow([topic]) { subscription in
            test.product.listen()
            // The first thing that a listener on PostgreSQL says is that it stands.
            if test.database.engine == .postgresql { #expect(await subscription.isRefetch()) }
            try await write()
            try await test.database.write { tx in try tx.announce(Notice.changed(topic, part: "end").text) }
            var parts: [String] = []
            while case .changed(_, let part, _) = await subscription.next(), part != "end" { parts.append(part) }
            return parts
        }
    }

    @Test("Whatever both see change is hinted at by its kind", arguments: TestEngines.all)
    func room(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let item = try await test.agendaItem("Ghent", of: id)
            let sessions = test.product.sessions
            let parts = try await parts(of: id, on: test) {
                _ = try await sessions.save("Six clinics", to: .notes(on: .context), basedOn: 0, in: id, as: test.ana)
                try await sessions.capture(CaptureDraft(kind: "decision", body: "We widen"), in: id, as: test.joost)
                try await sessions.capture(
                    CaptureDraft(kind: "action", body: "Write", owner: test.ana.id.text, dueOn: "2026-12-03"), in: id,
                    as: test.ana)
                try await sessions.note(outcomes: [item: .covered], in: id, as: test.ana)
                _ = try await sessions.move(id, from: .context, to: .alignment, as: test.joost)
                try await sessions.pause(id, as: test.ana)
                try await sessions.finish(id, as: test.ana)
            }
            #expect(parts == ["session", "capture", "action", "agenda-item", "session", "session", "session"])
        }
    }

    @Test("Private notes and drafts are hinted at to nobody", arguments: TestEngines.all)
    func privately(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreedSession()
            let parts = try await parts(of: id, on: test) {
                _ = try await test.sessions.save("Be plain", to: .privateNotes, basedOn: 0, in: id, as: test.ana)
                _ = try await test.sessions.save(
                    "We agree", to: .desired, asDraft: true, basedOn: 0, in: id, as: test.ana)
                let item = try await test.addItem("A draft", to: id, as: test.ana)
                let other = try await test.addItem("Another draft", to: id, as: test.ana)
                try await test.sessions.arrangeItems([other, item], in: id, as: test.ana)
                try await test.sessions.removeItem(item, from: id, as: test.ana)
            }
            #expect(parts == [])
        }
    }

    @Test("The Today of both people is told of what it shows, and not of every word", arguments: TestEngines.all)
    func today(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            var id = ID<Session>(now: test.clock.now)
            let joost = try await parts(on: .today(of: test.joost.id), test) {
                id = try await test.ask(test.joost, as: test.ana)
                try await test.accept(id, as: test.joost)
                _ = try await test.sessions.save("Six clinics", to: .desired, basedOn: 0, in: id, as: test.ana)
            }
            #expect(joost.count >= 2 && Set(joost) == ["session"])
            for stranger in [test.leila, test.greta] {
                let told = try await parts(on: .today(of: stranger.id), test) {
                    try await test.sessions.end("", in: id, as: test.ana)
                    id = try await test.agreed()
                }
                #expect(told == [])
            }
        }
    }

    @Test("The page of a series is told of the series and of its sessions", arguments: TestEngines.all)
    func series(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            let told = try await parts(on: .series(series), test) {
                try await test.sessions.reschedule(
                    to: TimeDraft(day: "2026-11-20", time: "09:00"), saying: "", in: id, as: test.joost)
                try await test.product.series.pause(
                    from: "2026-12-20", until: "2026-12-31", words: "", in: series, as: test.ana)
                _ = try await test.sessions.save("Six clinics", to: .desired, basedOn: 0, in: id, as: test.ana)
            }
            #expect(Set(told) == ["series", "session"])
            #expect(try await parts(on: .series(series), test) { _ = try await test.agreedSession() } == [])
        }
    }

    @Test("A decision about what came along is told of, and so is taking it back")
    func carried() async throws {
        try await withProduct(on: .sqlite) { test in
            let id = try await test.agreedSession()
            let thing = ID<Carried>(now: test.clock.now)
            try await test.database.write { tx in
                try tx.run(
                    """
                    insert into carried (id, session, kind, root, title, origin, raised_by, times, minutes, presenter,
                        ending, carried_at)
                    values (\(thing), \(id), 'parked', \(thing), 'Who covers Rafael', \(id), \(test.ana.id), 3, 5,
                        \(test.ana.id), 'align', \(test.clock.now))
                    """)
            }
            let parts = try await parts(of: id, on: test) {
                let drop = CarriedAnswerDraft(answer: "dropped", words: "He is back.")
                try await test.sessions.answer(thing, drop, in: id, as: test.ana)
                try await test.sessions.takeBack(thing, in: id, as: test.joost)
            }
            #expect(parts == ["carried", "carried"])
        }
    }

    @Test("Another session's pages are told nothing")
    func others() async throws {
        try await withProduct(on: .sqlite) { test in
            let other = try await test.agreedSession(employee: test.rafael)
            let id = try await test.runningSession()
            let parts = try await parts(of: other, on: test) {
                try await test.sessions.capture(CaptureDraft(kind: "decision", body: "Us"), in: id, as: test.ana)
            }
            #expect(parts == [])
        }
    }

    @Test("Who appears is seen by the partner, in memory only, and not too often")
    func presence() async throws {
        try await withProduct(on: .sqlite) { test in
            let id = try await test.runningSession()
            test.product.listen()
            let rows = try await test.count("select count(*) from journal")
            try await test.sessions.appear(.writing("notes-1"), in: id, as: test.joost)
            let access = try await test.sessions.access(id, as: test.ana)
            #expect(test.sessions.presence(ofPartnerIn: access) == .writing("notes-1"))
            let mine = try await test.sessions.access(id, as: test.joost)
            #expect(test.sessions.presence(ofPartnerIn: mine) == .gone)
            #expect(try await test.count("select count(*) from journal") == rows)
            await #expect(throws: NotFound.self) { try await test.sessions.appear(.here, in: id, as: test.leila) }
            #expect(test.sessions.presence(ofPartnerIn: access) == .writing("notes-1"))
            await #expect(throws: TooManyTries.self) {
                for _ in 0..<200 { try await test.sessions.appear(.here, in: id, as: test.joost) }
            }
        }
    }
}

extension Subscription {
    fileprivate func isRefetch() async -> Bool {
        if case .refetch = await next() { true } else { false }
    }
}
