import HTTPTypes
import Hummingbird
import Storage
import Throughline

/// Goals: the company's, the teams' and one's own.
struct GoalRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/goals", use: showAll)
        signedIn.get("/goals/new", use: showNew)
        signedIn.post("/goals", use: add)
        signedIn.get("/goals/{id}", use: show)
        signedIn.get("/goals/{id}/edit", use: showEdit)
        signedIn.post("/goals/{id}", use: change)
        signedIn.post("/goals/{id}/state", use: settle)
        signedIn.post("/goals/{id}/priority", use: rank)
        signedIn.post("/goals/{id}/supports", use: link)
        signedIn.post("/goals/{id}/supports/removal", use: unlink)
        WorkRoutes(product: product).add(to: signedIn)
    }

    // MARK: All of them

    private func showAll(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let query = request.uri.queryParameters
        let question = GoalsQuestion(
            team: try Self.id(query["team"]), person: try Self.id(query["person"]),
            isOpen: query["state"] != "closed")
        let overview = try await product.goals.overview(question, as: context.viewer)
        return GoalsPage(
            overview: overview, question: question, viewer: context.viewer,
            today: product.today(for: context.viewer)
        ).page.response(in: context)
    }

    /// An id from outside that may be left out.
    private static func id<Entity>(_ text: Substring?) throws -> ID<Entity>? {
        guard let text, !text.isEmpty else { return nil }
        guard let id = ID<Entity>(text) else { throw NotFound() }
        return id
    }

    // MARK: A new one

    private func showNew(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let query = request.uri.queryParameters
        let group = try group(String(query["level"] ?? "person"), String(query["team"] ?? ""), context.viewer)
        let model = try await product.goals.form(for: group, as: context.viewer)
        return ObjectiveFormPage(
            model: model, viewer: context.viewer, supports: String(query["supports"] ?? ""),
            cycle: String(query["cycle"] ?? "")
        ).page.response(in: context)
    }

    private func add(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let group = try group(form["level"], form["team"], context.viewer)
        do {
            let id = try await product.goals.add(
                form.objective, to: group, id: form.newID(at: product.now()), supporting: form.all("supports"),
                as: context.viewer)
            return redirect(to: .goal(id), saying: "Written down.")
        } catch let invalid as Invalid {
            let model = try await product.goals.form(for: group, as: context.viewer)
            let rejected = Rejected(name: "objective", form: form, problems: invalid.problems)
            return ObjectiveFormPage(
                model: model, viewer: context.viewer, rejected: rejected,
                coach: try await product.coaching.coach(for: context.viewer)
            ).page.response(in: context, status: .unprocessableContent)
        }
    }

    private func group(_ level: String, _ team: String, _ viewer: Viewer) throws -> Objective.Group {
        switch Objective.Level(rawValue: level) {
        case .company: return .company
        case .person: return .person(viewer.id)
        case .team:
            guard let team = ID<Team>(team) else { throw NotFound() }
            return .team(team)
        case nil: throw NotFound()
        }
    }

    // MARK: One of them

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let session = request.uri.queryParameters["session"].flatMap { ID<Session>($0) }
        return try await page(context, session: session).response(in: context)
    }

    /// - Parameter linking: what was rejected was a link, which an objective in a cycle is given on a page of its own.
    private func page(
        _ context: SignedInContext, after rejected: Rejected? = nil, linking: Bool = false,
        session: ID<Session>? = nil
    ) async throws -> Page {
        let model = try await product.goals.page(of: context.objective(), as: context.viewer)
        if linking, model.okr != nil {
            let (objective, found) = try await product.goals.supportable(
                by: model.objective.id, words: "", as: context.viewer)
            return LinkGoalPage(
                objective: objective, words: "", found: found, viewer: context.viewer, rejected: rejected
            ).page
        }
        if let okr = model.okr {
            return OKRPage(
                model: model, okr: okr, viewer: context.viewer, rejected: rejected, session: session,
                coach: model.mayWrite
                    ? try await product.coaching.coach(onObjective: model.objective.title, for: context.viewer)
                    : PersonalCoach()
            ).page
        }
        return ObjectivePage(
            model: model, viewer: context.viewer, today: product.today(for: context.viewer),
            rejected: rejected, coach: try await product.coaching.coach(for: context.viewer)
        ).page
    }

    private func showEdit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let model = try await product.goals.form(of: context.objective(), as: context.viewer)
        return ObjectiveFormPage(
            model: model, viewer: context.viewer, coach: try await product.coaching.coach(for: context.viewer)
        ).page.response(in: context)
    }

    private func change(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.objective()
        let form = try await request.form(in: context)
        do {
            let save = try await product.goals.change(
                id, to: form.objective, basedOn: form.version, as: context.viewer)
            switch save {
            case .saved:
                return redirect(to: .goal(id), saying: "Saved.")
            case .collided(let present):
                let model = try await product.goals.form(of: id, as: context.viewer)
                return versions(form.objective, present, model.people, context.viewer)
                    .page.response(in: context, status: .conflict)
            }
        } catch let invalid as Invalid {
            let model = try await product.goals.form(of: id, as: context.viewer)
            let rejected = Rejected(name: "objective", form: form, problems: invalid.problems)
            return ObjectiveFormPage(
                model: model, viewer: context.viewer, rejected: rejected,
                coach: try await product.coaching.coach(for: context.viewer)
            ).page.response(in: context, status: .unprocessableContent)
        }
    }

    private func versions(
        _ mine: ObjectiveDraft, _ present: Objective, _ people: [PersonName], _ viewer: Viewer
    ) -> VersionsPage {
        let theirs = ObjectiveDraft(present)
        let names = Dictionary(people.map { ($0.id.text, $0.name) }, uniquingKeysWith: { first, _ in first })
        var fields = [
            EditedField("title", "What should be true in the end?", mine.title, theirs.title),
            EditedField("standing", "How does it stand now?", mine.standing, theirs.standing),
            EditedField("dueOn", "By when?", mine.dueOn, theirs.dueOn, shown: { Day($0)?.full ?? $0 }),
            EditedField(
                "description", "What does it mean?", mine.description, theirs.description, holdsBoth: true),
        ]
        if present.level != .person {
            fields.append(
                EditedField(
                    "owner", "Who looks after it?", mine.owner, theirs.owner,
                    shown: { $0.isEmpty ? "Nobody yet" : names[$0] ?? "" }))
        }
        return VersionsPage(
            of: present.title, at: .goal(present.id),
            by: present.changedBy.id == viewer.id ? nil : present.changedBy,
            saved: present.changedAt.time(in: viewer.timeZone), version: present.version, fields: fields)
    }

    private func settle(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.objective()
        let form = try await request.form(in: context)
        guard let state = Objective.State(rawValue: form["state"]) else { throw NotFound() }
        do {
            try await product.goals.settle(id, as: state, saying: form["words"], as: context.viewer)
        } catch let invalid as Invalid {
            return try await page(
                context, after: Rejected(name: "state", form: form, problems: invalid.problems)
            )
            .response(in: context, status: .unprocessableContent)
        }
        let words =
            switch state {
            case .open: "Open again."
            case .reached: "Marked as reached."
            case .dropped: "Dropped."
            }
        return redirect(to: .goal(id), saying: words)
    }

    private func rank(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.objective()
        let form = try await request.form(in: context)
        do {
            let priority = try priority(form["priority"])
            try await product.goals.rank(id, priority, as: context.viewer)
        } catch let invalid as Invalid {
            return try await page(
                context, after: Rejected(name: "priority", form: form, problems: invalid.problems)
            )
            .response(in: context, status: .unprocessableContent)
        }
        return redirect(to: form.wasSentFromGoals ? .goals : .goal(id), saying: "Moved.")
    }

    private func priority(_ text: String) throws -> Int? {
        if text.isEmpty { return nil }
        var typed = Typed()
        let number = typed.number(
            text, "priority", in: 1...Goals.mostPriorities, "Choose a place from the list, or no priority.")
        try typed.check()
        return number
    }

    // MARK: What it supports

    private func link(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.objective()
        let form = try await request.form(in: context)
        do {
            try await product.goals.link(id, to: form["supports"], as: context.viewer)
        } catch let invalid as Invalid {
            let rejected = Rejected(name: "supports", form: form, problems: invalid.problems)
            let page = try await page(context, after: rejected, linking: true)
            return page.response(in: context, status: .unprocessableContent)
        }
        return redirect(to: .goal(id), saying: "Linked.")
    }

    private func unlink(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.objective()
        let form = try await request.form(in: context)
        try await product.goals.unlink(id, from: form["supports"], as: context.viewer)
        return redirect(to: .goal(id), saying: "Taken off.")
    }
}

/// Pieces of one's own work.
struct WorkRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/work/new", use: showNew)
        signedIn.post("/work", use: add)
        signedIn.get("/work/{id}", use: show)
        signedIn.get("/work/{id}/edit", use: showEdit)
        signedIn.post("/work/{id}", use: change)
        signedIn.post("/work/{id}/state", use: settle)
        signedIn.post("/work/{id}/supports", use: link)
        signedIn.post("/work/{id}/supports/removal", use: unlink)
    }

    private func showNew(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await newForm(context).response(in: context)
    }

    private func newForm(_ context: SignedInContext, after rejected: Rejected? = nil) async throws -> Page {
        let needs = try await product.goals.workForm(as: context.viewer)
        return WorkFormPage(
            viewer: context.viewer, work: nil, choices: needs.choices, manager: needs.manager,
            rejected: rejected,
            coach: rejected == nil ? PersonalCoach() : try await product.coaching.coach(for: context.viewer)
        ).page
    }

    private func add(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        do {
            let id = try await product.goals.add(
                form.work, id: form.newID(at: product.now()), serving: form.all("supports"), as: context.viewer)
            return redirect(to: .work(id), saying: "Added.")
        } catch let invalid as Invalid {
            return try await newForm(
                context, after: Rejected(name: "work", form: form, problems: invalid.problems)
            )
            .response(in: context, status: .unprocessableContent)
        }
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await page(context).response(in: context)
    }

    private func page(_ context: SignedInContext, after rejected: Rejected? = nil) async throws -> Page {
        let model = try await product.goals.page(of: context.work(), as: context.viewer)
        return WorkPage(
            model: model, viewer: context.viewer, today: product.today(for: context.viewer), rejected: rejected,
            coach: try await product.coaching.coach(for: context.viewer)
        ).page
    }

    private func showEdit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await editForm(context).response(in: context)
    }

    private func editForm(_ context: SignedInContext, after rejected: Rejected? = nil) async throws -> Page {
        let model = try await product.goals.form(of: context.work(), as: context.viewer)
        return WorkFormPage(
            viewer: context.viewer, work: model.work, choices: [], manager: model.manager, rejected: rejected,
            coach: try await product.coaching.coach(for: context.viewer)
        ).page
    }

    private func change(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.work()
        let form = try await request.form(in: context)
        do {
            let save = try await product.goals.change(
                id, to: form.work, basedOn: form.version, as: context.viewer)
            switch save {
            case .saved:
                return redirect(to: .work(id), saying: "Saved.")
            case .collided(let present):
                return versions(form.work, present, context.viewer).page.response(
                    in: context, status: .conflict)
            }
        } catch let invalid as Invalid {
            return try await editForm(
                context, after: Rejected(name: "work", form: form, problems: invalid.problems)
            )
            .response(in: context, status: .unprocessableContent)
        }
    }

    private func versions(_ mine: WorkDraft, _ present: Work, _ viewer: Viewer) -> VersionsPage {
        let theirs = WorkDraft(present)
        return VersionsPage(
            of: present.title, at: .work(present.id), by: nil,
            saved: present.changedAt.time(in: viewer.timeZone), version: present.version,
            fields: [
                EditedField("title", "What is it called?", mine.title, theirs.title),
                EditedField("standing", "How does it stand?", mine.standing, theirs.standing),
                EditedField("hoursAWeek", "Hours a week", mine.hoursAWeek, theirs.hoursAWeek),
            ])
    }

    private func settle(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.work()
        let form = try await request.form(in: context)
        guard let state = Work.State(rawValue: form["state"]) else { throw NotFound() }
        do {
            try await product.goals.settle(id, as: state, saying: form["words"], as: context.viewer)
        } catch let invalid as Invalid {
            return try await page(
                context, after: Rejected(name: "state", form: form, problems: invalid.problems)
            )
            .response(in: context, status: .unprocessableContent)
        }
        return redirect(to: .work(id), saying: GoalWords.state(state) + ".")
    }

    private func link(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.work()
        let form = try await request.form(in: context)
        do {
            try await product.goals.link(id, to: form["supports"], as: context.viewer)
        } catch let invalid as Invalid {
            return try await page(
                context, after: Rejected(name: "supports", form: form, problems: invalid.problems)
            )
            .response(in: context, status: .unprocessableContent)
        }
        return redirect(to: form.wasSentFromGoals ? .goals : .work(id), saying: "Linked.")
    }

    private func unlink(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.work()
        let form = try await request.form(in: context)
        try await product.goals.unlink(id, from: form["supports"], as: context.viewer)
        return redirect(to: .work(id), saying: "Taken off.")
    }
}

extension Form {
    fileprivate var objective: ObjectiveDraft {
        ObjectiveDraft(
            title: self["title"], description: self["description"], standing: self["standing"],
            dueOn: self["dueOn"], owner: self["owner"], cycle: has("cycle") ? self["cycle"] : nil,
            visibility: has("visibility") ? self["visibility"] : nil)
    }

    fileprivate var work: WorkDraft {
        WorkDraft(title: self["title"], standing: self["standing"], hoursAWeek: self["hoursAWeek"])
    }

    /// The version that an edit is based on; 0, which is none, when it can't be read.
    fileprivate var version: Int { Int(self["version"]) ?? 0 }

    /// Whether to go back to the page of all goals.
    fileprivate var wasSentFromGoals: Bool { self["back"] == "goals" }
}

extension SignedInContext {
    fileprivate func objective() throws -> ID<Objective> {
        guard let id = parameters.get("id").flatMap({ ID<Objective>($0) }) else { throw NotFound() }
        return id
    }

    fileprivate func work() throws -> ID<Work> {
        guard let id = parameters.get("id").flatMap({ ID<Work>($0) }) else { throw NotFound() }
        return id
    }
}

extension Product {
    /// The day that it is where the viewer is.
    fileprivate func today(for viewer: Viewer) -> Day { Day(now(), in: viewer.timeZone) }
}
