import Hummingbird
import Storage
import Throughline

/// The link in every reminder: it stops reminders of some kinds and resumes them, and does nothing else, so it asks
/// for no sign-in. Looking at it changes nothing; mail programs look at links by themselves.
struct ReminderRoutes {
    let product: Product

    func add(to open: RouterGroup<PageContext>) {
        open.get("/reminders/{token}/{kinds}", use: show)
        open.post("/reminders/{token}/{kinds}", use: stop)
        open.post("/reminders/{token}/{kinds}/return", use: resume)
    }

    private func show(_ request: Request, _ context: PageContext) async throws -> Response {
        let (token, kinds) = try link(context)
        let holder = try await product.reminders.holder(of: token)
        return StopRemindersPage(holder: holder, kinds: kinds, token: token).page.response(in: context)
    }

    /// Also what a mail program's own button sends: any body, and it must be answered without a redirect
    /// (RFC 8058, section 3.1).
    private func stop(_ request: Request, _ context: PageContext) async throws -> Response {
        try await set(isWanted: false, context)
    }

    private func resume(_ request: Request, _ context: PageContext) async throws -> Response {
        try await set(isWanted: true, context)
    }

    private func set(isWanted: Bool, _ context: PageContext) async throws -> Response {
        let (token, kinds) = try link(context)
        let holder = try await product.reminders.set(Set(kinds), isWanted: isWanted, token: token)
        return StopRemindersPage(holder: holder, kinds: kinds, token: token).page.response(in: context)
    }

    /// - Throws: ``NotFound`` for kinds that there are none of.
    private func link(_ context: PageContext) throws -> (token: String, kinds: [ReminderKind]) {
        guard let token = context.parameters.get("token"), let names = context.parameters.get("kinds") else {
            throw NotFound()
        }
        let kinds = names.split(separator: ".", omittingEmptySubsequences: false)
            .map { ReminderKind(rawValue: String($0)) }
        guard !kinds.contains(nil) else { throw NotFound() }
        return (token, ReminderKind.allCases.filter(kinds.contains))
    }
}
