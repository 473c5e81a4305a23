// Every session of the year, pair by pair, and on which day each was.
import Throughline

extension Larkfield {
    /// All of them. Their order does not matter.
    static func sessions(_ almanac: Almanac) -> [Script] {
        anaAndJoost(almanac) + joostAndLeila(almanac) + waiting(almanac) + notHeld(almanac)
    }

    /// The days of a pair's sessions: one every four weeks, the latest so many days before the pair's next one.
    /// - Parameter number: 0 for the latest, 1 for the one before.
    static func monthly(_ number: Int, before next: Day, _ almanac: Almanac) -> Day {
        almanac.working(onOrAfter: next.adding(days: -28 * (number + 1)))
    }

    /// Two days from now, or the first working day after that.
    static func comingUp(_ almanac: Almanac) -> Day {
        almanac.working(onOrAfter: almanac.today.adding(days: 2))
    }
}
