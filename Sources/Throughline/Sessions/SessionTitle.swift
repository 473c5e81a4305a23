/// Judges a session's title: does it say what the meeting is for, or could it stand over any meeting?
/// (practice 1)
public enum SessionTitle {
    /// What is wrong with a title, as a question that leads to a better one; nil if nothing is.
    /// - Parameter people: names of those who meet, which say nothing about the purpose either.
    public static func problem(_ title: String, people: [String] = []) -> String? {
        let words = self.words(in: title)
        guard !words.isEmpty else { return "Give it a name: what should be true when it ends?" }
        let names = Set(people.flatMap { self.words(in: $0) })
        guard words.allSatisfy({ emptyWords.contains($0) || names.contains($0) }) else { return nil }
        return "“\(title)” could be any meeting. What should be true when it ends?"
    }

    private static func words(in text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// Words that name the meeting, its rhythm or its form, and nothing else. A title made of these alone
    /// is empty.
    private static let emptyWords: Set<String> = [
        "1", "11", "121", "1on1", "1to1", "o3", "one", "on", "to", "ones", "1s",
        "check", "in", "checkin", "catch", "up", "catchup", "sync", "syncup", "touch", "base", "touchpoint",
        "huddle",
        "chat", "talk", "call", "meeting", "meet", "session", "strategy", "discussion", "conversation",
        "coffee",
        "status", "update", "updates", "standup", "review",
        "daily", "weekly", "biweekly", "fortnightly", "monthly", "quarterly", "regular", "recurring", "quick",
        "short",
        "brief", "a", "an", "the", "our", "my", "your", "and", "with", "for", "of", "next", "new",
    ]
}
