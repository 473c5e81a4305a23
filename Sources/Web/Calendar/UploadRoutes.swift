import Hummingbird
import Storage
import Throughline

/// Bringing one-on-ones from another calendar.
struct UploadRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/sessions/from-calendar", use: show)
        signedIn.post("/sessions/from-calendar", use: read)
        signedIn.post("/sessions/from-calendar/asks", use: ask)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        UploadPage().page.response(in: context)
    }

    private func read(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let sent = try await request.fileForm(in: context, atMost: Upload.mostBytes + 10_000)
        do {
            guard let file = sent.file else { throw Invalid("file", "Choose a file that ends in .ics.") }
            let upload = try await product.calendars.read(file, as: context.viewer)
            let found = UploadPage.Found(upload, zone: context.viewer.timeZone, now: product.now())
            return UploadPage(found: found).page.response(in: context)
        } catch let invalid as Invalid where !request.wantsJSON {
            let rejected = Rejected(name: "upload", form: sent.form, problems: invalid.problems)
            return UploadPage(rejected: rejected).page.response(in: context, status: .unprocessableContent)
        }
    }

    private func ask(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let rows = (0..<Upload.most).compactMap { UploadPage.Row(form, number: $0) }
        if rows.isEmpty { throw Refused("There is nothing to choose from here. Read a calendar file first.") }
        let chosen = rows.filter { form.all("chosen").contains(String($0.number)) }
        do {
            let asked = try await product.calendars.ask(chosen.map { $0.draft(form) }, as: context.viewer)
            return redirect(
                to: .sessions,
                saying: asked.count == 1 ? "The ask is on its way." : "\(asked.count) asks are on their way.")
        } catch let invalid as Invalid where !request.wantsJSON {
            let problems = invalid.problems.map { Self.shown($0, chosen) }
            return UploadPage(
                found: .init(rows: rows), rejected: Rejected(name: "asks", form: form, problems: problems)
            )
            .page.response(in: context, status: .unprocessableContent)
        }
    }

    /// A problem at the field where the page shows it: `title-0` is about the first of those that were chosen.
    private static func shown(_ problem: Problem, _ chosen: [UploadPage.Row]) -> Problem {
        let parts = problem.field.split(separator: "-")
        guard let last = parts.last, let index = Int(last), chosen.indices.contains(index) else { return problem }
        let row = chosen[index]
        switch parts.first {
        case "title": return Problem(field: "name-\(row.number)", words: problem.words)
        case "purpose": return Problem(field: "purpose-\(row.number)", words: problem.words)
        default: return Problem(field: "", words: "With \(row["with"]): \(problem.words)")
        }
    }
}
