// The demo company: that it can be made on both engines, and what a newcomer finds in it.
import Demo
import Foundation
import Storage
import TestSupport
import Testing
import Throughline

@Suite struct DemoCompanyTests {
    @Test("The demo company is made on an empty database, on any day", arguments: TestEngines.all)
    func isMade(engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            let demo = DemoCompany(
                database: database, address: "http://localhost:8080", now: Date(timeIntervalSince1970: 1_794_904_920))
            #expect(try await !demo.isTaken())
            try await demo.make()
            #expect(try await demo.isTaken())
            #expect(try await demo.links().count == 4)
        }
    }
}
