import Testing
import Throughline

@Suite("The title of a session")
struct SessionTitleTests {
    @Test(
        "A title that could stand over any meeting is flagged",
        arguments: [
            "", "  ", "1:1", "1-1", "One on one", "check-in", "Check in", "Catch up", "catchup", "Sync",
            "Weekly sync", "Monthly 1:1", "Status update", "Quick chat", "Touch base", "Ana & Joost",
            "1:1 with Joost",
        ])
    func empty(title: String) {
        #expect(SessionTitle.problem(title, people: ["Ana Duarte", "Joost Hendriks"]) != nil)
    }

    @Test(
        "A title that says what it is for is left alone",
        arguments: [
            "Where onboarding puts its weight", "Catch up on hiring in Ghent",
            "Finish or pause the migration",
            "Naar één doel", "目标", "أهداف الربع القادم",
        ])
    func meaningful(title: String) {
        #expect(SessionTitle.problem(title, people: ["Ana Duarte", "Joost Hendriks"]) == nil)
    }

    @Test("The flag names the title and asks a better question")
    func words() {
        #expect(
            SessionTitle.problem("Catch up")
                == "“Catch up” could be any meeting. What should be true when it ends?")
    }
}
