import Foundation
import HTTPTypes
import Hummingbird
import Storage
import Throughline

/// Asking for a session, answering, changing what was agreed, and the list of all.
struct SessionRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/sessions", use: list)
        signedIn.get("/sessions/new", use: new)
        signedIn.post("/sessions", use: ask)
        signedIn.get("/sessions/{id}", use: show)
        signedIn.post("/sessions/{id}/acceptance", use: accept)
        signedIn.post("/sessions/{id}/proposals", use: propose)
        signedIn.post("/sessions/{id}/agreed-time", use: keepAgreedTime)
        signedIn.post("/sessions/{id}/time", use: reschedule)
        signedIn.post("/sessions/{id}/time/confirmation", use: meetAllTheSame)
        for way in ["decline", "withdrawal", "cancellation"] {
            signedIn.post("/sessions/{id}/\(way)", use: end)
        }
    }

    private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let query = request.uri.queryParameters
        let search = SessionSearch(
            partner: query["with"].flatMap { ID<Person>($0) },
            words: String(
                (query["q"].map { String($0) } ?? "").trimmingCharacters(in: .whitespaces).prefix(Limit.line)
            )
            .replacing("\0", with: ""),
            before: query["before"].flatMap { Int64($0) }.flatMap(Self.moment))
        let list = try await product.sessions.list(search, as: context.viewer)
        return SessionListPage(list: list, search: search, viewer: context.viewer, now: product.now()).page
            .response(in: context)
    }

    /// A moment that both engines can hold.
    private static func moment(_ milliseconds: Int64) -> Date? {
        (0...32_503_680_000_000).contains(milliseconds) ? Date(milliseconds: milliseconds) : nil
    }

    // MARK: Asking

    private func new(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let query = request.uri.queryParameters
        return AskPage(
            viewer: context.viewer, candidates: try await product.sessions.candidates(for: context.viewer),
            now: product.now(), partner: query["with"].flatMap { ID<Person>($0) },
            purpose: query["purpose"].flatMap { Session.Purpose(rawValue: String($0)) } ?? .planning,
            rhythm: query["repeat"].flatMap { Rhythm.Choice(rawValue: String($0)) }.map { Rhythm(choice: $0.rawValue) }
                ?? .once,
            bringing: try await cancelled(query["bring"].map { String($0) } ?? "", context)
        ).page.response(in: context)
    }

    private func ask(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        do {
            let id = try await product.sessions.ask(draft(form, context.viewer), as: context.viewer)
            return redirect(to: .session(id), saying: "The ask is on its way.")
        } catch let invalid as Invalid {
            if request.wantsJSON { throw invalid }
            return AskPage(
                viewer: context.viewer, candidates: try await product.sessions.candidates(for: context.viewer),
                now: product.now(), bringing: try await cancelled(form["bring"], context),
                rejected: Rejected(name: "ask", form: form, problems: invalid.problems),
                coach: try await product.coaching.coach(for: context.viewer)
            ).page.response(in: context, status: .unprocessableContent)
        }
    }

    /// A session of the viewer's that was cancelled, whose preparation can come along; nil for anything else.
    private func cancelled(_ id: String, _ context: SignedInContext) async throws -> Session? {
        guard let id = ID<Session>(id) else { return nil }
        do {
            let session = try await product.sessions.access(id, as: context.viewer).session
            return session.state == .cancelled ? session : nil
        } catch is NotFound {
            return nil
        }
    }

    /// A title that the coach has been told to leave alone is kept without being asked about again.
    private func draft(_ form: Form, _ viewer: Viewer) async throws -> AskDraft {
        var draft = AskPage.draft(form)
        if !draft.keepsTitle {
            draft.keepsTitle = try await product.coaching.isKept(
                draft.title, as: Coached.sessionTitle(in: form), for: viewer)
        }
        return draft
    }

    // MARK: Showing

    /// The page that fits where the session stands.
    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.sessionID
        let state = try await product.sessions.access(id, as: context.viewer).session.state
        switch state {
        case .asked:
            return try await asked(id, context).response(in: context)
        case .agreed:
            return redirect(to: .preparation(id), showing: context.toast)
        case .running:
            return redirect(to: .session(id, "run"), showing: context.toast)
        case .closing, .confirmed:
            return redirect(to: .session(id, "recap"), showing: context.toast)
        case .declined, .cancelled:
            let ending = try await product.sessions.ending(id, as: context.viewer)
            return EndedPage(ending: ending, viewer: context.viewer).page.response(in: context)
        }
    }

    private func asked(
        _ id: ID<Session>, _ context: SignedInContext, rejected: Rejected? = nil
    ) async throws -> Page {
        AskedPage(
            asked: try await product.sessions.asked(id, as: context.viewer), viewer: context.viewer,
            now: product.now(), rejected: rejected
        ).page
    }

    // MARK: Answering

    private func accept(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.sessionID
        let form = try await request.form(in: context)
        return try await answer(request, context, id, "acceptance", form) {
            guard let time = ID<SessionTime>(form["time"]) else {
                throw Invalid("time", "Choose one of the times.")
            }
            try await product.sessions.accept(time, in: id, as: context.viewer)
            return redirect(to: .session(id), saying: "You have said yes. Now you can both prepare.")
        }
    }

    private func propose(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.sessionID
        let form = try await request.form(in: context)
        return try await answer(request, context, id, "proposals", form) {
            try await product.sessions.propose(
                TimeFields.drafts(in: form), saying: form["words"], in: id, as: context.viewer)
            return redirect(to: .session(id), saying: "Your times are on their way.")
        }
    }

    private func keepAgreedTime(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.sessionID
        try await product.sessions.keepAgreedTime(in: id, as: context.viewer)
        return redirect(to: .session(id), saying: "It stays as agreed.")
    }

    private func reschedule(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.sessionID
        let form = try await request.form(in: context)
        return try await answer(request, context, id, "time", form) {
            try await product.sessions.reschedule(
                to: TimeDraft(day: form["day-1"], time: form["time-1"]), saying: form["words"], in: id,
                as: context.viewer)
            return redirect(to: .session(id), saying: "Moved; both of you get a mail.")
        }
    }

    private func meetAllTheSame(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.sessionID
        let form = try await request.form(in: context)
        try await product.sessions.meetAllTheSame(id, as: context.viewer)
        let session = try await product.sessions.access(id, as: context.viewer).session
        let back = form["back"] == "series" ? session.series.map { Path.series($0) } : nil
        return redirect(to: back ?? .today, saying: "You meet all the same.")
    }

    private func end(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.sessionID
        let form = try await request.form(in: context)
        return try await answer(request, context, id, "ending", form) {
            try await product.sessions.end(form["words"], in: id, as: context.viewer)
            return redirect(to: .session(id), saying: "Done, and your partner has been told.")
        }
    }

    /// Runs an answer; what can't be taken as it was typed is shown at its field, on the page it was typed
    /// on.
    private func answer(
        _ request: Request, _ context: SignedInContext, _ id: ID<Session>, _ name: String, _ form: Form,
        _ act: () async throws -> Response
    ) async throws -> Response {
        do {
            return try await act()
        } catch let invalid as Invalid where !request.wantsJSON {
            let rejected = Rejected(name: name, form: form, problems: invalid.problems)
            let state = try await product.sessions.access(id, as: context.viewer).session.state
            let page =
                state == .asked
                ? try await asked(id, context, rejected: rejected)
                : try await PreparationRoutes(product: product).page(id, context, rejected: rejected)
            return page.response(in: context, status: .unprocessableContent)
        }
    }
}

extension SignedInContext {
    /// The session that the address names.
    /// - Throws: ``NotFound`` when it names none.
    var sessionID: ID<Session> {
        get throws {
            guard let id = parameters.get("id").flatMap({ ID<Session>($0) }) else { throw NotFound() }
            return id
        }
    }
}
