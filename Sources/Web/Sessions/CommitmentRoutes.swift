import Foundation
import HTTPTypes
import Hummingbird
import Storage
import Throughline

/// Commitments: what I owe and what is owed to me, kept, dropped, or opened again.
struct CommitmentRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/commitments", use: show)
        signedIn.post("/commitments/settlements", use: keep)
        signedIn.post("/commitments/reopenings", use: undo)
        signedIn.post("/actions/{action}/settlement", use: settle)
        signedIn.post("/actions/{action}/reopening", use: reopen)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await page(context)
    }

    private func page(_ context: SignedInContext, rejected: Rejected? = nil) async throws -> Response {
        let lists = try await product.commitments.lists(of: context.viewer)
        return CommitmentsPage(
            lists: lists, today: Day(product.now(), in: context.viewer.timeZone),
            zone: context.viewer.timeZone,
            rejected: rejected
        ).page.response(in: context, status: rejected == nil ? .ok : .unprocessableContent)
    }

    private func settle(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let action: ID<Action> = try context.id("action")
        let form = try await request.form(in: context)
        do {
            let settled = try await product.commitments.settle(
                action, SettlementDraft(outcome: form["outcome"], words: form["words"]), as: context.viewer)
            return redirect(
                to: back(form, settled),
                saying: form["outcome"] == "dropped" ? "Marked as dropped." : "Marked as kept.",
                undo: Undo([action], back: form["back"]))
        } catch let invalid as Invalid where !request.wantsJSON {
            return try await page(
                context, rejected: Rejected(name: "settle-\(action)", form: form, problems: invalid.problems))
        }
    }

    private func keep(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let kept = try await product.commitments.keep(try ids(form, "kept"), as: context.viewer)
        guard !kept.isEmpty else { return redirect(to: back(form, nil), saying: "Tick what was kept, then save.") }
        return redirect(
            to: back(form, nil), saying: "\(Words.counted(kept.count, "commitment").capitalizedFirst) marked as kept.",
            undo: Undo(kept.map(\.action.id), back: form["back"]))
    }

    /// Opens several again: what the word after a settlement offers.
    private func undo(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let reopened = try await product.commitments.reopen(try ids(form, "action"), as: context.viewer)
        let words = reopened.count > 1 ? "They are open again." : "It is open again."
        return redirect(to: back(form, reopened.first), saying: words)
    }

    private func ids(_ form: Form, _ field: String) throws -> [ID<Action>] {
        try form.all(field).map { text in
            guard let id = ID<Action>(text) else { throw NotFound() }
            return id
        }
    }

    private func reopen(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let reopened = try await product.commitments.reopen(try context.id("action"), as: context.viewer)
        return redirect(to: back(form, reopened), saying: "It is open again.")
    }

    /// The page that the form was on.
    private func back(_ form: Form, _ commitment: Commitment?) -> Path {
        switch form["back"] {
        case "today": .today
        case "recap": commitment.map { .recap($0.action.session) } ?? .commitments
        default: .commitments
        }
    }
}

extension Undo {
    /// Opens commitments again, from the page where they were settled.
    fileprivate init(_ actions: [ID<Action>], back: String) {
        self.init(
            path: .reopenings,
            fields: actions.map { ("action", $0.text) } + (back.isEmpty ? [] : [("back", back)]))
    }
}
