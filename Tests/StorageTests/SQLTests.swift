// SQL keeps text and values apart, however it is put together.
import Foundation
import Storage
import Testing

@Suite("SQL")
struct SQLTests {
    @Test("Every value has its placeholder, in order")
    func placeholders() {
        let sql: SQL = "select a from b where c = \(1) and d = \("x") and e in \(list: [2, 3])"
        #expect(sql.text(.numbered) == "select a from b where c = $1 and d = $2 and e in ($3, $4)")
        #expect(sql.text(.questionMarks) == "select a from b where c = ? and d = ? and e in (?, ?)")
        #expect(sql.values == [.integer(1), .text("x"), .integer(2), .integer(3)])
    }

    @Test("A fragment brings its own values along")
    func fragments() {
        let condition: SQL = "owner = \("me")"
        let sql: SQL = "select 1 where \(condition) and id > \(7)"
        #expect(sql.text(.numbered) == "select 1 where owner = $1 and id > $2")
        #expect(sql.values == [.text("me"), .integer(7)])
        let sum = sql + " limit \(3)"
        #expect(sum.text(.numbered).hasSuffix("id > $2 limit $3"))
    }

    @Test("Pieces joined in any way keep their values in order", arguments: 0..<50 as Range<UInt64>)
    func anyPieces(seed: UInt64) {
        var random = SplitMix(state: seed)
        var expected: [SQLValue] = []
        var pieces: [SQL] = []
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            let count = Int.random(in: 0...3, using: &random)
            let numbers = (0..<count).map { _ in Int.random(in: -9...9, using: &random) }
            switch Int.random(in: 0..<3, using: &random) {
            case 0: pieces.append("in \(list: numbers)")
            case 1: pieces.append(SQL(joining: numbers.map { "x = \($0)" }, separator: " or "))
            default: pieces.append(numbers.reduce("start") { $0 + " and \($1)" })
            }
            expected += numbers.map { .integer(Int64($0)) }
        }
        let sql = SQL(joining: pieces, separator: ", ")
        #expect(sql.values == expected)
        #expect(sql.text(.questionMarks).filter { $0 == "?" }.count == expected.count)
        let text = sql.text(.numbered)
        let positions = (0..<expected.count).compactMap { text.range(of: "$\($0 + 1)")?.lowerBound }
        #expect(positions.count == expected.count)
        #expect(positions == positions.sorted())
    }

    @Test(
        "No text of a value gets into the statement", arguments: ["", "'", "?", "$1", "; drop", "\\", "\0"])
    func textOfValues(text: String) {
        let sql: SQL = "a = \(text) or a in \(list: [text])"
        #expect(sql.text(.numbered) == "a = $1 or a in ($2)")
        #expect(sql.values == [.text(text), .text(text)])
    }
}

/// A small generator of random numbers that gives the same ones for the same seed (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
