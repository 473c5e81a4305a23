import Hummingbird
import Storage
import Throughline

/// Inviting somebody, and making a link with which somebody chooses a new password.
struct MadeLinkRoutes {
    let product: Product
    /// Whether a mail server brings the link to whom it is for.
    let isMailed: Bool

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/people/new", use: showInvitation)
        signedIn.post("/people", use: invite)
        signedIn.post("/people/{id}/invitation", use: inviteAgain)
        signedIn.post("/people/{id}/password-reset", use: resetPassword)
    }

    private func showInvitation(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await invitationPage(context, after: nil)
    }

    private func invitationPage(
        _ context: SignedInContext, after rejection: Rejection?
    ) async throws -> Response {
        guard context.viewer.isAdmin else { throw NotFound() }
        let people = try await product.people.directory(as: context.viewer)
        return InvitePage(
            managers: people.filter { $0.state != .deactivated }.map(\.person),
            teams: try await product.teams.names(as: context.viewer), isMailed: isMailed, rejected: rejection?.rejected
        ).page.response(in: context, status: rejection?.status ?? .ok)
    }

    private func invite(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let draft = InvitationDraft(
            name: form["name"], email: form["email"], job: form["job"], role: form["role"],
            manager: form["manager"], team: form["team"])
        do {
            return show(try await product.people.invite(draft, as: context.viewer), context)
        } catch {
            return try await invitationPage(context, after: Rejection(error, of: form, named: "invite"))
        }
    }

    private func inviteAgain(_ request: Request, _ context: SignedInContext) async throws -> Response {
        show(try await product.people.inviteAgain(context.parameters.id(), as: context.viewer), context)
    }

    private func resetPassword(_ request: Request, _ context: SignedInContext) async throws -> Response {
        show(try await product.people.resetPassword(context.parameters.id(), as: context.viewer), context)
    }

    private func show(_ link: MadeLink, _ context: SignedInContext) -> Response {
        MadeLinkPage(link: link, isMailed: isMailed, viewer: context.viewer).page.response(in: context)
    }
}
