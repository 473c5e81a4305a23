// Cycles that were planned by mistake, on every engine.
import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Removing a cycle")
struct RemovalTests {
    @Test(
        "An administrator removes a cycle that holds nothing, once, whatever state it is in", arguments: TestEngines.all
    )
    func empty(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycles = test.product.cycles
            let kept = try await test.quarter("Kept")
            for states in [[], [.active], [.active, .closing], [.active, .closing, .closed]] as [[Cycle.State]] {
                let id = try await test.quarter(state: .draft)
                for state in states { try await cycles.move(id, to: state, as: test.greta) }
                #expect(try await cycles.removable(as: test.greta).contains(id))
                await #expect(throws: NotFound.self) { try await cycles.remove(id, as: test.ana) }
                for _ in 0..<2 { try await cycles.remove(id, as: test.greta) }
                #expect(try await cycles.all(as: test.ana).map(\.id) == [kept])
                let journal = try await test.database.read { tx in
                    try tx.values(
                        String.self, "select detail from journal where object = \(id) and verb = 'removed'")
                }
                #expect(journal == ["{\"name\":\"Q4 2026\"}"])
                await #expect(throws: NotFound.self) { try await cycles.remove(id, as: test.ana) }
            }
            await #expect(throws: NotFound.self) { try await cycles.remove(ID<Cycle>(), as: test.greta) }
        }
    }

    @Test("A form that is sent again once its cycle was removed plans it anew", arguments: TestEngines.all)
    func plannedAgain(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycles = test.product.cycles
            let id = ID<Cycle>()
            let draft = CycleDraft(name: "Q1 2027", kind: "quarter", startsOn: "2027-01-01", endsOn: "2027-03-31")
            for _ in 0..<2 { try await cycles.create(draft, id: id, as: test.greta) }
            try await cycles.remove(id, as: test.greta)
            for _ in 0..<2 {
                let again = try await cycles.create(draft, id: id, as: test.greta)
                #expect(try await cycles.find(again, as: test.ana).name == "Q1 2027")
            }
            #expect(try await cycles.all(as: test.ana).count == 1)
            for _ in 0..<2 { try await cycles.remove(id, as: test.greta) }
            #expect(try await cycles.all(as: test.ana).isEmpty)
        }
    }

    @Test("What holds an objective stays, whatever became of that and whoever may read it", arguments: TestEngines.all)
    func holding(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycles = test.product.cycles
            func expectKept(_ id: ID<Cycle>, _ kind: CycleHoldings.Kind, _ named: [String]) async throws {
                let (_, holdings) = try await cycles.holdings(of: id, as: test.greta)
                #expect(holdings.counts == [kind: 1] && holdings.named.map(\.title) == named, "\(kind)")
                #expect(try await !cycles.removable(as: test.greta).contains(id), "\(kind)")
                await #expect(throws: Refused.self, "\(kind)") { try await cycles.remove(id, as: test.greta) }
                #expect(try await cycles.find(id, as: test.greta).id == id)
            }
            for stage in [Stage.draft, .proposed, .committed] {
                let id = try await test.quarter("Of \(stage)")
                _ = try await test.committed("Mine", in: id, of: .person(test.ana.id), by: test.ana, stage: stage)
                try await expectKept(id, CycleHoldings.Kind(rawValue: stage.rawValue) ?? .ended, [])
            }
            let dropped = try await test.quarter("Of dropped")
            let given = try await test.committed("Given up", in: dropped, of: .company, by: test.greta, stage: .draft)
            try await test.product.goals.settle(given, as: .dropped, saying: "", as: test.greta)
            try await expectKept(dropped, .ended, ["Given up"])
            let closed = try await test.quarter("Of closed")
            let over = try await test.committed("Over", in: closed, of: .company, by: test.greta)
            try await cycles.move(closed, to: .closing, as: test.greta)
            try await cycles.close(over, ClosingDraft(score: "1", learnt: "Well", choice: "stop"), as: test.greta)
            try await expectKept(closed, .closed, ["Over"])
        }
    }

    @Test(
        "An objective that is written down as its cycle is removed is refused, or keeps it", arguments: TestEngines.all)
    func atOnce(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            for number in 0..<10 {
                let id = try await test.quarter("Nr \(number)")
                async let removed: Void = test.product.cycles.remove(id, as: test.greta)
                async let added = test.product.goals.add(
                    ObjectiveDraft(title: "Clinics stay", cycle: id.text), to: .company, as: test.greta)
                var (wasRemoved, wasAdded) = (false, false)
                do {
                    try await removed
                    wasRemoved = true
                } catch is Refused {}
                do {
                    _ = try await added
                    wasAdded = true
                } catch is Invalid {}
                #expect(wasRemoved != wasAdded)
            }
        }
    }

    @Test("Whatever the schema lets belong to a cycle is counted before one is removed")
    func schema() async throws {
        try await withProduct(on: .sqlite) { test in
            let tables = try await test.database.read { tx in
                try tx.values(
                    String.self,
                    """
                    select m.name from sqlite_master m, pragma_foreign_key_list(m.name) f
                    where m.type = 'table' and f."table" = 'cycle' order by m.name
                    """)
            }
            #expect(tables == ["objective"], "count what is new in CycleHoldings, and say it on its page")
        }
    }
}
