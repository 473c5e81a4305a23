import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Storage
import Throughline

/// Turns every error into an answer that a person can read, or, for the script, into problem details (RFC 9457).
/// What nobody foresaw is logged under an id; the person sees the id and nothing else.
///
/// It stands twice: around everything, and behind ``Authentication``, where it knows who is asking. Who is signed in
/// keeps the navigation, and gets back the words of a form that wasn’t taken.
struct ErrorPages: RouterMiddleware {
    func handle(
        _ request: Request, context: PageContext,
        next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        var request = request
        var sent = ByteBuffer()
        do {
            if context.viewer != nil { sent = try await request.holdForm(in: context) }
            return try await next(request, context)
        } catch is SignInNeeded where !request.wantsJSON {
            return askToSignIn(request, context)
        } catch {
            let failure = Failure(error, isWrite: request.isWrite, logger: context.logger)
            if request.wantsJSON { return try failure.problemDetails() }
            let page = ErrorPage(failure: failure, back: request.wayBack(in: context), typed: TypedWords(form: sent))
            return page.page.response(in: context, status: failure.status)
        }
    }

    /// Who asked for a page is sent to sign in first. Who sent a form is told at once that it was not taken: an answer
    /// that isn’t fine is also what makes the script keep its draft.
    private func askToSignIn(_ request: Request, _ context: PageContext) -> Response {
        guard request.isWrite else { return redirect(to: .signIn(next: request.uri.string)) }
        return SignInPage(
            next: request.wayBack(in: context)?.description ?? "", isSetUp: true, wasSignedOut: true, rejected: nil
        )
        .page.response(in: context, status: .unauthorized)
    }
}

extension Request {
    /// Reads a form ahead, so that its words are there when it can’t be taken; whoever reads it next finds it whole.
    /// Only what is answered with a page is held, and no files.
    /// - Throws: 413 when it is too large.
    fileprivate mutating func holdForm(in context: PageContext) async throws -> ByteBuffer {
        guard isWrite, isForm, !wantsJSON else { return ByteBuffer() }
        return try await collectBody(upTo: context.maxUploadSize)
    }

    private var isForm: Bool {
        headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true
    }
}

/// An error as people are told of it.
struct Failure {
    let status: HTTPResponse.Status
    let title: String
    let words: String
    var problems: [Problem] = []
    /// For the log and the administrator, where the words alone don't say what happened.
    var id: String?

    /// - Parameter isWrite: whether something was to be changed.
    init(_ error: any Error, isWrite: Bool, logger: Logger) {
        switch error {
        case is NotFound:
            self = .notFound
        case is SignInNeeded:
            self.init(.unauthorized, "You are signed out", "Sign in again; what you typed is kept on this device.")
        case let invalid as Invalid:
            self.init(
                .unprocessableContent, "Something can’t be taken as it is",
                invalid.problems.map(\.words).joined(separator: " "))
            problems = invalid.problems
        case let conflict as Conflict:
            self.init(.conflict, "It has changed since you looked", conflict.words)
        case let refused as Refused:
            self.init(.unprocessableContent, "That can’t be done", refused.words)
        case is LinkFault:
            self.init(.gone, "This link has run out", "It was used or ended a moment ago. Ask for a new one.")
        case let tries as TooManyTries:
            self.init(.tooManyRequests, "That was a little too often", tries.words)
        case is NIOTooManyBytesError:
            self = .tooLarge
        case let http as HTTPError:
            self.init(http)
        case StorageError.unavailable:
            self.init(
                .serviceUnavailable, "The database can’t be reached",
                isWrite
                    ? "Wait a moment. " + Self.lookFirst
                    : "Nothing was changed. Wait a moment, then load this page again.", loggedAs: error, logger)
        default:
            self.init(
                .internalServerError, "Something went wrong here",
                "It is our fault, not yours. What was saved before is safe." + (isWrite ? " " + Self.lookFirst : ""),
                loggedAs: error, logger)
        }
    }

    /// Where a connection breaks while a change is being saved, nobody knows whether it was.
    private static let lookFirst =
        "What you sent may have been saved or not: go back and look before you send it again."

    private init(_ status: HTTPResponse.Status, _ title: String, _ words: String) {
        self.status = status
        self.title = title
        self.words = words
    }

    private init(
        _ status: HTTPResponse.Status, _ title: String, _ words: String, loggedAs error: any Error, _ logger: Logger
    ) {
        self.init(status, title, words)
        let id = String(UUID().uuidString.prefix(8)).lowercased()
        self.id = id
        logger.error("failed", metadata: ["id": "\(id)", "error": "\(error)"])
    }

    private init(_ error: HTTPError) {
        switch error.status {
        case .notFound:
            self = .notFound
        case .contentTooLarge:
            self = .tooLarge
        case .badRequest:
            self.init(.badRequest, "That could not be read", error.body ?? "The request is malformed.")
        default:
            self.init(error.status, "That did not work", error.body ?? error.status.reasonPhrase)
        }
    }

    static let tooLarge = Failure(
        .contentTooLarge, "That is too much at once",
        "A form may hold one megabyte, and nothing of this one was saved. Go back and send less at a time.")

    static let notFound = Failure(
        .notFound, "There is nothing here",
        "Either the address is wrong, or what it leads to is not yours to read. We don’t say which.")

    func problemDetails() throws -> Response {
        struct Details: Encodable {
            let title: String
            let status: Int
            let detail: String
            let errors: [String: String]?
            let instance: String?
        }
        var response = try json(
            Details(
                title: title, status: status.code, detail: words,
                errors: problems.isEmpty
                    ? nil : Dictionary(problems.map { ($0.field, $0.words) }, uniquingKeysWith: { first, _ in first }),
                instance: id),
            status: status)
        response.headers[.contentType] = "application/problem+json"
        return response
    }
}
