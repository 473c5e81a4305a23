import HTTPTypes
import Hummingbird
import NIOCore
import Storage
import Throughline

/// What the form for a file sent.
struct ExchangeRequest {
    var text = ""
    var name = ""
    var leavesLinks = false
    /// Whether it is to be brought in, and not only looked at.
    var isMeant = false

    init() {}

    /// - Throws: ``Invalid`` where neither a file nor a line was sent.
    init(_ sent: FileForm) throws {
        name = sent.form["name"]
        leavesLinks = sent.form.has("leave-links")
        isMeant = sent.form["do"] == "bring"
        // A browser makes every line end of a field CR and LF; those inside cells were the file's own.
        let pasted = sent.form["text"].replacing("\r\n", with: "\n")
        bytes = sent.file ?? Array(pasted.utf8)
        text = sent.file.flatMap { String(validating: $0, as: UTF8.self) } ?? pasted
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    }

    private(set) var bytes: [UInt8] = []

    var isEmpty: Bool { bytes.allSatisfy { $0 <= 0x20 } }
    var isTooLongToShow: Bool { text.utf8.count > ExchangeForm.mostShown }
    /// What stands in the field for lines.
    var shownText: String { isTooLongToShow ? "" : text }
}

/// Saving a cycle to a file, and bringing cycles and check-ins in from one.
struct ExchangeRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/cycles/{id}/export.csv") { _, context in try await export(.csv, context) }
        signedIn.get("/cycles/{id}/export.json") { _, context in try await export(.json, context) }
        signedIn.get("/cycles/import", use: showImport)
        signedIn.post("/cycles/import", use: bringIn)
        signedIn.get("/goals/check-in/template.csv", use: template)
        signedIn.get("/goals/check-in/import", use: showCheckIns)
        signedIn.post("/goals/check-in/import", use: bringInCheckIns)
    }

    // MARK: Out

    private func export(_ format: ExchangeFormat, _ context: SignedInContext) async throws -> Response {
        let file = try await product.cycles.export(
            context.parameters.id(of: Cycle.self), in: format, as: context.viewer)
        return Self.response(file, format == .csv ? "text/csv; charset=utf-8; header=present" : "application/json")
    }

    private func template(_ request: Request, _ context: SignedInContext) async throws -> Response {
        Self.response(
            try await product.cycles.checkInTemplate(as: context.viewer), "text/csv; charset=utf-8; header=present")
    }

    private static func response(_ file: ExportedFile, _ type: String) -> Response {
        let body = ByteBuffer(string: file.text)
        return Response(
            status: .ok,
            headers: [
                .contentType: type, .contentLength: String(body.readableBytes), .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(file.name)\"",
            ],
            body: .init(byteBuffer: body))
    }

    // MARK: A cycle in

    private func showImport(_ request: Request, _ context: SignedInContext) async throws -> Response {
        guard context.viewer.isAdmin else { throw NotFound() }
        return CycleImportPage().page.response(in: context)
    }

    private func bringIn(_ request: Request, _ context: SignedInContext) async throws -> Response {
        guard context.viewer.isAdmin else { throw NotFound() }
        var sent = ExchangeRequest()
        do {
            sent = try await Self.read(request, context, atMost: CycleUpload.mostBytes, "10 MB")
            let upload = CycleUpload(bytes: sent.bytes, name: sent.name, leavesLinks: sent.leavesLinks)
            if sent.isMeant {
                let (id, arrival) = try await product.cycles.bringIn(upload, as: context.viewer)
                return redirect(
                    to: .cycle(id),
                    saying: "Brought in with \(GoalWords.count(arrival.objectives, "objective")).")
            }
            let arrival = try await product.cycles.look(into: upload, as: context.viewer)
            return CycleImportPage(sent: sent, arrival: arrival).page.response(in: context)
        } catch let invalid as Invalid where !request.wantsJSON {
            return CycleImportPage(sent: sent, problems: invalid.problems)
                .page.response(in: context, status: .unprocessableContent)
        }
    }

    // MARK: Check-ins in

    private func showCheckIns(_ request: Request, _ context: SignedInContext) async throws -> Response {
        CheckInImportPage().page.response(in: context)
    }

    private func bringInCheckIns(_ request: Request, _ context: SignedInContext) async throws -> Response {
        var sent = ExchangeRequest()
        do {
            sent = try await Self.read(request, context, atMost: CheckInArrival.mostBytes, "1 MB")
            if sent.isMeant {
                let arrival = try await product.cycles.bringInCheckIns(sent.bytes, as: context.viewer)
                let count = arrival.checkIns.count
                let words =
                    count == 0 ? "All of it was here already." : "Checked in: \(GoalWords.count(count, "value"))."
                return redirect(to: .myGoals, saying: words)
            }
            let arrival = try await product.cycles.lookIntoCheckIns(sent.bytes, as: context.viewer)
            return CheckInImportPage(sent: sent, arrival: arrival).page.response(in: context)
        } catch let invalid as Invalid where !request.wantsJSON {
            return CheckInImportPage(sent: sent, problems: invalid.problems)
                .page.response(in: context, status: .unprocessableContent)
        }
    }

    /// - Throws: ``Invalid`` for nothing, and for too much, in words.
    private static func read(
        _ request: Request, _ context: SignedInContext, atMost limit: Int, _ words: String
    ) async throws -> ExchangeRequest {
        let sent: ExchangeRequest
        do {
            // The other fields and what holds the parts together.
            sent = try ExchangeRequest(await request.fileForm(in: context, atMost: limit + 10_000))
        } catch is NIOTooManyBytesError {
            throw Invalid("file", "This is larger than \(words), which is the most that this page takes. Split it.")
        }
        guard !sent.isEmpty else { throw Invalid("file", "Choose a file, or paste its lines.") }
        return sent
    }
}
