import Foundation
import HTTPTypes
import Hummingbird
import Markup
import Storage
import Throughline

/// The recap: edited, corrected and confirmed by both, frozen, amended, copied, and followed by the next session.
struct RecapRoutes {
    let product: Product

    private var sessions: Sessions { product.sessions }

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/sessions/{id}/recap", use: show)
        signedIn.post("/sessions/{id}/recap", use: edit)
        signedIn.get("/sessions/{id}/recap/mail", use: mail)
        signedIn.get("/sessions/{id}/recap.md", use: markdown)
        signedIn.post("/sessions/{id}/confirmation", use: confirm)
        signedIn.post("/sessions/{id}/corrections", use: correct)
        signedIn.post("/sessions/{id}/corrections/{correction}/adoption", use: takeOver)
        signedIn.post("/sessions/{id}/corrections/{correction}/refusal", use: keepWords)
        signedIn.post("/sessions/{id}/corrections/{correction}/withdrawal", use: withdraw)
        signedIn.post("/sessions/{id}/amendments", use: amend)
        signedIn.post("/sessions/{id}/next", use: proposeNext)
        signedIn.post("/sessions/{id}/actions", use: addAction)
        signedIn.post("/sessions/{id}/actions/{action}", use: changeAction)
        signedIn.post("/sessions/{id}/actions/{action}/removal", use: removeAction)
        signedIn.post("/sessions/{id}/actions/{action}/return", use: bringActionBack)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        do {
            return try await page(id, context)
        } catch is Conflict {
            // There is none yet: the session itself says how it stands.
            let access = try await sessions.access(id, as: context.viewer)
            return redirect(
                to: access.session.state == .running ? .run(id) : .session(id), showing: context.toast)
        }
    }

    private func page(
        _ id: ID<Session>, _ context: SignedInContext, rejected: Rejected? = nil
    ) async throws -> Response {
        let view = try await sessions.recap(id, as: context.viewer)
        let coach = view.isFrozen ? PersonalCoach() : try await product.coaching.coach(for: context.viewer)
        return RecapPage(view: view, zone: context.viewer.timeZone, rejected: rejected, coach: coach).page
            .response(in: context, status: rejected == nil ? .ok : .unprocessableContent)
    }

    /// Runs a verb of the page; what can't be taken is shown on the page with what was typed.
    private func submit(
        _ name: String, _ request: Request, _ context: SignedInContext,
        _ body: (ID<Session>, Form) async throws -> Response
    ) async throws -> Response {
        let id = try context.session
        let form = try await request.form(in: context)
        do {
            return try await body(id, form)
        } catch let invalid as Invalid where !request.wantsJSON {
            let rejected = Rejected(name: name, form: form, problems: invalid.problems)
            let shown = Session.Step(form["shown"])
            guard shown != nil || form["shown"] == RunPage.now else {
                return try await page(id, context, rejected: rejected)
            }
            let room = try await sessions.room(id, lookingAt: shown, as: context.viewer)
            let coach = try await product.coaching.coach(for: context.viewer)
            return RunPage(room: room, zone: context.viewer.timeZone, rejected: rejected, coach: coach).page
                .response(in: context, status: .unprocessableContent)
        }
    }

    // MARK: Words

    private func edit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let part = try await request.form(in: context)
        let id = try context.session
        let version = Int(part["version"]) ?? 0
        var parts: [RecapWords.Part: String] = [:]
        for field in RecapWords.Part.allCases where part.has(field.rawValue) {
            parts[field] = part[field.rawValue]
        }
        let place = RecapWords.Part.allCases.first { parts[$0] != nil }?.place
        do {
            switch try await sessions.edit(parts, basedOn: version, in: id, as: context.viewer) {
            case .unchanged:
                return redirect(to: .recap(id), fragment: place, saying: "Nothing was changed.")
            case .saved(let voided):
                return redirect(to: .recap(id), fragment: place, saying: "Saved. " + voided.takenBack(context.viewer))
            case .merged(let voided):
                return redirect(
                    to: .recap(id), fragment: place,
                    saying: "Saved, together with what came in between. " + voided.takenBack(context.viewer))
            case .collided(let collision):
                return choose(collision, id, context)
            }
        } catch let invalid as Invalid where !request.wantsJSON {
            return try await page(
                id, context, rejected: Rejected(name: "words", form: part, problems: invalid.problems))
        }
    }

    private func choose(
        _ collision: RecapCollision, _ id: ID<Session>, _ context: SignedInContext
    ) -> Response {
        let choices = collision.parts.map { part in
            VersionsPage.Choice(
                part.rawValue, part.label, mine: collision.mine[part], theirs: collision.theirs[part],
                holdsBoth: part.holdsLines)
        }
        let others = RecapWords.Part.allCases.filter { !collision.parts.contains($0) }
        return VersionsPage(
            other: collision.by.id == context.viewer.id ? nil : collision.by,
            at: collision.at.time(in: context.viewer.timeZone), action: .recap(id), back: .recap(id),
            choices: choices,
            also: [("version", String(collision.version))] + others.map { ($0.rawValue, collision.mine[$0]) }
        ).page.response(in: context, status: .conflict)
    }

    /// The letter, as a document of its own. Its style block, which the pages' policy forbids, adapts it to dark
    /// colours and phones, so its own policy allows it, and forbids all else.
    private func mail(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let letter = try await sessions.recapMail(try context.session, as: context.viewer).html.text
        let icon = "<link rel=\"icon\" href=\"data:,\">"
        let shown = letter.replacing("</title>", with: "</title>\n" + icon, maxReplacements: 1)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .contentLength: String(shown.utf8.count),
                .cacheControl: "no-store",
                .contentSecurityPolicy: """
                default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; \
                frame-ancestors 'none'; base-uri 'none'
                """,
            ], body: .init(byteBuffer: .init(string: shown)))
    }

    private func markdown(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        let zone = context.viewer.timeZone
        let view = try await sessions.recap(id, as: context.viewer)
        let text = view.markdown(zone: zone)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/markdown; charset=utf-8", .contentLength: String(text.utf8.count),
                .contentDisposition: "attachment; filename=\"recap-\(view.day(in: zone).iso).md\"",
                .cacheControl: "no-store",
            ], body: .init(byteBuffer: .init(string: text)))
    }

    // MARK: Yes, and not quite

    private func confirm(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        let version = Int(try await request.form(in: context)["version"]) ?? 0
        switch try await sessions.confirm(id, seen: version, as: context.viewer) {
        case .waits:
            let access = try await sessions.access(id, as: context.viewer)
            return redirect(
                to: .recap(id), fragment: "right", saying: "You have said yes; it waits for \(access.partner.first).")
        case .final:
            return redirect(
                to: .recap(id), fragment: "right",
                saying: "Both of you have said yes. The recap is final and on its way.")
        }
    }

    private func correct(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await submit("correction", request, context) { id, form in
            try await sessions.correct(
                form["about"], to: form["wording"], seen: Int(form["version"]) ?? 0,
                correction: form.newID(at: product.now()), in: id, as: context.viewer)
            return redirect(
                to: .recap(id), fragment: "right", saying: "Sent. Nothing is final until you both say yes.")
        }
    }

    private func takeOver(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        let voided = try await sessions.takeOver(try context.id("correction"), in: id, as: context.viewer)
        return redirect(
            to: .recap(id), fragment: "right", saying: "Taken over. " + voided.takenBack(context.viewer))
    }

    private func keepWords(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let correction: ID<RecapCorrection> = try context.id("correction")
        return try await submit("answer-\(correction)", request, context) { id, form in
            try await sessions.keepWords(
                despite: correction, saying: form["answer"], in: id, as: context.viewer)
            return redirect(to: .recap(id), fragment: "right", saying: "Answered.")
        }
    }

    private func withdraw(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        try await sessions.withdraw(try context.id("correction"), in: id, as: context.viewer)
        return redirect(to: .recap(id), fragment: "right", saying: "Taken back.")
    }

    private func amend(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await submit("amendment", request, context) { id, form in
            try await sessions.amend(
                id, body: form["body"], reason: form["reason"],
                amendment: form.newID(at: product.now()), as: context.viewer)
            return redirect(to: .recap(id), fragment: "amendments", saying: "Added below the record.")
        }
    }

    // MARK: What follows

    private func proposeNext(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await submit("next", request, context) { id, form in
            let draft = FollowingDraft(
                title: form["title"], when: form["when"], own: form["own"], carry: form.all("carry"))
            let next = try await sessions.proposeNext(draft, after: id, as: context.viewer)
            let access = try await sessions.access(next, as: context.viewer)
            let isMine = access.session.askedBy == context.viewer.id
            let words =
                "\(access.partner.first) has proposed the next session already. You can propose another time here."
            return redirect(to: .session(next), saying: isMine ? "Proposed." : words)
        }
    }

    private func addAction(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await submit("new-action", request, context) { id, form in
            try await sessions.add(
                ActionDraft(
                    id: form.newID(at: product.now()), body: form["body"], owner: form["owner"],
                    dueOn: form["due"]), in: id, as: context.viewer)
            return redirect(to: back(id, form), fragment: "next-steps", saying: "Added.")
        }
    }

    private func changeAction(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let action: ID<Action> = try context.id("action")
        return try await submit("action-\(action)", request, context) { id, form in
            try await sessions.change(
                action, to: ActionDraft(body: form["body"], owner: form["owner"], dueOn: form["due"]),
                basedOn: Int(form["version"]) ?? 0, in: id, as: context.viewer)
            return redirect(to: back(id, form), fragment: "next-steps", saying: "Changed.")
        }
    }

    private func removeAction(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await setRemoved(true, request, context)
    }

    private func bringActionBack(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await setRemoved(false, request, context)
    }

    private func setRemoved(
        _ isRemoved: Bool, _ request: Request, _ context: SignedInContext
    ) async throws -> Response {
        let id = try context.session
        let form = try await request.form(in: context)
        let action: ID<Action> = try context.id("action")
        try await sessions.setRemoved(isRemoved, action, in: id, as: context.viewer)
        return redirect(
            to: back(id, form), fragment: "next-steps",
            saying: isRemoved ? "Removed. You can bring it back below the list." : "It is back.")
    }

    /// The page that an action's form was on.
    private func back(_ id: ID<Session>, _ form: Form) -> Path {
        if form["shown"] == RunPage.now { return .run(id) }
        return Session.Step(form["shown"]).map { .run(id, step: $0) } ?? .recap(id)
    }
}

extension RecapWords.Part {
    /// Where the page shows it.
    fileprivate var place: String {
        switch self {
        case .takeaways: "takeaways"
        case .decisions: "decided"
        case .oath: "right"
        case .mailSubject, .mailWords: "letter"
        }
    }
}

extension [PersonName] {
    /// Whose yes no longer stands, in words.
    fileprivate func takenBack(_ viewer: Viewer) -> String {
        guard !isEmpty else { return "You both still have to say yes." }
        let whose = map { $0.id == viewer.id ? "your" : "\($0.first)’s" }.joined(separator: " and ")
        let others = filter { $0.id != viewer.id }
        let again =
            others.isEmpty
            ? "say it again" : count > others.count ? "both of you say it again" : "\(others[0].first) says it again"
        return "The wording is new, so \(whose) yes no longer counts: \(again)."
    }
}
