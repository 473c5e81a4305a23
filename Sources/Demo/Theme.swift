// What made-up sessions are about. One theme holds together from the ask to what was promised.
import Throughline

struct Theme: Sendable {
    let purpose: Session.Purpose
    let minutes: Int
    let title: String
    let message: String
    let desired: String
    let measure: String
    let items: [Item]
    /// An achievement with a number that moved.
    let gain: (body: String, from: ClosedRange<Int>, to: ClosedRange<Int>, unit: String)
    let challenge: String
    let anecdote: String
    let support: String
    let note: String
    let reason: String
    let takeaway: String
    let decision: String
    /// From the manager, and back.
    let praise: String
    let wish: String
    let promises: [Promise]
    let oath: String

    struct Item: Sendable {
        let title: String
        let minutes: Int
        let ending: AgendaItem.Ending
        var isManagers = false
    }

    struct Promise: Sendable {
        let body: String
        var isManagers = false
    }

    static let all = [
        Theme(
            purpose: .role, minutes: 45, title: "Which decisions are mine in {work}",
            message: "I keep asking before I decide, and I think you would rather I didn’t. Let us draw the line.",
            desired: "Three kinds of decisions have one name beside them, and I know which I only tell you about.",
            measure: "In a month neither of us can think of a decision that waited for the other.",
            items: [
                Item(title: "Where a decision waited last month", minutes: 10, ending: .inform),
                Item(title: "Who decides what in {work}", minutes: 18, ending: .decide),
                Item(title: "What you want to hear beforehand", minutes: 9, ending: .align, isManagers: true),
            ],
            gain: ("Open questions from clinics wait less for one of us two.", 7...9, 3...5, "days"),
            challenge: "Two people told the same clinic different things in one week.",
            anecdote: "The practice manager forwarded me both mails with a single question mark.",
            support: "A sentence from you to the others about what I decide.",
            note: "Decide alone: order, wording, dates under a week. Tell: anything a clinic will notice. Ask: money.",
            reason: "It is where the others wait for us.",
            takeaway: "Most of what waited was small enough to decide on the spot.",
            decision: "Order and dates in {work} are decided without asking; anything that costs money is asked first.",
            praise: "You asked too early rather than too late, which cost time and never trust.",
            wish: "When you answer a question of mine in the open channel, the others learn to skip me.",
            promises: [
                Promise(body: "Write the three kinds of decisions down and send them round"),
                Promise(body: "Tell the team who decides in {work}", isManagers: true),
            ],
            oath: "Order and dates are decided where the work is done; what costs money is asked before."),
        Theme(
            purpose: .planning, minutes: 50, title: "What we stop to make {goal} possible",
            message:
                "There is too much in the {quarter} for one person. I would like to choose with you, not by accident.",
            desired: "One piece of work has stopped, with a day to look at it again.",
            measure: "My calendar for the week of {date} shows it.",
            items: [
                Item(title: "Where the hours of the last four weeks went", minutes: 10, ending: .inform),
                Item(title: "What would be missed least", minutes: 15, ending: .decide),
                Item(title: "{goal}: what the freed hours buy", minutes: 12, ending: .plan),
                Item(title: "How the team above us sees it", minutes: 6, ending: .inform, isManagers: true),
            ],
            gain: ("More of the week goes into what we agreed on.", 35...45, 55...70, "% of hours"),
            challenge: "Every Thursday goes into questions that somebody else could answer.",
            anecdote: "Last Thursday I wrote the same answer four times before lunch.",
            support: "Cover for the Thursday questions until {date}.",
            note: "Stop the monthly digest. Keep the visits. Thursday questions go round among three people.",
            reason: "Nothing else moves the team’s number this quarter.",
            takeaway: "Nobody has opened the monthly digest since it became weekly for one reader.",
            decision: "The monthly digest stops; we look at it again in {next month}.",
            praise: "You brought the hours instead of a feeling about the hours.",
            wish: "Say no for me when I am not in the room; I hear of new tasks from third people.",
            promises: [
                Promise(body: "Tell the four readers that the digest stops, and why"),
                Promise(body: "Find two others for the Thursday questions", isManagers: true),
            ],
            oath: "The digest stops, and the hours go into {goal} until {next month}."),
        Theme(
            purpose: .feedback, minutes: 40, title: "What to keep and what to change after {month}’s review",
            message: "I would like your view of the last weeks while we both remember them.",
            desired: "I leave with one thing to keep and one to try, each with an example.",
            measure: "I can repeat both to you in your words.",
            items: [
                Item(title: "The last four weeks, in two minutes", minutes: 5, ending: .inform),
                Item(title: "What works from where you stand", minutes: 12, ending: .feedback, isManagers: true),
                Item(title: "What would add more value", minutes: 12, ending: .feedback, isManagers: true),
                Item(title: "What I need from you", minutes: 6, ending: .feedback),
            ],
            gain: ("Reviews end on time since we send the figures ahead.", 55...62, 84...92, "% of reviews"),
            challenge: "In the review I defended a figure that I should have questioned.",
            anecdote: "It was off by one clinic, and the discussion lasted longer than the clinic’s whole setup.",
            support: "A sign from you when I go into detail too early.",
            note: "Keep: figures ahead. Try: the recommendation first, and the way there only if someone asks.",
            reason: "People follow it without asking what for.",
            takeaway: "The recommendation was right and came in minute eleven.",
            decision: "From now on reviews begin with what is asked of the room.",
            praise: "When the import failed you told the clinic before they noticed, and they thanked us for it.",
            wish: "Tell me in the week in which you see it; a month later I can only agree.",
            promises: [
                Promise(body: "Begin the next review with the recommendation"),
                Promise(body: "Give feedback on the review the same afternoon", isManagers: true),
            ],
            oath: "The recommendation comes first, and feedback comes the same day."),
        Theme(
            purpose: .growth, minutes: 50, title: "What the next step in this job would look like",
            message:
                "No hurry, but I would like to know what you would want to see, so that I can choose what to learn.",
            desired: "We can both name the two things that are missing, and where I can practise them.",
            measure: "There is a date on which I try the first.",
            items: [
                Item(title: "What I want to be trusted with in a year", minutes: 10, ending: .inform),
                Item(title: "What is missing, seen from your side", minutes: 14, ending: .feedback, isManagers: true),
                Item(title: "Where to practise in the {next quarter}", minutes: 14, ending: .plan),
            ],
            gain: ("I ran more of the team’s weekly meetings without help.", 0...1, 3...5, "meetings"),
            challenge: "I avoid the conversations about price, and others notice.",
            anecdote: "A clinic asked what it would cost with two more rooms, and I said a colleague would call.",
            support: "Two conversations about price in which I may listen.",
            note: "Missing: saying what it costs, and handing work over before it is perfect.",
            reason: "It is the best place to practise handing over.",
            takeaway: "The next step is less about doing more and more about others doing it well.",
            decision: "{work} is handed over in part, so that somebody else learns it.",
            praise: "People come to you when they are stuck, and leave knowing more than the answer.",
            wish: "Put me in front of people once before I feel ready.",
            promises: [
                Promise(body: "Sit in on two conversations about price and write down three phrases"),
                Promise(body: "Find the two conversations", isManagers: true),
            ],
            oath: "Two conversations about price this quarter, and part of {work} in other hands."),
        Theme(
            purpose: .planning, minutes: 45, title: "How {goal} gets from plan to habit",
            message: "We have moved the number once. I want to talk about what keeps it there.",
            desired: "We know the one weekly habit that carries {goal}, and who keeps it when I am away.",
            measure: "The number has a place and a day on which somebody says it aloud.",
            items: [
                Item(title: "What moved the number, honestly", minutes: 10, ending: .inform),
                Item(title: "The habit that carries it", minutes: 14, ending: .decide),
                Item(title: "Who keeps it in {next month}", minutes: 10, ending: .plan),
            ],
            gain: ("{goal}: the number held for four weeks running.", 58...66, 70...79, "% of the aim"),
            challenge: "It slips in every week in which one of us is away.",
            anecdote: "In the week of the fair nobody looked, and it took nine days to come back.",
            support: "Five minutes in the Monday meeting.",
            note: "Monday, five minutes, one person reads the list aloud. Deputy named a week ahead.",
            reason: "The number only holds while somebody says it aloud.",
            takeaway: "It was the list on the wall, not the training, that moved the number.",
            decision: "The list is read aloud on Mondays, by a different person each month.",
            praise: "You said what did not work before anyone asked.",
            wish: "Ask me about the number even when it is good.",
            promises: [
                Promise(body: "Name who reads the list in {next month}"),
                Promise(body: "Clear five minutes in the Monday meeting", isManagers: true),
            ],
            oath: "The list is read aloud every Monday, whoever is away."),
        Theme(
            purpose: .role, minutes: 40, title: "Who speaks to a clinic when three of us could",
            message: "Three of us wrote to one clinic again. I would like a rule that we can remember.",
            desired: "A rule of one sentence for who answers a clinic.",
            measure: "Anyone in the team can say it without looking.",
            items: [
                Item(title: "Three cases from {month}", minutes: 9, ending: .inform),
                Item(title: "A rule of one sentence", minutes: 15, ending: .decide),
                Item(title: "How the other teams hear of it", minutes: 8, ending: .plan, isManagers: true),
            ],
            gain: ("Fewer clinics hear from two of us on one day.", 11...14, 4...6, "clinics a month"),
            challenge: "When nobody feels responsible, everybody answers.",
            anecdote: "A dentist in a small town got three kind mails in one hour, with two different dates.",
            support: "Agreement from the lead of the team next door.",
            note: "Whoever spoke last answers, unless the clinic’s owner says otherwise.",
            reason: "Clinics feel this before any feature.",
            takeaway: "Clinics don’t mind waiting an hour; they mind two answers.",
            decision: "Whoever spoke to a clinic last answers it, until they hand it over by name.",
            praise: "You went through forty mails to find the pattern, and then needed one line to say it.",
            wish: "When you forward something to me, leave the clinic’s owner in the loop.",
            promises: [
                Promise(body: "Write the rule at the top of the handover note"),
                Promise(body: "Agree it with the team next door", isManagers: true),
            ],
            oath: "Whoever spoke last answers, until it is handed over by name."),
        Theme(
            purpose: .feedback, minutes: 45, title: "What {work} taught us so far",
            message: "Before we go on with it I would like to hear what you see that I don’t.",
            desired: "We have decided what to do differently in the second half of {work}.",
            measure: "The change is in the plan by {date}.",
            items: [
                Item(title: "What went better than planned", minutes: 8, ending: .inform),
                Item(title: "What I would do differently", minutes: 12, ending: .feedback),
                Item(title: "What you saw from outside", minutes: 10, ending: .feedback, isManagers: true),
                Item(title: "The second half of {work}", minutes: 9, ending: .decide),
            ],
            gain: ("{work}: fewer surprises from week to week.", 8...11, 2...4, "surprises"),
            challenge: "I found out too late that two of the three people had other plans.",
            anecdote: "One of them told me in the lift, between the second and the fourth floor.",
            support: "A word with the two leads whose people I borrow.",
            note: "Second half: smaller pieces, a fixed day, and the borrowed people asked by name.",
            reason: "Half of it is done, and the useful half is next.",
            takeaway: "The plan was fine; the promises behind it were not ours to make.",
            decision: "{work} goes on in pieces of two weeks, with people who have said yes themselves.",
            praise: "You kept the others informed when there was nothing good to say.",
            wish: "Warn me when you promise something on my behalf.",
            promises: [
                Promise(body: "Cut the second half of {work} into pieces of two weeks"),
                Promise(body: "Ask the two leads for their people by name", isManagers: true),
            ],
            oath: "Smaller pieces from now on, with people who have said yes themselves."),
        Theme(
            purpose: .planning, minutes: 50, title: "What the {next quarter} asks of {goal}",
            message: "The quarter ends in a few weeks. I would like to bring a proposal instead of a report.",
            desired: "We agree what {goal} aims for in the {next quarter}, and what it costs.",
            measure: "The aim is one number, and both of us would bet on it.",
            items: [
                Item(title: "Where {goal} stands, and why", minutes: 9, ending: .inform),
                Item(title: "A proposal for the {next quarter}", minutes: 16, ending: .decide),
                Item(title: "What it costs elsewhere", minutes: 10, ending: .align),
                Item(title: "What is changing above us", minutes: 6, ending: .inform, isManagers: true),
            ],
            gain: ("Forecast and result come closer.", 22...28, 8...13, "% apart"),
            challenge: "The aim of this quarter was reached by luck in one of three months.",
            anecdote: "One large practice moved its opening forward and saved our number.",
            support: "An early word about budgets, even if it is a guess.",
            note: "Aim: half as far as proposed, twice as sure. Cost: nothing new before {next month}.",
            reason: "It carries the team’s first priority.",
            takeaway: "We know what to do for two thirds of the aim; the last third is hope.",
            decision: "{goal} aims for two thirds, and the rest is looked at half way through.",
            praise: "You brought the cost together with the aim.",
            wish: "Tell me what is still open above you, even when it is not decided.",
            promises: [
                Promise(body: "Write the aim and its cost on one page"),
                Promise(body: "Say what is known about budgets", isManagers: true),
            ],
            oath: "Two thirds of the aim, surely, and an honest look half way."),
        Theme(
            purpose: .growth, minutes: 40, title: "Learning to hand {work} over before it is perfect",
            message: "I hold on to things. I would like to try something different with you watching.",
            desired: "There is a day on which somebody else takes over a part, and I don’t take it back.",
            measure: "Two weeks later I have not touched it.",
            items: [
                Item(title: "What I hold on to, and why", minutes: 9, ending: .inform),
                Item(title: "Which part goes first, and to whom", minutes: 14, ending: .decide),
                Item(title: "How you will notice that I take it back", minutes: 7, ending: .align, isManagers: true),
            ],
            gain: ("Parts of my work that a colleague can do.", 1...2, 3...5, "parts"),
            challenge: "I corrected a colleague’s note in the evening, and she noticed.",
            anecdote: "She asked whether she should stop writing them.",
            support: "Patience when the first weeks look worse.",
            note: "The weekly note goes first. It may be worse for three weeks.",
            reason: "It frees the hours that everything else needs.",
            takeaway: "It costs three worse weeks to gain every week after.",
            decision: "The weekly note changes hands, and stays there for three weeks whatever it looks like.",
            praise: "You named the habit before I had to.",
            wish: "Don’t bring the small errors to me during the three weeks.",
            promises: [
                Promise(body: "Hand the weekly note over, with last month’s as examples"),
                Promise(body: "Send errors in the note to its new writer", isManagers: true),
            ],
            oath: "The weekly note has a new writer, and three weeks of peace."),
    ]
}
