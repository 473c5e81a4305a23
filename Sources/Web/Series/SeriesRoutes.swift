import Foundation
import HTTPTypes
import Hummingbird
import Storage
import Throughline

/// A series and what changes about it; and the record of sessions that were opened to somebody.
struct SeriesRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/series/{id}", use: show)
        signedIn.post("/series/{id}/rules", use: changeRule)
        signedIn.post("/series/{id}/pauses", use: pause)
        signedIn.post("/series/{id}/pauses/{pause}/removal", use: endPause)
        signedIn.post("/series/{id}/skips", use: skip)
        signedIn.post("/series/{id}/skips/removal", use: restore)
        signedIn.post("/series/{id}/moves", use: move)
        signedIn.post("/series/{id}/ending", use: end)
        signedIn.post("/series/{id}/partner", use: handOver)
        signedIn.post("/series/{id}/history", use: openHistory)
        signedIn.get("/sessions/{id}/record", use: record)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await page(context.seriesID, context).response(in: context)
    }

    private func page(
        _ id: ID<Series>, _ context: SignedInContext, rejected: Rejected? = nil
    ) async throws -> Page {
        let view = try await product.series.view(id, as: context.viewer)
        let mayHandOver = view.access.isEmployee && view.series.state == .agreed
        return SeriesPage(
            view: view, viewer: context.viewer,
            candidates: mayHandOver ? try await product.sessions.candidates(for: context.viewer) : [],
            rejected: rejected
        ).page
    }

    /// Runs a change; what can't be taken as it was typed is shown at its field.
    private func submit(
        _ request: Request, _ context: SignedInContext, as name: (Form) -> String, at fragment: String? = nil,
        _ act: (ID<Series>, Form) async throws -> (Path, String)
    ) async throws -> Response {
        let id = try context.seriesID
        let form = try await request.form(in: context)
        do {
            let (path, words) = try await act(id, form)
            return redirect(to: path, fragment: fragment, saying: words)
        } catch let invalid as Invalid where !request.wantsJSON {
            return try await page(
                id, context, rejected: Rejected(name: name(form), form: form, problems: invalid.problems)
            ).response(in: context, status: .unprocessableContent)
        }
    }

    private func changeRule(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await submit(request, context, as: { _ in "rule" }, at: "ahead") { id, form in
            try await product.series.change(
                RuleDraft(
                    from: form["from"], time: form["time"], zone: form["zone"], minutes: form["minutes"],
                    rhythm: RhythmFields.rhythm(in: form)),
                in: id, as: context.viewer)
            return (.series(id), "The new rule holds from that day on.")
        }
    }

    private func pause(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await submit(request, context, as: { _ in "pause" }, at: "ahead") { id, form in
            try await product.series.pause(
                from: form["from"], until: form["until"], words: form["words"], in: id, as: context.viewer)
            return (.series(id), "Paused, and your partner has been told.")
        }
    }

    private func endPause(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let pause: ID<SeriesPause> = try context.id("pause")
        return try await submit(request, context, as: { _ in "pause" }, at: "ahead") { id, _ in
            try await product.series.endPause(pause, in: id, as: context.viewer)
            return (.series(id), "The pause has ended.")
        }
    }

    private func skip(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await submit(request, context, as: { "skip-\($0["occurrence"])" }, at: "ahead") { id, form in
            try await product.series.skip(
                form["occurrence"], saying: form["words"], in: id, as: context.viewer)
            return (.series(id), "Skipped, and your partner has been told. What was prepared goes to the next.")
        }
    }

    private func restore(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await submit(request, context, as: { "skip-\($0["occurrence"])" }, at: "ahead") { id, form in
            try await product.series.restore(form["occurrence"], in: id, as: context.viewer)
            return (.series(id), "You meet after all.")
        }
    }

    private func move(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await submit(request, context, as: { "move-\($0["occurrence"])" }, at: "ahead") { id, form in
            try await product.series.move(
                form["occurrence"], to: TimeDraft(day: form["day-1"], time: form["time-1"]), in: id,
                as: context.viewer)
            return (.series(id), "Moved; both of you get a mail.")
        }
    }

    private func end(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await submit(request, context, as: { _ in "ending" }) { id, form in
            try await product.series.end(
                form["words"], cancellingNext: form["cancel-next"] == "yes", in: id, as: context.viewer)
            return (.series(id), "Ended, and your partner has been told.")
        }
    }

    private func handOver(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await submit(request, context, as: { _ in "handover" }) { id, form in
            let session = try await product.series.handOver(
                HandoverDraft(
                    id: form["id"], partner: form["partner"], share: form["share"], earlier: Self.earlier(in: form),
                    time: TimeDraft(day: form["day-1"], time: form["time-1"]), message: form["message"],
                    cancelsNext: form["cancel-next"] == "yes"),
                in: id, as: context.viewer)
            return (.session(session), "The ask is on its way.")
        }
    }

    /// What may be read of the sessions with each partner before, as `share-` and their id say.
    private static func earlier(in form: Form) -> [String: String] {
        let shares = form.fields.filter { $0.name.hasPrefix("share-") }
        return Dictionary(
            shares.map { (String($0.name.dropFirst("share-".count)), $0.value) },
            uniquingKeysWith: { first, _ in first })
    }

    private func openHistory(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await submit(request, context, as: { "history-\($0["with"])" }, at: "history") { id, form in
            try await product.series.openHistory(form["share"], with: form["with"], in: id, as: context.viewer)
            return (.series(id), "Saved.")
        }
    }

    private func record(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let record = try await product.sessions.record(context.sessionID, as: context.viewer)
        return RecordPage(record: record, zone: context.viewer.timeZone).page.response(in: context)
    }
}

extension SignedInContext {
    /// The series that the address names.
    /// - Throws: ``NotFound`` when it names none.
    var seriesID: ID<Series> {
        get throws { try id("id") }
    }
}
