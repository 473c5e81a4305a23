import Foundation
import HTTPTypes
import Hummingbird
import Markup
import Storage
import Throughline

/// Preparing a session. Each piece has an address of its own and is saved by itself.
struct PreparationRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        let routes = signedIn.group("/sessions/{id}/preparation")
        routes.get(use: show)
        routes.get("/preview", use: preview)
        routes.post("/purpose", use: savePurpose)
        routes.post("/texts/{field}", use: saveText)
        routes.post("/sharing", use: share)
        routes.post("/alignment", use: align)
        routes.post("/ranking", use: rank)
        routes.post("/carried/{carried}/answer", use: answerCarried)
        routes.post("/carried/{carried}/reopening", use: reopenCarried)
        routes.post("/dismissals", use: dismiss)
        routes.post("/dismissals/withdrawal", use: bringBack)
        routes.post("/agenda", use: addItem)
        routes.post("/agenda/order", use: arrange)
        routes.post("/agenda/offers", use: takeOffers)
        routes.post("/agenda/{item}", use: saveItem)
        routes.post("/agenda/{item}/place", use: moveItem)
        routes.post("/agenda/{item}/removal", use: removeItem)
        routes.post("/agenda/{item}/restoration", use: restoreItem)
        routes.post("/evidence", use: addEvidence)
        routes.post("/evidence/{piece}", use: saveEvidence)
        routes.post("/evidence/{piece}/removal", use: removeEvidence)
        routes.post("/evidence/{piece}/restoration", use: restoreEvidence)
    }

    // MARK: Showing

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.sessionID
        let preparation = try await product.sessions.preparation(of: id, as: context.viewer)
        guard ![.declined, .cancelled].contains(preparation.session.state) else {
            return redirect(to: .session(id), showing: context.toast)
        }
        return page(preparation, context).response(in: context)
    }

    private func preview(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let preparation = try await product.sessions.previewForPartner(
            of: context.sessionID, as: context.viewer)
        return PreparePage(
            preparation: preparation, zone: preparation.partnerZone, now: product.now(),
            previewFor: preparation.access.me
        ).page.response(in: context)
    }

    func page(
        _ id: ID<Session>, _ context: SignedInContext, rejected: Rejected? = nil
    ) async throws -> Page {
        page(try await product.sessions.preparation(of: id, as: context.viewer), context, rejected: rejected)
    }

    private func page(
        _ preparation: Preparation, _ context: SignedInContext, rejected: Rejected? = nil
    ) -> Page {
        PreparePage(
            preparation: preparation, zone: context.viewer.timeZone, now: product.now(), rejected: rejected
        ).page
    }

    // MARK: Saving

    /// Runs a save; what can't be taken as it was typed is shown at its field, with everything typed kept.
    private func saving(
        _ request: Request, _ context: SignedInContext, _ form: Form, as name: String,
        _ save: (ID<Session>) async throws -> Response
    ) async throws -> Response {
        let id = try context.sessionID
        do {
            return try await save(id)
        } catch let invalid as Invalid where !request.wantsJSON {
            let rejected = Rejected(name: name, form: form, problems: invalid.problems)
            return try await page(id, context, rejected: rejected)
                .response(in: context, status: .unprocessableContent)
        }
    }

    /// What a save answers with: the new version for the script, the page for everybody else.
    private func saved(
        _ id: ID<Session>, _ fragment: String, version: Int, body: String? = nil,
        saying words: String = "Saved.",
        _ request: Request, _ context: SignedInContext
    ) throws -> Response {
        guard request.wantsJSON else {
            return redirect(to: .preparation(id), fragment: fragment, saying: words)
        }
        struct Saved: Encodable {
            let version: Int
            let saved: String
            let body: String?
        }
        return try json(
            Saved(version: version, saved: product.now().time(in: context.viewer.timeZone), body: body))
    }

    private func done(_ id: ID<Session>, _ fragment: String, saying words: String? = nil) -> Response {
        redirect(to: .preparation(id), fragment: fragment, saying: words)
    }

    /// Both versions to choose from, or, for the script, the news that there are two.
    private func collision(
        _ page: VersionsPage, _ request: Request, _ context: SignedInContext
    ) throws -> Response {
        if request.wantsJSON {
            let who = page.other?.first ?? "Another window"
            throw Conflict("\(who) has changed this too. Both versions are safe; choose one.")
        }
        return page.page.response(in: context, status: .conflict)
    }

    private func savePurpose(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        return try await saving(request, context, form, as: "purpose-form") { id in
            let isKept = try await product.coaching.isKept(
                form["title"], as: Coached.sessionTitle(in: form), for: context.viewer)
            let draft = Sessions.PurposeDraft(
                purpose: form["purpose"], purposeWords: form["purpose-words"], title: form["title"],
                keepsTitle: form["keep-title"] == "yes" || isKept, basedOn: form["was"])
            guard let theirs = try await product.sessions.savePurpose(draft, of: id, as: context.viewer) else {
                return done(id, "purpose", saying: "Saved.")
            }
            let access = try await product.sessions.access(id, as: context.viewer)
            return try collision(
                VersionsPage(
                    other: access.partner, action: .preparation(id, "purpose"), back: .preparation(id),
                    choices: [.init("title", "Its name in both calendars", mine: form["title"], theirs: theirs.title)],
                    also: form.kept(besides: ["was", "title"]) + [("was", theirs.title)]),
                request, context)
        }
    }

    private func saveText(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        guard let field = context.parameters.get("field").flatMap({ SessionField(rawValue: $0) }),
            field.isDraftedFirst || field.isPrivate
        else { throw NotFound() }
        let isDraft = form["draft"] == "1"
        let name = field.isPrivate ? "private" : "\(field.rawValue)-\(isDraft ? "draft" : "shared")"
        return try await saving(request, context, form, as: name) { id in
            let fragment = field.isPrivate ? "notes" : "aims"
            let body = form["body"]
            let outcome = try await product.sessions.save(
                body, to: field, asDraft: isDraft, basedOn: Int(form["version"]) ?? 0, in: id,
                as: context.viewer)
            switch outcome {
            case .saved(let version):
                return try saved(id, fragment, version: version, request, context)
            case .merged(let version, let body):
                return try saved(
                    id, fragment, version: version, body: body,
                    saying: "Saved, together with what was written meanwhile.", request, context)
            case .collided(let theirs, let by, let at, let version):
                let versions = VersionsPage(
                    other: by.id == context.viewer.id ? nil : by, at: at.time(in: context.viewer.timeZone),
                    action: .preparation(id, "texts/\(field.rawValue)"), back: .preparation(id),
                    choices: [.init("body", field.question, mine: body, theirs: theirs, holdsBoth: true)],
                    also: form.kept(besides: ["version", "body"]) + [("version", String(version))])
                return try collision(versions, request, context)
            }
        }
    }

    private func share(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.sessionID
        let count = try await product.sessions.share(id, as: context.viewer)
        let words =
            count == 0 ? "There was nothing new to share." : "Shared: \(Words.counted(count, "piece"))."
        return redirect(to: .preparation(id), saying: words)
    }

    private func align(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        return try await saving(request, context, form, as: "link-\(form["work"])") { id in
            guard let work = ID<Work>(form["work"]) else { throw NotFound() }
            switch form["supports"] {
            case "":
                throw Invalid("supports", "Choose what it serves, or that it serves nothing.")
            case "pause":
                try await product.sessions.proposePause(of: work, in: id, as: context.viewer)
                return done(id, "agenda", saying: "It is on your agenda, as a draft.")
            case let goal:
                _ = try await product.sessions.access(id, as: context.viewer)
                try await product.goals.link(work, to: goal, as: context.viewer)
                return done(id, "alignment", saying: "Linked.")
            }
        }
    }

    private func rank(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        return try await saving(request, context, form, as: "ranking") { id in
            let prefix = "place-"
            let places = form.fields.filter { $0.name.hasPrefix(prefix) }
                .map { (String($0.name.dropFirst(prefix.count)), $0.value) }
            try await product.sessions.rank(
                Dictionary(places, uniquingKeysWith: { first, _ in first }), in: id, as: context.viewer)
            return done(id, "ranking", saying: "Your order is kept.")
        }
    }

    // MARK: Carried over, and suggested

    /// The form that an answer came from; where it names none, the one that holds what was typed.
    private func answerName(_ form: Form) -> String {
        if ["action", "delegated", "dropped"].contains(form["answer"]) { return form["answer"] }
        return form.has("words") ? "dropped" : form.has("delegate") ? "delegated" : "action"
    }

    private func answerCarried(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let carried = try context.carried
        // “First on the agenda” stands in the form of “do it now”.
        let name = answerName(form)
        return try await saving(request, context, form, as: "\(name)-\(carried)") { id in
            let draft = CarriedAnswerDraft(
                answer: form["answer"], owner: form["owner"], dueOn: form["due"], delegate: form["delegate"],
                words: form["words"])
            try await product.sessions.answer(carried, draft, in: id, as: context.viewer)
            return done(id, "carried", saying: "Decided. You can take it back until you meet.")
        }
    }

    private func reopenCarried(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.sessionID
        try await product.sessions.takeBack(context.carried, in: id, as: context.viewer)
        return done(id, "carried", saying: "Taken back.")
    }

    private func dismiss(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let id = try context.sessionID
        try await product.sessions.dismiss(form["offer"], in: id, as: context.viewer)
        return done(id, "offers", saying: "Not this time. You can bring it back below the list.")
    }

    private func bringBack(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let id = try context.sessionID
        try await product.sessions.bringBack(form["offer"], in: id, as: context.viewer)
        return done(id, "offers")
    }

    // MARK: Agenda

    private func addItem(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        return try await saving(request, context, form, as: "new-item") { id in
            let item = try await product.sessions.addItem(
                form.agendaDraft, as: form.newID(at: product.now()), to: id, as: context.viewer)
            return done(id, "item-\(item)", saying: "Added, as your draft.")
        }
    }

    private func saveItem(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let item = try context.agendaItem
        return try await saving(request, context, form, as: "item-\(item)") { id in
            if form["choice"] == "both" {
                try await product.sessions.addItem(
                    form.agendaDraft, as: form.newID(at: product.now()), to: id, as: context.viewer)
                return done(id, "agenda", saying: "Both are on the agenda; yours is your draft.")
            }
            if form["choice"] == "theirs" { return done(id, "item-\(item)") }
            let outcome = try await product.sessions.saveItem(
                form.agendaDraft, to: item, basedOn: Int(form["version"]) ?? 0, in: id, as: context.viewer)
            switch outcome {
            case .saved(let version):
                return try saved(id, "item-\(item)", version: version, request, context)
            case .collided(let theirs):
                let access = try await product.sessions.access(id, as: context.viewer)
                return try collision(versions(theirs, form, access, context), request, context)
            }
        }
    }

    private func versions(
        _ theirs: AgendaItem, _ form: Form, _ access: SessionAccess, _ context: SignedInContext
    ) -> VersionsPage {
        func words(_ title: String, _ minutes: String, _ presenter: String, _ ending: String) -> HTML {
            let who = [access.me, access.partner].first { $0.id.text == presenter }?.first ?? ""
            let end = AgendaItem.Ending(rawValue: ending)?.label ?? ""
            return
                "\(title)<br><span class=\"meta\">\(minutes) minutes, led by \(who), ends with \(end)</span>"
        }
        let id = access.session.id
        let mine = words(form["title"], form["minutes"], form["presenter"], form["ending"])
        return VersionsPage(
            other: access.partner, at: theirs.changedAt.time(in: context.viewer.timeZone),
            action: .agendaItem(theirs.id, in: id), back: .preparation(id),
            choices: [
                .init(
                    "The agenda item", mine: mine,
                    theirs: words(
                        theirs.title, String(theirs.minutes), theirs.presenter.text, theirs.ending.rawValue),
                    both: "Two items; yours is your draft")
            ],
            also: form.keptForNew(at: product.now()) + [("version", String(theirs.version))])
    }

    private func moveItem(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let (id, item) = (try context.sessionID, try context.agendaItem)
        guard let place = Int(form["place"]) else { throw NotFound() }
        try await product.sessions.moveItem(item, to: place, in: id, as: context.viewer)
        return done(id, "item-\(item)")
    }

    private func arrange(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let id = try context.sessionID
        let order = form.all("order").compactMap { ID<AgendaItem>($0) }
        try await product.sessions.arrangeItems(order, in: id, as: context.viewer)
        return done(id, "agenda")
    }

    private func takeOffers(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let id = try context.sessionID
        let count = try await product.sessions.takeOffers(form.all("offer"), in: id, as: context.viewer)
        let words = count == 0 ? nil : count == 1 ? "It is on the agenda." : "They are on the agenda."
        return done(id, form["back"] == "alignment" ? "alignment" : "agenda", saying: words)
    }

    private func removeItem(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let id = try context.sessionID
        try await product.sessions.removeItem(context.agendaItem, from: id, as: context.viewer)
        return done(
            id, form["back"] == "alignment" ? "alignment" : "taken-off",
            saying: "Taken off. You can put it back below the agenda.")
    }

    private func restoreItem(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.sessionID
        try await product.sessions.restoreItem(context.agendaItem, in: id, as: context.viewer)
        return done(id, "agenda", saying: "It is back on the agenda.")
    }

    // MARK: Evidence

    private func addEvidence(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        return try await saving(request, context, form, as: "new-evidence") { id in
            try await product.sessions.addEvidence(
                form.evidenceDraft, as: form.newID(at: product.now()), to: id, as: context.viewer)
            return done(id, "evidence", saying: "Added, as your draft.")
        }
    }

    private func saveEvidence(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let piece = try context.evidence
        let name = form["form"] == "need" ? "need-\(piece)" : "evidence-\(piece)"
        return try await saving(request, context, form, as: name) { id in
            if form["choice"] == "both" {
                try await product.sessions.addEvidence(
                    form.evidenceDraft, as: form.newID(at: product.now()), to: id, as: context.viewer)
                return done(id, "evidence", saying: "Both are kept; yours is your draft.")
            }
            if form["choice"] == "theirs" { return done(id, "evidence-\(piece)") }
            let outcome = try await product.sessions.saveEvidence(
                form.evidenceDraft, to: piece, basedOn: Int(form["version"]) ?? 0, in: id, as: context.viewer)
            switch outcome {
            case .saved(let version):
                return try saved(id, "evidence-\(piece)", version: version, request, context)
            case .collided(let theirs):
                let access = try await product.sessions.access(id, as: context.viewer)
                return try collision(
                    VersionsPage(
                        other: access.partner, at: theirs.changedAt.time(in: context.viewer.timeZone),
                        action: .evidence(piece, in: id), back: .preparation(id),
                        choices: [
                            .init(
                                "The piece of evidence",
                                mine: VersionsPage.Choice.lines(form.evidenceDraft.summary),
                                theirs: VersionsPage.Choice.lines(EvidenceDraft(theirs).summary),
                                both: "Two pieces; yours is your draft")
                        ],
                        also: form.keptForNew(at: product.now()) + [("version", String(theirs.version))]),
                    request, context)
            }
        }
    }

    private func removeEvidence(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.sessionID
        try await product.sessions.removeEvidence(context.evidence, from: id, as: context.viewer)
        return done(id, "taken-out", saying: "Taken out. You can put it back below the evidence.")
    }

    private func restoreEvidence(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.sessionID
        try await product.sessions.restoreEvidence(context.evidence, in: id, as: context.viewer)
        return done(id, "evidence", saying: "It is back.")
    }
}

extension Form {
    /// Its fields, to be sent again, but for those that a choice between versions sets anew.
    func kept(besides names: Set<String>) -> [(name: String, value: String)] {
        fields.filter { !names.contains($0.name) && $0.name != "choice" }
    }

    /// Its fields, but for the version that the choice is made on top of, and with an id for a second thing, should both
    /// be kept.
    fileprivate func keptForNew(at now: Date) -> [(name: String, value: String)] {
        kept(besides: ["version", "id"]) + [("id", ID<Never>(now: now).text)]
    }

    fileprivate var agendaDraft: AgendaDraft {
        AgendaDraft(
            title: self["title"], minutes: self["minutes"], presenter: self["presenter"],
            ending: self["ending"])
    }

    fileprivate var evidenceDraft: EvidenceDraft {
        EvidenceDraft(
            kind: self["kind"], body: self["body"], from: self["from"], to: self["to"], unit: self["unit"],
            period: self["period"], anecdote: self["anecdote"], link: self["link"],
            objective: self["objective"])
    }
}

extension EvidenceDraft {
    fileprivate init(_ evidence: Evidence) {
        self.init(
            kind: evidence.kind.rawValue, body: evidence.body,
            from: evidence.metric.map { DecimalText.text($0.from) } ?? "",
            to: evidence.metric.map { DecimalText.text($0.to) } ?? "", unit: evidence.metric?.unit ?? "",
            period: evidence.metric?.period ?? "", anecdote: evidence.anecdote, link: evidence.link)
    }

    /// As lines to compare.
    fileprivate var summary: String {
        let metric = [from.isEmpty ? nil : "from \(from)", to.isEmpty ? nil : "to \(to)", unit, period]
            .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
        return [body, metric, anecdote, link].filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

extension SignedInContext {
    fileprivate var agendaItem: ID<AgendaItem> {
        get throws {
            guard let item = parameters.get("item").flatMap({ ID<AgendaItem>($0) }) else { throw NotFound() }
            return item
        }
    }

    fileprivate var carried: ID<Carried> {
        get throws {
            guard let carried = parameters.get("carried").flatMap({ ID<Carried>($0) }) else { throw NotFound() }
            return carried
        }
    }

    fileprivate var evidence: ID<Evidence> {
        get throws {
            guard let piece = parameters.get("piece").flatMap({ ID<Evidence>($0) }) else { throw NotFound() }
            return piece
        }
    }
}
