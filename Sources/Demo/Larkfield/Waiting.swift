// What is under way at present: a recap that waits for Ana's yes, an ask that waits for Joost's answer.
import Throughline

extension Larkfield {
    static func waiting(_ almanac: Almanac) -> [Script] {
        [recapWithHanne(almanac), askFromRafael(almanac)]
    }

    private static func recapWithHanne(_ almanac: Almanac) -> Script {
        let day = almanac.working(onOrBefore: almanac.today.adding(days: -1))
        return Script(
            employee: .hanne, manager: .ana, day: day, time: "11:00", minutes: 40, purpose: .feedback,
            title: "One first-day script in place of three",
            message:
                """
                I have seen two receptions use the draft, and I would like to settle which parts stay before I \
                see the third.
                """,
            place: "Video call",
            desired:
                """
                We know which of the three openings stays, and what I still have to see before it goes to every \
                clinic.
                """,
            measure: "You can say the first two sentences of the script without looking.",
            agenda: [
                .init("What two receptions did with the draft", 12, .inform, by: .hanne),
                .init("Which opening stays", 12, .decide, by: .hanne),
                .init("What you would like to see from me in reviews", 8, .feedback, by: .hanne, led: .ana),
            ],
            evidence: [
                .init(
                    .achievement,
                    "Both receptions booked a real patient within the hour, with the draft beside the keyboard.",
                    "95", "48", "minutes to the first booking", over: "two receptions"),
                .init(
                    .challenge, "The second opening made one receptionist apologise to the patient.",
                    anecdote: "“Sorry, I’m new, so is this” is what she said, and then the patient apologised too."),
                .init(.support, "A morning at a reception with four desks, which I have not seen yet."),
            ],
            notes: [
                .context: "Two of three receptions seen. The third has four desks and a queue by half past eight.",
                .alignment:
                    "The script carries two of Ana’s numbers. It should not wait for the third visit to be perfect.",
                .future: "First opening stays. The second goes; the third becomes the card for the second day.",
            ],
            verdicts: [
                .init("One first-day script in place of three", .keep, 1, "It moves reception and support at once."),
                .init("The first screen needs no tour", .keep, 2),
                .init("Empty first screen", .adjust, 2, "One test, then stop; the script comes first."),
            ],
            caught: [
                .takeaway("With the draft beside the keyboard, the first real booking took 48 minutes instead of 95."),
                .takeaway(
                    "An apology at the start makes both sides nervous; the script starts with the patient’s name."),
                .decision("The first opening stays, the second goes, the third becomes the card for day two."),
                .decision("Every new clinic gets the script once three receptions have used it."),
                .feedback(from: .ana, "You watched before you drew. It shows in the second draft."),
                .feedback(from: .hanne, "Tell me sooner when something is good enough; I polish in the dark."),
                .parked("Does the card need the clinic’s own logo?"),
            ],
            promises: [
                .init(.hanne, "Show the first-day script to a reception with four desks", due: 10, .open),
                .init(.ana, "Ask Callum for a clinic in Leeds with four desks", due: 4, .open),
                .init(.hanne, "Send the card for day two to Fenna and Idris", due: 14, .open),
            ],
            oath: "Hanne brings one script that three receptions have used, and Ana finds her the third of them.",
            course: .closing(yesFrom: .hanne))
    }

    private static func askFromRafael(_ almanac: Almanac) -> Script {
        let day = almanac.working(onOrAfter: almanac.today.adding(days: 6))
        return Script(
            employee: .rafael, manager: .joost, day: day, time: "10:00", minutes: 30, purpose: .role,
            title: "Who covers the imports while I am on leave",
            message: """
                Hello Joost,

                I am away for ten weeks from the end of \(Dates(day: day, almanac: almanac).month(2)). I would like half an hour to settle who has the imports \
                then, and what may wait. Priya can mend most of what breaks; what she can’t decide is what to promise.
                """,
            place: "Video call", course: .asked)
    }

    /// An ask that was declined, and a session that was cancelled: both with a word why.
    static func notHeld(_ almanac: Almanac) -> [Script] {
        [
            Script(
                employee: .ana, manager: .yusuf, day: almanac.working(onOrAfter: almanac.today.adding(days: -70)),
                time: "11:00", minutes: 45, purpose: .planning,
                title: "Whether reminders could be part of setup",
                message: "I would like to understand what it would take to switch reminders on during setup.",
                place: "Video call",
                course: .declined(
                    "Not before reminders have moved to the new queue. Ask me again after that; I would like to.")),
            Script(
                employee: .kwame, manager: .joost, day: almanac.working(onOrAfter: almanac.today.adding(days: -40)),
                time: "15:00", minutes: 45, purpose: .feedback,
                title: "What three lost renewals have in common",
                message: "I would like to go through three renewals that we lost before I forget what I felt.",
                place: "Video call",
                course: .cancelled(by: .kwame, "I am ill. The three can wait until our next one; I keep my notes.")),
        ]
    }
}
