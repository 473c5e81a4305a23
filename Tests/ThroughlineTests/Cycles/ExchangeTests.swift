// Cycles out to files and in again, on every engine.
import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

/// Texts that files have trouble with.
private let awkward = "=1+1; \"quoted\", it’s – @home\n- a line\n\u{FEFF}'=2 👩‍👩‍👧 مرحبا"

extension TestProduct {
    /// A quarter with one of everything in it, above it a year.
    fileprivate func fullQuarter() async throws -> ID<Cycle> {
        let year = try await product.cycles.create(
            CycleDraft(name: "2026", kind: "year", startsOn: "2026-01-01", endsOn: "2026-12-31"), as: greta)
        try await product.cycles.move(year, to: .active, as: greta)
        let above = try await committed("Clinics stay", in: year, of: .company, by: greta)
        try await product.cycles.addValue("We say what is", "", as: greta)
        try await product.cycles.addValue("Äpfel first", "", as: greta)
        let earlier = try await quarter("Q3 2026")
        let cycle = try await quarter()

        let company = try await committed("-5% churn, “now”", in: cycle, of: .company, by: greta, supporting: above)
        let ofTeam = try await committed(
            "The first week runs itself", in: cycle, of: .team(team), by: joost, supporting: company, above)
        _ = try await product.goals.change(
            ofTeam,
            to: ObjectiveDraft(
                title: "The first week runs itself", description: awkward, standing: "=61%", dueOn: "2026-12-20",
                owner: joost.id.text), basedOn: 1, as: joost)
        try await product.goals.rank(ofTeam, 1, as: joost)
        let values = try await product.cycles.values(as: joost)
        try await product.cycles.hold(
            ofTeam,
            against: values.map { (value: $0.id.text, stance: "conflicts", why: "It \"costs\", and more") }, as: joost)
        let figure = try await keyResult("Setup, \"unaided\"", of: ofTeam, by: joost) {
            ($0.start, $0.target, $0.unit, $0.weight, $0.owner) = ("-0.1", "75", "%", "3", ana.id.text)
        }
        let steps = try await keyResult("Ghent", of: ofTeam, by: joost) {
            ($0.kind, $0.steps) = ("milestone", "Lease (2)\nKeys\nPhase (2) (1)")
        }
        let done = try await keyResult("Said yes", of: ofTeam, by: joost) {
            ($0.kind, $0.ambition) = ("yes-no", "aspirational")
        }
        try await checkIn(figure, "61.25", asOf: "2026-11-01", by: ana)
        try await checkIn(figure, "62", asOf: "2026-11-01", by: joost)
        try await checkIn(figure, "0.00001", by: ana)
        try await checkIn(done, "0", sure: 0, by: joost)
        try await product.cycles.checkIn(
            on: steps,
            CheckInDraft(steps: ["1", "3"], confidence: "4", comment: awkward, blockers: "@home, still"), as: joost)
        let said = try await product.cycles.page(of: figure, as: ana).checkIns.first { $0.by.id == ana.id }
        try await product.cycles.change(
            try #require(said).id, to: CheckInDraft(value: "0.5", confidence: "2", comment: "=Wrong"), basedOn: 1,
            as: ana)
        for (index, draft) in [
            KeyResultDraft(title: "Setup, \"unaided\"", start: "-0.1", target: "70", unit: "%", reason: "Ghent; -1"),
            KeyResultDraft(title: "Setup, \"unaided\"", start: "-0.1", target: "80", unit: "%"),
        ].enumerated() {
            clock.advance(minutes: 1)
            var draft = draft
            draft.owner = ana.id.text
            try await product.cycles.change(figure, to: draft, basedOn: index + 1, as: joost)
        }
        // A step that was done and is no longer one.
        clock.advance(minutes: 1)
        try await product.cycles.change(
            steps, to: KeyResultDraft(title: "Ghent", kind: "milestone", steps: "Keys\nPhase (2) (1)", reason: "Owned"),
            basedOn: 1, as: joost)
        _ = try await committed(
            "My first hire", in: cycle, of: .person(ana.id), by: ana, visibility: "everyone", supporting: ofTeam)
        _ = try await committed("Mine alone", in: cycle, of: .person(ana.id), by: ana)
        _ = try await committed("A draft", in: cycle, of: .team(team), by: joost, stage: .draft)
        let dropped = try await committed("Given up", in: cycle, of: .team(team), by: joost)
        try await product.goals.settle(dropped, as: .dropped, saying: "Not now, =really", as: joost)
        // One that goes on from the quarter before, and one that is closed.
        let old = try await committed("It goes on", in: earlier, of: .team(team), by: joost)
        let closed = try await committed("It is over", in: cycle, of: .company, by: greta)
        try await product.cycles.move(earlier, to: .closing, as: greta)
        try await product.cycles.close(
            old, ClosingDraft(score: "0.3", learnt: "Start earlier", choice: "keep", next: cycle.text), as: joost)
        try await product.cycles.move(cycle, to: .closing, as: greta)
        try await product.cycles.close(
            closed, ClosingDraft(score: "0.7", learnt: "+1 for lists", choice: "stop"), as: greta)
        return cycle
    }

    fileprivate func bringIn(_ text: String, name: String = "", leavesLinks: Bool = false) async throws -> CycleArrival
    {
        try await product.cycles.bringIn(
            CycleUpload(bytes: Array(text.utf8), name: name, leavesLinks: leavesLinks), isWhole: true, as: greta
        ).arrival
    }

    /// What is wrong with a file, and that nothing of it came in.
    fileprivate func problems(_ text: String) async throws -> [String] {
        let before = try await rows()
        let invalid = await #expect(throws: Invalid.self) {
            _ = try await product.cycles.bringIn(CycleUpload(bytes: Array(text.utf8)), as: greta)
        }
        #expect(try await rows() == before)
        return invalid?.problems.map(\.words) ?? []
    }

    fileprivate func rows() async throws -> [Int] {
        try await database.read { tx in
            try ["cycle", "objective", "objective_support", "key_result", "key_result_target", "check_in", "journal"]
                .map {
                    try tx.value(Int.self, "select count(*) from \(unchecked: $0)") ?? 0
                }
        }
    }
}

@Suite("Cycles in files")
struct ExchangeTests {
    @Test(
        "A cycle that is taken to another company is, byte for byte, the file that it came in",
        arguments: TestEngines.all)
    func roundTrip(engine: Engine) async throws {
        try await withProduct(on: engine) { here in
            _ = try await here.fullQuarter()
            for format in ExchangeFormat.allCases {
                let files = try await ["2026", "Q3 2026", "Q4 2026"].asyncMap {
                    try await here.product.cycles.exportWhole($0, in: format)
                }
                #expect(files.map(\.name) == ["2026", "Q3-2026", "Q4-2026"].map { "\($0).\(format.rawValue)" })
                #expect(files[2].text.contains("Mine alone") && files[2].text.contains("Start earlier") == false)
                try await withProduct(on: .sqlite) { there in
                    for name in ["Äpfel first", "We say what is"] {
                        try await there.product.cycles.addValue(name, "", as: there.greta)
                    }
                    for file in files { _ = try await there.bringIn(file.text) }
                    for (file, name) in zip(files, ["2026", "Q3 2026", "Q4 2026"]) {
                        let again = try await there.product.cycles.exportWhole(name, in: format)
                        #expect(again.text == file.text)
                    }
                    // What is derived of check-ins is there too.
                    let standings = try await [here, there].asyncMap { test in
                        try await test.database.read { tx in
                            try tx.all(KeyResult.self, "select \(KeyResult.columns) from \(KeyResult.tables)")
                                .map { "\($0.title) \($0.checkIns) \($0.trail) \($0.latest as Any)" }.sorted()
                        }
                    }
                    #expect(standings[0] == standings[1] && standings[0].count == 3)
                }
            }
        }
    }

    @Test(
        "An empty cycle of that name is filled; at the same company another name makes a second",
        arguments: TestEngines.all)
    func emptyCycle(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.fullQuarter()
            let file = try await test.product.cycles.exportWhole("Q4 2026", in: .csv)
            let problems = try await test.problems(file.text)
            #expect(problems.first?.contains("already, with objectives in it") == true)
            try await test.product.cycles.change(
                cycle, to: CycleDraft(name: "Old", kind: "quarter", startsOn: "2026-10-01", endsOn: "2026-12-31"),
                basedOn: try await test.product.cycles.find(cycle, as: test.greta).version, as: test.greta)
            let empty = try await test.quarter("q4 2026", state: .draft)
            let arrival = try await test.bringIn(file.text)
            #expect(arrival.fillsEmpty && arrival.objectives == 8 && arrival.keyResults == 3 && arrival.checkIns == 5)
            #expect(try await test.product.cycles.find(empty, as: test.greta).state == .closing)
            #expect(try await test.product.cycles.exportWhole("Q4 2026", in: .csv).text == file.text)
            let third = try await test.bringIn(file.text, name: "Again")
            #expect(third.cycle == "Again" && !third.fillsEmpty)
            let journal = try await test.database.read { tx in
                try tx.values(String.self, "select verb from journal where object = \(empty) order by id")
            }
            #expect(journal.contains("imported"))
        }
    }

    @Test(
        "A file holds what its reader may read, and says addresses to administrators alone", arguments: TestEngines.all)
    func access(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.fullQuarter()
            for format in ExchangeFormat.allCases {
                let ana = try await test.product.cycles.export(cycle, in: format, as: test.ana).text
                let joost = try await test.product.cycles.export(cycle, in: format, as: test.joost).text
                let yusuf = try await test.product.cycles.export(cycle, in: format, as: test.yusuf).text
                let greta = try await test.product.cycles.export(cycle, in: format, as: test.greta).text
                #expect(ana.contains("Mine alone") && joost.contains("Mine alone"))
                #expect(!yusuf.contains("Mine alone") && !greta.contains("Mine alone"))
                #expect(ana.contains("A draft") && !yusuf.contains("A draft"))
                #expect(yusuf.contains("Joost Hendriks") && !yusuf.contains("@larkfield"))
                #expect(greta.contains("joost@larkfield.example"))
            }
            await #expect(throws: NotFound.self) {
                _ = try await test.product.cycles.bringIn(CycleUpload(bytes: []), as: test.ana)
            }
            await #expect(throws: NotFound.self) {
                _ = try await test.product.cycles.look(into: CycleUpload(bytes: []), as: test.joost)
            }
        }
    }

    @Test("What a reader sees of links ends where their reading ends")
    func hiddenLinks() async throws {
        try await withProduct(on: .sqlite) { test in
            let (cycle, other) = (try await test.quarter(), try await test.quarter("Elsewhere"))
            let hidden = try await test.committed(
                "Hidden", in: other, of: .team(test.team), by: test.joost, visibility: "pair")
            _ = try await test.committed(
                "Open", in: cycle, of: .team(test.team), by: test.joost, supporting: hidden)
            #expect(try await test.product.cycles.export(cycle, in: .json, as: test.joost).text.contains("Hidden"))
            #expect(try await !test.product.cycles.export(cycle, in: .json, as: test.yusuf).text.contains("Hidden"))
            // Nor can an administrator find out by a file whether there is such an objective.
            let file = """
                row,key,of,name,kind,starts on,ends on,title,level,team,cycle
                cycle,,,New,own,2026-10-01,2026-12-31,,,,
                objective,O1,,,,,,Mine,team,Customer Growth,
                link,,O1,,supports,,,Hidden,team,Customer Growth,Elsewhere
                """
            let found = try await test.problems(file)
            #expect(
                found == [
                    "Line 4, title: There is no such objective here. Bring its cycle in first, or choose to leave out such links."
                ])
            #expect(try await test.bringIn(file, leavesLinks: true).linksLeft == 0, "the server's own reads all")
        }
    }

    @Test(
        "Everything that is wrong with a CSV file is said with its line, and nothing comes in",
        arguments: TestEngines.all)
    func brokenCSV(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let file = """
                row;key;of;name;kind;starts on;ends on;title;level;team;owner;supports;stage;choice;score;from;to;direction;day;value;confidence;weight
                cycle;;;Q1 2027;quarter;2027-03-31;2027-01-01
                objective;O1;;;;;;Round;company;;;O2
                objective;O2;;;;;;;company;;nobody@larkfield.example;O1
                objective;O2;;;;;;Again;team;Sales
                objective;O3;;;;;;Closed;person;;ana@larkfield.example;O9;closed;;2
                key result;K1;O1;;metric;;;Figure;;;;;;;;5;1;raise
                key result;;O7;;metric;;;Figure;;;;;;;;1;5;up
                check-in;;K1;;;;;;;;;;;;;;;;2026-02-30;much;11;3
                check-in;;K1;;;;;;;;;;;;;;;;2027-01-01;5;7
                target;;K1
                nonsense
                "open
                """
            let problems = try await test.problems(file)
            let said = problems.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
            #expect(
                said == [
                    "Line 2,", "Line 3,", "Line 4,", "Line 4,", "Line 4,", "Line 5,", "Line 5,", "Line 6,", "Line 6,",
                    "Line 6,", "Line 7,", "Line 8,", "Line 9,", "Line 9,", "Line 9,", "Line 9,", "Line 10,", "Line 11,",
                    "Line 12,", "Line 13:", "Line 13,",
                ], "\(problems.joined(separator: "\n"))")
            #expect(problems.contains("Line 2, ends on: The last day comes after the first."))
            #expect(problems.contains("Line 7, to: To raise it, the target lies above where it begins."))
            #expect(problems.contains("Line 9, weight: A check-in has none. Empty this cell."))
            #expect(problems.contains { $0.hasPrefix("Line 3, supports: It supports itself through others.") })
            #expect(problems.contains { $0.hasPrefix("Line 4, owner: Nobody here is “nobody@larkfield.example”.") })
            for text in ["", "\u{FEFF}", "a,b\n1,2\n", "row\n", "{", "[]", "{\"cycle\": 1}", "\u{0}"] {
                let found = try await test.problems(text)
                #expect(!found.isEmpty, "\(text)")
            }
        }
    }

    @Test("Everything that is wrong with a JSON file is said with its line and its way, and nothing comes in")
    func brokenJSON() async throws {
        try await withProduct(on: .sqlite) { test in
            let file = """
                {
                  "cycle": {
                    "name": "Q1 2027", "startsOn": "2027-01-01", "endsOn": "2027-03-31",
                    "objectives": [
                      {"title": "One", "level": "company", "colour": "red"},
                      {
                        "title": 5,
                        "level": "team",
                        "team": "Customer Growth",
                        "keyResults": [
                          {"title": "K", "kind": "metric", "direction": "raise", "from": 0, "to": "far"}
                        ]
                      }
                    ]
                  }
                }
                """
            let found = try await test.problems(file)
            #expect(
                found == [
                    "Line 5, objectives[0]: An objective has no “colour”. Take it out.",
                    "Line 7, objectives[1].title: Write a text in quotation marks.",
                    "Line 11, objectives[1].keyResults[0].to: Give a figure in digits, such as 61 or 0.5.",
                ])
            let fault = try await test.problems("{\n\"cycle\": {\n\"name\": \"A\"\n\"kind\": 1}}")
            #expect(fault == ["Line 4: Here a comma or a closing “}” should stand."])
        }
    }

    @Test("A file written by hand needs no more than what a form asks for")
    func byHand() async throws {
        try await withProduct(on: .sqlite) { test in
            let file = """
                row,key,of,name,title,level,owner,starts on,ends on,kind,steps,done,day,confidence
                cycle,,,Spring,,,,2027-01-01,2027-03-31
                objective,A,,,Clinics stay,company,Greta Olsen
                key result,B,A,,Ghent opens,,ana@larkfield.example,,,milestone,"Lease (3)
                Keys"
                check-in,,B,,,,,,,,,1,2026-11-10,7
                """
            let arrival = try await test.bringIn(file)
            #expect(
                arrival
                    == .init(
                        cycle: "Spring", objectives: 1, keyResults: 1, checkIns: 1, linksLeft: 0, fillsEmpty: false))
            let result = try await test.database.read { tx in
                try tx.first(KeyResult.self, "select \(KeyResult.columns) from \(KeyResult.tables)")
            }
            #expect(result?.steps.map(\.share) == [3, 1] && result?.progress == 0.75)
            #expect(result?.owner?.id == test.ana.id && result?.checkedBy?.id == test.greta.id)
            let targets = try await test.database.read { tx in
                try tx.values(String.self, "select words from key_result_target")
            }
            #expect(targets == ["2 steps in all"])
        }
    }

    @Test(
        "Who looks after what is open is who could be named on a form; what has ended is as it was",
        arguments: TestEngines.all)
    func owners(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let away = try await test.product.teams.create(name: "Away", purpose: "", as: test.greta)
            try await test.product.teams.setArchived(true, away, as: test.greta)
            try await test.product.people.deactivate(test.rafael.id, as: test.greta)
            func file(_ objective: String, _ result: String = "") -> String {
                """
                row,key,of,name,starts on,ends on,title,level,team,owner,stage,state,choice,visibility,kind
                cycle,,,Spring,2027-01-01,2027-03-31
                objective,O1,,,,,Clinics stay,\(objective)
                \(result.isEmpty ? "" : "key result,,O1,,,,Said yes,,,\(result),,,,,yes-no")
                """
            }
            let member = "This person isn’t in the team. Write one of its members, or nothing."
            let left = "This person has left. Write somebody else, or nothing."
            let alone = "Nobody but the owner of its objective can look after it. Write them, or nothing."
            for (text, problem) in [
                (file("team,Customer Growth,yusuf@larkfield.example,committed"), "Line 3, owner: \(member)"),
                (file("team,Customer Growth,rafael@larkfield.example"), "Line 3, owner: \(left)"),
                (file("company,,Rafael Lima"), "Line 3, owner: \(left)"),
                (file("person,,Rafael Lima"), "Line 3, owner: This person has left. Write whose it is now."),
                (
                    file("team,Away,"),
                    "Line 3, team: The team “Away” is put away. Bring it back first, or write another."
                ),
                (file("team,Customer Growth,", "Yusuf Demir"), "Line 4, owner: \(member)"),
                (file("company,,Greta Olsen", "Rafael Lima"), "Line 4, owner: \(left)"),
                (file("person,,Ana Duarte", "Joost Hendriks"), "Line 4, owner: \(alone)"),
                (file("person,,Ana Duarte,draft,,,everyone", "Joost Hendriks"), "Line 4, owner: \(alone)"),
                (
                    file("team,Customer Growth,Ana Duarte,draft,,,pair", "Joost Hendriks"),
                    "Line 4, owner: \(alone)"
                ),
            ] {
                #expect(try await test.problems(text) == [problem], "\(text)")
            }
            for text in [
                file("team,Customer Growth,Joost Hendriks", "Ana Duarte"), file("team,Customer Growth,", ""),
                file("company,,Yusuf Demir", "Ana Duarte"), file("person,,Ana Duarte", "Ana Duarte"),
                // What has ended was theirs then.
                file("team,Away,Yusuf Demir,closed,,stop", "Rafael Lima"),
                file("person,,Rafael Lima,committed,dropped", "Joost Hendriks"),
            ] {
                let cycle = try await test.product.cycles.bringIn(
                    CycleUpload(bytes: Array(text.utf8)), as: test.greta)
                #expect(cycle.arrival.objectives == 1)
                try await test.product.cycles.change(
                    cycle.id,
                    to: CycleDraft(
                        name: String(cycle.id.text.suffix(20)), kind: "own", startsOn: "2027-01-01",
                        endsOn: "2027-03-31"),
                    basedOn: 1, as: test.greta)
            }
        }
    }

    @Test("Priorities come behind those that a group has, and never make more than it can have")
    func priorities() async throws {
        try await withProduct(on: .sqlite) { test in
            func file(_ count: Int) -> String {
                "row,name,starts on,ends on,title,level,priority\ncycle,Spring,2027-01-01,2027-03-31\n"
                    + (1...count).map { "objective,,,,Nr \($0),company,\($0)\n" }.joined()
            }
            let tooMany = try await test.problems(file(22))
            #expect(tooMany.count >= 2)
            _ = try await test.bringIn(file(20))
            let full = try await test.problems(file(1).replacing("Spring", with: "Summer"))
            #expect(
                full == ["Line 3, priority: A group can have 20 priorities, and this one has 20 already. Empty this."])
        }
    }

    // MARK: Any content

    private static let pieces = [
        "a", "é", "\"", ",", ";", "\n", " ", "'", "=", "-5", "@", "+", "\\", "👩‍👩‍👧", "{", ":", "\u{2028}", "\t", "\u{1}",
    ]

    private static func text(_ most: Int = 6) -> String {
        (0..<Int.random(in: 0...most)).map { _ in pieces.randomElement() ?? "" }.joined()
    }

    private static func entry(_ kind: FileKind) -> FileEntry {
        var entry = FileEntry(kind)
        for field in kind.fields where field != .key {
            switch field.form {
            case .text: entry[field] = text()
            case .number: entry[field] = Bool.random() ? FileNumber.text(.random(in: -1e6...1e6)) : ""
            case .flag: entry[field] = Bool.random() ? "yes" : ""
            case .list: entry[field] = (0..<Int.random(in: 0...3)).map { "O\($0 + 1)" }.joined(separator: " ")
            case .steps:
                entry[field] = FileSteps.text(
                    (0..<Int.random(in: 0...3)).map {
                        KeyResult.Step(id: "\($0 * 2 + 1)", title: "\"x\"; \($0): (2)", share: $0 + 1)
                    })
            }
        }
        entry.parts = kind.parts.flatMap { part in (0..<Int.random(in: 0...2)).map { _ in Self.entry(part) } }
        return entry
    }

    /// Everything in an entry but where it stood.
    private static func content(_ entry: FileEntry) -> String {
        let fields = entry.kind.fields.map { "\($0)=\(Array(entry[$0].utf8))" }
        return "\(entry.kind)(\(fields) \(entry.parts.map(content)))"
    }

    @Test("Whatever texts a cycle holds, both forms give them back")
    func random() {
        for _ in 0..<150 {
            var root = Self.entry(.cycle)
            for index in root.parts.indices { root.parts[index][.key] = "O\(index + 1)" }
            var problems = FileProblems()
            let fromCSV = CycleCSV.read(Array(CycleCSV.text(root).utf8), &problems)
            let fromJSON = CycleJSON.read(Array(CycleJSON.text(root).utf8), &problems)
            #expect(problems.all.isEmpty, "\(problems.all)")
            #expect(fromCSV.map(Self.content) == Self.content(root))
            #expect(fromJSON.map(Self.content) == Self.content(root))
        }
    }

    @Test("JSON is read as Foundation reads it, whatever is done to it")
    func json() {
        for _ in 0..<300 {
            var bytes = Array(CycleJSON.text(Self.entry(.keyResult)).utf8)
            for _ in 0..<Int.random(in: 0...2) {
                let odd = Array("{}[],:\"\\ue0 -.1n".utf8)
                bytes[Int.random(in: bytes.indices)] = odd.randomElement() ?? 0
            }
            let theirs = try? JSONSerialization.jsonObject(with: Data(bytes))
            do throws(LocatedJSON.Fault) {
                _ = try LocatedJSON.read(bytes)
                // Foundation refuses figures beyond the greatest; here they are refused once it is known what they are for.
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(theirs != nil || text.contains(/\d[eE][+-]?\d/), "\(text)")
            } catch {
                // Foundation lets a line end stand in a text, and a comma before a closing bracket, which JSON doesn't
                // (RFC 8259, sections 4, 5 and 7).
                let text = String(decoding: bytes, as: UTF8.self)
                let isStricter = error.words.hasPrefix("A text ends on its line.") || text.contains(/,\s*[\]}]/)
                #expect(theirs == nil || isStricter, "\(error): \(text)")
            }
        }
    }

    @Test("Figures and moments come back as they were, to the last digit")
    func figures() {
        for _ in 0..<2_000 {
            let value = Double.random(in: -1...1) * pow(10, Double(Int.random(in: -12...12)))
            #expect(Double(FileNumber.text(value)) == value)
            #expect(!FileNumber.text(value).contains("e"))
            let moment = Date(milliseconds: .random(in: 0...2_000_000_000_000))
            #expect(FileMoment.read(FileMoment.text(moment)) == moment)
        }
        #expect(
            [61, 0.5, -0.1, 0.00001, 1e12, 0, 1.0 / 3].map(FileNumber.text) == [
                "61", "0.5", "-0.1", "0.00001", "1000000000000", "0", "0.3333333333333333",
            ])
    }
}

@Suite("Check-ins in files")
struct CheckInFileTests {
    @Test("The file to fill in, filled in, checks in on everything at once, and once", arguments: TestEngines.all)
    func template(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let id = try await test.committed("Clinics stay", in: cycle, of: .team(test.team), by: test.joost)
            let figure = try await test.keyResult("=Clinics, all", of: id, by: test.joost) {
                $0.owner = test.ana.id.text
            }
            let steps = try await test.keyResult("Ghent", of: id, by: test.joost) {
                ($0.kind, $0.steps, $0.owner) = ("milestone", "Lease (2)\nKeys", test.ana.id.text)
            }
            let yes = try await test.keyResult("Said yes", of: id, by: test.joost) {
                ($0.kind, $0.owner) = ("yes-no", test.ana.id.text)
            }
            _ = try await test.keyResult("Not Ana’s", of: id, by: test.joost) { $0.owner = test.rafael.id.text }
            let file = try await test.product.cycles.checkInTemplate(as: test.ana)
            #expect(file.name == "Check-ins-2026-11-17.csv")
            #expect(!file.text.contains("Not Ana") && file.text.contains("\"'=Clinics, all\""))
            #expect(file.text.contains("the numbers of the steps that are done, of 1: Lease (2); 2: Keys (1)"))
            await #expect(throws: Invalid("", "No line holds a value yet. Fill in at least one.")) {
                _ = try await test.product.cycles.bringInCheckIns(Array(file.text.utf8), as: test.ana)
            }
            var lines = file.text.split(separator: "\r\n").map(String.init)
            for (result, value) in [(figure, "61,8,\"Up, =again\",-"), (steps, "1,7,,"), (yes, "yes,9,,")] {
                let line = try #require(lines.firstIndex { $0.contains(result.text) })
                lines[line] = lines[line].replacing("2026-11-17,,,,", with: "2026-11-16,\(value)")
            }
            let bytes = Array(lines.joined(separator: "\n").utf8)
            let look = try await test.product.cycles.lookIntoCheckIns(bytes, as: test.ana)
            #expect(Set(look.checkIns.map(\.value)) == ["61%", "67% done", "Done"])
            #expect(try await test.stored(figure)?.latest == nil)
            let first = try await test.product.cycles.bringInCheckIns(bytes, as: test.ana)
            let again = try await test.product.cycles.bringInCheckIns(bytes, as: test.ana)
            #expect(first.checkIns.count == 3 && first.known == 0 && again.checkIns.isEmpty && again.known == 3)
            let page = try await test.product.cycles.page(of: figure, as: test.ana)
            #expect(page.checkIns.map(\.comment) == ["Up, =again"] && page.checkIns.map(\.source) == [.import])
            #expect(page.keyResult.latest?.on.iso == "2026-11-16" && page.keyResult.latest?.value == 61)
            #expect(try await test.stored(steps)?.progress == 2.0 / 3)
            #expect(try await test.stored(yes)?.progress == 1)
        }
    }

    @Test(
        "By the rules of checking in by hand: everything wrong has its line, and nothing comes in",
        arguments: TestEngines.all)
    func broken(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let id = try await test.committed("Clinics stay", in: cycle, of: .company, by: test.greta)
            let other = try await test.committed("Clinics come", in: cycle, of: .company, by: test.greta)
            let mine = try await test.keyResult("Clinics", of: id, by: test.greta) { $0.owner = test.ana.id.text }
            _ = try await test.keyResult("Twice", of: id, by: test.greta) { $0.owner = test.ana.id.text }
            _ = try await test.keyResult("Twice", of: other, by: test.greta) { $0.owner = test.ana.id.text }
            _ = try await test.keyResult("Yusuf’s", of: id, by: test.greta) { $0.owner = test.yusuf.id.text }
            let hidden = try await test.committed("Hidden", in: cycle, of: .person(test.yusuf.id), by: test.yusuf)
            let secret = try await test.keyResult("Secret", of: hidden, by: test.yusuf)
            let file = """
                id\tkey result\tobjective\tday\tvalue\tconfidence\tcomment
                \tclinics\t\t2026-11-01\t5\t7\tRight
                \tClinics\t\t2026-11-31\tmuch\t11\t
                \tTwice\t\t\t5\t7\t
                \tTwice\tClinics come\t2026-11-02\t6\t7\t
                \tYusuf’s\t\t\t5\t7\t
                kr-\(secret)\t\t\t\t5\t7\t
                \tSecret\t\t\t5\t7\t
                \t\t\t\t5\t7\t
                \tClinics\t\t2027-01-01\t5\t7\t
                \tClinics\t\t\t\t\t
                """
            func problems(_ text: String) async throws -> [String] {
                let before = try await test.rows()
                let invalid = await #expect(throws: Invalid.self) {
                    _ = try await test.product.cycles.bringInCheckIns(Array(text.utf8), as: test.ana)
                }
                #expect(try await test.rows() == before)
                return invalid?.problems.map(\.words) ?? []
            }
            let found = try await problems(file)
            #expect(
                found == [
                    "Line 3, value: Say where it is now in digits, such as 61 or 0.5.",
                    "Line 3, confidence: Choose how sure you are, from 0 to 10.",
                    "Line 3, day: Choose a day, such as 2026-11-17.",
                    "Line 4, key result: Several key results are called this. Write the objective too, or the id from the file to fill in.",
                    "Line 6, key result: Yusuf Demir looks after this. Ask them to check in.",
                    "Line 7, id: No key result of a cycle under way has this id. Take it from the file to fill in, or leave it empty.",
                    "Line 8, key result: No key result of a cycle under way is called this. Write its title as it stands on its page.",
                    "Line 9, key result: Say which key result this is about.",
                    "Line 10, day: That day has not come yet. Choose today or an earlier one.",
                ], "\(found.joined(separator: "\n"))")
            for text in ["key result,value\n", "key result,value,confidence,comments\nClinics,1,2,x\n", ""] {
                let one = try await problems(text)
                #expect(one.count == 1, "\(text)")
            }
            let rows = (1...2_001).map { "Clinics,\($0),5" }.joined(separator: "\n")
            let tooMany = try await problems("key result,value,confidence\n" + rows)
            #expect(tooMany.first?.contains("2000 is the most") == true)
            // Two of one day, the later line the newer.
            _ = try await test.product.cycles.bringInCheckIns(
                Array("key result;value;confidence\nClinics;1,5;5\nClinics;2,5;6\n".utf8), as: test.ana)
            #expect(try await test.stored(mine)?.latest?.value == 2.5)
        }
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ change: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await change(element)) }
        return values
    }
}
