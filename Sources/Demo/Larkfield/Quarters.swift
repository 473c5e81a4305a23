// Larkfield's quarters: what was committed to, how it went week by week, and what was learnt. All of it invented.
import Throughline

extension Larkfield {
    static let values = [
        (name: "Reception comes first", description: "Whoever answers the clinic’s phone decides whether we did well."),
        (name: "We say what is", description: "Also when it is late, and before anybody asks."),
        (name: "Leave it easier than it was", description: "For the next clinic, and for whoever has it after us."),
    ]

    /// The quarters, counted from the one that it is now.
    static let quarters = [
        Quarter(offset: -2, objectives: twoQuartersAgo), Quarter(offset: -1, objectives: lastQuarter),
        Quarter(offset: 0, objectives: thisQuarter),
    ]

    private static let twoQuartersAgo = [
        Pledge(
            "A clinic can be set up without a call", .company, .leila,
            [
                Outcome(
                    "Setup calls per new clinic", "calls", 4.1, 2, by: .joost,
                    [4.1, 4, 3.9, 3.9, 3.6, 3.4, 3.3, 3.1, 2.9, 2.9, 2.7, 2.6, 2.6],
                    sure: [7, 7, 6, 6, 6, 7, 7, 6, 6, 6, 6, 5, 5])
            ],
            ending: Ending(
                score: "0.7", learnt: "The calls that are left are about price, not about setting up.", choice: "stop")),
        Pledge(
            "Imports stop being a project of their own", .crew(.onboarding), .ana,
            [
                Outcome(
                    "Imports that needed an engineer", "%", 44, 20, by: .rafael,
                    [44, 43, 41, 40, 38, 36, 35, 33, 31, 30, 29, 29, 29],
                    sure: [8, 8, 8, 7, 7, 6, 6, 5, 5, 4, 4, 3, 3])
            ],
            ending: Ending(
                score: "0.6", learnt: "Four formats make nine tenths of the trouble; we tried to mend eleven.",
                choice: "stop")),
    ]

    private static let lastQuarter = [
        Pledge(
            "New clinics book within a fortnight", .company, .leila,
            [
                Outcome(
                    "Days from contract to first booking, new clinics", "days", 19, 13, by: .joost,
                    [19, 19, 18, 18, 17, 16, 16, 15, 15, 15, 14, 14, 14],
                    sure: [6, 6, 6, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8]),
                Outcome(
                    "Clinics that booked within 14 days", "%", 31, 50, by: .joost,
                    [31, 31, 33, 34, 36, 38, 39, 41, 42, 43, 45, 46, 46],
                    sure: [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]),
            ],
            ending: Ending(
                score: "0.8", learnt: "Where one person owned the first month, it took eight days; elsewhere nineteen.",
                choice: "stop")),
        Pledge(
            "Renewals hold no surprises", .crew(.growth), .kwame,
            [
                Outcome(
                    "Renewals decided a month ahead", "%", 20, 80, by: .kwame,
                    [20, 22, nil, nil, 30, nil, 34, nil, nil, 41, nil, 44, 44],
                    sure: [8, 8, 8, 8, 8, 8, 8, 8, 8, 7, 7, 6, 5])
            ],
            supports: ["New clinics book within a fortnight"],
            ending: Ending(
                score: "0.4",
                learnt: "We were sure of it for ten weeks because nobody looked; now it is looked at on Fridays.",
                choice: "change")),
        Pledge(
            "A setup that does not ask twice", .crew(.onboarding), .ana,
            [
                Outcome(
                    "Steps that ask for what we know", "steps", 6, 0, by: .hanne,
                    [6, 6, 5, 5, 4, 4, 3, 2, 2, 1, 1, 0, 0],
                    sure: [6, 6, 6, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10]),
                Outcome(
                    "The nine-step setup is in use everywhere",
                    steps: ["Eight clinics", "Forty clinics", "Everywhere (2)"],
                    by: .ana, done: [0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3],
                    sure: [6, 6, 7, 7, 7, 7, 8, 8, 8, 8, 9, 9, 10]),
            ],
            supports: ["New clinics book within a fortnight"],
            ending: Ending(
                score: "1", learnt: "Taking questions away did more than explaining them better.", choice: "stop")),
        Pledge(
            "Night calls are handed over, not passed on", .crew(.support), .siobhan,
            [
                Outcome(
                    "Night calls with a next step", "%", 58, 90, by: .aoife,
                    [58, 60, 63, 66, 70, 72, 75, 78, 80, 82, 84, 86, 87], sure: [6, 6, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8])
            ],
            ending: Ending(
                score: "0.9", learnt: "The note is written while the caller is still on the line, or never.",
                choice: "stop")),
    ]

    private static let thisQuarter = [
        Pledge(
            going, .company, .leila,
            [
                Outcome(
                    "Days from contract to first online booking", "days", 19, 7, by: .joost,
                    [18, 17, 16, 14, 13, 12, 11, 10, 10, 9, 9, 8, 8], sure: [7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8, 8],
                    said: [6: "Clinics with one owner booked in eight days; the others still take nineteen."]),
                Outcome(
                    "Clinics live within 14 days", "%", 46, 80, by: .joost,
                    [48, 50, 53, 56, 59, 61, 63, 66, 68, 70, 73, 75, 77], sure: [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]),
            ], isHere: true, holds: [0: ("supports", "They book without waiting for us to call back.")]),
        Pledge(
            stay, .company, .leila,
            [
                Outcome(
                    "Clinics that leave in their first year", "%", 14.2, 8, by: .meiLing,
                    [14, 13.6, 13.1, 12.6, 12.4, 12, 11.8, 11.5, 11.3, 11, 10.8, 10.5, 10.3],
                    sure: [7, 7, 6, 6, 5, 5, 5, 5, 5, 5, 5, 5, 5],
                    eased: Eased(week: 4, to: 9, why: "Eight takes a second renewal round; it comes in spring"),
                    said: [6: "The split by time to first booking points at the first month again."])
            ], isHere: true),
        Pledge(
            trust, .company, .yusuf,
            [
                Outcome(
                    "Double bookings in 1,000 appointments", "", 3.1, 0.5, by: .yusuf,
                    [2.8, 2.4, 2, 1.7, 1.3, 1.1, 0.9, 0.8, 0.8, 0.7, 0.7, 0.6, 0.6],
                    sure: [8, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9])
            ], isHere: true, holds: [0: ("supports", "Reception believes the screen."), 2: ("neutral", "")]),
        Pledge(
            firstMonth, .crew(.growth), .joost,
            [
                Outcome(
                    "New clinics with a named owner on day one", "%", 22, 95, by: .kwame,
                    [27, 33, 39, 46, 52, 58, 58, 60, 63, 66, 70, 73, 77],
                    sure: [7, 7, 7, 6, 6, 5, 5, 5, 5, 5, 5, 5, 5],
                    said: [6: "Flat for two weeks: Leeds has nobody to name until January."]),
                Outcome(
                    "Support contacts per clinic, first 30 days", "", 9.2, 4, by: .sanne,
                    [8.9, 8.5, 7.9, 7.4, 7, 6.5, 6.1, 5.9, 5.6, 5.3, 5, 4.8, 4.5],
                    sure: [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]),
            ], isHere: true,
            holds: [1: ("supports", "A name in the contract says who is to be asked."), 0: ("supports", "")]),
        Pledge(
            results, .crew(.growth), .kwame,
            [
                Outcome(
                    "Clinics that open their results each month", "%", 31, 70, by: .kwame, [35, 38], sure: [7, 6])
            ], isHere: true),
        Pledge(
            imports, .crew(.onboarding), .rafael,
            [
                Outcome(
                    "Patient lists import first time", "%", 71, 95, by: .rafael, [77, 83, 88, 90], sure: [8, 8, 8, 8]),
                Outcome(
                    "Importers for what fails most",
                    steps: [
                        "Spreadsheets with two dates", "Dentists’ spreadsheets (2)", "Diaries that were scanned (2)",
                    ],
                    by: .rafael, done: [0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3],
                    sure: [7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8],
                    isHope: true),
            ], isHere: true),
        Pledge(
            noDoubles, .crew(.product), .yusuf,
            [
                Outcome(
                    "Days that merge by themselves", "%", 90, 99, by: .jonas,
                    [91, 92, 93, 94, 96, 97, 97, 97, 98, 98, 98, 99, 99], sure: [7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8, 8, 9]),
                Outcome("No clinic keeps a paper calendar beside ours", yesNo: .lucia, [], sure: []),
            ], isHere: true),
        Pledge(
            twoMinutes, .crew(.support), .siobhan,
            [
                Outcome(
                    "Minutes until somebody answers", "minutes", keep: 0, 2, by: .siobhan,
                    [3.4, 3.3, 3.1, 3, 2.9, 2.8, 2.6, 2.4, 2.3, 2.2, 2, 1.9, 1.9],
                    sure: [6, 6, 6, 6, 6, 6, 6, 6, 6, 7, 7, 7, 7])
            ], isHere: true),
        Pledge(
            firstWeek, .own, .ana,
            [
                Outcome(
                    "Setup steps finished without help", "%", 38, 75, by: .ana,
                    [41, 44, 48, 52, 55, 59, 61, 64, 66, 68, 70, 72, 74],
                    sure: [6, 6, 7, 7, 7, 7, 7, 7, 7, 8, 8, 8, 8],
                    said: [6: "Telling people who will call, and when, keeps them at the list of patients."])
            ], isHere: true, visibility: "everyone",
            holds: [2: ("supports", "Each clinic leaves the list clearer for the next.")]),
        Pledge(
            dayOne, .own, .ana,
            [
                Outcome(
                    "Receptionists who book unaided on day one", "%", 41, 85, by: .ana,
                    [44, 46, 48, 50, 52, 54, 55, 56, 57, 58, 59, 60, 61],
                    sure: [6, 6, 5, 5, 4, 4, 4, 3, 3, 3, 3, 3, 3],
                    said: [6: "Three scripts at three receptions; with one script it moves, with three it doesn’t."])
            ], isHere: true, visibility: "everyone"),
    ]
}
