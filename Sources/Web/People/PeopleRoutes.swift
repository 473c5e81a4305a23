import Hummingbird
import Storage
import Throughline

/// The directory, people's pages, and what administrators do with them. Inviting is with ``MadeLinkRoutes``.
struct PeopleRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/people", use: list)
        signedIn.get("/people/{id}", use: show)
        signedIn.post("/people/{id}/place", use: place)
        signedIn.post("/people/{id}/email", use: changeEmail)
        signedIn.post("/people/{id}/deactivation", use: deactivate)
        signedIn.post("/people/{id}/reactivation", use: reactivate)
    }

    // MARK: Reading

    private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let search = request.searched("q", most: Limit.line)
        let everybody = try await product.people.directory(as: context.viewer)
        return PeoplePage(
            people: everybody.filter { $0.matches(search) }, count: everybody.count, search: search,
            viewer: context.viewer
        ).page.response(in: context)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await page(context.parameters.id(), context, after: nil)
    }

    private func page(
        _ id: ID<Person>, _ context: SignedInContext, after rejection: Rejection?
    ) async throws -> Response {
        let profile = try await product.people.profile(id, as: context.viewer)
        return PersonPage(
            profile: profile, viewer: context.viewer, now: product.now(), rejected: rejection?.rejected
        ).page.response(in: context, status: rejection?.status ?? .ok)
    }

    // MARK: Changing

    private func place(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameters.id(of: Person.self)
        let form = try await request.form(in: context)
        do {
            let draft = PlaceDraft(job: form["job"], role: form["role"], manager: form["manager"])
            try await product.people.place(id, draft, as: context.viewer)
            return redirect(to: .person(id), saying: "Saved.")
        } catch {
            return try await page(id, context, after: Rejection(error, of: form, named: "place"))
        }
    }

    private func changeEmail(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameters.id(of: Person.self)
        let form = try await request.form(in: context)
        do {
            try await product.people.changeEmail(of: id, to: form["email"], as: context.viewer)
            return redirect(to: .person(id), saying: "The address is changed.")
        } catch {
            return try await page(id, context, after: Rejection(error, of: form, named: "email"))
        }
    }

    private func deactivate(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameters.id(of: Person.self)
        do {
            try await product.people.deactivate(id, as: context.viewer)
            return redirect(to: .person(id), saying: "They can’t sign in any more. What they wrote stays.")
        } catch {
            return try await page(id, context, after: Rejection(error, of: .empty, named: "leaving"))
        }
    }

    private func reactivate(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameters.id(of: Person.self)
        try await product.people.reactivate(id, as: context.viewer)
        return redirect(to: .person(id), saying: "They are back.")
    }
}
