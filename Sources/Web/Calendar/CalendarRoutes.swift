import HTTPTypes
import Hummingbird
import NIOCore
import Storage
import Throughline

/// Sessions in people's own calendars: the feed that a calendar reads, single sessions as files, and what is settled
/// about both.
struct CalendarRoutes {
    let product: Product

    func add(to open: RouterGroup<PageContext>, _ signedIn: RouterGroup<SignedInContext>) {
        open.get("/calendar/{token}", use: feed)
        signedIn.get("/sessions/{id}/calendar.ics", use: file)
        signedIn.post("/settings/invitations", use: setInvitations)
        signedIn.post("/settings/calendar", use: openFeed)
        signedIn.post("/settings/calendar/end", use: endFeed)
    }

    /// Whoever holds the secret reads it; calendars have no way to sign in.
    private func feed(_ request: Request, _ context: PageContext) async throws -> Response {
        guard let name = context.parameters["token"], name.hasSuffix(".ics") else { throw NotFound() }
        let calendar = try await product.calendars.feed(String(name.dropLast(4)))
        // Kept by nobody on the way: what is in it is for one person.
        return calendar.response(to: request, headers: [.cacheControl: "private, no-cache"])
    }

    private func file(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.parameters.id(of: Session.self)
        let calendar = try await product.calendars.file(of: id, as: context.viewer)
        return calendar.response(
            to: request,
            headers: [
                .cacheControl: "no-store", .contentDisposition: "attachment; filename=\"strategy-session.ics\"",
            ])
    }

    private func setInvitations(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let isOn = try await request.form(in: context).has("invitations")
        try await product.calendars.setInvitations(isOn, as: context.viewer)
        return redirect(
            to: .settings, fragment: "calendar",
            saying: isOn ? "Mail brings sessions into your calendar." : "Mail leaves your calendar alone.")
    }

    /// The page with the new address is the answer itself, as the address is kept nowhere and can't be shown again.
    private func openFeed(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let hasTitles = try await request.form(in: context)["titles"] != "none"
        let address = try await product.calendars.openFeed(hasTitles: hasTitles, as: context.viewer)
        return FeedPage(address: address, hasTitles: hasTitles).page.response(in: context)
    }

    private func endFeed(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await product.calendars.endFeed(as: context.viewer)
        return redirect(
            to: .settings, fragment: "calendar", saying: "The address works no more. Remove it from your calendar.")
    }
}

extension CalendarText {
    /// The text, or only the word that it is still the same (RFC 9110 section 13.1.2).
    fileprivate func response(to request: Request, headers more: HTTPFields) -> Response {
        var headers = more
        headers[.eTag] = tag
        let known = request.headers[.ifNoneMatch]?.split(separator: ",") ?? []
        if known.contains(where: { $0.trimmingPrefix(while: \.isWhitespace).trimmingPrefix("W/").hasPrefix(tag) }) {
            return Response(status: .notModified, headers: headers)
        }
        let bytes = ByteBuffer(string: text)
        headers[.contentType] = "text/calendar; charset=utf-8"
        headers[.contentLength] = String(bytes.readableBytes)
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: bytes))
    }
}
