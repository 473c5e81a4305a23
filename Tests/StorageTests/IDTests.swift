// Ids are unique, and sort by the time at which they were made.
import Foundation
import Storage
import Testing

@Suite("Ids")
struct IDTests {
    private enum Thing {}

    @Test("An id made later sorts later", arguments: 0..<50 as Range<UInt64>)
    func order(seed: UInt64) {
        var random = SplitMix(state: seed)
        let times = (0..<100).map { _ in Int64.random(in: 0..<(1 << 47), using: &random) }
        let ids = times.map { (time: $0, id: ID<Thing>(now: Date(milliseconds: $0), using: &random)) }
        let sorted = ids.sorted { $0.id < $1.id }.map(\.time)
        #expect(sorted == times.sorted())
    }

    @Test("A hundred thousand ids of one moment are all different")
    func unique() {
        let now = Date(milliseconds: 1_763_661_234_567)
        #expect(Set((0..<100_000).map { _ in ID<Thing>(now: now) }).count == 100_000)
    }

    @Test("An id is a version 7 value of RFC 9562, as 32 digits", arguments: 0..<50 as Range<UInt64>)
    func form(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let milliseconds = Int64.random(in: 0..<(1 << 47), using: &random)
        let digits = Array(ID<Thing>(now: Date(milliseconds: milliseconds), using: &random).text)
        #expect(digits.count == 32)
        #expect(Int64(String(digits[0..<12]), radix: 16) == milliseconds)
        #expect(digits[12] == "7")
        #expect("89ab".contains(digits[16]))
        #expect(ID<Thing>(String(digits))?.text == String(digits))
    }

    @Test(
        "What can't be an id is none",
        arguments: [
            "", "1", "../../etc/passwd", "0198c0de00007000800000000000000",
            "0198C0DE000070008000000000000000",
            "0198c0de00007000800000000000000g", "0198c0de0000700080000000000000000",
            "0198c0de-0000-7000-8000-0000000000",
            "０198c0de0000700080000000000000",
        ])
    func notIds(text: String) {
        #expect(ID<Thing>(text) == nil)
    }
}
