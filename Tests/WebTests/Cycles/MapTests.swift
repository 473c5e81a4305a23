// How the objectives of a cycle are drawn.
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Throughline
@testable import Web

@Suite("Where the nodes of a map stand")
struct MapLayoutTests {
    @Test("Each node has a row of its column to itself, and the longest column has no gap")
    func rows() {
        // Any graph, drawn by a fixed rule: 7 company's, 40 teams', 90 people's.
        let columns = [(0..<7).map { "c\($0)" }, (0..<40).map { "t\($0)" }, (0..<90).map { "p\($0)" }]
        var parents: [String: [String]] = [:]
        for number in 0..<40 { parents["t\(number)"] = ["c\(number * 5 % 7)", "c\(number * 3 % 7)"] }
        for number in 0..<90 { parents["p\(number)"] = ["t\(number * 11 % 40)", "c\(number % 7)"] }
        let layout = MapLayout(columns: columns, parents: parents)
        #expect(layout.rows == 90)
        for column in columns {
            let rows = column.compactMap { layout.row[$0] }
            #expect(Set(rows).count == column.count && rows.allSatisfy { (0..<90).contains($0) })
        }
        #expect(columns[0].compactMap { layout.row[$0] } == columns[0].compactMap { layout.row[$0] }.sorted())
        let again = MapLayout(columns: columns, parents: parents)
        #expect(again.row == layout.row)
    }

    @Test("A node stands beside what it supports, and something in the middle of what supports it")
    func near() {
        let layout = MapLayout(
            columns: [["a", "b"], ["of b", "of a 1", "of a 2", "of a 3", "loose"], []],
            parents: ["of b": ["b"], "of a 1": ["a"], "of a 2": ["a"], "of a 3": ["a"]])
        #expect(["of a 1", "of a 2", "of a 3", "of b", "loose"].map { layout.row[$0] } == [0, 1, 2, 3, 4])
        #expect(layout.row["a"] == 1 && layout.row["b"] == 3)
    }

    @Test("What supports another of its own column stands below it, and a loop, which there can't be, ends")
    func within() {
        let layout = MapLayout(
            columns: [["a"], ["x", "of y", "y"], []], parents: ["y": ["a"], "of y": ["y"], "x": []])
        #expect(["y", "of y", "x"].map { layout.row[$0] } == [0, 1, 2])
        let loop = MapLayout(columns: [[], ["x", "y"], []], parents: ["x": ["y"], "y": ["x"]])
        #expect(Set(loop.row.values) == [0, 1])
        #expect(MapLayout(columns: [[], [], []], parents: [:]).rows == 0)
    }
}

@Suite("The map of a cycle")
struct CycleMapTests {
    /// Two objectives of the company's, and one of the team's that supports both.
    private struct Setting {
        let quarter: Quarter
        let (one, other, shared): (ID<Objective>, ID<Objective>, ID<Objective>)

        init(_ web: TestWeb) async throws {
            let test = web.test
            quarter = try await Quarter.begin(web)
            one = try await quarter.objective("One", of: .company, by: test.greta)
            other = try await quarter.objective("Other", of: .company, by: test.greta)
            shared = try await quarter.objective(
                "Both need this", of: .team(test.team), by: test.joost, supporting: [one, other])
        }
    }

    @Test("An objective that supports several is drawn once, with a line to each")
    func severalParents() async throws {
        try await withWeb { web in
            let setting = try await Setting(web)
            let page = try await web.get("/cycles/\(setting.quarter.id)/map", as: web.test.ana).body
            #expect(page.components(separatedBy: "id=\"n-\(setting.shared)\"").count == 2)
            for parent in [setting.one, setting.other] {
                #expect(page.contains("data-from=\"\(setting.shared)\" data-to=\"\(parent)\""))
            }
            #expect(page.contains("Supports “One” and “Other”"))
        }
    }

    @Test("It grows by what is opened, and offers to open it")
    func opening() async throws {
        try await withWeb { web in
            let setting = try await Setting(web)
            // Yusuf is in no team of it: he sees the company's alone, until he opens one.
            let path = "/cycles/\(setting.quarter.id)/map"
            let closed = try await web.get(path, as: web.test.yusuf).body
            #expect(!closed.contains("Both need this"))
            #expect(closed.contains("href=\"\(path)?open=\(setting.one)#n-\(setting.one)\" aria-expanded=\"false\""))
            let open = try await web.get("\(path)?open=\(setting.one)", as: web.test.yusuf).body
            #expect(open.contains("id=\"n-\(setting.shared)\""))
            #expect(open.contains("href=\"\(path)#n-\(setting.one)\" aria-expanded=\"true\""))
            // Opened from both, it still has one place.
            let both = try await web.get("\(path)?open=\(setting.one)&open=\(setting.other)", as: web.test.yusuf).body
            #expect(both.components(separatedBy: "id=\"n-\(setting.shared)\"").count == 2)
        }
    }

    @Test("What is found stands beside what it supports, which is named and not looked for")
    func searched() async throws {
        try await withWeb { web in
            let setting = try await Setting(web)
            let path = "/cycles/\(setting.quarter.id)/map?q=both"
            let page = try await web.get(path, as: web.test.yusuf).body
            #expect(page.contains("class=\"node\" id=\"n-\(setting.shared)\""))
            #expect(page.contains("class=\"node faint\" id=\"n-\(setting.one)\""))
            #expect(page.contains("One objective found"))
            let list = try await web.get("/cycles/\(setting.quarter.id)?q=both", as: web.test.yusuf).body
            #expect(list.contains("href=\"/cycles/\(setting.quarter.id)/map?q=both\">Map</a>"))
        }
    }

    @Test("It draws nothing, and counts nothing, that its reader may not read", arguments: TestEngines.all)
    func access(engine: Engine) async throws {
        try await withWeb(on: engine) { web in
            let setting = try await Setting(web)
            _ = try await setting.quarter.objective(
                "Ana’s own", of: .person(web.test.ana.id), by: web.test.ana, supporting: [setting.shared])
            _ = try await setting.quarter.objective(
                "Still a draft", of: .team(web.test.team), by: web.test.joost, supporting: [setting.one], checked: false
            )
            let path = "/cycles/\(setting.quarter.id)/map?open=\(setting.one)&open=\(setting.shared)"
            let mine = try await web.get(path, as: web.test.ana).body
            #expect(mine.contains("Ana’s own") && mine.contains("Still a draft"))
            let theirs = try await web.get(path, as: web.test.yusuf).body
            #expect(theirs.contains("Both need this") && !theirs.contains("own<") && !theirs.contains("Still a draft"))
            // Nothing that he may read supports it: there is nothing to open.
            #expect(!theirs.contains("what supports “Both need this”"))
        }
    }

    @Test(
        "Of an objective that very many support, the first are shown, and the way to all of them",
        arguments: TestEngines.all)
    func many(engine: Engine) async throws {
        try await withWeb(on: engine) { web in
            let setting = try await Setting(web)
            for number in 1...22 {
                _ = try await setting.quarter.objective(
                    "Nr \(number)", of: .team(web.test.team), by: web.test.joost, supporting: [setting.one], results: 0)
            }
            for part in ["/map", ""] {
                let path = "/cycles/\(setting.quarter.id)\(part)?open=\(setting.one)"
                let some = try await web.get(path, as: web.test.yusuf).body
                #expect(some.contains("Three more support it") && !some.contains("Nr 22"))
                let all = try await web.get("\(path)&all=\(setting.one)", as: web.test.yusuf).body
                #expect(!all.contains("more support it") && all.contains("Nr 22"))
            }
        }
    }

    @Test("It takes ten queries or fewer, however much is opened and filtered")
    func queries() async throws {
        try await withWeb { web in
            let setting = try await Setting(web)
            for number in 0..<12 {
                _ = try await setting.quarter.objective(
                    "Own \(number)", of: .person(web.test.ana.id), by: web.test.ana, supporting: [setting.shared])
            }
            let path = "/cycles/\(setting.quarter.id)/map"
            for query in [
                "", "?open=\(setting.one)&open=\(setting.shared)&all=\(setting.one)", "?team=\(web.test.team)",
                "?person=\(web.test.ana.id)", "?q=own", "?health=on-track",
            ] {
                web.test.database.reset()
                let answer = try await web.get(path + query, as: web.test.ana)
                #expect(answer.status == .ok, "\(query)")
                #expect(web.test.database.count <= 10, "\(query): \(web.test.database.count)")
                #expect(!answer.body.contains("&lt;") && !answer.body.contains("HTML("), "\(query)")
            }
        }
    }
}
