import Foundation
import Logging
import Mail
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Throughline

@Suite("The outbox")
struct OutboxWorkerTests {
    // MARK: What arrives

    @Test(
        "A letter is sent once, from the product, with answers to whom it is about",
        arguments: TestEngines.all)
    func sentOnce(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let office = PostOffice()
            try await test.queue("invitation/1", kind: "invitation", to: test.ana, replyTo: test.greta)
            try await test.queue("invitation/1", kind: "invitation", to: test.ana, replyTo: test.greta)
            let worker = try test.worker(office)
            #expect(try await worker.sendDue() == 1)
            #expect(try await worker.sendDue() == 0)
            test.clock.advance(days: 1)
            #expect(try await worker.sendDue() == 0)

            let message = try #require(office.taken.first)
            let row = try #require(try await test.mail().first)
            #expect(office.taken.count == 1)
            #expect(message.from.email == "throughline@localhost")
            #expect(message.to.map(\.email) == ["ana@larkfield.example"])
            #expect(message.to.map(\.name) == ["Ana Duarte"])
            #expect(message.replyTo?.email == "greta@larkfield.example")
            #expect(message.id.text == "\(row.id)@localhost")
            #expect(message.isAutomatic)
            #expect(message.unsubscribe == nil)
            #expect(row.state == .sent)
            #expect(row.attempts == 1)
            #expect(row.sentAt == test.clock.now.adding(days: -1))
        }
    }

    @Test("A letter with a secret link is emptied once a mail server has it, a recap is not")
    func forgets() async throws {
        try await withProduct(on: .sqlite) { test in
            try await test.queue("invitation/1", kind: "invitation", to: test.ana)
            try await test.queue("recap/1", kind: "recap", to: test.ana)
            try await test.queue("reminders/1", kind: "reminder", to: test.ana)
            try await test.worker(PostOffice(), forgetsSecrets: true).sendDue()
            let empty = try await test.database.read { tx in
                try tx.values(String.self, "select kind from mail where text_body = '' and html_body = ''")
            }
            #expect(empty.sorted() == ["invitation", "reminder"])
        }
    }

    // MARK: What doesn't

    @Test(
        "What can't be sent now is tried again later and later, for about three days",
        arguments: TestEngines.all)
    func temporary(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let office = PostOffice { _, _ in .temporary("The line is busy.") }
            try await test.queue("recap/1", to: test.ana)
            let start = test.clock.now
            let worker = try test.worker(office)
            var waits: [TimeInterval] = []
            while let row = try await test.mail().first, row.state == .waiting {
                test.clock.now = row.nextAttemptAt.addingTimeInterval(-1)
                if row.attempts > 0 { #expect(try await worker.sendDue() == 0) }
                test.clock.now = row.nextAttemptAt
                #expect(try await worker.sendDue() == 1)
                let next = try #require(try await test.mail().first)
                if next.state == .waiting {
                    waits.append(next.nextAttemptAt.timeIntervalSince(test.clock.now))
                }
                #expect(next.problem == "Not delivered for now: The line is busy.")
            }
            let row = try #require(try await test.mail().first)
            #expect(row.state == .failed)
            #expect(row.attempts == 22)
            #expect(waits.first == 60)
            #expect(waits.allSatisfy { $0 >= 60 && $0 <= 6 * 3600 })
            #expect(waits.suffix(5).allSatisfy { $0 >= 4.5 * 3600 })
            let days = test.clock.now.timeIntervalSince(start) / 86_400
            #expect(days > 2.4 && days < 3.4)
        }
    }

    @Test("What a server refuses for good is not tried again")
    func permanent() async throws {
        try await withProduct(on: .sqlite) { test in
            let office = PostOffice { _, _ in .permanent("Nobody of that name.") }
            try await test.queue("recap/1", to: test.ana)
            try await test.worker(office).sendDue()
            test.clock.advance(days: 3)
            #expect(try await test.worker(office).sendDue() == 0)
            let row = try #require(try await test.mail().first)
            #expect(row.state == .failed)
            #expect(row.problem == "Not delivered: Nobody of that name.")
        }
    }

    @Test("An address that can't be is given up at once, in words")
    func impossibleAddress() async throws {
        try await withProduct(on: .sqlite) { test in
            try await test.queue("recap/1", to: test.ana)
            _ = try await test.database.write { tx in try tx.run("update mail set to_email = 'ana@nowhere'") }
            let office = PostOffice()
            try await test.worker(office).sendDue()
            #expect(office.taken.isEmpty)
            #expect(try await test.mail().first?.problem.contains("ending is missing") == true)
        }
    }

    @Test(
        "Without an answer it is sent three times at most, under one Message-ID", arguments: TestEngines.all)
    func uncertain(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let office = PostOffice { _, _ in .uncertain("It did not answer.") }
            try await test.queue("recap/1", to: test.ana)
            for _ in 0..<6 {
                try await test.worker(office).sendDue()
                test.clock.advance(days: 1)
            }
            #expect(office.tried.count == 3)
            #expect(Set(office.tried.map(\.id)).count == 1)
            #expect(try await test.mail().first?.state == .failed)
        }
    }

    @Test("The Message-ID stays when the product's address changes between two tries")
    func stableID() async throws {
        try await withProduct(on: .sqlite) { test in
            let office = PostOffice { _, count in count == 1 ? .temporary("Busy.") : nil }
            try await test.queue("recap/1", to: test.ana)
            try await test.worker(office).sendDue()
            test.clock.advance(days: 1)
            try await test.worker(office, address: "https://throughline.larkfield.example").sendDue()
            #expect(office.tried.count == 2)
            #expect(Set(office.tried.map(\.id.text)).count == 1)
            try await test.queue("recap/2", to: test.ana)
            try await test.worker(office, address: "https://throughline.larkfield.example").sendDue()
            #expect(office.tried.last?.id.text.hasSuffix("@throughline.larkfield.example") == true)
        }
    }

    // MARK: Several servers, servers that die

    @Test(
        "Two servers on one database send each of 120 letters once, whatever fails",
        arguments: TestEngines.all)
    func twoServers(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let office = PostOffice { message, count in
                switch abs(message.subject.hashValue) % 5 {
                case 0: count < 3 ? .temporary("Busy.") : nil
                case 1: count < 2 ? .uncertain("No answer.") : nil
                case 2: .permanent("No.")
                default: nil
                }
            }
            for number in 0..<120 { try await test.queue("recap/\(number)", to: test.ana) }
            for _ in 0..<8 {
                try await withThrowingTaskGroup { group in
                    for _ in 0..<2 {
                        let worker = try test.worker(office)
                        group.addTask { while try await worker.sendDue() > 0 {} }
                    }
                    try await group.waitForAll()
                }
                test.clock.advance(days: 1)
            }
            let rows = try await test.mail()
            let subjects = office.taken.map(\.subject)
            #expect(Set(subjects).count == subjects.count, "a letter was taken twice")
            #expect(rows.count == 120)
            #expect(rows.filter { $0.state == .sent }.count == subjects.count)
            #expect(rows.allSatisfy { $0.state == .sent || $0.state == .failed })
            #expect(rows.filter { $0.state == .failed }.allSatisfy { $0.problem == "Not delivered: No." })
            #expect(office.overlaps == 0, "two servers had one letter at the same time")
        }
    }

    @Test(
        "What a killed server had claimed is taken over after five minutes, not before",
        arguments: TestEngines.all)
    func takenOver(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let office = PostOffice()
            try await test.queue("recap/1", to: test.ana)
            let first = try await test.claim()
            #expect(first.count == 1)
            test.clock.advance(minutes: 4)
            #expect(try await test.worker(office).sendDue() == 0)
            test.clock.advance(minutes: 1)
            #expect(try await test.worker(office).sendDue() == 1)
            #expect(office.taken.map(\.id.text) == first.map(\.messageID))
            #expect(try await test.mail().first?.state == .sent)
        }
    }

    @Test("A letter on which server after server dies is given up in the end")
    func deadly() async throws {
        try await withProduct(on: .sqlite) { test in
            try await test.queue("recap/1", to: test.ana)
            for _ in 0..<3 {
                #expect(try await test.claim().count == 1)
                test.clock.advance(minutes: 6)
            }
            let office = PostOffice()
            try await test.worker(office).sendDue()
            #expect(office.tried.isEmpty)
            #expect(try await test.mail().first?.state == .failed)
        }
    }

    @Test("What a slow server says too late doesn't undo what another has sent", arguments: TestEngines.all)
    func late(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            try await test.queue("recap/1", to: test.ana)
            let claim = try #require(try await test.claim().first)
            test.clock.advance(minutes: 6)
            try await test.worker(PostOffice()).sendDue()
            let later = test.clock.now
            try await test.database.write { tx in
                try Outbox.noteFailure(claim, "Busy.", isUnsure: false, nextAttemptAt: later, in: tx)
                try Outbox.giveBack(claim, in: tx)
            }
            let row = try #require(try await test.mail().first)
            #expect(row.state == .sent)
            #expect(row.problem.isEmpty)
        }
    }

    @Test(
        "A yes that the database can't take at once is written down until it does, and nothing is sent twice")
    func databaseAway() async throws {
        try await withProduct(on: .sqlite) { test in
            let database = FalteringDatabase(test.database)
            let clock = test.clock
            let product = Product(
                database: database, address: "http://localhost", passwords: .init(cost: .low)
            ) {
                clock.now
            }
            let office = PostOffice { _, _ in
                database.failures = 3
                return nil
            }
            try await test.queue("recap/1", to: test.ana)
            try await OutboxWorker(
                product: product, from: try TestProduct.sender, logger: .quiet, deliver: office.deliver
            ).sendDue()
            #expect(database.failures == 0)
            #expect(office.taken.count == 1)
            #expect(try await test.mail().first?.state == .sent)
        }
    }

    // MARK: Starting and stopping

    @Test("A running worker sends what is queued without being told, and ends when it is cancelled")
    func running() async throws {
        try await withProduct(on: .sqlite) { test in
            let office = PostOffice()
            let worker = try test.worker(office)
            let task = Task { await worker.run { _ in try await Task.sleep(for: .milliseconds(5)) } }
            try await test.queue("recap/1", to: test.ana)
            try await eventually { office.taken.count == 1 }
            try await test.queue("recap/2", to: test.ana)
            try await eventually { office.taken.count == 2 }
            task.cancel()
            await task.value
        }
    }

    @Test("Told to stop, a worker finishes the letter under way and takes no further one")
    func stopping() async throws {
        try await withProduct(on: .sqlite) { test in
            let office = PostOffice(delay: .milliseconds(300))
            try await test.queue("recap/1", to: test.ana)
            let worker = try test.worker(office)
            await worker.run { _ in throw CancellationError() }
            #expect(office.taken.count == 1)
            #expect(try await test.mail().first?.state == .sent)
        }
    }

    @Test("Cancelled in the middle, a worker gives the letter back, and that is no try")
    func givenBack() async throws {
        try await withProduct(on: .sqlite) { test in
            try await test.queue("recap/1", to: test.ana)
            let office = PostOffice(delay: .seconds(30))
            let worker = try test.worker(office)
            let task = Task { await worker.run() }
            try await eventually { office.tried.count == 1 }
            task.cancel()
            await task.value
            let row = try #require(try await test.mail().first)
            #expect(row.state == .waiting)
            #expect(row.attempts == 0)
            #expect(office.taken.isEmpty)
        }
    }

    // MARK: A real mail server

    @Test(
        "With a real mail server, what it takes is sent and what it refuses or drops is kept with the reason")
    func realServer() async throws {
        let peer = try await MailPeer.shared()
        try await withProduct(on: .sqlite) { test in
            let good = "outbox-\(UUID().uuidString.prefix(8))@larkfield.example"
            try await test.move(test.ana, to: good)
            try await test.move(test.joost, to: "nobody@larkfield.example")
            try await test.move(test.leila, to: "full@larkfield.example")
            try await test.move(test.rafael, to: "drop-midway@larkfield.example")
            try await test.move(test.yusuf, to: "drop-at-end@larkfield.example")
            try await test.move(test.greta, to: "slow@larkfield.example")
            for person in test.everyone { try await test.queue("recap/\(person.id)", to: person) }
            let settings = SMTPSettings(
                host: "127.0.0.1", port: try peer.port("plain"), security: .none, timeout: 2)
            try await test.worker(.smtp(settings)).sendDue()

            let found = Dictionary(
                uniqueKeysWithValues: try await test.mail().map { ($0.email.split(separator: "@")[0], $0) })
            #expect(found[good.split(separator: "@")[0]]?.state == .sent)
            #expect(found["nobody"]?.state == .failed)
            #expect(found["nobody"]?.problem.contains("Nobody of that name") == true)
            #expect(found["full"]?.state == .waiting)
            #expect(found["drop-midway"]?.state == .waiting)
            #expect(found["slow"]?.problem.contains("time-out") == true)
            #expect(found["drop-at-end"]?.problem.hasPrefix("Perhaps delivered") == true)
            let taken = try peer.taken(for: good)
            #expect(taken.count == 1)
            let text = String(decoding: taken.first?.content ?? Data(), as: UTF8.self)
            #expect(text.contains("Auto-Submitted: auto-generated"))
            #expect(text.contains("From: Throughline <throughline@localhost>"))
        }
    }

    @Test(
        "A mail server that is away gets the letters when it is back, each once", arguments: TestEngines.all)
    func away(engine: Engine) async throws {
        let peer = try await MailPeer.shared()
        try await withProduct(on: engine) { test in
            let email = "away-\(UUID().uuidString.prefix(8))@larkfield.example"
            try await test.move(test.ana, to: email)
            for number in 0..<10 { try await test.queue("recap/\(number)", to: test.ana) }
            func settings(_ port: String) throws -> MailTransport {
                .smtp(.init(host: "127.0.0.1", port: try peer.port(port), security: .none, timeout: 20))
            }
            while try await test.worker(settings("closed")).sendDue() > 0 {}
            #expect(try await test.mail().allSatisfy { $0.state == .waiting && $0.attempts == 1 })
            test.clock.advance(minutes: 2)
            let transport = try settings("plain")
            try await withThrowingTaskGroup { group in
                for _ in 0..<2 {
                    let worker = try test.worker(transport)
                    group.addTask { while try await worker.sendDue() > 0 {} }
                }
                try await group.waitForAll()
            }
            #expect(try await test.mail().allSatisfy { $0.state == .sent })
            #expect(try peer.taken(for: email).count == 10)
        }
    }
}

// MARK: - Help

/// A mail server that does as a test says, and remembers.
private final class PostOffice: Sendable {
    typealias Rule = @Sendable (_ message: Message, _ count: Int) -> MailError?

    private struct State {
        var tried: [Message] = []
        var taken: [Message] = []
        var underWay: Set<MessageID> = []
        var overlaps = 0
    }

    private let state = Mutex(State())
    private let delay: Duration
    private let rule: Rule

    /// - Parameter rule: what goes wrong with a message at its first, second … try.
    init(delay: Duration = .zero, rule: @escaping Rule = { _, _ in nil }) {
        self.delay = delay
        self.rule = rule
    }

    var tried: [Message] { state.withLock { $0.tried } }
    var taken: [Message] { state.withLock { $0.taken } }
    /// How often a message came while it was being taken already.
    var overlaps: Int { state.withLock { $0.overlaps } }

    var deliver: OutboxWorker.Deliver {
        { message throws(MailError) in
            let count = self.state.withLock { state in
                state.tried.append(message)
                if !state.underWay.insert(message.id).inserted { state.overlaps += 1 }
                return state.tried.count { $0.id == message.id }
            }
            defer { self.state.withLock { _ = $0.underWay.remove(message.id) } }
            do {
                try await Task.sleep(for: self.delay)
            } catch {
                throw .temporary("The attempt was cancelled.")
            }
            if let error = self.rule(message, count) { throw error }
            self.state.withLock { $0.taken.append(message) }
        }
    }
}

/// A database of which some writes fail.
private final class FalteringDatabase: Database {
    private let base: any Database
    private let left = Mutex(0)

    init(_ base: any Database) { self.base = base }

    /// How many of the next writes fail.
    var failures: Int {
        get { left.withLock { $0 } }
        set { left.withLock { $0 = newValue } }
    }

    var engine: Engine { base.engine }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value { try await base.read(body) }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        let fails = left.withLock { left in
            defer { left = max(0, left - 1) }
            return left > 0
        }
        if fails { throw StorageError.unavailable("gone for a moment") }
        return try await base.write(body)
    }

    func listen(_ hear: @escaping @Sendable (Announcement) -> Void) { base.listen(hear) }

    func close() async { await base.close() }
}

private func eventually(_ isSo: () -> Bool) async throws {
    for _ in 0..<1_000 {
        if isSo() { return }
        try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("it did not happen within ten seconds")
}

extension Logger {
    fileprivate static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension TestProduct {
    fileprivate static var sender: MailAddress {
        get throws { try #require(MailAddress(name: "Throughline", email: "throughline@localhost")) }
    }

    fileprivate func queue(
        _ occasion: String, kind: String = "recap", to person: Viewer, replyTo: Viewer? = nil
    ) async throws {
        let now = clock.now
        let letter = Letter(
            subject: "About \(occasion)", title: "About \(occasion)", blocks: [.paragraph("Words.")])
        try await database.write { tx in
            try Outbox.queue(
                letter, kind: kind, occasion: occasion, to: person.id, replyTo: replyTo?.id, at: now, in: tx)
        }
    }

    fileprivate func worker(
        _ office: PostOffice, forgetsSecrets: Bool = false, address: String = "http://localhost:8080"
    ) throws -> OutboxWorker {
        let clock = clock
        return OutboxWorker(
            product: Product(database: database, address: address, passwords: Passwords(cost: .low)) {
                clock.now
            },
            from: try Self.sender, forgetsSecrets: forgetsSecrets, logger: .quiet, deliver: office.deliver)
    }

    fileprivate func worker(_ transport: MailTransport) throws -> OutboxWorker {
        OutboxWorker(product: product, from: try Self.sender, transport: transport, logger: .quiet)
    }

    fileprivate func claim() async throws -> [Outbox.Claim] {
        let now = clock.now
        return try await database.write { tx in
            try Outbox.claim(
                atMost: 8, until: now.addingTimeInterval(OutboxWorker.claimLength), host: "localhost",
                at: now, in: tx)
        }
    }

    fileprivate func mail() async throws -> [Delivery] {
        var all: [Delivery] = []
        var search = DeliverySearch()
        while true {
            let page = try await product.deliveries.page(search, as: greta)
            all += page.deliveries
            guard page.hasMore else { return all }
            search.before = page.deliveries.last?.id
        }
    }

    fileprivate func move(_ person: Viewer, to email: String) async throws {
        _ = try await database.write { tx in
            try tx.run("update person set email = \(email) where id = \(person.id)")
        }
    }
}
