// Kinds of teams that are made up: what such a team is for, who is in it, what they are after and work on.

struct TeamKind: Sendable {
    let name: String
    let purpose: String
    let lead: String
    let jobs: [String]
    let objective: String
    let standing: String
    /// A title, and how it stands.
    let goals: [(title: String, standing: String)]
    /// A title, how it stands, and hours a week.
    let work: [(title: String, standing: String, hours: Double)]

    static let all = [onboarding, support, success, engineering, sales]

    private static let onboarding = TeamKind(
        name: "Onboarding", purpose: "Clinics of the region book online within ten days of signing.",
        lead: "Onboarding team lead", jobs: ["Onboarding specialist", "Trainer", "Data migration specialist"],
        objective: "Every clinic of ours books online by day ten", standing: "Day 12, from 17",
        goals: [
            ("My clinics take their first booking in a week", "8 days, from 13"),
            ("No clinic asks twice for the same help", "22% ask twice, from 40%"),
            ("Two receptions a month learn without a visit", "One a month"),
            ("Opening hours are right on the first try", "81% right, from 66%"),
            ("The weekly call gets shorter as a clinic grows up", "25 minutes by week three"),
            ("Every handover note names the next step", "88% of notes"),
        ],
        work: [
            ("Six clinics in setup", "Four book online, two wait for their lists", 22),
            ("Short films for receptionists", "Three of five recorded", 6),
            ("Calendar rules of group practices", "Written for dentists, not yet for physiotherapists", 8),
            ("Saturday openings", "Tried twice", 3),
            ("Checklist for the second week", "In use by half the team", 5),
        ])

    private static let support = TeamKind(
        name: "Support", purpose: "Whoever calls speaks to somebody who can help, at once.",
        lead: "Support team lead", jobs: ["Support specialist", "Support engineer", "Evening support"],
        objective: "Nine of ten questions are settled in the first call", standing: "84%, from 71%",
        goals: [
            ("I settle what I pick up", "86% in the first call, from 74%"),
            ("The commonest five questions answer themselves", "Three of five"),
            ("No clinic waits over a weekend", "Two last month, from nine"),
            ("What breaks twice is reported once, well", "11 reports, 9 mended"),
            ("Evening calls end with a name for the morning", "91% of calls"),
            ("Clinics hear back before they ask again", "78% of open questions"),
        ],
        work: [
            ("Answers for the help panel", "14 written, 9 live", 8),
            ("Rota for the school holidays", "Drafted, two gaps", 3),
            ("Calls about printing", "Cause found, waits for a release", 6),
            ("Training for two new colleagues", "Third week", 10),
            ("List of stuck clinics", "Read aloud every Monday", 2),
        ])

    private static let success = TeamKind(
        name: "Customer Success", purpose: "Clinics see what they get from us before they are asked to renew.",
        lead: "Customer success lead", jobs: ["Customer success manager", "Renewals manager", "Results analyst"],
        objective: "No renewal of ours is a surprise", standing: "Three surprises last quarter, from eight",
        goals: [
            ("My clinics open their results each month", "41%, from 29%"),
            ("Every clinic has met me in its first month", "19 of 26"),
            ("Renewals are settled a month ahead", "68%, from 45%"),
            ("Owners know their no-shows by heart", "12 of 26 when asked"),
            ("Quiet clinics hear from me first", "Within nine days, from 24"),
            ("One story a month that another clinic can use", "Seven stories this year"),
        ],
        work: [
            ("Renewals of the quarter", "14 settled, 5 open", 16),
            ("Visits to quiet clinics", "Six of nine visited", 8),
            ("Letter with the clinic’s own numbers", "Second issue out", 5),
            ("Notes on why clinics leave", "Eleven conversations", 4),
            ("Price change for small practices", "Everyone told, two unhappy", 6),
        ])

    private static let engineering = TeamKind(
        name: "Engineering", purpose: "What receptionists touch all day never makes them wait or wonder.",
        lead: "Engineering manager", jobs: ["Engineer", "Senior engineer", "Test engineer", "Designer"],
        objective: "The calendar answers within a tenth of a second", standing: "140 ms, from 310 ms",
        goals: [
            ("Releases that nobody notices", "17 of 19 without a call"),
            ("The slowest page is no longer slow", "0.9 s, from 2.4 s"),
            ("Anyone in the team can mend reminders", "Three of six"),
            ("A failed import says what to do", "9 of 14 messages rewritten"),
            ("Tests that people trust", "Two flaky ones left, from 31"),
            ("The waiting list copes with a flu season", "Twice last year’s load in trials"),
        ],
        work: [
            ("Reminders on the new queue", "Half the clinics moved", 20),
            ("Search in the patient list", "In trial with nine clinics", 18),
            ("Old sign-in pages", "One of three retired", 6),
            ("On-call runbook", "Covers the commonest ten alarms", 4),
            ("Accessibility of the day view", "Keyboard done, screen reader next", 12),
        ])

    private static let sales = TeamKind(
        name: "Sales", purpose: "Clinics that fit, told the truth about their first month.",
        lead: "Sales team lead", jobs: ["Account executive", "Partnerships", "Sales engineer"],
        objective: "Clinics that we sign are still here in two years", standing: "86%, from 79%",
        goals: [
            ("A first call that ends with a date or a no", "74% of calls, from 51%"),
            ("Group practices ask for us by name", "Nine this quarter"),
            ("Nobody signs without meeting their owner", "61% of contracts"),
            ("My forecast is right to one clinic in ten", "Off by 12%"),
            ("Half of new clinics come from old ones", "38%, from 24%"),
            ("Proposals fit on two pages", "All but two"),
        ],
        work: [
            ("Pipeline of the quarter", "23 clinics, 9 likely", 18),
            ("Two-page proposal", "In use, one table too many", 4),
            ("Fair for physiotherapists", "Stand booked, talks open", 6),
            ("Questions about data protection", "Standard answers with the lawyers", 3),
            ("Visits with onboarding", "One a fortnight", 5),
        ])
}
