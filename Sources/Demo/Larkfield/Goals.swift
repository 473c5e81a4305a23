// What Larkfield is after: the company, its teams, its people. All of it invented.
import Throughline

/// The invented company.
enum Larkfield {
    static let name = "Larkfield"

    // Titles that sessions mention.
    static let going = "New clinics get going without waiting on us"
    static let stay = "Clinics that join us stay"
    static let trust = "Reception teams trust the calendar"
    static let firstMonth = "One person owns a clinic’s first 30 days"
    static let fewerCalls = "A new clinic needs us half as often in its first month"
    static let results = "Clinics see their own results before renewal"
    static let imports = "Patient lists import first time"
    static let noDoubles = "No appointment is ever booked twice"
    static let namedOwner = "Every contract names who owns the first month"
    static let twoMinutes = "A clinic reaches a person within two minutes"
    static let firstWeek = "The first week runs itself"
    static let dayOne = "Reception can book on day one"
    static let nineSteps = "Setting up takes nine steps, not fourteen"
    static let pilot = "Handoff owner pilot, six clinics"
    static let migration = "Help-centre migration"
    static let firstDayScript = "First-day script for reception"
    static let checklist = "Setup checklist inside the product"

    static let goals = company + teams + own

    private static let company = [
        Goal(
            title: going, group: .company, owner: .leila,
            description: "From the signed contract to the first online booking within seven days.", priority: 1,
            standings: [
                (380, "22 days of 7"), (290, "21 days of 7"), (200, "19 days of 7"), (110, "16 days of 7"),
                (48, "13 days of 7"), (9, "11 days of 7, from 19 half a year ago"),
            ]),
        Goal(
            title: stay, group: .company, owner: .leila,
            description: "Of a hundred clinics that sign, at most nine leave within their first year.", priority: 2,
            standings: [
                (380, "15.1% leave, aiming for 9%"), (200, "14.2% leave, aiming for 9%"),
                (96, "12.6% leave, aiming for 9%"), (15, "11.8% leave, aiming for 9%"),
            ]),
        Goal(
            title: trust, group: .company, owner: .yusuf,
            description: "Double bookings in a thousand appointments, and what receptionists say when we ask.",
            priority: 3,
            standings: [
                (380, "4.4 double bookings in 1,000"), (220, "3.1 in 1,000, aiming for 0.5"),
                (100, "1.6 in 1,000, aiming for 0.5"), (10, "0.9 in 1,000, aiming for 0.5"),
            ]),
    ]

    private static let teams = [
        Goal(
            title: firstMonth, group: .crew(.growth), owner: .joost,
            description: "New clinics whose contract names one of us on day one, who stays with them until day 30.",
            priority: 1, since: 210,
            standings: [(210, "22% of new clinics"), (90, "41% of 95%"), (3, "58% of 95%")], supports: [going, stay]),
        Goal(
            title: fewerCalls, group: .crew(.growth), owner: .kwame,
            description: "Support contacts per clinic in its first 30 days.", priority: 2, since: 300,
            standings: [(300, "9.2 contacts a clinic"), (150, "7.8, aiming for 4"), (11, "6.1, aiming for 4")],
            supports: [going]),
        Goal(
            title: results, group: .crew(.growth), owner: .kwame,
            description: "Clinics whose owner opens the results page each month without being reminded.", priority: 3,
            since: 240, standings: [(240, "31% of clinics"), (33, "38% of 70%")], supports: [stay]),
        Goal(
            title: imports, group: .crew(.onboarding), owner: .rafael,
            description: "A clinic’s list of patients comes in at the first try, whatever it was kept in.", priority: 1,
            since: 280,
            standings: [(280, "64% of imports"), (120, "71% of imports"), (26, "90% of 95%")],
            supports: [going, firstMonth]),
        Goal(
            title: "Four specialists can each run a first week alone", group: .crew(.onboarding), owner: .ana,
            priority: 2, since: 170, standings: [(170, "One of four"), (60, "Two of four"), (20, "Three of four")],
            supports: [firstMonth]),
        Goal(
            title: noDoubles, group: .crew(.product), owner: .yusuf, priority: 1, since: 380,
            standings: [(380, "4.4 in 1,000"), (150, "2.2 in 1,000"), (10, "0.9 in 1,000, aiming for 0.5")],
            supports: [trust]),
        Goal(
            title: "A cancelled slot is filled within the hour", group: .crew(.product), owner: .lucia, priority: 2,
            since: 200, standings: [(200, "24% of slots"), (70, "33% of 60%"), (17, "39% of 60%")],
            supports: [trust, stay]),
        Goal(
            title: namedOwner, group: .crew(.sales), owner: .tomasz, priority: 1, since: 120,
            standings: [(120, "None"), (50, "44% of new contracts"), (12, "58% of new contracts")],
            supports: [firstMonth, going]),
        Goal(
            title: "A price that a clinic can explain to its partners", group: .crew(.sales), owner: .bertrand,
            priority: 2, since: 160, standings: [(160, "Seven price lists"), (30, "Three of seven price lists left")],
            supports: [stay]),
        Goal(
            title: twoMinutes, group: .crew(.support), owner: .siobhan, priority: 1, since: 380,
            standings: [(380, "5 min 40"), (190, "3 min 50"), (14, "2 min 50, aiming for 2")], supports: [stay]),
        Goal(
            title: "Every stuck clinic is seen by somebody on the day", group: .crew(.support), owner: .siobhan,
            priority: 2, since: 130, standings: [(130, "A spreadsheet"), (21, "31 clinics on the list, from 48")],
            supports: [going]),
        Goal(
            title: "Everybody meets their manager about what matters, once a month", group: .crew(.people),
            owner: .greta, priority: 1, since: 380,
            standings: [(380, "Nobody knows"), (180, "61% of pairs"), (20, "83% of pairs")]),
    ]

    private static let own = [
        Goal(
            title: firstWeek, group: .own, owner: .ana,
            description: "Setup steps that a clinic finishes without help.", priority: 1, since: 230,
            standings: [
                (230, "31% of 75%"), (170, "38% of 75%"), (108, "44% of 75%"), (52, "52% of 75%"), (4, "61% of 75%"),
            ], supports: [firstMonth, going, imports]),
        Goal(
            title: dayOne, group: .own, owner: .ana,
            description: "Receptionists who book unaided on their first day.", priority: 2, since: 230,
            standings: [(230, "41% of 85%"), (130, "49% of 85%"), (52, "54% of 85%"), (4, "57% of 85%")],
            supports: [firstMonth, trust, fewerCalls]),
        Goal(
            title: nineSteps, group: .own, owner: .ana, priority: 1, since: 378,
            standings: [(378, "Fourteen steps"), (320, "Twelve steps"), (270, "Ten steps")], supports: [going],
            due: -200,
            ending: (232, .reached, "Nine since the release; the tenth was two fields nobody read.")),
        Goal(
            title: "New clinics name us ahead of their old supplier", group: .own, owner: .joost, priority: 1,
            since: 370,
            standings: [
                (370, "Not asked"), (180, "54% would choose us again"), (25, "66% of 75% would choose us again"),
            ],
            supports: [stay, firstMonth]),
        Goal(
            title: "Sales and Onboarding tell a clinic the same story", group: .own, owner: .joost, priority: 2,
            since: 300, standings: [(300, "Two slide decks"), (40, "One deck, two versions of page six")],
            supports: [going, firstMonth]),
        Goal(
            title: "Three people could do my job", group: .own, owner: .joost, since: 250,
            standings: [(250, "One, on a good day"), (35, "Ana nearly; Kwame on renewals")]),
        Goal(
            title: "The company plans from what clinics do, not from what they say", group: .own, owner: .leila,
            priority: 1, since: 360,
            standings: [(360, "Two reviews a year"), (30, "Every quarter, three teams of five")],
            supports: [going, stay]),
        Goal(
            title: "Support and Growth count the same clinics", group: .own, owner: .leila, priority: 2, since: 200,
            standings: [(200, "31 clinics differ"), (22, "12 clinics differ")], supports: [stay]),
        Goal(
            title: "Nine in ten imports need nobody", group: .own, owner: .rafael, priority: 1, since: 270,
            standings: [(270, "64%"), (120, "71%"), (26, "90% of 90%, eleven weeks running")], supports: [imports]),
        Goal(
            title: "Two others can mend an import", group: .own, owner: .rafael, priority: 2, since: 150,
            standings: [(150, "Nobody else"), (40, "Priya can; Fenna mends the common three")], supports: [imports]),
        Goal(
            title: "One first-day script in place of three", group: .own, owner: .hanne, priority: 1, since: 140,
            standings: [(140, "Three scripts"), (9, "One draft, shown to two receptions")], supports: []),
        Goal(
            title: "The first screen needs no tour", group: .own, owner: .hanne, priority: 2, since: 200,
            standings: [(200, "62% skip the tour and get lost"), (28, "48% find the calendar by themselves")],
            supports: [going]),
        Goal(
            title: "My clinics book online by day ten", group: .own, owner: .fenna, priority: 1, since: 180,
            standings: [(180, "Day 17"), (18, "Day 11")], supports: [going]),
        Goal(
            title: "The Leeds clinics have somebody of their own", group: .own, owner: .idris, priority: 1, since: 160,
            standings: [(160, "Two of nine"), (18, "Six of nine")], supports: [firstMonth]),
        Goal(
            title: "No renewal surprises us", group: .own, owner: .kwame, priority: 1, since: 330,
            standings: [(330, "Seven surprises a quarter"), (30, "Two last quarter")], supports: [stay]),
        Goal(
            title: "Owners ask us about their results", group: .own, owner: .kwame, priority: 2, since: 200,
            standings: [(200, "Four owners asked"), (33, "Eleven owners asked")], supports: [results]),
        Goal(
            title: "Every success manager can read a churn table", group: .own, owner: .meiLing, priority: 1,
            since: 210,
            standings: [(210, "Two of six"), (28, "Five of six")], supports: [stay]),
        Goal(
            title: "My thirty clinics all renew", group: .own, owner: .sanne, priority: 1, since: 300,
            standings: [(300, "26 of 30"), (24, "28 of 30, one in doubt")], supports: [stay]),
        Goal(
            title: "American clinics find us awake", group: .own, owner: .emily, priority: 1, since: 220,
            standings: [(220, "Answer the next morning"), (24, "Answered within the hour, 71%")], supports: [stay]),
        Goal(
            title: "A rota that nobody has to beg for", group: .own, owner: .siobhan, priority: 1, since: 240,
            standings: [(240, "11 swaps a week"), (26, "4 swaps a week")], supports: [twoMinutes]),
        Goal(
            title: "The ten commonest questions answer themselves", group: .own, owner: .noor, priority: 1, since: 190,
            standings: [(190, "Two of ten"), (16, "Six of ten")], supports: [twoMinutes]),
        Goal(
            title: "Ghent’s clinics know me by name", group: .own, owner: .pieter, priority: 1, since: 170,
            standings: [(170, "Five of 22"), (16, "14 of 22")], supports: [twoMinutes]),
        Goal(
            title: "Hand every night call over with a next step", group: .own, owner: .aoife, priority: 1, since: 150,
            standings: [(150, "58%"), (16, "87%")], supports: [twoMinutes]),
        Goal(
            title: "One roadmap that Sales can show", group: .own, owner: .yusuf, priority: 1, since: 260,
            standings: [(260, "Three roadmaps"), (31, "One, with a page that is not for showing")], supports: [trust]),
        Goal(
            title: "The waiting list works without a phone call", group: .own, owner: .lucia, priority: 1, since: 200,
            standings: [(200, "Sketches"), (17, "In four clinics")], supports: [trust]),
        Goal(
            title: "Two people can change the same day at once", group: .own, owner: .jonas, priority: 1, since: 180,
            standings: [(180, "The last one wins"), (17, "Merged in 97% of cases")], supports: [noDoubles]),
        Goal(
            title: "Any spreadsheet in, one patient list out", group: .own, owner: .priya, priority: 1, since: 180,
            standings: [(180, "11 formats"), (17, "19 of 24 formats")], supports: [going]),
        Goal(
            title: "We turn away clinics that won’t fit", group: .own, owner: .tomasz, priority: 1, since: 230,
            standings: [(230, "None turned away"), (27, "Nine turned away, two came back ready")], supports: [stay]),
        Goal(
            title: "One price list for everybody", group: .own, owner: .bertrand, priority: 1, since: 160,
            standings: [(160, "Seven"), (30, "Three of seven left")], supports: [stay]),
        Goal(
            title: "Ten clinics in Norway", group: .own, owner: .ingrid, priority: 1, since: 140,
            standings: [(140, "One"), (20, "Six")], supports: [going]),
        Goal(
            title: "My contracts name the owner before they are signed", group: .own, owner: .callum, priority: 1,
            since: 118, standings: [(118, "None"), (19, "Eight of eleven")], supports: [namedOwner]),
        Goal(
            title: "Every new manager has a first session in their first month", group: .own, owner: .oskar,
            priority: 1,
            since: 170, standings: [(170, "Two of five"), (20, "Four of five")]),
        Goal(
            title: "We hire for the next clinic, not the last gap", group: .own, owner: .greta, priority: 1, since: 220,
            standings: [(220, "Nine roles open, four of them replacements"), (20, "Five open, one a replacement")]),
        Goal(
            title: "Two countries done properly before a third", group: .own, owner: .marieke, priority: 1, since: 300,
            standings: [(300, "Five countries, thinly"), (28, "Netherlands and Belgium profitable; Britain close")],
            supports: [stay]),
    ]

    static let tasks = [
        CurrentWork(
            title: pilot, owner: .ana, hours: "10", since: 74,
            standings: [(74, "Six clinics chosen"), (30, "Three weeks in"), (6, "Six weeks in, first numbers")],
            serves: [firstWeek, "Four specialists can each run a first week alone"]),
        CurrentWork(
            title: checklist, owner: .ana, hours: "12", since: 190,
            standings: [(190, "Sketched"), (120, "Half built"), (20, "In use by 40 clinics")],
            serves: [firstWeek, imports]),
        CurrentWork(
            title: firstDayScript, owner: .ana, hours: "6", since: 130,
            standings: [(130, "Three drafts"), (12, "One draft, with Hanne")], serves: [dayOne]),
        CurrentWork(
            title: migration, owner: .ana, hours: "4", since: 165,
            standings: [(165, "Planned"), (90, "35% moved"), (18, "60% done")]),
        CurrentWork(
            title: "Release of the nine-step setup", owner: .ana, hours: "14", since: 376,
            standings: [(376, "Drawn"), (300, "In test with eight clinics")], serves: [nineSteps],
            ending: (235, .done, "Out two weeks late, and worth it.")),
        CurrentWork(
            title: "Growth review, every second Monday", owner: .joost, hours: "4", since: 360,
            standings: [(360, "Eleven people, no decisions"), (40, "Seven people, decisions sent ahead")],
            serves: ["New clinics name us ahead of their old supplier"]),
        CurrentWork(
            title: "One deck for Sales and Onboarding", owner: .joost, hours: "5", since: 200,
            standings: [(200, "Collecting"), (33, "Nine of eleven pages agreed")],
            serves: ["Sales and Onboarding tell a clinic the same story"]),
        CurrentWork(
            title: "Hiring two specialists for Ghent", owner: .joost, hours: "3", since: 80,
            standings: [(80, "Advertised"), (12, "Both signed")], serves: [firstMonth]),
        CurrentWork(
            title: "Quarterly review of what clinics do", owner: .leila, hours: "4", since: 280,
            standings: [(280, "Template agreed"), (25, "Third round done")],
            serves: ["The company plans from what clinics do, not from what they say"]),
        CurrentWork(
            title: "One list of clinics for Support and Growth", owner: .leila, hours: "2", since: 120,
            standings: [(120, "Two lists"), (22, "12 rows to settle")],
            serves: ["Support and Growth count the same clinics"]),
        CurrentWork(
            title: "Importer for paper diaries that were scanned", owner: .rafael, hours: "14", since: 110,
            standings: [(110, "First trial"), (14, "Reads nine diaries in ten")],
            serves: ["Nine in ten imports need nobody"]),
        CurrentWork(
            title: "Runbook for broken imports", owner: .rafael, hours: "4", since: 100,
            standings: [(100, "Headings"), (16, "Covers the commonest eight")],
            serves: ["Two others can mend an import"]),
        CurrentWork(
            title: "First-day script, tried at three receptions", owner: .hanne, hours: "12", since: 90,
            standings: [(90, "Drafted"), (9, "Two of three receptions seen")],
            serves: ["One first-day script in place of three", trust]),
        CurrentWork(
            title: "Empty first screen", owner: .hanne, hours: "10", since: 120,
            standings: [(120, "Four sketches"), (21, "One in test")], serves: ["The first screen needs no tour"]),
        CurrentWork(
            title: "Eleven clinics in setup", owner: .fenna, hours: "26", since: 60,
            standings: [(60, "Seven clinics"), (6, "Eleven clinics, two stuck")],
            serves: ["My clinics book online by day ten"]),
        CurrentWork(
            title: "Handoff for nine Leeds clinics", owner: .idris, hours: "22", since: 90,
            standings: [(90, "Two handed over"), (8, "Six handed over")],
            serves: ["The Leeds clinics have somebody of their own"]),
        CurrentWork(
            title: "Renewal calendar", owner: .kwame, hours: "8", since: 150,
            standings: [(150, "A spreadsheet"), (20, "Six months ahead, kept weekly")],
            serves: ["No renewal surprises us"]),
        CurrentWork(
            title: "Churn, split by time to first booking", owner: .meiLing, hours: "8", since: 45,
            standings: [(45, "Data agreed"), (8, "First table, one clinic group missing")],
            serves: ["Every success manager can read a churn table", stay]),
        CurrentWork(
            title: "Weekly letter to thirty clinics", owner: .sanne, hours: "4", since: 140,
            standings: [(140, "First issue"), (13, "19 open it every week")], serves: ["My thirty clinics all renew"]),
        CurrentWork(
            title: "Boston hours, twice a week", owner: .emily, hours: "10", since: 130,
            standings: [(130, "Tuesdays only"), (15, "Tuesdays and Thursdays")],
            serves: ["American clinics find us awake"]),
        CurrentWork(
            title: "Rota with swaps that settle themselves", owner: .siobhan, hours: "4", since: 120,
            standings: [(120, "Trial with three people"), (26, "Everybody")],
            serves: ["A rota that nobody has to beg for"]),
        CurrentWork(
            title: "Answers inside the calendar", owner: .noor, hours: "16", since: 100,
            standings: [(100, "Two answers"), (16, "Six answers live")],
            serves: ["The ten commonest questions answer themselves"]),
        CurrentWork(
            title: "Round of visits in Ghent", owner: .pieter, hours: "6", since: 80,
            standings: [(80, "Planned"), (16, "14 of 22 visited")], serves: ["Ghent’s clinics know me by name"]),
        CurrentWork(
            title: "Night handover note", owner: .aoife, hours: "3", since: 90,
            standings: [(90, "Trial"), (16, "In use every night")],
            serves: ["Hand every night call over with a next step"]),
        CurrentWork(
            title: "Roadmap that can be shown", owner: .yusuf, hours: "5", since: 150,
            standings: [(150, "Arguing about dates"), (31, "Quarters, no dates")],
            serves: ["One roadmap that Sales can show"]),
        CurrentWork(
            title: "Waiting list, four clinics", owner: .lucia, hours: "18", since: 100,
            standings: [(100, "One clinic"), (17, "Four clinics, 39% of slots filled")],
            serves: ["The waiting list works without a phone call"]),
        CurrentWork(
            title: "Merging two edits of one day", owner: .jonas, hours: "24", since: 110,
            standings: [(110, "Prototype"), (17, "Live for half the clinics")],
            serves: ["Two people can change the same day at once"]),
        CurrentWork(
            title: "Reader for dentists’ spreadsheets", owner: .priya, hours: "20", since: 70,
            standings: [(70, "11 formats"), (17, "19 formats")], serves: ["Any spreadsheet in, one patient list out"]),
        CurrentWork(
            title: "A page that says whom we don’t suit", owner: .tomasz, hours: "3", since: 90,
            standings: [(90, "Draft"), (27, "Read aloud in every first call")],
            serves: ["We turn away clinics that won’t fit"]),
        CurrentWork(
            title: "Moving clinics off four old price lists", owner: .bertrand, hours: "18", since: 120,
            standings: [(120, "Letters written"), (30, "Four lists closed")], serves: ["One price list for everybody"]),
        CurrentWork(
            title: "Oslo and Bergen, first ten calls", owner: .ingrid, hours: "20", since: 60,
            standings: [(60, "Four calls"), (20, "Six clinics signed")], serves: ["Ten clinics in Norway"]),
        CurrentWork(
            title: "Owner’s name in the contract template", owner: .callum, hours: "4", since: 100,
            standings: [(100, "With the lawyers"), (19, "In use in Britain")],
            serves: ["My contracts name the owner before they are signed"]),
        CurrentWork(
            title: "First month of a manager, in five pages", owner: .oskar, hours: "8", since: 110,
            standings: [(110, "Two pages"), (20, "Five pages, tried by four managers")],
            serves: ["Every new manager has a first session in their first month"]),
    ]
}
