import Foundation
import Testing

@testable import Throughline

@Suite("Limits on tries")
struct AttemptsTests {
    private let start = Date(timeIntervalSince1970: 1_794_904_920)

    @Test("After so many tries one waits, is told how long, and is then let in again")
    func waits() throws {
        let attempts = Attempts()
        let limit = Attempts.Limit(key: "ana", count: 3, minutes: 15)
        for minute in 0..<3 { try attempts.count([limit], at: start.adding(minutes: minute)) }
        let refusal = #expect(throws: TooManyTries.self) {
            try attempts.count([limit], at: start.adding(minutes: 5))
        }
        #expect(refusal?.words == "There were too many tries. Wait 10 minutes, then try again.")
        try attempts.count([limit], at: start.adding(minutes: 16))
    }

    @Test("One who is refused for one reason isn't counted for another")
    func countsAllOrNone() throws {
        let attempts = Attempts()
        let client = Attempts.Limit(key: "client", count: 1, minutes: 15)
        let address = Attempts.Limit(key: "address", count: 1, minutes: 15)
        try attempts.count([client], at: start)
        #expect(throws: TooManyTries.self) { try attempts.count([address, client], at: start) }
        try attempts.count([address], at: start)
    }

    @Test("Somebody else's tries don't count against one")
    func keys() throws {
        let attempts = Attempts()
        for _ in 0..<10 { try attempts.count([.signIn("ana@x.example")], at: start) }
        #expect(throws: TooManyTries.self) { try attempts.count([.signIn("ana@x.example")], at: start) }
        try attempts.count([.signIn("joost@x.example")], at: start)
    }
}
