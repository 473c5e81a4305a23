import Testing

@testable import Throughline

@Suite("The shares of the five steps")
struct StepsTests {
    @Test("They add up to the session exactly, and no step is left without a minute", arguments: 5...480)
    func addUp(minutes: Int) {
        let plan = Session.Step.plan(minutes: minutes)
        #expect(plan.values.reduce(0, +) == minutes)
        #expect(plan.count == 5)
        #expect(plan.values.allSatisfy { $0 >= 1 })
    }

    @Test("Fifty minutes are 5, 15, 8, 14 and 8")
    func fifty() {
        let plan = Session.Step.plan(minutes: 50)
        #expect(Session.Step.allCases.map { plan[$0] } == [5, 15, 8, 14, 8])
    }

    @Test("Every step asks something of each of the two")
    func prompts() {
        for step in Session.Step.allCases {
            for part in [SessionAccess.Part.employee, .manager] {
                let prompt = step.prompt(for: part, partner: "Ana")
                #expect(prompt.question.hasSuffix("?"))
                #expect(!prompt.hint.isEmpty && !prompt.openers.isEmpty)
            }
        }
    }
}
