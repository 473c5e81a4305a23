// A year of Joost and Leila: less report and more decision, from two counts of the same clinics to one owner each.
import Throughline

extension Larkfield {
    private static let choose = "New clinics name us ahead of their old supplier"
    private static let sameStory = "Sales and Onboarding tell a clinic the same story"
    private static let threePeople = "Three people could do my job"
    private static let review = "Growth review, every second Monday"
    private static let deck = "One deck for Sales and Onboarding"
    private static let ghent = "Hiring two specialists for Ghent"

    static func joostAndLeila(_ almanac: Almanac) -> [Script] {
        let next = almanac.working(onOrAfter: almanac.today.adding(days: 6))
        let past = [
            ghentNames, priceOfGrowth, whoCouldFollow, oneList, budget, churnStory, fewerReports, reviewDecides,
            twoDecks,
            firstYear, askedTooLate, firstFocus,
        ]
        return [ahead(Dates(day: next, almanac: almanac))]
            + past.enumerated().map { number, script in
                script(Dates(day: monthly(number, before: next, almanac), almanac: almanac))
            }
    }

    private static func base(_ dates: Dates, _ title: String, _ purpose: Session.Purpose) -> Script {
        Script(
            employee: .joost, manager: .leila, day: dates.day, time: "10:30", minutes: 30, purpose: purpose,
            title: title,
            place: "Leila’s office")
    }

    private static func ahead(_ dates: Dates) -> Script {
        var script = base(dates, "Whether every new clinic gets one owner", .planning)
        script.message =
            """
            I will bring Ana’s six weeks of numbers and a recommendation. I need a yes or a no, and your word \
            with Tomasz.
            """
        script.desired = "You have said yes or no to one named owner as the default for new clinics."
        script.measure = "Sales hears it from you within the week."
        script.agenda = [
            .init("First bookings in eleven days: what moved", 6, .inform, by: .joost),
            .init("One named owner as the default", 14, .decide, by: .joost),
            .init("Your word with Tomasz", 6, .plan, by: .joost, led: .leila),
        ]
        script.evidence = [
            .init(
                .achievement, "A new clinic takes its first booking sooner.", "19", "11", "days", over: "half a year",
                goal: going),
            .init(
                .challenge, "In the first fourteen days nobody owns the clinic.", "13", "6",
                "days to the first booking, without and with an owner", over: "the pilot", goal: firstMonth),
            .init(.support, "A minute in Marieke’s Monday meeting, said by you.", goal: going),
        ]
        script.privateNotes = [.joost: "She decides quickly once she has the cost. Have the hours ready."]
        script.course = .agreed
        return script
    }

    private static func ghentNames(_ dates: Dates) -> Script {
        var script = base(dates, "What it takes for Sales to name owners", .planning)
        script.desired = "We know what Tomasz needs before his team names an owner in each contract."
        script.measure = "There is one sentence that you can say to him."
        script.agenda = [
            .init("58 contracts in a hundred, and which are missing", 7, .inform, by: .joost),
            .init("What Tomasz fears", 9, .align, by: .joost, led: .leila),
            .init("Ghent: two specialists, one desk", 7, .decide, by: .joost),
        ]
        script.evidence = [
            .init(
                .achievement, "More contracts name the owner.", "44", "58", "% of new contracts", over: "six weeks",
                goal: firstMonth),
            .init(
                .challenge, "Two account managers read the owner as a judge of their promises.",
                anecdote:
                    "One of them asked whether the owner could be named after the signature. And after the invoice."),
            .init(.support, "You, with Tomasz, before the pilot has its last week."),
        ]
        script.notes = [.alignment: "Tomasz fears slower signatures. Show him that owners do not slow them."]
        script.verdicts = [
            .init(sameStory, .keep, 1, "Everything else rests on it."), .init(choose, .keep, 2),
            .init(ghent, .keep, 3, "Sign both, if both are good."),
            .init(deck, .adjust, 4, "Finish page six or drop it."),
        ]
        script.caught = [
            .takeaway("Sales does not mind owners; it minds waiting for them."),
            .decision("Both specialists for Ghent are hired, from this year’s budget."),
            .feedback(from: .leila, "You came with a recommendation and its price. I could decide in four minutes."),
            .feedback(from: .joost, "I would like to know which of my asks you carry to Marieke and which stay here."),
        ]
        script.promises = [
            .init(.leila, "Ask Tomasz what would make owners easy for his team", due: 9, .kept(0)),
            .init(.joost, "Compare signing times with and without a named owner", due: 26, .open),
            .init(.joost, "Sign both specialists for Ghent", due: 12, .kept(-2)),
        ]
        return script
    }

    private static func priceOfGrowth(_ dates: Dates) -> Script {
        var script = base(dates, "How fast Ghent may grow before it hurts", .planning)
        script.desired = "A number of clinics a month above which we say no."
        script.measure = "Ingrid and Callum know it before their next calls."
        script.agenda = [
            .init("What one specialist carries", 7, .inform, by: .joost),
            .init("The number above which we say no", 12, .decide, by: .joost),
            .init("Who tells Sales", 5, .plan, by: .leila),
        ]
        script.evidence = [
            .init(
                .challenge, "Above eight clinics a specialist, first bookings slow down.", "11", "17",
                "days to the first booking", over: "a quarter", goal: going),
            .init(
                .achievement, "The waiting list is told the truth, and stays.", "0", "7", "clinics that wait by choice",
                over: "two months"),
        ]
        script.verdicts = [
            .init(choose, .keep, 1), .init(sameStory, .keep, 2), .init(ghent, .keep, 3, "Two, and not three."),
        ]
        script.caught = [
            .takeaway("A clinic that waits six weeks stays; one that is set up badly leaves."),
            .decision("Above eight clinics a specialist, Sales offers a date and not a promise."),
            .feedback(from: .leila, "You said no to growth with figures. That is easier to carry upstairs than worry."),
            .feedback(from: .joost, "Thank you for asking what it costs before asking when."),
        ]
        script.promises = [
            .init(.leila, "Agree the limit with Tomasz", due: 8, .kept(2)),
            .init(.joost, "Show the limit on the weekly sheet", due: 6, .kept(-1)),
        ]
        script.oath = "Eight clinics a specialist, and a date for everybody above that."
        return script
    }

    private static func whoCouldFollow(_ dates: Dates) -> Script {
        var script = base(dates, "Who could do my job in a year", .growth)
        script.desired = "Two names, and what each of them still has to see."
        script.measure = "Both have something new on their plate by \(dates.plus(20))."
        script.agenda = [
            .init("Ana and Kwame, honestly", 12, .align, by: .joost),
            .init("What I have to let go of", 10, .decide, by: .joost, led: .leila),
        ]
        script.evidence = [
            .init(.achievement, "Ana runs the release meeting without me.", "0", "5", "meetings", over: "two months"),
            .init(
                .challenge, "I still answer for renewals, and Kwame lets me.",
                anecdote: "A renewal came up in his meeting, and eight people looked at me."),
            .init(.support, "Patience if a quarter looks worse."),
        ]
        script.verdicts = [.init(threePeople, .keep, 1, "For your sake and for theirs."), .init(choose, .keep, 2)]
        script.caught = [
            .takeaway("People only grow into what one has really left."),
            .decision("Kwame answers for renewals alone, in front of everybody."),
            .feedback(from: .leila, "You are generous with praise and careful with work. Turn it round for a while."),
            .feedback(from: .joost, "When you call Kwame directly, he learns that I am not needed. Do it more."),
        ]
        script.promises = [
            .init(.joost, "Hand renewals to Kwame, and leave the meeting", due: 14, .kept(0)),
            .init(.leila, "Meet Ana and Kwame once without Joost", due: 20, .kept(5)),
        ]
        return script
    }

    private static func oneList(_ dates: Dates) -> Script {
        var script = base(dates, "Why Support and Growth count different clinics", .role)
        script.desired = "One list, one owner of the list, and a day on which the other one is deleted."
        script.measure = "Siobhán and I give you the same number on the same morning."
        script.agenda = [
            .init("31 clinics that differ", 8, .inform, by: .joost),
            .init("Whose list stays", 12, .decide, by: .joost, led: .leila),
        ]
        script.evidence = [
            .init(
                .challenge, "Two lists of active clinics disagree.", "12", "31", "clinics", over: "a quarter",
                goal: stay),
            .init(
                .achievement, "We found out by asking each other.",
                anecdote: "Siobhán and I compared them on paper, in a train, with two pens."),
        ]
        script.verdicts = [
            .init(sameStory, .keep, 1), .init(choose, .keep, 2), .init(review, .adjust, 3, "Not with two counts."),
        ]
        script.caught = [
            .takeaway("Both lists are right about different questions."),
            .decision("Support’s list stays; Growth adds what it misses and deletes its own."),
            .feedback(from: .leila, "You gave up your own list without making it a sacrifice."),
            .feedback(from: .joost, "I would have liked you in the room when Siobhán and I disagreed."),
        ]
        script.promises = [
            .init(.joost, "Move what Growth’s list has and Support’s has not", due: 15, .kept(3)),
            .init(.leila, "Tell both teams which list is the list", due: 2, .kept(0)),
        ]
        return script
    }

    private static func budget(_ dates: Dates) -> Script {
        var script = base(dates, "What we would stop before we ask for money", .planning)
        script.desired = "A list of two things that stop, and one that is worth new money."
        script.measure = "You can present it without me."
        script.agenda = [
            .init("What Growth costs a clinic", 7, .inform, by: .joost),
            .init("Two things that stop", 12, .decide, by: .joost),
            .init("The one ask", 7, .decide, by: .joost),
        ]
        script.evidence = [
            .init(
                .achievement, "A new clinic costs us less to set up.", "2310", "1840", "euros", over: "a year",
                goal: going),
            .init(
                .challenge, "The welcome parcel costs more than the training.",
                anecdote: "Clinics remember the mug. They could not say what was on it."),
        ]
        script.verdicts = [.init(choose, .keep, 1), .init(sameStory, .keep, 2), .init(threePeople, .keep, 3)]
        script.caught = [
            .takeaway("An ask is stronger beside two things that stop."),
            .decision("The parcel and the printed handbook stop; the ask is two specialists."),
            .feedback(from: .leila, "You came with what stops. Nobody else did this year."),
            .feedback(from: .joost, "It helps to know Marieke’s limit before I write, not after."),
        ]
        script.promises = [
            .init(.joost, "Write the ask on one page", due: 7, .kept(-1)),
            .init(.leila, "Bring the ask to Marieke", due: 13, .kept(0, "Two specialists, yes.")),
        ]
        return script
    }

    private static func churnStory(_ dates: Dates) -> Script {
        var script = base(dates, "What clinics that leave have in common", .planning)
        script.desired = "One explanation that we would bet on, and how to test it."
        script.measure = "Mei-Ling can start on the table tomorrow."
        script.agenda = [
            .init("Nineteen clinics that left", 10, .inform, by: .joost),
            .init("One explanation to test", 12, .decide, by: .joost),
        ]
        script.evidence = [
            .init(
                .challenge, "Clinics leave in their first year.", "15.1", "14.2", "% of clinics", over: "half a year",
                goal: stay),
            .init(
                .achievement, "Eleven of those who left talked to us.", "0", "11", "conversations", over: "six weeks",
                goal: stay),
            .init(.support, "Mei-Ling, for two weeks, without interruptions."),
        ]
        script.verdicts = [
            .init(choose, .keep, 1, "This is how we learn what to be chosen for."), .init(sameStory, .keep, 2),
        ]
        script.caught = [
            .takeaway("Who leaves was slow to take the first booking; almost nobody names the price."),
            .decision("We test whether the time to the first booking explains who leaves."),
            .feedback(from: .leila, "You listened to people who had left us. Few like to."),
            .feedback(from: .joost, "Please don’t quote the first table before the second exists."),
        ]
        script.promises = [
            .init(.joost, "Free two weeks of Mei-Ling’s time", due: 5, .kept(0)),
            .init(.leila, "Keep the first table out of the board’s papers", due: 10, .kept(0)),
        ]
        return script
    }

    private static func fewerReports(_ dates: Dates) -> Script {
        var script = base(dates, "What you need to hear from me, and what you don’t", .role)
        script.desired = "A list of five things that you always want to hear, and permission to stop the rest."
        script.measure = "My Friday mail is shorter than your answer to it."
        script.agenda = [
            .init("A month of Friday mails", 6, .inform, by: .joost),
            .init("Five things that you always want to hear", 12, .align, by: .joost, led: .leila),
        ]
        script.evidence = [
            .init(
                .challenge, "The Friday mail takes longer than what it reports.", "40", "150", "minutes",
                over: "half a year"),
            .init(
                .achievement, "Nobody missed the two that I forgot.",
                anecdote: "I forgot it twice in a row. You wished me a good weekend, twice."),
        ]
        script.verdicts = [
            .init(choose, .keep, 1), .init(sameStory, .keep, 2), .init(review, .adjust, 3, "Decisions only."),
        ]
        script.caught = [
            .takeaway("What is going well does not need a paragraph."),
            .decision("The Friday mail has at most eight lines: results, risks and one ask."),
            .feedback(from: .leila, "Your judgement is what I miss in your reports."),
            .feedback(from: .joost, "An answer to the one ask, even if it is no."),
        ]
        script.promises = [
            .init(.joost, "Send a Friday mail of eight lines", due: 8, .kept(0)),
            .init(.leila, "Answer the one ask by Monday noon", due: 11, .kept(0)),
        ]
        return script
    }

    private static func reviewDecides(_ dates: Dates) -> Script {
        var script = base(dates, "A growth review that decides something", .feedback)
        script.desired = "We know who stays in the review, and what it may decide without you."
        script.measure = "The next one ends with a decision that holds for a month."
        script.agenda = [
            .init("Eleven people and no decision", 8, .feedback, by: .joost, led: .leila),
            .init("What it may decide", 12, .decide, by: .joost),
        ]
        script.evidence = [
            .init(.challenge, "Reviews without a decision.", "1", "5", "in a row", over: "ten weeks"),
            .init(
                .achievement, "People still come prepared.",
                anecdote: "Mei-Ling had a table ready for a question that nobody asked."),
        ]
        script.verdicts = [
            .init(review, .adjust, 1, "Seven people, and decisions up to a week of work."), .init(choose, .keep, 2),
        ]
        script.caught = [
            .takeaway("It is my presence that turns decisions into reports, Leila said."),
            .decision(
                "The review has seven people and decides anything up to a week of work; Leila comes once a month."),
            .feedback(from: .leila, "You waited for me to decide what you had already decided."),
            .feedback(from: .joost, "It helps when you say beforehand that you will stay out."),
        ]
        script.promises = [
            .init(.joost, "Tell four people kindly that they are free on Mondays", due: 6, .kept(2)),
            .init(.leila, "Stay away from two reviews in a row", due: 25, .kept(0)),
        ]
        return script
    }

    private static func twoDecks(_ dates: Dates) -> Script {
        var script = base(dates, "One story for a clinic, from the first call on", .planning)
        script.desired = "Tomasz and I have your word that there will be one deck, and who writes it."
        script.measure = "One of the two decks is gone by \(dates.plus(30))."
        script.agenda = [
            .init("What one clinic heard in three meetings", 8, .inform, by: .joost),
            .init("One deck, and who writes it", 13, .decide, by: .joost),
        ]
        script.evidence = [
            .init(
                .challenge, "Clinics hear two different starting dates.", "3", "8", "clinics in a month",
                over: "a quarter", goal: going),
            .init(
                .achievement, "Nine of eleven pages could be the same tomorrow.", "4", "9", "of eleven pages",
                over: "three weeks"),
        ]
        script.verdicts = [
            .init(sameStory, .keep, 1, "Before anything that clinics see later."), .init(choose, .keep, 2),
        ]
        script.caught = [
            .takeaway("The decks differ where we disagree, which is on page six."),
            .decision(
                "Growth writes the deck, Sales strikes what it can’t say, and page six is settled by both heads."),
            .feedback(from: .leila, "You brought the clinic’s words into the room instead of your own."),
            .feedback(from: .joost, "I would like you to be as strict with Tomasz as you are with me."),
        ]
        script.promises = [
            .init(.joost, "Write the first nine pages", due: 20, .kept(4)),
            .init(.leila, "Tell Tomasz that there will be one deck", due: 6, .kept(0)),
        ]
        return script
    }

    private static func firstYear(_ dates: Dates) -> Script {
        var script = base(dates, "What being chosen again should mean", .planning)
        script.desired = "One question that we ask every clinic, and the share of good answers that we aim for."
        script.measure = "Kwame’s team can ask it without reading it out."
        script.agenda = [
            .init("Three questions, tried on nine clinics", 8, .inform, by: .joost),
            .init("The question, and the aim", 12, .decide, by: .joost),
        ]
        script.evidence = [
            .init(
                .achievement, "Nine clinics answered, and four asked back.", "0", "9", "clinics", over: "two weeks",
                goal: stay),
            .init(
                .challenge, "Satisfied clinics leave as often as the others.", "14", "14", "% a year",
                over: "two years", goal: stay),
        ]
        script.verdicts = [.init(choose, .keep, 1, "It asks for a choice and not for a mood.")]
        script.caught = [
            .takeaway("Satisfaction says nothing about who stays."),
            .decision("We ask: would you choose us again today? The aim is three in four."),
            .feedback(from: .leila, "You gave up your own favourite question when the clinics shrugged."),
            .feedback(from: .joost, "Please ask the question yourself once. It changes how one hears the number."),
        ]
        script.promises = [
            .init(.joost, "Ask forty clinics", due: 27, .kept(0)),
            .init(.leila, "Ask two clinics in person", due: 20, .kept(7, "Two, and one changed my mind.")),
        ]
        return script
    }

    private static func askedTooLate(_ dates: Dates) -> Script {
        var script = base(dates, "Asking you earlier for what I need", .feedback)
        script.desired = "I know how early you want to be asked, and for what."
        script.measure = "The next ask reaches you while you can still say no."
        script.agenda = [
            .init("Two asks that came too late", 8, .feedback, by: .joost, led: .leila),
            .init("How early, and in which form", 10, .align, by: .joost),
        ]
        script.evidence = [
            .init(
                .challenge, "You heard of the hiring freeze from me, and I heard of the exception from Yusuf.",
                anecdote: "We were both surprised, in the same corridor, in opposite directions."),
            .init(.achievement, "Fewer things reach you twice.", "9", "4", "a month", over: "a quarter"),
        ]
        script.verdicts = [.init(choose, .keep, 1), .init(review, .keep, 2)]
        script.caught = [
            .takeaway("An early ask may be vague; a late one has to be perfect."),
            .decision("Asks come as one sentence, as soon as they are likely."),
            .feedback(from: .leila, "You protect me from half-finished thoughts, and I would like to have them."),
            .feedback(from: .joost, "Then please don’t treat them as promises."),
        ]
        script.promises = [
            .init(.joost, "Send three likely asks, one sentence each", due: 5, .kept(0)),
            .init(.leila, "Say yes, no or not yet to each within a week", due: 12, .kept(1)),
        ]
        return script
    }

    private static func firstFocus(_ dates: Dates) -> Script {
        var script = base(dates, "What Growth is for this year, in one sentence", .role)
        script.desired = "One sentence that says what Growth is for, and one thing that it is no longer for."
        script.measure = "Ana and Kwame repeat it without my help."
        script.agenda = [
            .init("Five answers from five people", 7, .inform, by: .joost),
            .init("The sentence", 13, .decide, by: .joost),
            .init("What goes to Support", 6, .decide, by: .leila),
        ]
        script.evidence = [
            .init(
                .challenge, "Five people gave five answers to what Growth is for.",
                anecdote: "One of them was “everything after the signature, and some of it before”."),
            .init(
                .achievement, "The first month has somebody’s attention every week.", "1", "4", "reviews a month",
                over: "a quarter", goal: going),
        ]
        script.verdicts = [.init(choose, .keep, 1, "It follows from the sentence.")]
        script.caught = [
            .takeaway("What everybody may do, nobody has to."),
            .decision("Growth is for the first year of a clinic; questions about printers go to Support."),
            .feedback(from: .leila, "You asked your people before you asked me. It shows."),
            .feedback(from: .joost, "I would like to hear such sentences from you about the whole house."),
        ]
        script.promises = [
            .init(.joost, "Say the sentence in the team meeting, and ask for objections", due: 4, .kept(0)),
            .init(.leila, "Agree with Siobhán what Support takes over", due: 10, .kept(2)),
        ]
        script.oath = "Growth is for the first year of a clinic, and for nothing that comes after it."
        return script
    }
}
