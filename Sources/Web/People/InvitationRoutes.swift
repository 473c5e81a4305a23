import Hummingbird
import Throughline

/// Accepting an invitation.
struct InvitationRoutes {
    let product: Product
    let cookie: SignInCookie

    func add(to open: RouterGroup<PageContext>) {
        open.get("/invitations/{token}", use: show)
        open.post("/invitations/{token}", use: join)
    }

    private func show(_ request: Request, _ context: PageContext) async throws -> Response {
        let token = try context.parameters.require("token")
        do {
            let view = try await product.people.invitation(token)
            return InvitationPage(view: view, token: token, rejected: nil).page.response(in: context)
        } catch let fault as LinkFault {
            return answer(fault, .invitation, context)
        }
    }

    private func join(_ request: Request, _ context: PageContext) async throws -> Response {
        let token = try context.parameters.require("token")
        let form = try await request.form(in: context)
        let draft = JoinDraft(
            name: form["name"], pronouns: form["pronouns"], timeZone: form["time-zone"],
            password: form["password"], passwordAgain: form["password-again"])
        do {
            let signIn = try await product.people.join(invitation: token, draft, device: request.device)
            return cookie.redirect(to: .today, holding: signIn, saying: "You are in. Welcome.")
        } catch let fault as LinkFault {
            return answer(fault, .invitation, context)
        } catch {
            let rejection = try Rejection(error, of: form, named: "join")
            let view = try await product.people.invitation(token)
            return InvitationPage(view: view, token: token, rejected: rejection.rejected).page
                .response(in: context, status: rejection.status)
        }
    }
}
