import Hummingbird
import Throughline

/// Signing in and out.
struct SignInRoutes {
    let product: Product
    let cookie: SignInCookie

    func add(to open: RouterGroup<PageContext>, _ signedIn: RouterGroup<SignedInContext>) {
        open.get("/sign-in", use: show)
        open.post("/sign-in", use: signIn)
        open.get("/sign-in/{token}", use: showLink)
        open.post("/sign-in/{token}", use: useLink)
        signedIn.post("/sign-out", use: signOut)
    }

    private func show(_ request: Request, _ context: PageContext) async throws -> Response {
        let next = request.uri.queryParameters["next"].map { String($0) } ?? ""
        guard context.viewer == nil else { return redirect(to: Path.local(next) ?? .today) }
        let isSetUp = try await product.setUp.isDone()
        // The script sends whoever tried to save something here, to come back to the very page that they were on.
        let wasSignedOut = request.pageBefore(at: context.address)?.description == next
        return SignInPage(next: next, isSetUp: isSetUp, wasSignedOut: wasSignedOut, rejected: nil).page
            .response(in: context)
    }

    private func signIn(_ request: Request, _ context: PageContext) async throws -> Response {
        let form = try await request.form(in: context)
        do {
            let token = try await product.signIns.signIn(
                email: form["email"], password: form["password"], device: request.device,
                client: request.client(context))
            return cookie.redirect(to: Path.local(form["next"]) ?? .today, holding: token)
        } catch {
            let rejection = try Rejection(error, of: form, named: "sign-in")
            return SignInPage(next: form["next"], isSetUp: true, rejected: rejection.rejected).page
                .response(in: context, status: rejection.status)
        }
    }

    /// Only shows whom the link is for, because mail programs open links to look at them.
    private func showLink(_ request: Request, _ context: PageContext) async throws -> Response {
        let token = try context.parameters.require("token")
        do {
            let person = try await product.signIns.person(ofLink: token)
            return SignInLinkPage(person: person, token: token).page.response(in: context)
        } catch let fault as LinkFault {
            return answer(fault, .signIn, context)
        }
    }

    private func useLink(_ request: Request, _ context: PageContext) async throws -> Response {
        do {
            let token = try await product.signIns.signIn(
                withLink: context.parameters.require("token"), device: request.device)
            return cookie.redirect(to: .today, holding: token)
        } catch let fault as LinkFault {
            return answer(fault, .signIn, context)
        }
    }

    private func signOut(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await product.signIns.signOut(as: context.viewer)
        return cookie.redirectSignedOut(saying: "You are signed out.")
    }
}

/// Answers for a secret link that opens nothing.
func answer(_ fault: LinkFault, _ kind: SecretLink.Kind, _ context: PageContext) -> Response {
    let page = LinkFaultPage(fault: fault, kind: kind)
    return page.page.response(in: context, status: page.status)
}

extension SignInCookie {
    /// Goes to a page as somebody who has just signed in.
    func redirect(to path: Path, holding token: String, saying words: String? = nil) -> Response {
        var response = Web.redirect(to: path, saying: words)
        response.headers.append(set(token))
        return response
    }

    /// Goes to the sign-in page as nobody.
    func redirectSignedOut(saying words: String) -> Response {
        var response = Web.redirect(to: .signIn(), saying: words)
        response.headers.append(cleared)
        return response
    }
}
