// A year of Ana and Joost: from who decides what, through the spring release, to one owner for a clinic's first month.
import Throughline

extension Larkfield {
    static func anaAndJoost(_ almanac: Almanac) -> [Script] {
        let next = comingUp(almanac)
        func dates(_ number: Int) -> Dates { Dates(day: monthly(number, before: next, almanac), almanac: almanac) }
        return [upcoming(Dates(day: next, almanac: almanac)), oneBet(dates(0))]
    }

    /// In two days: agreed, and prepared but for a number.
    private static func upcoming(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, minutes: 50, purpose: .planning,
            title: "Where onboarding puts its weight in the \(dates.quarter(1))",
            message: """
                Joost,

                the pilot has six weeks of numbers now, and reception’s first day has not moved enough. I can’t push both \
                at full weight. I would like us to choose one bet for next quarter and to name what stops.
                """,
            place: "Birch room, second floor",
            desired: "We have picked one bet for the \(dates.quarter(1)), and named what stops to make room for it.",
            measure: "Each of us can say the bet in one sentence. The paused work has a name and a date to come back to.",
            agenda: [
                .init("Thanks, and why we are here", 4, .align, by: .ana),
                .init("What six weeks of one handoff owner showed", 12, .inform, by: .ana),
                .init("Help-centre migration: finish it or pause it", 8, .decide, by: .ana, led: .joost),
                .init("The \(dates.quarter(1)) bet: handoff, or reception’s first day", 14, .decide, by: .ana),
                .init("Where could I add more value?", 6, .feedback, by: .joost, led: .ana),
            ],
            evidence: [
                .init(
                    .achievement, "Import works first time in nine clinics out of ten.", "71", "90", "% of imports",
                    over: "the last quarter", goal: imports),
                .init(
                    .challenge,
                    "Receptionists still call us on their first morning. Eleven of the last nineteen rang before ten o’clock.",
                    "54", "57", "% book unaided on day one", over: "this quarter", goal: dayOne),
                .init(
                    .support, "Sales to name one handoff owner for every new clinic in Ghent.", goal: firstMonth),
                .init(.achievement, "The handoff owner pilot: clinics with one named owner get going sooner.", goal: firstMonth, isDraft: true),
            ],
            privateNotes: [
                .ana: """
                    If he leans to reception: say plainly that handoff is what moves both numbers. Don’t apologise for the \
                    migration. Ask about the Senior Group PM step before the last five minutes, not in them.
                    """,
                .joost: "She argues from evidence now, not from effort. Say so in the feedback step.",
            ],
            course: .agreed)
    }

    private static func oneBet(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, minutes: 50, purpose: .planning,
            title: "What the pilot has to prove before we widen it",
            message: "The first three weeks look good, and I don’t trust them yet. Let us agree what would convince us both.",
            place: "Birch room, second floor",
            desired: "We agree on the two numbers that decide whether the pilot widens, and on the day we look at them.",
            measure: "Either of us could tell Leila what would make us stop.",
            agenda: [
                .init("Three weeks of the pilot, clinic by clinic", 12, .inform, by: .ana),
                .init("The two numbers that decide", 12, .decide, by: .ana),
                .init("Owners in Ghent: who asks Sales", 8, .decide, by: .ana, led: .joost),
                .init("Who covers Rafael during his leave", 6, .plan, by: .joost, .deferred),
            ],
            evidence: [
                .init(
                    .achievement, "The three clinics with a named owner booked online in their first week.", "17", "7",
                    "days to the first booking", over: "three weeks", goal: firstMonth),
                .init(
                    .challenge, "In the first fourteen days nobody owns a clinic: Sales thinks it is handed over, Support thinks it isn’t.",
                    anecdote: "The dentist in Aalst was called by three of us on one Tuesday, and by nobody for nine days after.",
                    goal: firstMonth),
                .init(.support, "Somebody at Sales who says yes to naming owners before the signature."),
            ],
            privateNotes: [.ana: "He will want to widen at once. Ask for the six weeks first."],
            notes: [
                .context: "Three weeks, three clinics, one that nearly left. Enough to hope, too little to widen.",
                .alignment: "The pilot first. Migration falls behind: it serves neither number.",
                .future: "Decide after six weeks on days to first booking and on calls in the first fortnight.",
            ],
            verdicts: [
                .init(firstWeek, .keep, 1, "Still the biggest lever on time to first booking."),
                .init(pilot, .adjust, 2, "Six weeks before anyone widens it."),
                .init(dayOne, .keep, 3, "After the pilot has its numbers."),
                .init(migration, .adjust, 4, "Down from second; it serves no goal."),
            ],
            caught: [
                .takeaway("The material is not the problem. For fourteen days nobody owns the clinic."),
                .takeaway("Three clinics are a story; six weeks of six clinics would be a case."),
                .decision("The pilot is judged on two numbers: days to first booking, and calls in the first fortnight."),
                .feedback(from: .joost, "The way you ran the review with Sales made it safe to say what was not working."),
                .feedback(from: .ana, "When you answer for me in front of Tomasz, he stops asking me."),
                .parked("Is Birch room any good for this?"),
            ],
            promises: [
                .init(.ana, "Sit in on two setup calls and write down where they stall", due: 22, .open),
                .init(.ana, "Bring six weeks of numbers from the handoff pilot", due: 29, .open),
                .init(.ana, "Tell the six clinics who their owner is, in writing", due: 6, .kept(-1)),
                .init(.joost, "Ask Sales for names of handoff owners in Ghent", due: 27, .open),
                .init(.joost, "Tell Tomasz that Ana speaks for the pilot", due: 5, .kept(0, "Said so in front of his team.")),
            ],
            oath: "Ana proves the pilot with two numbers by \(dates.plus(28)), and Joost gets owners named in Ghent before then.")
    }
}
