// The pages on which files come in, as browsers send them.
import Foundation
import HTTPTypes
import NIOCore
import Storage
import TestSupport
import Testing

@testable import Throughline
@testable import Web

@Suite("Files of cycles on pages")
struct ExchangePagesTests {
    private func send(
        _ path: String, file: String? = nil, _ fields: KeyValuePairs<String, String>, as viewer: Viewer, _ web: TestWeb
    ) async throws -> TestAnswer {
        var body = """
            --limit\r\nContent-Disposition: form-data; name="file"; filename="\(file == nil ? "" : "a.csv")"\r\n\
            Content-Type: text/csv\r\n\r\n\(file ?? "")\r\n
            """
        for (name, value) in fields {
            body += "--limit\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        return try await web.send(
            .post, path, as: viewer, headers: [.contentType: "multipart/form-data; boundary=limit"],
            body: ByteBuffer(string: body + "--limit--\r\n"))
    }

    private static let cycle = """
        row,key,name,starts on,ends on,title,level
        cycle,,Spring,2027-01-01,2027-03-31
        objective,O1,,,,Where <we> stand,company
        """

    @Test("A cycle is looked at, brought in, and saved again; what is wrong names its line and keeps the text")
    func cycle() async throws {
        try await withWeb { web in
            let path = "/cycles/import"
            let broken = try await send(
                path, file: Self.cycle.replacing(",company", with: ",planet"), ["do": "bring"], as: web.test.greta, web)
            #expect(broken.status == .unprocessableContent)
            #expect(broken.body.contains("Line 3, level: Write one of these: company, team, person."))
            #expect(broken.body.contains("Where &lt;we&gt; stand,planet</textarea>"))
            // What is wrong with another name is said at its field, and not of the file.
            let long = try await send(
                path, file: Self.cycle, ["do": "look", "name": String(repeating: "x", count: 61)], as: web.test.greta,
                web)
            #expect(long.status == .unprocessableContent && long.body.contains("id=\"exchange-name-error\""))
            #expect(!long.body.contains("Line 2") && !long.body.contains("in the way"))
            let nothing = try await send(path, ["do": "look"], as: web.test.greta, web)
            #expect(nothing.body.contains("id=\"exchange-file-error\""))
            let look = try await send(
                path, file: Self.cycle, ["do": "look", "name": "Summer"], as: web.test.greta, web)
            #expect(look.status == .ok && look.body.contains("<bdi>Summer</bdi>"))
            #expect(look.body.contains("one objective, no key results and no check-ins"))
            #expect(try await web.test.product.cycles.all(as: web.test.greta).isEmpty)
            let text = Self.cycle.replacing("\n", with: "\r\n")
            let done = try await send(path, ["do": "bring", "text": text], as: web.test.greta, web)
            #expect(done.status == .seeOther)
            let page = try await web.get(done.location ?? "", as: web.test.greta)
            #expect(page.body.contains("Where &lt;we&gt; stand"))
            for (ending, type) in [("csv", "text/csv; charset=utf-8; header=present"), ("json", "application/json")] {
                let file = try await web.get("\(done.location ?? "")/export.\(ending)", as: web.test.greta)
                #expect(file.headers[.contentType] == type && file.headers[.cacheControl] == "no-store")
                #expect(file.headers[.contentDisposition] == "attachment; filename=\"Spring.\(ending)\"")
                #expect(file.body.contains("Where <we> stand"))
            }
        }
    }

    @Test("Too much is answered in words where the file was chosen, and so is nothing at all")
    func size() async throws {
        try await withWeb { web in
            let large = String(repeating: "a", count: 1_100_000)
            let answer = try await send("/goals/check-in/import", file: large, [:], as: web.test.ana, web)
            #expect(answer.status == .unprocessableContent && answer.body.contains("larger than 1 MB"))
            let cycle = try await send("/cycles/import", file: large, [:], as: web.test.greta, web)
            #expect(cycle.status == .unprocessableContent && !cycle.body.contains("larger than"))
            let nothing = try await send("/cycles/import", ["text": " \r\n"], as: web.test.greta, web)
            #expect(nothing.body.contains("Choose a file, or paste its lines."))
        }
    }

    @Test("Check-ins come in from a file, and the page says what would come before they do")
    func checkIns() async throws {
        try await withWeb { web in
            let place = try await web.make(.keyResult, of: web.test.ana)
            let id = try #require(ID<KeyResult>(place["id"] ?? ""))
            let path = "/goals/check-in/import"
            let template = try await web.get("/goals/check-in/template.csv", as: web.test.ana)
            #expect(template.body.contains("kr-\(id)"))
            let file = "id,day,value,confidence,comment\nkr-\(id),2026-11-16,11,7,=cmd <b>\n"
            let broken = try await send(
                path, file: file.replacing(",7,", with: ",70,"), ["do": "bring"], as: web.test.ana, web)
            #expect(broken.status == .unprocessableContent)
            #expect(broken.body.contains("Line 2, confidence: Choose how sure you are, from 0 to 10."))
            let look = try await send(path, file: file, ["do": "look"], as: web.test.ana, web)
            #expect(look.body.contains("One check-in would come in.") && look.body.contains("=cmd &lt;b&gt;"))
            let done = try await send(path, file: file, ["do": "bring"], as: web.test.ana, web)
            #expect(done.status == .seeOther && done.location == "/goals/mine")
            let checkIns = try await web.test.product.cycles.page(of: id, as: web.test.ana).checkIns
            #expect(checkIns.contains { $0.comment == "=cmd <b>" && $0.source == .import })
        }
    }
}
