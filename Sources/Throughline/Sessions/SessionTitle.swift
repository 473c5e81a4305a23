import Coach

/// Says of a session's title what the coach says of it, in one line: does it tell what the meeting is for, or could it
/// stand over any meeting? (practice 1)
public enum SessionTitle {
    /// What is wrong with a title, as a question that leads to a better one; nil if nothing is.
    /// - Parameter people: names of those who meet, which say nothing about the purpose either.
    public static func problem(_ title: String, people: [String] = []) -> String? {
        guard title.contains(where: { $0.isLetter || $0.isNumber }) else {
            return "Give it a name: what should be true when it ends?"
        }
        return CoachMemory.shared.remarks(on: title, as: .sessionTitle(people: people)).first
            .map { "\($0.remark.seen) \($0.remark.question)" }
    }
}
