import Hummingbird
import Storage
import Throughline

/// Teams: everybody sees them, administrators look after them.
struct TeamRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/teams", use: list)
        signedIn.post("/teams", use: create)
        signedIn.get("/teams/{id}", use: show)
        signedIn.post("/teams/{id}", use: change)
        signedIn.post("/teams/{id}/archival", use: archive)
        signedIn.post("/teams/{id}/restoration", use: restore)
        signedIn.post("/teams/{id}/members", use: add)
        signedIn.post("/teams/{id}/members/{person}/removal", use: remove)
    }

    private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await listPage(context, after: nil)
    }

    private func listPage(_ context: SignedInContext, after rejection: Rejection?) async throws -> Response {
        let teams = try await product.teams.all(as: context.viewer)
        return TeamsPage(teams: teams, viewer: context.viewer, rejected: rejection?.rejected).page
            .response(in: context, status: rejection?.status ?? .ok)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await page(context.parameters.id(), context, after: nil)
    }

    private func page(
        _ id: ID<Team>, _ context: SignedInContext, after rejection: Rejection?
    ) async throws -> Response {
        let profile = try await product.teams.profile(id, as: context.viewer)
        return TeamPage(profile: profile, viewer: context.viewer, rejected: rejection?.rejected).page
            .response(in: context, status: rejection?.status ?? .ok)
    }

    private func create(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        do {
            let id = try await product.teams.create(
                name: form["name"], purpose: form["purpose"], id: form.newID(at: product.now()), as: context.viewer)
            return redirect(to: .team(id), saying: "The team is there. Who is in it?")
        } catch {
            return try await listPage(context, after: Rejection(error, of: form, named: "new-team"))
        }
    }

    private func change(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameters.id(of: Team.self)
        let form = try await request.form(in: context)
        do {
            try await product.teams.change(
                id, name: form["name"], purpose: form["purpose"], as: context.viewer)
            return redirect(to: .team(id), saying: "Saved.")
        } catch {
            return try await page(id, context, after: Rejection(error, of: form, named: "team"))
        }
    }

    private func archive(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameters.id(of: Team.self)
        try await product.teams.setArchived(true, id, as: context.viewer)
        return redirect(to: .team(id), saying: "The team is put away.")
    }

    private func restore(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameters.id(of: Team.self)
        try await product.teams.setArchived(false, id, as: context.viewer)
        return redirect(to: .team(id), saying: "The team works again.")
    }

    private func add(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameters.id(of: Team.self)
        let form = try await request.form(in: context)
        do {
            try await product.teams.add(form["person"], to: id, as: context.viewer)
            return redirect(to: .team(id), fragment: "members", saying: "They are in the team.")
        } catch {
            return try await page(id, context, after: Rejection(error, of: form, named: "member"))
        }
    }

    private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameters.id(of: Team.self)
        try await product.teams.remove(context.parameters.id("person"), from: id, as: context.viewer)
        return redirect(to: .team(id), fragment: "members", saying: "They are out of the team.")
    }
}
