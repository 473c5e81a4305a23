import Testing

@testable import Throughline

@Suite("Merging two edits of one text")
struct MergeTests {
    @Test("Changes to different lines are both kept")
    func bothKept() {
        let merged = Merge.lines(base: "a\nb\nc\nd", mine: "A\nb\nc\nd", theirs: "a\nb\nc\nD")
        #expect(merged == "A\nb\nc\nD")
    }

    @Test("Changes to the same line need a person to choose")
    func collision() {
        #expect(Merge.lines(base: "one bet", mine: "one big bet", theirs: "two bets") == nil)
    }

    @Test("An edit on top of the newest text is taken as it is")
    func fresh() {
        #expect(Merge.lines(base: "a\nb", mine: "a\nx\nb", theirs: "a\nb") == "a\nx\nb")
        #expect(Merge.lines(base: "a\nb", mine: "a\nb", theirs: "") == "")
    }

    @Test("Of two texts as one, what they share stands once")
    func both() {
        #expect(Merge.both("a\nb\nc", "a\nx\nc") == "a\nb\nx\nc")
        #expect(Merge.both("a\nb", "a\nb\nc") == "a\nb\nc")
        #expect(Merge.both("a", "b") == "a\nb")
        let once = Merge.both("shared\ntheirs", "shared\nmine")
        #expect(Merge.both(once, "shared\nmine") == once)
    }

    @Test("Texts of thousands of lines are merged, or left to a person, at once")
    func long() {
        func lines(_ word: String) -> String { (0..<9_000).map { _ in word }.joined(separator: "\n") }
        let clock = ContinuousClock()
        let base = "title\n" + lines("a") + "\nend"
        let took = clock.measure {
            #expect(Merge.lines(base: lines("a"), mine: lines("b"), theirs: lines("c")) == nil)
            #expect(
                Merge.lines(
                    base: base, mine: "title\n" + lines("b") + "\nend", theirs: "Title\n" + lines("a") + "\nEnd")
                    == nil, "they adjoin")
            let mine = "title\n\n" + lines("b") + "\n\nend"
            let spaced = "title\n\n" + lines("a") + "\n\nend"
            #expect(
                Merge.lines(base: spaced, mine: mine, theirs: spaced.replacing("end", with: "End"))
                    == mine.replacing("end", with: "End"))
        }
        #expect(took < .seconds(2))
    }

    @Test("Both together may be no longer than a text may be")
    func tooLong() {
        let half = String(repeating: "x", count: 10_001)
        #expect(Merge.lines(base: "a\nb\nc", mine: half + "\nb\nc", theirs: "a\nb\n" + half) == nil)
    }

    @Test("No line that only one person touched is lost, whatever the texts are")
    func property() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let base = (0..<Int.random(in: 1...12, using: &random)).map { "line \($0)" }
            let mine = Self.edited(base, "mine", &random)
            let theirs = Self.edited(base, "theirs", &random)
            let merged = Merge.lines(
                base: base.joined(separator: "\n"), mine: mine.joined(separator: "\n"),
                theirs: theirs.joined(separator: "\n"))
            guard let merged = merged?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            else { continue }
            for line in mine where line.hasPrefix("mine") { #expect(merged.contains(line)) }
            for line in theirs where line.hasPrefix("theirs") { #expect(merged.contains(line)) }
            for line in base where mine.contains(line) && theirs.contains(line) { #expect(merged.contains(line)) }
        }
    }

    private static func edited(
        _ base: [String], _ name: String, _ random: inout some RandomNumberGenerator
    ) -> [String] {
        base.enumerated().flatMap { index, line -> [String] in
            switch Int.random(in: 0..<8, using: &random) {
            case 0: []
            case 1: ["\(name) instead of \(index)"]
            case 2: [line, "\(name) after \(index)"]
            default: [line]
            }
        }
    }
}
