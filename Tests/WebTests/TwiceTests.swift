// People press buttons twice, and two people press the same button at the same moment.
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Throughline
@testable import Web

@Suite("Sent twice")
struct TwiceTests {
    @Test("Every form about a session that is sent twice changes something once", arguments: TestEngines.all)
    func twice(engine: Engine) async throws {
        try await withWeb(on: engine) { web in
            for row in Self.rows {
                for visitor in [Visitor.ana, .joost] where row.rule.allowed.contains(visitor) {
                    let place = try await web.make(row.thing, of: web.test.ana, in: row)
                    let headers = try await web.signedIn(visitor)
                    let untouched = try await web.fingerprint(of: place["id"])
                    let first = try await web.send(.post, row.address(place), row.form(place), headers: headers)
                    #expect(first.status == .seeOther, "\(row.testDescription): \(first.words)")
                    let once = try await web.fingerprint(of: place["id"])
                    if visitor == row.sender, !Self.changesNothing.contains(row.path) {
                        #expect(once != untouched, "\(row.testDescription) as \(visitor)")
                    }
                    let again = try await web.send(.post, row.address(place), row.form(place), headers: headers)
                    #expect(again.status.code < 500, "\(row.testDescription): \(again.status)")
                    let twice = try await web.fingerprint(of: place["id"])
                    #expect(twice == once, "\(row.testDescription) twice as \(visitor)")
                }
            }
        }
    }

    @Test("Whatever both send at the same moment happens once", arguments: TestEngines.all)
    func together(engine: Engine) async throws {
        try await withWeb(on: engine) { web in
            for row in Self.rows {
                let people = [Visitor.ana, .joost].filter { row.rule.allowed.contains($0) }
                let place = try await web.make(row.thing, of: web.test.ana, in: row)
                let senders = try await [people[0], people[0], people[people.count - 1], people[people.count - 1]]
                    .asyncMap { try await web.signedIn($0) }
                let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                    for headers in senders {
                        group.addTask {
                            try await web.send(.post, row.address(place), row.form(place), headers: headers).status.code
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(statuses.contains(303) && statuses.allSatisfy { $0 < 500 }, "\(row.route): \(statuses)")
            }
            let repeated = try await web.test.database.read { tx in
                try tx.values(
                    String.self,
                    """
                    select j.detail from journal j where j.verb in ('moved', 'settled', 'answered', 'accepted', 'ended')
                    group by j.object, j.verb, j.detail having count(*) > 1
                    """)
            }
            #expect(repeated == [], "done twice")
            let following = try await web.test.database.read { tx in
                try tx.values(
                    String.self,
                    "select previous from session where previous is not null group by previous having count(*) > 1")
            }
            #expect(following == [], "two sessions follow one")
        }
    }

    /// Every form about a session or a commitment.
    private static let rows = AccessTable.rows.filter { row in
        row.method == .post
            && row.path != "/sessions/{id}/presence"
            && (row.path.hasPrefix("/sessions/{id}") || row.path.contains("{action}")
                || row.path == "/commitments/settlements")
    }

    /// Those that find everything as they would make it, in the fixture.
    private static let changesNothing: Set = [
        "/sessions/{id}/preparation/ranking", "/sessions/{id}/preparation/carried/{carried}/reopening",
        "/sessions/{id}/run/resumption",
        "/sessions/{id}/preparation/agenda/order", "/sessions/{id}/preparation/agenda/{item}/place",
        "/sessions/{id}/preparation/agenda/{item}/restoration",
        "/sessions/{id}/preparation/evidence/{piece}/restoration", "/sessions/{id}/captures/{capture}/return",
        "/sessions/{id}/actions/{action}/return", "/actions/{action}/reopening",
    ]
}

extension Array {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
