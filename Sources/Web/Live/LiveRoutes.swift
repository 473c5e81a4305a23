import HTTPTypes
import Hummingbird
import Live
import Storage
import Throughline

/// What keeps open pages alike: a stream of hints, and, for the pages of one session, who is there.
struct LiveRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/live", use: followToday)
        signedIn.get("/series/{id}/live", use: followSeries)
        signedIn.get("/sessions/{id}/live", use: followSession)
        signedIn.post("/sessions/{id}/presence", use: appear)
    }

    private func followToday(_ request: Request, _ context: SignedInContext) async throws -> Response {
        stream(.today, request, context)
    }

    private func followSeries(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let access = try await product.series.access(context.seriesID, as: context.viewer)
        return stream(.series(access.series.id), request, context)
    }

    private func followSession(_ request: Request, _ context: SignedInContext) async throws -> Response {
        stream(.session(try await product.sessions.access(try context.session, as: context.viewer)), request, context)
    }

    /// Server-sent events (HTML standard, section 9.2).
    private func stream(_ followed: LiveStream.Followed, _ request: Request, _ context: SignedInContext) -> Response {
        let stream = LiveStream(product: product, followed: followed, viewer: context.viewer)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
                // Some proxies hold answers back until they are whole, unless told.
                .xAccelBuffering: "no",
            ],
            // Without this wrapper the stream would outlive its reader. It takes the body as it came: nothing before
            // this may read or change it.
            body: .init { writer in
                do {
                    try await request.body.consumeWithCancellationOnInboundClose { _ in
                        try await stream.write(to: &writer)
                    }
                } catch is CancellationError {
                    // The reader is gone.
                    return
                }
                try await writer.finish(nil)
            })
    }

    private func appear(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.session
        let form = try await request.form(in: context)
        let doing: Presence.Doing
        switch form["doing"] {
        case "here": doing = .here
        case "gone": doing = .gone
        default:
            guard let place = WritingPlace(form["doing"]) else {
                throw HTTPError(.badRequest, message: "One is here, gone, or writing in a place that both read.")
            }
            doing = .writing(place.text)
        }
        try await product.sessions.appear(doing, in: id, as: context.viewer)
        return Response(status: .noContent)
    }
}

/// Where somebody may be seen writing. Private notes and drafts are no such place.
enum WritingPlace: Equatable {
    case notes(Session.Step)
    case captures
    case verdicts
    case recap

    init?(_ text: some StringProtocol) {
        switch text {
        case "captures": self = .captures
        case "verdicts": self = .verdicts
        case "recap": self = .recap
        default:
            guard text.hasPrefix("notes-"), let step = Session.Step(text.dropFirst("notes-".count)) else { return nil }
            self = .notes(step)
        }
    }

    var text: String {
        switch self {
        case .notes(let step): "notes-\(step.rawValue)"
        case .captures: "captures"
        case .verdicts: "verdicts"
        case .recap: "recap"
        }
    }

    /// After `Ana is here, `.
    var words: String {
        switch self {
        case .notes(let step): "writing in \(step.name) notes"
        case .captures: "writing something down"
        case .verdicts: "answering goal by goal"
        case .recap: "changing the recap"
        }
    }
}
