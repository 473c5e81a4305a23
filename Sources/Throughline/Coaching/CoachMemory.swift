import Coach
import Synchronization

/// What the coach said of texts that it read a short while ago. Pages show the same words over and over, and the coach
/// always says the same of them, so it need not read them again: without this, a third of the time that a preparation
/// page takes is the coach's.
///
/// In memory only, and bounded: the texts of the last few pages.
final class CoachMemory: Sendable {
    /// One for the process: what it holds depends on nothing but the words.
    static let shared = CoachMemory()

    private struct Reading: Hashable {
        let text: String
        let field: CoachField
    }

    /// The readings since the last change of generations, and those of the generation before, which go next.
    private struct Generations {
        var young: [Reading: [PersonalRemark]] = [:]
        var old: [Reading: [PersonalRemark]] = [:]
        var youngBytes = 0
    }

    private let generations = Mutex(Generations())
    private let bytesAGeneration: Int

    /// - Parameter bytes: how much text it keeps at most, in UTF-8.
    init(bytes: Int = 4_000_000) {
        bytesAGeneration = bytes / 2
    }

    /// All that the coach says of a text, dismissed or not, the weightiest first.
    func remarks(on text: String, as field: CoachField) -> [PersonalRemark] {
        let reading = Reading(text: text, field: field)
        if let known = generations.withLock({ $0.young[reading] }) { return known }
        let known = generations.withLock { $0.old[reading] }
        let remarks = known ?? allRemarks(on: text, as: field).map { PersonalRemark($0, in: field) }
        keep(remarks, for: reading)
        return remarks
    }

    /// How many texts it holds.
    var count: Int { generations.withLock { $0.young.count + $0.old.count } }

    private func keep(_ remarks: [PersonalRemark], for reading: Reading) {
        let bytes = reading.text.utf8.count + 64
        guard bytes <= bytesAGeneration else { return }
        generations.withLock { all in
            if all.youngBytes + bytes > bytesAGeneration {
                (all.old, all.young, all.youngBytes) = (all.young, [:], 0)
            }
            if all.young.updateValue(remarks, forKey: reading) == nil { all.youngBytes += bytes }
        }
    }
}
