import Hummingbird
import Throughline

/// The first start: naming the company and its first administrator.
struct SetUpRoutes {
    let product: Product
    let cookie: SignInCookie

    func add(to open: RouterGroup<PageContext>) {
        open.get("/set-up/{token}", use: show)
        open.post("/set-up/{token}", use: complete)
    }

    private func show(_ request: Request, _ context: PageContext) async throws -> Response {
        let token = try context.parameters.require("token")
        do {
            try await product.setUp.check(link: token)
            return SetUpPage(token: token, rejected: nil).page.response(in: context)
        } catch let fault as LinkFault {
            return answer(fault, .setUp, context)
        }
    }

    private func complete(_ request: Request, _ context: PageContext) async throws -> Response {
        let token = try context.parameters.require("token")
        let form = try await request.form(in: context)
        let draft = SetUp.Draft(
            company: form["company"], name: form["name"], email: form["email"], password: form["password"],
            passwordAgain: form["password-again"], timeZone: form["time-zone"])
        do {
            let signIn = try await product.setUp.complete(link: token, draft, device: request.device)
            return cookie.redirect(
                to: .newInvitation, holding: signIn, saying: "Throughline is yours. Invite the first people.")
        } catch let fault as LinkFault {
            return answer(fault, .setUp, context)
        } catch {
            let rejection = try Rejection(error, of: form, named: "set-up")
            return SetUpPage(token: token, rejected: rejection.rejected).page
                .response(in: context, status: rejection.status)
        }
    }
}
