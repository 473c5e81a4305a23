import HTTPTypes
import Hummingbird
import Storage
import Throughline

/// Cycles, what objectives have in them, and the company's values.
struct CycleRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/cycles", use: list)
        signedIn.get("/cycles/new", use: showNew)
        signedIn.post("/cycles", use: create)
        signedIn.get("/cycles/{id}", use: show)
        signedIn.get("/cycles/{id}/map", use: showMap)
        signedIn.get("/cycles/{id}/presentation", use: present)
        signedIn.get("/cycles/{id}/edit", use: showEdit)
        signedIn.post("/cycles/{id}", use: change)
        signedIn.post("/cycles/{id}/state", use: move)
        signedIn.get("/cycles/{id}/removal", use: showRemoval)
        signedIn.post("/cycles/{id}/removal", use: remove)
        signedIn.get("/cycles/{id}/closing", use: showClosing)
        signedIn.post("/goals/{id}/closing", use: close)
        signedIn.get("/cycles/{id}/look-back", use: lookBack)
        signedIn.get("/values", use: showValues)
        signedIn.post("/values", use: addValue)
        signedIn.post("/values/{id}", use: changeValue)
        signedIn.post("/values/{id}/archival", use: retireValue)
        signedIn.post("/values/{id}/restoration", use: restoreValue)
        KeyResultRoutes(product: product).add(to: signedIn)
    }

    // MARK: Cycles

    private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        CyclesPage(
            cycles: try await product.cycles.all(as: context.viewer),
            removable: try await product.cycles.removable(as: context.viewer), viewer: context.viewer
        ).page.response(in: context)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let question = try request.cycleQuestion
        let model = try await product.cycles.page(of: context.cycle(), question, as: context.viewer)
        return CyclePage(model: model, viewer: context.viewer).page.response(in: context)
    }

    private func showMap(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let question = try request.cycleQuestion
        let model = try await product.cycles.page(of: context.cycle(), question, as: context.viewer)
        return CycleMapPage(model: model, viewer: context.viewer).page.response(in: context)
    }

    private func present(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let question = try request.cycleQuestion
        let model = try await product.cycles.page(of: context.cycle(), question, isForRoom: true, as: context.viewer)
        return PresentationPage(model: model, viewer: context.viewer).page.response(in: context)
    }

    private func showNew(_ request: Request, _ context: SignedInContext) async throws -> Response {
        guard context.viewer.isAdmin else { throw NotFound() }
        let draft = CycleDraft.nextQuarter(after: product.day(for: context.viewer))
        return CycleFormPage(cycle: nil, draft: draft, viewer: context.viewer).page.response(in: context)
    }

    private func create(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        do {
            let id = try await product.cycles.create(form.cycle, id: form.newID(at: product.now()), as: context.viewer)
            return redirect(to: .cycle(id), saying: "Planned.")
        } catch let invalid as Invalid {
            guard context.viewer.isAdmin else { throw NotFound() }
            let rejected = Rejected(name: "cycle", form: form, problems: invalid.problems)
            return CycleFormPage(cycle: nil, draft: form.cycle, viewer: context.viewer, rejected: rejected)
                .page.response(in: context, status: .unprocessableContent)
        }
    }

    private func showEdit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let cycle = try await editable(context)
        return CycleFormPage(cycle: cycle, draft: CycleDraft(cycle), viewer: context.viewer).page.response(in: context)
    }

    private func editable(_ context: SignedInContext) async throws -> Cycle {
        guard context.viewer.isAdmin else { throw NotFound() }
        return try await product.cycles.find(context.cycle(), as: context.viewer)
    }

    private func change(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let cycle = try await editable(context)
        let form = try await request.form(in: context)
        do {
            try await product.cycles.change(
                cycle.id, to: form.cycle, basedOn: Int(form["version"]) ?? 0, as: context.viewer)
            return redirect(to: .cycles, saying: "Saved.")
        } catch let invalid as Invalid {
            let rejected = Rejected(name: "cycle", form: form, problems: invalid.problems)
            return CycleFormPage(cycle: cycle, draft: form.cycle, viewer: context.viewer, rejected: rejected)
                .page.response(in: context, status: .unprocessableContent)
        }
    }

    private func move(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.cycle()
        let form = try await request.form(in: context)
        guard let state = Cycle.State(rawValue: form["state"]) else { throw NotFound() }
        try await product.cycles.move(id, to: state, as: context.viewer)
        let words =
            switch state {
            case .draft, .active: "Under way."
            case .closing: "Objectives can be scored now."
            case .closed: "Closed."
            }
        return redirect(to: .cycle(id), saying: words)
    }

    private func showRemoval(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (cycle, holdings) = try await product.cycles.holdings(of: context.cycle(), as: context.viewer)
        return CycleRemovalPage(cycle: cycle, holdings: holdings).page.response(in: context)
    }

    private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await product.cycles.remove(context.cycle(), as: context.viewer)
        return redirect(to: .cycles, saying: "Removed.")
    }

    // MARK: Closing and looking back

    private func showClosing(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let model = try await product.cycles.closingPage(of: context.cycle(), as: context.viewer)
        return ClosingPage(model: model, viewer: context.viewer).page.response(in: context)
    }

    private func close(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.goal()
        let form = try await request.form(in: context)
        let draft = ClosingDraft(
            score: form["score"], learnt: form["learnt"], choice: form["choice"], next: form["next"])
        guard let cycle = try await product.goals.page(of: id, as: context.viewer).objective.cycle else {
            throw NotFound()
        }
        do {
            try await product.cycles.close(id, draft, as: context.viewer)
            return redirect(to: .cycle(cycle, "closing"), saying: "Closed.")
        } catch let invalid as Invalid {
            let model = try await product.cycles.closingPage(of: cycle, as: context.viewer)
            let rejected = Rejected(name: "closing-\(id)", form: form, problems: invalid.problems)
            return ClosingPage(model: model, viewer: context.viewer, rejected: rejected)
                .page.response(in: context, status: .unprocessableContent)
        }
    }

    private func lookBack(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (cycle, cycles, figures, scores) = try await product.cycles.lookBack(
            on: context.cycle(), as: context.viewer)
        return LookBackPage(cycle: cycle, cycles: cycles, figures: figures, scores: scores, viewer: context.viewer)
            .page.response(in: context)
    }

    // MARK: Values

    private func showValues(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await valuesPage(context).response(in: context)
    }

    private func valuesPage(_ context: SignedInContext, after rejected: Rejected? = nil) async throws -> Page {
        ValuesPage(
            values: try await product.cycles.values(as: context.viewer), viewer: context.viewer, rejected: rejected
        ).page
    }

    private func addValue(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        guard context.viewer.isAdmin else { throw NotFound() }
        do {
            try await product.cycles.addValue(
                form["name"], form["description"], id: form.newID(at: product.now()), as: context.viewer)
            return redirect(to: .values, saying: "Written down.")
        } catch let invalid as Invalid {
            let rejected = Rejected(name: "value", form: form, problems: invalid.problems)
            return try await valuesPage(context, after: rejected).response(in: context, status: .unprocessableContent)
        }
    }

    private func changeValue(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let id = try context.value()
        guard context.viewer.isAdmin else { throw NotFound() }
        do {
            try await product.cycles.changeValue(
                id, form["name"], form["description"], basedOn: Int(form["version"]) ?? 0, as: context.viewer)
            return redirect(to: .values, saying: "Saved.")
        } catch let invalid as Invalid {
            let rejected = Rejected(name: "value-\(id)", form: form, problems: invalid.problems)
            return try await valuesPage(context, after: rejected).response(in: context, status: .unprocessableContent)
        }
    }

    private func retireValue(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await product.cycles.setRetired(true, context.value(), as: context.viewer)
        return redirect(to: .values, saying: "Put away.")
    }

    private func restoreValue(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await product.cycles.setRetired(false, context.value(), as: context.viewer)
        return redirect(to: .values, saying: "Taken out again.")
    }
}

/// Key results, check-ins, and what an objective does in its cycle.
struct KeyResultRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/goals/mine", use: showMine)
        signedIn.get("/goals/check-in", use: showCheckIn)
        signedIn.post("/goals/check-in", use: checkInOnAll)
        signedIn.post("/goals/{id}/stage", use: moveStage)
        signedIn.post("/goals/{id}/values", use: hold)
        signedIn.get("/goals/{id}/supports/new", use: showLink)
        signedIn.get("/goals/{id}/key-results/new", use: showNew)
        signedIn.post("/goals/{id}/key-results", use: add)
        signedIn.get("/key-results/{id}", use: show)
        signedIn.post("/key-results/{id}", use: change)
        signedIn.post("/key-results/{id}/removal", use: remove)
        signedIn.post("/key-results/{id}/check-ins", use: checkIn)
        signedIn.post("/check-ins/{id}", use: changeCheckIn)
    }

    // MARK: What is mine

    private func showMine(_ request: Request, _ context: SignedInContext) async throws -> Response {
        MyGoalsPage(cycles: try await product.cycles.ownObjectives(as: context.viewer), viewer: context.viewer)
            .page.response(in: context)
    }

    private func showCheckIn(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let session = request.uri.queryParameters["session"].flatMap { ID<Session>($0) }
        return try await checkInPage(for: session, context).response(in: context)
    }

    private func checkInPage(
        for session: ID<Session>?, _ context: SignedInContext, after rejected: Rejected? = nil
    ) async throws -> Page {
        CheckInPage(
            mine: try await product.cycles.mine(as: context.viewer), company: context.viewer.company,
            action: .checkIn, session: session, rejected: rejected,
            // Nothing stands in an empty form that there could be something to say on.
            coach: rejected == nil ? PersonalCoach() : try await product.coaching.coach(for: context.viewer)
        ).page
    }

    private func checkInOnAll(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let session = ID<Session>(form["session"])
        do {
            let count = try await product.cycles.checkIn(
                on: try form.checkIns, from: session == nil ? .page : .session, in: session, as: context.viewer)
            guard count > 0 else { return redirect(to: .checkIn(for: session), saying: "Nothing was filled in.") }
            return redirect(
                to: session.map { .session($0) } ?? .myGoals,
                saying: "Checked in on \(GoalWords.count(count, "key result")).")
        } catch let invalid as Invalid {
            let rejected = Rejected(name: "check-ins", form: form, problems: invalid.problems)
            return try await checkInPage(for: session, context, after: rejected)
                .response(in: context, status: .unprocessableContent)
        }
    }

    // MARK: An objective in its cycle

    private func moveStage(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.goal()
        let form = try await request.form(in: context)
        guard let stage = Stage(rawValue: form["stage"]), stage != .closed else { throw NotFound() }
        try await product.cycles.move(id, to: stage, as: context.viewer)
        let words: String =
            switch stage {
            case .draft: "A draft again."
            case .proposed: "Proposed."
            case .committed, .closed: "Committed to."
            }
        return redirect(to: .goal(id), saying: words)
    }

    private func hold(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.goal()
        let form = try await request.form(in: context)
        let stances = form.all("value").map { value in
            (value: value, stance: form["stance-\(value)"], why: form["why-\(value)"])
        }
        do {
            try await product.cycles.hold(id, against: stances, as: context.viewer)
            return redirect(to: .goal(id), fragment: "values", saying: "Saved.")
        } catch let invalid as Invalid {
            return try await goalPage(id, "values", form, invalid, context)
        }
    }

    /// The objective's page with what could not be taken.
    private func goalPage(
        _ id: ID<Objective>, _ name: String, _ form: Form, _ invalid: Invalid, _ context: SignedInContext
    ) async throws -> Response {
        let model = try await product.goals.page(of: id, as: context.viewer)
        guard let okr = model.okr else { throw invalid }
        let rejected = Rejected(name: name, form: form, problems: invalid.problems)
        let coach = try await product.coaching.coach(for: context.viewer)
        return OKRPage(model: model, okr: okr, viewer: context.viewer, rejected: rejected, coach: coach)
            .page.response(in: context, status: .unprocessableContent)
    }

    private func showLink(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let words = request.searched("q")
        let (objective, found) = try await product.goals.supportable(
            by: context.goal(), words: words, as: context.viewer)
        return LinkGoalPage(objective: objective, words: words, found: found, viewer: context.viewer)
            .page.response(in: context)
    }

    // MARK: Key results

    private func showNew(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (objective, people) = try await product.cycles.form(forKeyResultOf: context.goal(), as: context.viewer)
        return NewKeyResultPage(objective: objective, people: people, viewer: context.viewer).page.response(in: context)
    }

    private func add(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.goal()
        let form = try await request.form(in: context)
        do {
            try await product.cycles.add(form.keyResult, to: id, id: form.newID(at: product.now()), as: context.viewer)
            return redirect(to: .goal(id), fragment: "key-results", saying: "Added.")
        } catch let invalid as Invalid {
            let (objective, people) = try await product.cycles.form(forKeyResultOf: id, as: context.viewer)
            let rejected = Rejected(name: "key-result", form: form, problems: invalid.problems)
            return NewKeyResultPage(
                objective: objective, people: people, viewer: context.viewer, rejected: rejected,
                coach: try await product.coaching.coach(for: context.viewer)
            ).page.response(in: context, status: .unprocessableContent)
        }
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let model = try await product.cycles.page(of: context.keyResult(), as: context.viewer)
        let coach = try await product.coaching.coach(on: model, for: context.viewer)
        return KeyResultPage(model: model, viewer: context.viewer, coach: coach).page.response(in: context)
    }

    private func page(
        _ id: ID<KeyResult>, _ name: String, _ form: Form, _ invalid: Invalid, _ context: SignedInContext
    ) async throws -> Response {
        let model = try await product.cycles.page(of: id, as: context.viewer)
        let rejected = Rejected(name: name, form: form, problems: invalid.problems)
        let coach = try await product.coaching.coach(for: context.viewer)
        return KeyResultPage(
            model: model, viewer: context.viewer, rejected: rejected, session: ID(form["session"]), coach: coach
        ).page.response(in: context, status: .unprocessableContent)
    }

    private func change(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.keyResult()
        let form = try await request.form(in: context)
        do {
            try await product.cycles.change(
                id, to: form.keyResult, basedOn: Int(form["version"]) ?? 0, as: context.viewer)
            return redirect(to: .keyResult(id), saying: "Saved.")
        } catch let invalid as Invalid {
            return try await page(id, "key-result", form, invalid, context)
        }
    }

    private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.keyResult()
        let form = try await request.form(in: context)
        let objective = try await product.cycles.page(of: id, as: context.viewer).objective.id
        do {
            try await product.cycles.remove(id, saying: form["reason"], as: context.viewer)
            return redirect(to: .goal(objective), saying: "Taken off.")
        } catch let invalid as Invalid {
            return try await page(id, "removal", form, invalid, context)
        }
    }

    // MARK: Check-ins

    private func checkIn(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.keyResult()
        let form = try await request.form(in: context)
        do {
            let session = ID<Session>(form["session"])
            try await product.cycles.checkIn(
                on: id, form.checkIn(), id: form.newID(at: product.now()), from: session == nil ? .page : .session,
                in: session, as: context.viewer)
            return redirect(to: session.map { .session($0) } ?? .keyResult(id), saying: "Checked in.")
        } catch let invalid as Invalid {
            return try await page(id, "check-in-\(id)", form, invalid, context)
        }
    }

    private func changeCheckIn(_ request: Request, _ context: SignedInContext) async throws -> Response {
        guard let id = context.parameters.get("id").flatMap({ ID<CheckIn>($0) }) else { throw NotFound() }
        let form = try await request.form(in: context)
        let result = try await product.cycles.keyResult(of: id, as: context.viewer)
        do {
            try await product.cycles.change(
                id, to: form.checkIn(), basedOn: Int(form["version"]) ?? 0, as: context.viewer)
            return redirect(to: .keyResult(result), saying: "Put right. What it said first stays in sight.")
        } catch let invalid as Invalid {
            return try await page(result, "check-in-\(id)", form, invalid, context)
        }
    }
}

extension Form {
    fileprivate var cycle: CycleDraft {
        CycleDraft(
            name: self["name"], kind: self["kind"], startsOn: self["startsOn"], endsOn: self["endsOn"],
            rhythm: self["rhythm"])
    }

    fileprivate var keyResult: KeyResultDraft {
        KeyResultDraft(
            title: self["title"], kind: self["kind"], owner: self["owner"], weight: self["weight"],
            ambition: self["ambition"], direction: self["direction"], start: self["start"], target: self["target"],
            unit: self["unit"], steps: self["steps"], reason: self["reason"])
    }

    /// The fields of one check-in, whose names may end with a suffix.
    func checkIn(_ suffix: String = "") -> CheckInDraft {
        CheckInDraft(
            value: self["value" + suffix], steps: all("steps" + suffix),
            shownSteps: has("shown" + suffix) ? self["shown" + suffix].split(separator: " ").map(String.init) : nil,
            confidence: self["confidence" + suffix], comment: self["comment" + suffix],
            blockers: self["blockers" + suffix], asOf: self["asOf" + suffix])
    }

    /// Every check-in of a form that holds several.
    /// - Throws: ``NotFound`` for what can't be a key result.
    var checkIns: [(keyResult: ID<KeyResult>, id: ID<CheckIn>?, draft: CheckInDraft)] {
        get throws {
            try all("key-result").prefix(200).map { text in
                guard let id = ID<KeyResult>(text) else { throw NotFound() }
                return (id, ID(self["id-\(text)"]), checkIn("-\(text)"))
            }
        }
    }
}

extension Request {
    /// What somebody asks to see of a cycle. Words that are too long are cut; what can't be an id isn't there.
    fileprivate var cycleQuestion: CycleQuestion {
        get throws {
            let query = uri.queryParameters
            func id<Entity>(_ name: String) throws -> ID<Entity>? {
                guard let text = query[name[...]], !text.isEmpty else { return nil }
                guard let id = ID<Entity>(text) else { throw NotFound() }
                return id
            }
            return CycleQuestion(
                words: searched("q").trimmingWhitespace, team: try id("team"),
                person: try id("person"),
                health: Health.Kind(rawValue: searched("health")),
                open: query.getAll("open").prefix(60).compactMap { ID<Objective>($0) },
                whole: query.getAll("all").prefix(60).compactMap { ID<Objective>($0) })
        }
    }
}

extension String {
    fileprivate var trimmingWhitespace: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}

extension SignedInContext {
    fileprivate func cycle() throws -> ID<Cycle> {
        guard let id = parameters.get("id").flatMap({ ID<Cycle>($0) }) else { throw NotFound() }
        return id
    }

    fileprivate func value() throws -> ID<CoreValue> {
        guard let id = parameters.get("id").flatMap({ ID<CoreValue>($0) }) else { throw NotFound() }
        return id
    }

    fileprivate func goal() throws -> ID<Objective> {
        guard let id = parameters.get("id").flatMap({ ID<Objective>($0) }) else { throw NotFound() }
        return id
    }

    fileprivate func keyResult() throws -> ID<KeyResult> {
        guard let id = parameters.get("id").flatMap({ ID<KeyResult>($0) }) else { throw NotFound() }
        return id
    }
}

extension Product {
    /// The day that it is where the viewer is.
    func day(for viewer: Viewer) -> Day { Day(now(), in: viewer.timeZone) }
}
