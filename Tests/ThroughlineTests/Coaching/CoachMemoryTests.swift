import Coach
import Testing

@testable import Throughline

@Suite("What the coach remembers of its own words")
struct CoachMemoryTests {
    private let texts = [
        "Worked on the rollout, had calls and sent updates.", "Catch up", "", "We should look into it 🙂",
    ]
    private let fields: [CoachField] = [
        .note, .agendaTitle, .sessionTitle(people: ["Ana"]), .commitment(hasOwner: true, hasDate: false), .objective,
    ]

    @Test("It says the second time what it said the first, and what it would say without a memory")
    func repeats() {
        let memory = CoachMemory()
        for text in texts {
            for field in fields {
                let afresh = allRemarks(on: text, as: field).map { PersonalRemark($0, in: field) }
                #expect(memory.remarks(on: text, as: field) == afresh)
                #expect(memory.remarks(on: text, as: field) == afresh)
            }
        }
        #expect(memory.count == texts.count * fields.count)
    }

    @Test("It holds no more text than it may, and keeps what is read again and again")
    func bounded() {
        let memory = CoachMemory(bytes: 20_000)
        for number in 0..<1_000 {
            _ = memory.remarks(on: "Had a call about number \(number)", as: .note)
            _ = memory.remarks(on: "Catch up", as: .agendaTitle)
            #expect(memory.count <= 230)
        }
        _ = memory.remarks(on: String(repeating: "x", count: 50_000), as: .note)
        #expect(memory.count <= 230)
    }
}
