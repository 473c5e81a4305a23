// The lines that `throughline coach signal --jsonl` and `throughline coach okr --jsonl` read and write.

import Coach
import Foundation
import Testing

@testable import ThroughlineCLI

@Suite("The coach, line by line")
struct CoachLinesTests {
    private func answer(_ line: String) throws -> [String: Any] {
        let text = try CoachCommand.SignalLines.answer(to: line, by: SignalJudge())
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return try #require(object as? [String: Any])
    }

    @Test("A sentence is answered with its label, confidence, marks and remark")
    func signal() throws {
        let found = try answer(#"{"text":"Any thoughts?"}"#)
        #expect(Set(found.keys) == ["label", "confidence", "marks", "remark"])
        #expect(found["label"] as? String == "handoff")
        #expect(found["marks"] as? [[Int]] == [[4, 13]])
        #expect(found["remark"] is String)
    }

    @Test("Where there is nothing to remark, the remark is null and not left out")
    func silence() throws {
        let found = try answer(#"{"text":"Thanks for making the time."}"#)
        #expect(found["remark"] is NSNull)
    }

    @Test("A goal is answered with its flags in their order")
    func flags() throws {
        let answer = try CoachCommand.OKRLines.answer(to: #"{"kind":"key_result","text":"Publish 12 blog posts"}"#)
        #expect(answer == #"{"flags":["task","no_deadline","vanity"]}"#)
    }

    @Test(
        "A line that can't be judged is refused in words that say what is wrong with it",
        arguments: [
            (#"{"kind":"goal","text":"Grow"}"#, #"its kind is "goal"; it must be "objective" or "key_result""#),
            (#"{"text":"Grow"}"#, #"it has no "kind""#),
            (#"{"kind":"objective"}"#, #"it has no "text""#),
            (#"{"kind":"objective","text":7}"#, #"its "text" must be text"#),
            (#"{"kind":"objective","text":null}"#, #"its "text" must be text"#),
            ("[1]", "it isn't a JSON object"), ("null", "it isn't a JSON object"),
            (#"{"kind":"objective","#, "it isn't a JSON object"), ("Grow", "it isn't a JSON object"),
            ("\u{FFFD}", "it isn't a JSON object"),
        ])
    func refusal(line: String, reason: String) {
        #expect(throws: LineError(reason: reason)) { try CoachCommand.OKRLines.answer(to: line) }
    }
}
