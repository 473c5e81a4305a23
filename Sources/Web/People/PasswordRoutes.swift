import Hummingbird
import Throughline

/// A forgotten password: asking for a link, and choosing a new one with it.
struct PasswordRoutes {
    let product: Product
    let cookie: SignInCookie
    /// Whether a mail server brings the link to whom it is for.
    let isMailed: Bool

    func add(to open: RouterGroup<PageContext>) {
        open.get("/forgotten-password") { _, context in
            ForgottenPasswordPage(isMailed: isMailed, rejected: nil).page.response(in: context)
        }
        open.post("/forgotten-password", use: ask)
        open.get("/password-reset/{token}", use: show)
        open.post("/password-reset/{token}", use: choose)
    }

    private func ask(_ request: Request, _ context: PageContext) async throws -> Response {
        let form = try await request.form(in: context)
        do {
            try await product.people.forgotPassword(email: form["email"], client: request.client(context))
            return ForgottenPasswordPage(isMailed: isMailed, rejected: nil, isSent: true).page.response(in: context)
        } catch {
            let rejection = try Rejection(error, of: form, named: "forgotten")
            return ForgottenPasswordPage(isMailed: isMailed, rejected: rejection.rejected).page
                .response(in: context, status: rejection.status)
        }
    }

    private func show(_ request: Request, _ context: PageContext) async throws -> Response {
        let token = try context.parameters.require("token")
        do {
            let person = try await product.people.person(ofResetLink: token)
            return NewPasswordPage(person: person, token: token, rejected: nil).page.response(in: context)
        } catch let fault as LinkFault {
            return answer(fault, .passwordReset, context)
        }
    }

    private func choose(_ request: Request, _ context: PageContext) async throws -> Response {
        let token = try context.parameters.require("token")
        let form = try await request.form(in: context)
        do {
            let signIn = try await product.people.choosePassword(
                resetLink: token, form["password"], again: form["password-again"], device: request.device)
            return cookie.redirect(
                to: .today, holding: signIn,
                saying: "Your new password is set. Every other browser has been signed out.")
        } catch let fault as LinkFault {
            return answer(fault, .passwordReset, context)
        } catch {
            let rejection = try Rejection(error, of: form, named: "new-password")
            let person = try await product.people.person(ofResetLink: token)
            return NewPasswordPage(person: person, token: token, rejected: rejection.rejected).page
                .response(in: context, status: rejection.status)
        }
    }
}
