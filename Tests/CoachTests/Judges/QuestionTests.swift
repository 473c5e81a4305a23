import Coach
import Testing

@Suite("Feedback questions")
struct QuestionTests {
    @Test(
        "A closed question gets an open form of the same question",
        arguments: [
            ("Am I doing well?", "What is going well from where you stand?"),
            ("Is there anything I should change?", "What is one thing I should change?"),
            (
                "Do you have any feedback on my presentation?",
                "What is one thing you would change about my presentation?"
            ),
            (
                "Are you happy with the handover?",
                "What works for you in the handover, and what would you change?"
            ),
            ("So, is our planning realistic?", "How realistic is our planning?"),
            ("Is the handover clear enough?", "How clear is the handover?"),
            (
                "Should we hire a second designer?",
                "What would tip the balance on whether we hire a second designer?"
            ),
            ("Did the launch go well?", "What went well in the launch, and what would you change?"),
            ("Are there any risks you see?", "Which risks do you see?"),
            ("Could I have done anything differently?", "What could I have done differently?"),
            ("Do you agree with the plan?", "Where do you agree with the plan, and where not?"),
            ("Any feedback on the deck?", "What is one thing you would change about the deck?"),
            ("I'm on the right track, right?", "How do you see it?"),
        ])
    func closed(question: String, openForm: String) {
        let found = remarks(on: question, as: .feedbackQuestion)
        #expect(found.map(\.label) == ["closed question"])
        #expect(found.first?.starters.first == openForm)
    }

    @Test(
        "An open question, a request for a story and a request for leave stay without a remark",
        arguments: [
            "What is going well from where you stand?", "Where could I add more value?",
            "Could you tell me what I should do more of?", "Can you describe a moment when I helped?",
            "Tell me one thing I do well.", "How am I doing, and should I change anything?",
            "Can we meet on Friday?",
            "Which of my projects would you drop?", "", "?", "…",
        ])
    func open(question: String) {
        #expect(remarks(on: question, as: .feedbackQuestion).isEmpty)
    }

    @Test("Of three closed questions two are remarked on, each under a key of its own")
    func several() {
        let text = "Do you like my reports? Do you like my meetings? Am I too slow?"
        let found = remarks(on: text, as: .feedbackQuestion)
        #expect(found.count == 2)
        #expect(Set(found.map(\.key)).count == 2)
        #expect(found.map { text.unicodeScalars.count > $0.marks[0].upperBound }.allSatisfy { $0 })
    }
}
