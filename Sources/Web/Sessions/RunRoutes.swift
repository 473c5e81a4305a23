import Foundation
import HTTPTypes
import Hummingbird
import Storage
import Throughline

/// The room: a session while it runs.
struct RunRoutes {
    let product: Product

    private var sessions: Sessions { product.sessions }

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/sessions/{id}/run", use: show)
        signedIn.post("/sessions/{id}/run", use: start)
        signedIn.post("/sessions/{id}/run/step", use: move)
        signedIn.post("/sessions/{id}/run/extension", use: extend)
        signedIn.post("/sessions/{id}/run/pause", use: pause)
        signedIn.post("/sessions/{id}/run/resumption", use: resume)
        signedIn.post("/sessions/{id}/run/ending", use: finish)
        signedIn.post("/sessions/{id}/run/reopening", use: reopen)
        signedIn.post("/sessions/{id}/run/notes/{step}", use: saveNotes)
        signedIn.post("/sessions/{id}/run/private", use: savePrivate)
        signedIn.post("/sessions/{id}/run/agenda", use: noteOutcomes)
        signedIn.post("/sessions/{id}/verdicts", use: judge)
        signedIn.post("/sessions/{id}/captures", use: capture)
        signedIn.post("/sessions/{id}/captures/{capture}", use: reword)
        signedIn.post("/sessions/{id}/captures/{capture}/removal", use: remove)
        signedIn.post("/sessions/{id}/captures/{capture}/return", use: bringBack)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        do {
            return try await room(id, context, step: request.step)
        } catch is Conflict {
            return try await elsewhere(id, context)
        }
    }

    /// Where one goes when the session isn't running.
    private func elsewhere(_ id: ID<Session>, _ context: SignedInContext) async throws -> Response {
        let access = try await sessions.access(id, as: context.viewer)
        switch access.session.state {
        case .running:
            return redirect(to: .run(id))
        case .agreed:
            return StartPage(access: access, zone: context.viewer.timeZone, now: product.now()).page.response(
                in: context)
        case .closing, .confirmed:
            return redirect(to: .recap(id), showing: context.toast)
        case .asked, .declined, .cancelled:
            return redirect(to: .session(id), showing: context.toast)
        }
    }

    private func room(
        _ id: ID<Session>, _ context: SignedInContext, step: Session.Step?, rejected: Rejected? = nil
    ) async throws -> Response {
        let room = try await sessions.room(id, lookingAt: step, as: context.viewer)
        let coach = try await product.coaching.coach(for: context.viewer)
        return RunPage(room: room, zone: context.viewer.timeZone, rejected: rejected, coach: coach).page
            .response(in: context, status: rejected == nil ? .ok : .unprocessableContent)
    }

    /// The page that a text stands on: the room, or, once the talk is over, the recap.
    private func page(
        _ id: ID<Session>, _ context: SignedInContext, step: Session.Step?, rejected: Rejected
    ) async throws -> Response {
        do {
            return try await room(id, context, step: step, rejected: rejected)
        } catch is Conflict {
            let view = try await sessions.recap(id, as: context.viewer)
            let coach = try await product.coaching.coach(for: context.viewer)
            return RecapPage(view: view, zone: context.viewer.timeZone, rejected: rejected, coach: coach).page
                .response(in: context, status: .unprocessableContent)
        }
    }

    // MARK: Moving through it

    private func start(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        try await sessions.start(id, as: context.viewer)
        return redirect(to: .run(id))
    }

    private func move(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        let form = try await request.form(in: context)
        guard let from = Session.Step(form["from"]), let target = Session.Step(form["step"]) else {
            throw HTTPError(.badRequest, message: "A session has five steps, 1 to 5.")
        }
        switch try await sessions.move(id, from: from, to: target, as: context.viewer) {
        case .moved:
            return redirect(to: .run(id))
        case .wasElsewhere(let step):
            return redirect(to: .run(id), saying: "The session had moved to \(step.name) already.")
        }
    }

    private func extend(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        let form = try await request.form(in: context)
        guard let step = Session.Step(form["step"]), let seen = Int(form["extended"]), seen >= 0,
            let minutes = form["minutes"].isEmpty ? Sessions.extensions.first : Int(form["minutes"])
        else {
            throw HTTPError(.badRequest, message: "Say which step gets how much more time.")
        }
        try await sessions.extend(id, step: step, by: minutes, alreadyExtendedBy: seen, as: context.viewer)
        return redirect(to: .run(id), saying: "\(minutes == 2 ? "Two" : "Five") more minutes for \(step.name).")
    }

    private func pause(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        try await sessions.pause(id, as: context.viewer)
        return redirect(to: .run(id), saying: "The clock is stopped for you both.")
    }

    private func resume(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        try await sessions.resume(id, as: context.viewer)
        return redirect(to: .run(id), saying: "The clock goes on.")
    }

    private func finish(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        try await sessions.finish(id, as: context.viewer)
        return redirect(to: .recap(id))
    }

    private func reopen(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        try await sessions.reopen(id, as: context.viewer)
        return redirect(
            to: .run(id), saying: "The room is open again. What you changed in the recap is kept.")
    }

    // MARK: Writing in it

    private func saveNotes(_ request: Request, _ context: SignedInContext) async throws -> Response {
        guard let step = Session.Step(context.parameters.get("step") ?? "") else { throw NotFound() }
        return try await save(.notes(on: step), at: step, request, context)
    }

    private func savePrivate(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await save(.privateNotes, at: nil, request, context)
    }

    private func save(
        _ field: SessionField, at step: Session.Step?, _ request: Request, _ context: SignedInContext
    ) async throws -> Response {
        let id = try context.session
        let form = try await request.form(in: context)
        let shown = form["step"] == RunPage.now ? nil : step ?? Session.Step(form["step"])
        let outcome: SaveOutcome
        do {
            outcome = try await sessions.save(
                form["body"], to: field, basedOn: Int(form["version"]) ?? 0, in: id, as: context.viewer)
        } catch let invalid as Invalid where !request.wantsJSON {
            let problems = invalid.problems.map { Problem(field: "body", words: $0.words) }
            return try await page(
                id, context, step: shown,
                rejected: Rejected(name: field.rawValue, form: form, problems: problems))
        }
        let time = product.now().time(in: context.viewer.timeZone)
        switch outcome {
        case .saved(let version):
            if request.wantsJSON { return try json(SavedText(version: version, saved: time)) }
            return redirect(to: .run(id, step: shown), saying: "Saved at \(time).")
        case .merged(let version, let body):
            if request.wantsJSON { return try json(SavedText(version: version, saved: time, body: body)) }
            return redirect(
                to: .run(id, step: shown), saying: "Saved at \(time), together with what came in between.")
        case .collided(let theirs, let by, let at, let version):
            if request.wantsJSON {
                throw Conflict(
                    "\(by.first) changed the same lines at \(at.time(in: context.viewer.timeZone)).")
            }
            let label = step.map { "The notes on \($0.name)" } ?? "Your private notes"
            return VersionsPage(
                other: by.id == context.viewer.id ? nil : by, at: at.time(in: context.viewer.timeZone),
                action: step.map { .notes(id, $0) } ?? .runPart(id, "private"), back: .run(id, step: shown),
                choices: [.init("body", label, mine: form["body"], theirs: theirs, holdsBoth: true)],
                also: [("version", String(version))]
            ).page.response(in: context, status: .conflict)
        }
    }

    private func noteOutcomes(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        let form = try await request.form(in: context)
        var outcomes: [ID<RoomItem>: RoomItem.Outcome] = [:]
        for field in form.fields where field.name.hasPrefix("outcome-") {
            guard let item = ID<RoomItem>(field.name.dropFirst("outcome-".count)) else { throw NotFound() }
            guard let outcome = RoomItem.Outcome(rawValue: field.value) else {
                throw HTTPError(.badRequest, message: "An agenda item is open, covered or not reached.")
            }
            outcomes[item] = outcome
        }
        try await sessions.note(outcomes: outcomes, in: id, as: context.viewer)
        if request.wantsJSON {
            return try json(SavedText(version: 0, saved: product.now().time(in: context.viewer.timeZone)))
        }
        return redirect(to: .run(id, step: Session.Step(form["shown"])), fragment: "agenda", saying: "Noted.")
    }

    private func judge(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        let form = try await request.form(in: context)
        let shown = form["shown"] == RunPage.now ? nil : Session.Step.alignment
        let drafts = form.all("subject").map { subject in
            VerdictDraft(
                subject: subject, answer: form["answer-\(subject)"], priority: form["priority-\(subject)"],
                reason: form["reason-\(subject)"],
                version: Int(form.has("version") ? form["version"] : form["version-\(subject)"]) ?? 0)
        }
        do {
            let versions = try await sessions.judge(drafts, in: id, as: context.viewer)
            if request.wantsJSON {
                let version = drafts.first.flatMap { versions[$0.subject] } ?? 0
                return try json(
                    SavedText(version: version, saved: product.now().time(in: context.viewer.timeZone)))
            }
            return redirect(
                to: .run(id, step: shown), fragment: "verdicts", saying: "The answers are saved.")
        } catch let invalid as Invalid {
            let stale = invalid.problems.first { $0.words.hasPrefix(VerdictDraft.changedElsewhere) }
            if request.wantsJSON, let stale { throw Conflict(stale.words) }
            if request.wantsJSON { throw invalid }
            return try await room(
                id, context, step: .alignment,
                rejected: Rejected(name: "verdicts", form: form, problems: invalid.problems))
        }
    }

    private func capture(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        let form = try await request.form(in: context)
        let shown = Session.Step(form["shown"])
        let draft = CaptureDraft(
            id: form.newID(at: product.now()), kind: form["kind"], body: form["body"],
            giver: form["giver"], owner: form["owner"], dueOn: form["due"])
        do {
            try await sessions.capture(draft, in: id, as: context.viewer)
            return redirect(to: .run(id, step: shown), fragment: "capture", saying: "Kept.")
        } catch let invalid as Invalid where !request.wantsJSON {
            return try await room(
                id, context, step: shown,
                rejected: Rejected(name: "capture", form: form, problems: invalid.problems))
        }
    }

    private func reword(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (id, capture) = (try context.session, try context.capture)
        let form = try await request.form(in: context)
        do {
            try await sessions.reword(
                capture, to: form["body"], basedOn: Int(form["version"]) ?? 0, in: id, as: context.viewer)
            return redirect(
                to: .run(id, step: Session.Step(form["shown"])), fragment: "capture", saying: "Changed.")
        } catch let invalid as Invalid where !request.wantsJSON {
            return try await room(
                id, context, step: Session.Step(form["shown"]),
                rejected: Rejected(name: "capture-\(capture)", form: form, problems: invalid.problems))
        }
    }

    private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await setRemoved(true, request, context)
    }

    private func bringBack(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await setRemoved(false, request, context)
    }

    private func setRemoved(
        _ isRemoved: Bool, _ request: Request, _ context: SignedInContext
    ) async throws -> Response {
        let id = try context.session
        let form = try await request.form(in: context)
        try await sessions.setRemoved(isRemoved, try context.capture, in: id, as: context.viewer)
        return redirect(
            to: .run(id, step: Session.Step(form["shown"])), fragment: "capture",
            saying: isRemoved ? "Removed. You can bring it back below the list." : "It is back.")
    }
}

/// What autosaving is answered with.
private struct SavedText: Encodable {
    let version: Int
    let saved: String
    /// The text with the other's changes to other lines, where there were any.
    var body: String?
}

extension SignedInContext {
    /// The session that the address names.
    var session: ID<Session> {
        get throws { try id("id") }
    }

    var capture: ID<Capture> {
        get throws { try id("capture") }
    }

    /// An id in the address.
    /// - Throws: ``NotFound`` when it can't be one.
    func id<Entity>(_ parameter: String) throws -> ID<Entity> {
        guard let id = ID<Entity>(parameters.get(parameter) ?? "") else { throw NotFound() }
        return id
    }
}

extension Session.Step {
    /// A step by its number, as addresses and forms hold it.
    init?(_ text: some StringProtocol) {
        guard let number = Int(text) else { return nil }
        self.init(rawValue: number)
    }
}

extension Request {
    /// The step to look at, `?step=3`.
    fileprivate var step: Session.Step? { uri.queryParameters["step"].flatMap { Session.Step($0) } }
}
