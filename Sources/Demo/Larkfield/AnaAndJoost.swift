// A year of Ana and Joost: from who decides what, through the nine-step setup, to one owner for a clinic's first month.
import Throughline

extension Larkfield {
    static func anaAndJoost(_ almanac: Almanac) -> [Script] {
        let next = comingUp(almanac)
        func dates(_ number: Int) -> Dates { Dates(day: monthly(number, before: next, almanac), almanac: almanac) }
        let past = [
            oneBet, growthReview, smallPilot, summer, nextStep, helpCentre, engineers, afterNineSteps, readyToShip,
            handover, leftOut, firstQuarter, whoDecides,
        ]
        return [upcoming(Dates(day: next, almanac: almanac))]
            + past.enumerated().map { number, script in script(dates(number)) }
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
            measure:
                "Each of us can say the bet in one sentence. The paused work has a name and a date to come back to.",
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
                    """
                    Receptionists still call us on their first morning. Eleven of the last nineteen rang before \
                    ten o’clock.
                    """,
                    "54", "57", "% book unaided on day one", over: "this quarter", goal: dayOne),
                .init(
                    .support, "Sales to name one handoff owner for every new clinic in Ghent.", goal: firstMonth),
                .init(
                    .achievement, "The handoff owner pilot: clinics with one named owner get going sooner.",
                    goal: firstMonth, isDraft: true),
            ],
            privateNotes: [
                .ana: """
                If he leans to reception: say plainly that handoff is what moves both numbers. Don’t apologise for the \
                migration. Ask about the Senior Group PM step before the last five minutes, not in them.
                """,
                .joost: "She argues from evidence now, not from effort. Say so in the feedback step.",
            ],
            order: [
                .ana: [firstMonth, going, imports, trust, results],
                .joost: [firstMonth, results, going, trust, imports],
            ],
            course: .agreed)
    }

    private static func oneBet(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, minutes: 50, purpose: .planning,
            title: "What the pilot has to prove before we widen it",
            message:
                """
                The first three weeks look good, and I don’t trust them yet. Let us agree what would convince us \
                both.
                """,
            place: "Birch room, second floor",
            desired:
                "We agree on the two numbers that decide whether the pilot widens, and on the day we look at them.",
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
                    .challenge,
                    """
                    In the first fourteen days nobody owns a clinic: Sales thinks it is handed over, Support \
                    thinks it isn’t.
                    """,
                    anecdote:
                        """
                        The dentist in Aalst was called by three of us on one Tuesday, and by nobody for nine \
                        days after.
                        """,
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
                .decision(
                    "The pilot is judged on two numbers: days to first booking, and calls in the first fortnight."),
                .feedback(
                    from: .joost, "The way you ran the review with Sales made it safe to say what was not working."),
                .feedback(from: .ana, "When you answer for me in front of Tomasz, he stops asking me."),
                .parked("Is Birch room any good for this?"),
            ],
            promises: [
                .init(.ana, "Sit in on two setup calls and write down where they stall", due: 22, .open),
                .init(.ana, "Bring six weeks of numbers from the handoff pilot", due: 29, .open),
                .init(.ana, "Tell the six clinics who their owner is, in writing", due: 6, .kept(-1)),
                .init(.joost, "Ask Sales for names of handoff owners in Ghent", due: 27, .open),
                .init(
                    .joost, "Tell Tomasz that Ana speaks for the pilot", due: 5,
                    .kept(0, "Said so in front of his team.")),
            ],
            oath:
                """
                Ana proves the pilot with two numbers by \
                \(dates.plus(28)), and Joost gets owners named in Ghent before then.
                """
        )
    }

    private static func growthReview(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, minutes: 45, purpose: .feedback,
            title: "What the growth review needs from me",
            message:
                """
                I come out of the review having reported and not having asked. I would like to change that before \
                the next.
                """,
            place: "Birch room, second floor",
            desired: "I know the one question that I bring to the next growth review.",
            measure: "You could guess it.",
            agenda: [
                .init("Two reviews, seen from your chair", 12, .feedback, by: .ana, led: .joost),
                .init("The question for next time", 12, .decide, by: .ana),
                .init("Sitting in on a conversation about price", 6, .plan, by: .ana),
                .init("The migration, which nobody mentions", 7, .align, by: .joost),
            ],
            evidence: [
                .init(
                    .achievement, "The pilot has its six clinics, and all six owners said yes in writing.", "0", "6",
                    "clinics", over: "four weeks", goal: firstMonth),
                .init(
                    .challenge, "In the last review I spoke for eleven minutes and nobody had to decide anything.",
                    anecdote: "Kwame thanked me warmly, which is how I knew."),
                .init(.support, "A seat in one of Bertrand’s conversations about price, to listen."),
            ],
            privateNotes: [
                .ana: "Ask about pricing even if the time is short.",
                .joost: "She still apologises before she recommends.",
            ],
            notes: [
                .context: "Two reviews behind us. She wants to ask, not to report.",
                .feedback: "Begin with what the room should decide. Put the figures in the mail the day before.",
                .future: "Pilot numbers come to the review only when there are six weeks of them.",
            ],
            verdicts: [
                .init(firstWeek, .keep, 1, "It has moved eight points in two months."),
                .init(pilot, .keep, 2, "Worth every hour of it until proven wrong."),
                .init(migration, .adjust, 3, "Only what new clinics read first."),
                .init(dayOne, .keep, 4),
            ],
            caught: [
                .takeaway("A review that decides nothing is a letter read aloud."),
                .decision("Figures go out the day before; the review itself begins with one question."),
                .feedback(from: .joost, "Your recommendation was right, and it came in minute eleven."),
                .feedback(from: .ana, "You nod when you disagree. I only find out in the corridor."),
                .parked("Shadowing a pricing conversation"),
            ],
            promises: [
                .init(.ana, "Send the figures a day before the next growth review", due: 12, .kept(-1)),
                .init(.joost, "Ask Bertrand whether Ana may sit in on a conversation about price", due: 59, .open),
                .init(
                    .ana, "Cut the migration to what new clinics read first", due: 20,
                    .kept(4, "Nine pages instead of forty.")),
            ],
            oath: "Ana brings one question to the next review, and Joost says it in the room when he disagrees.")
    }

    private static func smallPilot(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, purpose: .planning,
            title: "A pilot small enough to fail",
            message:
                """
                I think clinics stall because nobody owns them. I would rather find out with six than argue about \
                all.
                """,
            place: "Birch room, second floor", wasMoved: true,
            desired: "Six clinics, three owners, six weeks, and agreement on what would end it early.",
            measure: "I can start on Monday without asking anybody anything.",
            agenda: [
                .init("What I heard in eleven calls", 10, .inform, by: .ana),
                .init("The smallest pilot that could prove me wrong", 16, .decide, by: .ana),
                .init("Whose time it takes", 8, .decide, by: .ana, led: .joost),
                .init("What we tell Sales", 8, .align, by: .joost),
            ],
            evidence: [
                .init(
                    .challenge, "Of nineteen new clinics, eleven could not say who at Larkfield looks after them.",
                    "11", "19",
                    "clinics, of those asked", over: dates.month(-1), goal: going),
                .init(
                    .achievement, "The checklist inside the product is used without being mentioned.", "0", "40",
                    "clinics a week", over: "three months", goal: firstMonth),
                .init(.support, "Ten hours of my week, taken from somewhere we both can name."),
            ],
            notes: [
                .alignment: "Ten hours come out of the migration and the weekly letter.",
                .future: "Six clinics in two countries. It ends early if a clinic asks for its old contact back.",
            ],
            verdicts: [
                .init(firstWeek, .keep, 1, "The pilot is the next thing to learn about it."),
                .init(dayOne, .keep, 2),
                .init(checklist, .keep, 3, "It runs by itself now; keep it so."),
                .init(migration, .adjust, 4, "It pays for the pilot with its hours."),
            ],
            caught: [
                .takeaway("Eleven of nineteen clinics could not name anybody here."),
                .decision("Six clinics get one named owner each for six weeks."),
                .decision("The pilot ends early if a clinic asks for its old contact back."),
                .feedback(from: .joost, "You made it small enough that I had nothing to be afraid of."),
                .feedback(
                    from: .ana, "I would have liked to hear about Ghent from you and not from the advertisement."),
                .parked("A mentor outside Growth"),
            ],
            promises: [
                .init(.ana, "Choose six clinics with Kwame and Idris", due: 6, .kept(0)),
                .init(.joost, "Explain the pilot to Tomasz before his team hears of it", due: 5, .kept(-1)),
                .init(.ana, "Write on one page what would end the pilot early", due: 8, .kept(-2)),
            ],
            amendment: .init(
                by: .ana, days: 9,
                body: "It is five clinics in the Netherlands and Belgium and one in Leeds; Idris looks after that one.",
                reason:
                    """
                    The sixth clinic moved to Leeds after we had agreed, and the record should say where the \
                    numbers come from.
                    """
            ))
    }

    private static func summer(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, purpose: .planning,
            title: "Which of two goals gets the \(dates.season())",
            message:
                """
                Half of the team is away in \
                \(dates.month(1)). Both goals at half speed is the one plan I don’t believe in.
                """,
            place: "Terrace, if it stays dry",
            desired:
                """
                One of the two goals gets the \
                \(dates.season()), and the other gets a sentence that explains the wait.
                """,
            measure: "Hanne and Fenna hear the same sentence from both of us.",
            agenda: [
                .init("Who is here when", 6, .inform, by: .ana),
                .init("First week or first day", 18, .decide, by: .ana),
                .init("What Hanne does with the script", 8, .plan, by: .ana),
                .init("A holiday for you", 5, .align, by: .joost),
            ],
            evidence: [
                .init(
                    .achievement, "More clinics finish setup without a call.", "38", "44", "% of setup steps",
                    over: "two months"),
                .init(
                    .challenge, "Reception is where it hurts, and it is where we know least.", "47", "49",
                    "% book unaided on day one", over: "two months", goal: trust),
                .init(.support, "One engineer for two days a week in \(dates.month(1))."),
            ],
            notes: [.alignment: "First week gets the \(dates.season()). First day is Hanne’s to watch, not to build."],
            verdicts: [
                .init(firstWeek, .keep, 1, "It can move with four people."),
                .init(dayOne, .pause, nil, "Until Hanne is back and has watched three receptions."),
                .init(checklist, .keep, 2, "The one thing that works while we are away."),
                .init(firstDayScript, .pause, nil, "It waits for what Hanne sees."),
                .init(migration, .keep, 3, "A job for quiet weeks."),
            ],
            caught: [
                .takeaway("We know how setup stalls, and only guess how receptions do."),
                .decision("The \(dates.season()) belongs to the first week; reception is watched and not built for."),
                .feedback(
                    from: .joost, "You cancelled your own idea when the numbers turned. That is rarer than a good idea."
                ),
                .feedback(from: .ana, "Please take a holiday in which you don’t answer me."),
            ],
            promises: [
                .init(.ana, "Give Hanne three receptions to watch", due: 9, .kept(-1)),
                .init(
                    .joost, "Borrow an engineer from Yusuf for \(dates.month(1))", due: 7,
                    .kept(5, "Jonas, for one day a week.")),
                .init(.joost, "Go away for two weeks and say who decides", due: 25, .kept(0)),
            ])
    }

    private static func nextStep(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, purpose: .growth,
            title: "What Senior Group PM would ask of me",
            message: "I don’t want a promise. I would like to know what you would have to see.",
            place: "A walk round the harbour",
            desired: "We both can name two things that are missing, and where I practise them.",
            measure: "One of them is in my calendar.",
            agenda: [
                .init("What I want to be trusted with", 10, .inform, by: .ana),
                .init("What you would have to see", 16, .feedback, by: .ana, led: .joost),
                .init("Where to practise", 14, .plan, by: .ana),
            ],
            evidence: [
                .init(
                    .achievement,
                    "Three of the four specialists learnt the setup flow from each other, and not from me.", "1",
                    "2", "specialists who run a first week alone", over: "half a year"),
                .init(
                    .challenge, "I leave the room when it is about money.",
                    anecdote: "In the budget meeting I fetched coffee for nine people, twice."),
                .init(.support, "Somebody outside Growth who tells me how I sound."),
            ],
            privateNotes: [.ana: "He said “not this year” to Kwame. Don’t ask for a date."],
            notes: [
                .feedback: "Missing: talking about price, and leading people who don’t report to her.",
                .future: "Price: sit in with Bertrand. Leading sideways: the pilot, if there is one.",
            ],
            verdicts: [.init(firstWeek, .keep, 1), .init(dayOne, .keep, 2)],
            caught: [
                .takeaway("The step is less about more onboarding and more about money and about others’ people."),
                .decision("Ana leads the next piece of work that crosses into Sales."),
                .feedback(
                    from: .joost,
                    "You are already the person others ask. You are not yet the one they follow into a fight."),
                .feedback(from: .ana, "Tell me bad news as plainly as you tell me good news."),
            ],
            promises: [
                .init(.ana, "Read two years of price changes and write down three questions", due: 16, .kept(2)),
                .init(
                    .joost, "Ask Marieke whether she would talk to Ana once a quarter", due: 10, .kept(-3, "She would.")
                ),
            ],
            oath: "Ana learns how we price and leads something that is not hers; Joost opens both doors.")
    }

    private static func helpCentre(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, asker: .joost, day: dates.day, time: "10:30", minutes: 40, purpose: .own,
            purposeWords: "Decide about the help centre",
            title: "Whether the help centre is worth moving",
            message: "Siobhán’s team keeps two help centres. I would like your view before I say yes to anything.",
            place: "Video call",
            desired: "We know whether to move the help centre, and if so what it may cost.",
            measure: "One of us can answer Siobhán this week.",
            agenda: [
                .init("Who reads what, in figures", 8, .inform, by: .joost, led: .ana),
                .init("Move, mend or leave", 15, .decide, by: .joost),
                .init("Four hours a week, from where", 8, .decide, by: .joost, led: .ana),
            ],
            evidence: [
                .init(
                    .challenge, "The same question has two answers in two help centres.", "14", "31",
                    "pages that disagree", over: "a year"),
                .init(
                    .achievement, "The ten pages that clinics read most are up to date.", "6", "10", "of ten pages",
                    over: "the quarter"),
            ],
            notes: [.alignment: "It serves no goal of ours. It would help Support, who have no hands for it."],
            verdicts: [.init(firstWeek, .keep, 1), .init(checklist, .keep, 2)],
            caught: [
                .takeaway("Thirty-one pages disagree with each other, and nobody is asked to mind."),
                .decision("The help centre moves, slowly: four hours a week, and never before the first week."),
                .feedback(from: .joost, "You said what it would cost before you said yes."),
                .feedback(from: .ana, "You asked me for a view and had already half agreed with Siobhán."),
            ],
            promises: [
                .init(.ana, "Plan the move in pieces of four hours", due: 8, .kept(-2)),
                .init(.joost, "Tell Siobhán what she gets, and when she doesn’t", due: 3, .kept(0)),
            ])
    }

    private static func engineers(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, minutes: 40, purpose: .feedback,
            title: "How I come across to Yusuf’s engineers",
            message: "Jonas has stopped asking me questions. I would like to understand it before I ask him.",
            place: "Birch room, second floor",
            desired: "I know one thing that I do, and what it looks like from the other side.",
            measure: "I can describe it without defending it.",
            agenda: [
                .init("What has changed since the release", 8, .inform, by: .ana),
                .init("What you have seen and heard", 14, .feedback, by: .ana, led: .joost),
                .init("How to ask Jonas", 9, .plan, by: .ana),
            ],
            evidence: [
                .init(
                    .challenge, "Questions from the engineers have become rare.", "14", "3", "questions a week",
                    over: "two months"),
                .init(
                    .achievement, "The release went out with fewer open questions than any before it.", "22", "9",
                    "open questions",
                    over: "two releases"),
                .init(.support, "Half an hour with Yusuf, without an agenda of mine."),
            ],
            notes: [.feedback: "She answers with the solution. They would have liked to find it."],
            verdicts: [.init(firstWeek, .keep, 1, "Nothing here changes it."), .init(dayOne, .keep, 2)],
            caught: [
                .takeaway("An answer that comes too fast tells people not to ask."),
                .decision("Questions from engineers are answered with the constraint and not with the solution."),
                .feedback(from: .joost, "You are quicker than the room, and sometimes the room goes home."),
                .feedback(from: .ana, "It helps when you tell me in the week in which you hear it."),
            ],
            promises: [
                .init(
                    .ana, "Ask Jonas what he would have liked to hear", due: 7,
                    .kept(-2, "He said: the question behind it.")),
                .init(.joost, "Tell Yusuf that Ana will ask, and why", due: 3, .kept(0)),
            ])
    }

    private static func afterNineSteps(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, purpose: .planning,
            title: "What comes after the nine steps",
            message: "The release is out and the steps are nine. Before the next backlog fills itself, let us choose.",
            place: "Birch room, second floor",
            desired: "Two goals for the rest of the year, each with a number that a clinic would recognise.",
            measure: "A receptionist would nod at both.",
            agenda: [
                .init("What nine steps changed, and what they didn’t", 10, .inform, by: .ana),
                .init("Two goals for the rest of the year", 20, .decide, by: .ana),
                .init("What Leila expects", 8, .align, by: .joost),
            ],
            evidence: [
                .init(
                    .achievement, "Setting up takes nine steps.", "14", "9", "steps", over: "five months", goal: going),
                .init(
                    .challenge, "Clinics finish setup sooner and take their first booking no sooner.", "21", "20",
                    "days to the first booking", over: "five months", goal: going),
                .init(.support, "Hanne for two days a week, until \(dates.month(3))."),
            ],
            notes: [
                .context: "Nine steps, on time but for two weeks. The first booking has not moved.",
                .alignment:
                    "So steps were not what held clinics back. First week without help; first day at reception.",
            ],
            verdicts: [
                .init(firstWeek, .keep, 1, "It is what clinics thank us for."),
                .init(dayOne, .keep, 2, "Few of us have ever sat at a reception."),
            ],
            caught: [
                .takeaway("Fewer steps made setup shorter and the wait just as long."),
                .decision("Two goals for the year: the first week runs itself, and reception can book on day one."),
                .feedback(from: .joost, "You brought the result that spoils the success. Keep doing that."),
                .feedback(from: .ana, "A word to the team from you would weigh more than ten from me."),
            ],
            promises: [
                .init(.ana, "Spend a morning at a reception in Utrecht", due: 12, .kept(3)),
                .init(.joost, "Thank the team for the release, by name", due: 2, .kept(0)),
                .init(.ana, "Write both goals so that a receptionist understands them", due: 9, .kept(-1)),
            ],
            oath: "The first week runs itself, reception books on day one, and nobody counts steps any more.")
    }

    private static func readyToShip(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, time: "09:30", minutes: 30, purpose: .planning,
            title: "Ship the setup flow now, or in two weeks",
            message: "One of the eight clinics in the trial is unhappy, and I think it is right to be.",
            place: "Video call",
            desired: "A date for the release that I can defend to Sales and to that one clinic.",
            measure: "I have told both by tomorrow evening.",
            agenda: [
                .init("Eight clinics, seven of them happy", 8, .inform, by: .ana),
                .init("Now or in two weeks", 14, .decide, by: .ana),
            ],
            evidence: [
                .init(
                    .achievement, "Seven of eight clinics set themselves up.", "3", "7", "of eight clinics",
                    over: "four weeks"),
                .init(
                    .challenge, "The eighth lost half a day when its opening hours were read as closing hours.",
                    anecdote: "They closed at eight in the morning, according to us, and a patient believed it."),
                .init(.support, "Cover with Sales, who have announced a date."),
            ],
            notes: [.future: "Two weeks. Sales hears it from Joost, the clinic from Ana."],
            verdicts: [
                .init(nineSteps, .keep, 1, "Two weeks late is on time."),
                .init("Release of the nine-step setup", .adjust, 1, "Two weeks, for opening hours only."),
            ],
            caught: [
                .takeaway("What the eighth clinic met, one in eight will meet."),
                .decision("The release moves by two weeks, for opening hours and nothing else."),
                .feedback(from: .joost, "You protected a clinic against our own announcement."),
                .feedback(from: .ana, "I was glad that you took the call with Tomasz."),
            ],
            promises: [
                .init(.joost, "Tell Tomasz that the release moves by two weeks", due: 1, .kept(0)),
                .init(.ana, "Call the eighth clinic, with the new date", due: 1, .kept(0)),
            ])
    }

    private static func handover(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, purpose: .role,
            title: "Who talks to Sales about the handover",
            message: "Three of us do, and Sales hears three stories. I would like it to be one of us.",
            place: "Birch room, second floor",
            desired: "One name for the handover from Sales, and what that person may promise.",
            measure: "Tomasz knows it without being reminded.",
            agenda: [
                .init("Three stories that Sales heard", 8, .inform, by: .ana),
                .init("One name", 14, .decide, by: .ana, led: .joost),
                .init("What that person may promise", 12, .decide, by: .ana),
                .init("The deck with two page sixes", 6, .inform, by: .joost),
            ],
            evidence: [
                .init(
                    .challenge, "A clinic was promised a training day that nobody here had heard of.",
                    anecdote: "Fenna drove to Breda on a Saturday, because somebody had to."),
                .init(
                    .achievement, "Handover notes are complete more often.", "52", "70", "% of notes",
                    over: "a quarter", goal: going),
                .init(.support, "Your name under the rule, for the first weeks."),
            ],
            notes: [.alignment: "Ana speaks for the handover. Money and contracts stay with Joost."],
            verdicts: [
                .init(nineSteps, .keep, 1), .init("Release of the nine-step setup", .keep, 2, "Nothing before it."),
            ],
            caught: [
                .takeaway("Sales does not mind our rules; it minds guessing them."),
                .decision("Ana speaks to Sales about the handover, and may promise dates but not prices."),
                .feedback(from: .joost, "You tell a story so that Sales repeats it correctly."),
                .feedback(from: .ana, "When you drop in on those calls, please say beforehand why."),
            ],
            promises: [
                .init(.joost, "Write to Sales that Ana speaks for the handover", due: 4, .kept(-1)),
                .init(.ana, "Put what may be promised on one page", due: 11, .kept(0)),
                .init(.ana, "Give Fenna a Saturday back", due: 9, .kept(-4)),
            ])
    }

    private static func leftOut(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, purpose: .planning,
            title: "What the release leaves out",
            message:
                """
                The list is longer than the time we have. I have a proposal for what goes, and I expect you to \
                dislike one item.
                """,
            place: "Birch room, second floor",
            desired: "A list of what is not in the release, with our two names under it.",
            measure: "Nobody asks for anything on it before \(dates.month(3)).",
            agenda: [
                .init("Ten steps, and the two that resist", 10, .inform, by: .ana),
                .init("What goes", 20, .decide, by: .ana),
                .init("How we tell the clinics that wait for it", 8, .plan, by: .ana),
            ],
            evidence: [
                .init(
                    .achievement, "Setting up takes ten steps in the trial.", "12", "10", "steps", over: "six weeks",
                    goal: going),
                .init(
                    .challenge, "The import from paper takes longer to explain than to do by hand.",
                    anecdote: "Rafael timed it: nineteen minutes of explaining, sixteen of typing."),
                .init(.support, "You, saying no to the group practices."),
            ],
            notes: [.future: "Out: import from paper, second language, group calendars. In: opening hours, reminders."],
            verdicts: [
                .init(nineSteps, .keep, 1),
                .init("Release of the nine-step setup", .adjust, 1, "Smaller, and on time."),
            ],
            caught: [
                .takeaway("Half of the list was there because somebody once asked loudly."),
                .decision("Import from paper, a second language and group calendars are not in the release."),
                .feedback(
                    from: .joost,
                    "You expected me to dislike the second language, and you were right, and I can live with it."),
                .feedback(from: .ana, "Thank you for saying no to the group practices yourself."),
            ],
            promises: [
                .init(.joost, "Tell the two group practices that calendars come later", due: 6, .kept(-1)),
                .init(.ana, "Publish the list of what is left out", due: 3, .kept(0)),
                .init(
                    .ana, "Find out what a second language would take", due: 18,
                    .dropped(2, "Marieke has decided against new countries this year.")),
            ])
    }

    private static func firstQuarter(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, minutes: 40, purpose: .feedback,
            title: "What I should do more of, and what I may stop doing",
            message: "Three months in this role. I have a list of my own, and I would like to hear yours first.",
            place: "Coffee place on the corner",
            desired: "One thing to do more, one to stop, each with an example that I recognise.",
            measure: "I tell you both at the end, in my own words.",
            agenda: [
                .init("Your list first", 14, .feedback, by: .ana, led: .joost),
                .init("My list", 8, .feedback, by: .ana),
                .init("What I would like from you", 8, .feedback, by: .ana),
            ],
            evidence: [
                .init(
                    .achievement, "The team’s weekly meeting has become short enough that people come.", "75", "35",
                    "minutes", over: "three months"),
                .init(
                    .challenge, "I answer mail at night, and the team has begun to do so too.",
                    anecdote: "Idris answered me at ten past eleven, and apologised for the delay."),
            ],
            notes: [.feedback: "More: clinics. Fewer: mails after dinner."],
            verdicts: [.init(nineSteps, .keep, 1), .init("Release of the nine-step setup", .keep, 2)],
            caught: [
                .takeaway("People copy what one does at night, not what one says by day."),
                .decision("Two mornings a month are spent at clinics, and no mail goes out after seven."),
                .feedback(
                    from: .joost,
                    "You make meetings shorter and decisions clearer; now do it with fewer words in writing."),
                .feedback(from: .ana, "I would like to hear about changes above us before they are finished."),
            ],
            promises: [
                .init(.ana, "Book two mornings at clinics for each month until \(dates.month(5))", due: 6, .kept(-2)),
                .init(.joost, "Tell Ana about the budget round while it is still open", due: 15, .kept(6)),
            ])
    }

    private static func whoDecides(_ dates: Dates) -> Script {
        Script(
            employee: .ana, manager: .joost, day: dates.day, purpose: .role,
            title: "Which decisions about onboarding are mine",
            message:
                """
                I have taken the team over and half of its habits. I would like to know where I decide and where \
                I ask.
                """,
            place: "Birch room, second floor",
            desired: "I can list what I decide, what I decide after asking you, and what stays yours.",
            measure: "In four weeks neither of us can name a decision that waited.",
            agenda: [
                .init("Four decisions that waited", 10, .inform, by: .ana),
                .init("Mine, ours, yours", 20, .decide, by: .ana),
                .init("What you want to know, and when", 8, .align, by: .joost),
            ],
            evidence: [
                .init(
                    .challenge, "Decisions about the setup flow wait for one of us.", "3", "9", "days, in the middle",
                    over: "two months"),
                .init(
                    .achievement, "The team has agreed what the next release is for.",
                    anecdote: "Five people wrote down the same sentence, without looking at each other’s paper."),
                .init(.support, "A word to Yusuf, so that he asks me first."),
            ],
            notes: [
                .alignment: "Ana: order, scope, wording. Together: hiring, dates that clinics hear. Joost: budget."
            ],
            verdicts: [
                .init(nineSteps, .keep, 1, "Start where clinics give up."),
                .init("Release of the nine-step setup", .keep, 2),
            ],
            caught: [
                .takeaway("What waited was small, and what was not small did not wait."),
                .decision(
                    "Order, scope and wording are Ana’s to decide; dates that clinics hear are decided together."),
                .feedback(from: .joost, "You ask for clarity before you need it. It makes my week easier."),
                .feedback(from: .ana, "You still answer questions about onboarding that are mine now."),
            ],
            promises: [
                .init(.joost, "Send questions about onboarding on to Ana, unanswered", due: 14, .kept(0)),
                .init(.ana, "Write the three lists down and share them with the team", due: 5, .kept(-1)),
            ],
            oath: "Ana decides order, scope and wording, and Joost sends people to her.")
    }
}
