import Hummingbird
import Storage
import Throughline

/// What people settle about themselves: profile, password, and where they are signed in.
struct SettingsRoutes {
    let product: Product
    let cookie: SignInCookie

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/settings", use: show)
        signedIn.post("/settings/profile", use: changeProfile)
        signedIn.post("/settings/days-off", use: addDaysOff)
        signedIn.post("/settings/days-off/{id}/removal", use: removeDaysOff)
        signedIn.post("/settings/password", use: changePassword)
        signedIn.post("/settings/sign-ins/end", use: endAll)
        signedIn.post("/settings/sign-ins/{id}/end", use: end)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await page(context, after: nil)
    }

    private func page(_ context: SignedInContext, after rejection: Rejection?) async throws -> Response {
        let view = try await product.people.settings(as: context.viewer)
        return SettingsPage(
            view: view, viewer: context.viewer, now: product.now(), rejected: rejection?.rejected
        )
        .page.response(in: context, status: rejection?.status ?? .ok)
    }

    private func changeProfile(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let draft = ProfileDraft(
            name: form["name"], pronouns: form["pronouns"], job: form["job"], timeZone: form["time-zone"],
            locale: form["locale"], preRead: form["pre-read"])
        do {
            try await product.people.change(draft, as: context.viewer)
            return redirect(to: .settings, fragment: "profile", saying: "Your profile is saved.")
        } catch {
            return try await page(context, after: Rejection(error, of: form, named: "profile"))
        }
    }

    private func addDaysOff(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        do {
            try await product.people.addDaysOff(from: form["from"], until: form["until"], as: context.viewer)
            return redirect(to: .settings, fragment: "days-off", saying: "Noted. Sessions on those days ask you both.")
        } catch {
            return try await page(context, after: Rejection(error, of: form, named: "days-off"))
        }
    }

    private func removeDaysOff(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await product.people.removeDaysOff(context.parameters.id(of: DayOff.self), as: context.viewer)
        return redirect(to: .settings, fragment: "days-off", saying: "Removed.")
    }

    private func changePassword(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        do {
            try await product.people.changePassword(
                from: form["old"], to: form["password"], again: form["password-again"], as: context.viewer)
            return redirect(
                to: .settings, fragment: "password",
                saying: "Your new password is set. Every other browser has been signed out.")
        } catch {
            return try await page(context, after: Rejection(error, of: form, named: "password"))
        }
    }

    private func end(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameters.id(of: SignIn.self)
        try await product.signIns.end(id, as: context.viewer)
        if id == context.viewer.signIn { return cookie.redirectSignedOut(saying: "You are signed out.") }
        return redirect(to: .settings, fragment: "sign-ins", saying: "That browser is signed out.")
    }

    private func endAll(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await product.signIns.endAll(as: context.viewer)
        return cookie.redirectSignedOut(saying: "You are signed out everywhere.")
    }
}
