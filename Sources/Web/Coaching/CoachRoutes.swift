import Coach
import HTTPTypes
import Hummingbird
import Markup
import Storage
import Throughline

/// The coach while one types, and remarks that a person waves away. Nothing that is asked about is stored.
struct CoachRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.post("/coach", use: read)
        signedIn.post("/coach/dismissals", use: dismiss)
    }

    /// What the script shows: beside the field, under its text, and to a screen reader.
    private struct Reading: Encodable {
        let aside: String
        let echo: String
        let remarks: [Said]

        struct Said: Encodable {
            let mark: String
            let words: String
        }
    }

    private func read(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let text = form["text"]
        var typed = Typed()
        if text.unicodeScalars.count > Limit.text {
            typed.note("text", "The coach reads \(Limit.text) characters at most.")
        }
        try typed.check()
        let remarks: [PersonalRemark] =
            if let field = try Coached.field(in: form) {
                try await product.coaching.remarks(on: text, as: field, for: context.viewer)
            } else {
                []
            }
        return try json(
            Reading(
                aside: CoachAside(remarks: remarks).html.text,
                echo: CoachAside.marked(text, remarks.map(\.remark)).text,
                remarks: remarks.map { .init(mark: $0.mark.description, words: CoachAside.spoken($0.remark)) }))
    }

    private func dismiss(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        guard let mark = RemarkMark(form["remark"]) else { throw NotFound() }
        try await product.coaching.dismiss(mark, as: context.viewer)
        if request.wantsJSON { return Response(status: .noContent) }
        return redirect(to: request.pageBefore(at: product.address) ?? .today, saying: "Your words stay as they are.")
    }
}
