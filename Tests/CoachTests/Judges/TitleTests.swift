import Coach
import Testing

@Suite("Titles")
struct TitleTests {
    @Test(
        "A title that could stand over any meeting is remarked on",
        arguments: [
            "1:1", "Catch up", "check-in", "Weekly sync", "Touch base", "Ana / Joost weekly", "Q3 catch up",
            "AOB",
            "Catch-up with Joost", "Quick chat", "1:1 Ana & Leila", "Joost <> Ana 30 min", "🎉 sync",
            "Status update",
        ])
    func empty(title: String) {
        let found = remarks(on: title, as: .sessionTitle())
        #expect(found.map(\.label) == ["title without purpose"])
        #expect(found.first?.question == "What should be true when it ends?")
    }

    @Test(
        "A title with a purpose or a topic stays without a remark",
        arguments: [
            "Plan the spring launch", "Budget", "Quick chat on the Ghent budget",
            "Follow-up on the Ghent contract",
            "Growth and development", "Next steps on key projects", "Payroll weekly",
            "Decide on update cadence",
            "Feedback on the board paper", "", "   ", "🎉",
        ])
    func purposeful(title: String) {
        #expect(remarks(on: title, as: .sessionTitle()).isEmpty)
        #expect(remarks(on: title, as: .agendaTitle).isEmpty)
    }

    @Test("An agenda item that announces a report is asked what it should lead to")
    func status() {
        for title in ["Update on the migration", "Migration update", "Hiring status"] {
            #expect(remarks(on: title, as: .agendaTitle).map(\.label) == ["status on the agenda"])
        }
        #expect(remarks(on: "Migration update: decide on the freeze", as: .agendaTitle).isEmpty)
    }

    @Test("The marks cover the words that name the meeting and nothing else")
    func marks() {
        let remark = remarks(on: "Catch-up with Joost", as: .sessionTitle()).first
        #expect(remark?.marks == [0..<8])
        #expect(remark?.seen == "“Catch-up with Joost” could be any meeting.")
    }
}
