import HTTPTypes
import Hummingbird
import Markup
import Storage
import Throughline

/// Checking in through the link of a reminder, without signing in.
struct CheckInLinkRoutes {
    let product: Product

    func add(to open: RouterGroup<PageContext>) {
        open.get("/check-in/{token}", use: show)
        open.post("/check-in/{token}", use: checkIn)
    }

    private func show(_ request: Request, _ context: PageContext) async throws -> Response {
        let token = try context.parameters.require("token")
        do {
            return try await page(token).response(in: context)
        } catch let fault as LinkFault {
            return answer(fault, context)
        }
    }

    private func page(_ token: String, after rejected: Rejected? = nil) async throws -> Page {
        let (viewer, mine) = try await product.cycles.guest(holding: token)
        return CheckInPage(
            mine: mine, company: viewer.company, action: .checkIn(token: token),
            guest: PersonName(id: viewer.id, name: viewer.name), rejected: rejected
        ).page
    }

    private func checkIn(_ request: Request, _ context: PageContext) async throws -> Response {
        let token = try context.parameters.require("token")
        let form = try await request.form(in: context)
        do {
            let count = try await product.cycles.checkIn(holding: token, on: form.checkIns)
            return redirect(
                to: .signIn(), saying: "Checked in on \(GoalWords.count(count, "key result")). Sign in to see them.")
        } catch let invalid as Invalid {
            let rejected = Rejected(name: "check-ins", form: form, problems: invalid.problems)
            return try await page(token, after: rejected).response(in: context, status: .unprocessableContent)
        } catch let fault as LinkFault {
            return answer(fault, context)
        }
    }

    /// What the holder of a link that opens nothing any more can do instead.
    private func answer(_ fault: LinkFault, _ context: PageContext) -> Response {
        let (title, words): (String, String) =
            switch fault {
            case .unknown:
                (
                    "This link leads nowhere",
                    "Perhaps a piece of it got lost on the way. Copy it whole from the message."
                )
            case .used: ("This link has been used", "Somebody has checked in with it. Sign in to see or change that.")
            case .expired: ("This link has run out", "Such links work for seven days. Sign in to check in.")
            }
        return Page(
            title: title, width: .slim,
            main: """
                <header class="open"><h1>\(title)</h1><p class="lede">\(words)</p></header>
                <p class="row"><a class="btn go" href="\(Path.signIn(next: Path.checkIn.description))">Sign in</a></p>
                """
        ).response(in: context, status: fault == .unknown ? .notFound : .gone)
    }
}
