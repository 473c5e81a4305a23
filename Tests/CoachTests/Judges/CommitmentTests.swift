import Coach
import Testing

@Suite("Commitments")
struct CommitmentTests {
    private func labels(_ text: String, hasOwner: Bool = true, hasDate: Bool = true) -> [String] {
        remarks(on: text, as: .commitment(hasOwner: hasOwner, hasDate: hasDate)).map(\.label)
    }

    @Test(
        "A commitment that could go on for ever lacks a finish line",
        arguments: [
            "Improve communication", "Look into it", "Work on the deck", "I will try to be more proactive",
            "Follow up with Sales", "Investigate why churn rose", "Help Ana",
            "Ana: look into the billing bug",
            "Think about career goals",
        ])
    func endless(text: String) {
        #expect(labels(text) == ["no finish line"])
    }

    @Test(
        "A commitment that ends in something has a finish line",
        arguments: [
            "Send the budget to Joost", "Work on the deck and send it to Ana",
            "Book the room for the workshop",
            "Follow up with Sales on the Ghent contract and send the answer to Joost", "Improve NPS to 45",
            "Explore vendors and propose one", "Ana sends the pilot list",
            "Decide whether we keep the vendor",
        ])
    func finite(text: String) {
        #expect(labels(text).isEmpty)
    }

    @Test("An owner and a day may stand in the text or in fields of their own")
    func ownerAndDate() {
        #expect(labels("Send the budget", hasOwner: false, hasDate: false) == ["no owner, no date"])
        #expect(labels("Send the budget", hasOwner: false) == ["no owner"])
        #expect(labels("Send the budget", hasDate: false) == ["no date"])
        #expect(labels("I will send the budget by Friday", hasOwner: false, hasDate: false).isEmpty)
        #expect(labels("Ana: send the budget before 12 May", hasOwner: false, hasDate: false).isEmpty)
        #expect(labels("Send the budget that we had last month", hasDate: false) == ["no date"])
    }

    @Test("Nothing typed yet means nothing to remark on")
    func nothing() {
        #expect(labels("", hasOwner: false, hasDate: false).isEmpty)
        #expect(labels("  …", hasOwner: false, hasDate: false).isEmpty)
    }
}
