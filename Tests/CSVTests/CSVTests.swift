// Comma-separated values, held against Python's csv module.
import CSV
import Foundation
import TestSupport
import Testing

@Suite("Comma-separated values")
struct CSVTests {
    private func rows(_ text: String) -> [[String]] { CSVFile(Array(text.utf8)).records.map(\.cells) }

    private func problems(_ text: String) -> [CSVFile.Problem] { CSVFile(Array(text.utf8)).problems }

    @Test("Quotation marks hold commas, line ends and doubled quotation marks; white space is part of a field")
    func quotes() {
        #expect(rows("a,\"b,\r\n\"\"c\"\"\", d \r\n,\n") == [["a", "b,\r\n\"c\"", " d "], ["", ""]])
        #expect(rows("it is 5\" wide,\"\"\n") == [["it is 5\" wide", ""]])
        #expect(rows("a,b,") == [["a", "b", ""]])
        #expect(rows("\"\"\n\n") == [[""]])
        // A quotation mark with an accent on it is a quotation mark all the same.
        #expect(rows("\"a\u{301}\"\"\u{301}\",b") == [["a\u{301}\"\u{301}", "b"]])
    }

    @Test("A byte order mark, any kind of line end, and semicolons or tabs are read as spreadsheets write them")
    func dialects() {
        #expect(rows("\u{FEFF}a;b,c;d\n1,5;2;3\n") == [["a", "b,c", "d"], ["1,5", "2", "3"]])
        #expect(rows("a\tb\r1\t2\r\n3\t4\n") == [["a", "b"], ["1", "2"], ["3", "4"]])
        #expect(rows("\"a;b;c\",d\n") == [["a;b;c", "d"]])
    }

    @Test("Records know their lines, and everything that is wrong is said with its line")
    func lines() {
        let file = CSVFile(Array("a,b\r\n\r\n\"c\nd\",e\nf,\"g\" h\ni,\"j\"k\n\"l\nm".utf8))
        #expect(file.records.map(\.line) == [1, 3, 5, 6, 7])
        #expect(file.problems.map(\.line) == [5, 6, 7])
        #expect(problems("a,b\nc,\u{E9}") == [])
        let latin = CSVFile(Array("a,b\nc,".utf8) + [0xE9])
        #expect(latin.records == [])
        #expect(latin.problems.map(\.line) == [2])
        #expect(latin.problems.first?.words.contains("UTF-8") == true)
    }

    private static let pieces = [
        "a", "é", "\u{301}", "\"", "\"\"", ",", ";", "\t", "\r", "\n", "\r\n", " ", "'", "=", "-5", "@", "+", "👩‍👩‍👧", "",
    ]

    private static func random(_ most: Int) -> String {
        (0..<Int.random(in: 0...most)).map { _ in pieces.randomElement() ?? "" }.joined()
    }

    @Test("Random cells come back as they were, through us and through Python, either way round")
    func cells() async throws {
        let tables = (0..<300).map { _ in
            let width = Int.random(in: 1...5)
            return (0..<Int.random(in: 1...6)).map { _ in (0..<width).map { _ in Self.random(6) } }
        }
        let texts = tables.map { $0.map(CSVText.record).joined() }
        let peer = try await CSVPeer.ask(texts: texts.map { ($0, ",") }, tables: tables)
        for (index, table) in tables.enumerated() {
            let ours = CSVFile(Array(texts[index].utf8), separator: .comma)
            #expect(ours.records.map(\.cells) == table && ours.problems.isEmpty)
            #expect(peer.read[index] == table, "\(texts[index])")
            #expect(
                CSVFile(Array(peer.written[index].utf8), separator: .comma).records.map(\.cells) == table,
                "\(peer.written[index])")
        }
    }

    @Test("Whatever text is read, Python reads the same, and refuses the same")
    func texts() async throws {
        let texts = (0..<2_000).map { _ in
            (text: Self.random(14), separator: CSVFile.Separator.allCases.randomElement() ?? .comma)
        }
        let peer = try await CSVPeer.ask(texts: texts.map { ($0.text, $0.separator.rawValue) })
        for (case_, rows) in zip(texts, peer.read) {
            let file = CSVFile(Array(case_.text.utf8), separator: case_.separator)
            let ours = file.problems.isEmpty ? file.records.map(\.cells) : nil
            #expect(ours == rows, "\(case_)")
        }
        // The comparison is worth something only where both kinds occur.
        #expect(peer.read.contains { $0 == nil } && peer.read.contains { $0 != nil })
    }

    @Test("A guarded text never begins what a spreadsheet would run, wherever it sees a cell, and comes back exactly")
    func formulas() {
        #expect(FormulaGuard.guarded("=1+1") == "'=1+1")
        #expect(FormulaGuard.guarded("'=1") == "''=1")
        #expect(FormulaGuard.guarded("a;=1\n-b") == "a;'=1\n'-b")
        for text in ["it's", "'quoted'", "a-b", "''", "1 = 1", ""] {
            #expect(FormulaGuard.guarded(text) == text && FormulaGuard.unguarded(text) == text)
        }
        for _ in 0..<5_000 {
            let text = Self.random(8)
            let guarded = FormulaGuard.guarded(text)
            #expect(Array(FormulaGuard.unguarded(guarded).unicodeScalars) == Array(text.unicodeScalars), "\(text)")
            for cell in guarded.unicodeScalars.split(
                omittingEmptySubsequences: true, whereSeparator: { ";\n".unicodeScalars.contains($0) })
            {
                #expect(!(cell.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false), "\(text)")
            }
        }
    }
}
