import Foundation
// The web application in process, with people to sign in as.
public import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Live
import Logging
public import NIOCore
public import Storage
import Synchronization
public import Throughline
public import Web

/// The web application on a product of its own. Requests are answered in process.
public struct TestWeb: Sendable {
    public let test: TestProduct
    /// The cookie that somebody's browser holds.
    public func cookie(of viewer: Viewer) -> String { tokens[viewer.id].map { "throughline=\($0)" } ?? "" }
    let client: any TestClientProtocol
    private let tokens: [ID<Person>: String]

    init(test: TestProduct, client: any TestClientProtocol) async throws {
        self.test = test
        self.client = client
        var tokens: [ID<Person>: String] = [:]
        for viewer in test.everyone { tokens[viewer.id] = try await test.signIn(viewer) }
        self.tokens = tokens
        test.database.reset()
    }

    /// What a browser gets when it loads a page. Redirects are not followed.
    /// - Parameter viewer: who is signed in; nil for nobody.
    public func get(_ path: String, as viewer: Viewer?, headers: HTTPFields = [:]) async throws -> TestAnswer {
        try await send(.get, path, as: viewer, headers: headers, body: nil)
    }

    /// What a browser gets when it sends a form. Redirects are not followed.
    public func post(
        _ path: String, _ fields: KeyValuePairs<String, String> = [:], as viewer: Viewer?, headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        let body = fields.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }.joined(separator: "&")
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await send(.post, path, as: viewer, headers: headers, body: ByteBuffer(string: body))
    }

    public func send(
        _ method: HTTPRequest.Method, _ path: String, as viewer: Viewer?, headers: HTTPFields, body: ByteBuffer?
    ) async throws -> TestAnswer {
        // A stream has no end; in process only its head is asked for.
        let method = path.prefix { $0 != "?" }.hasSuffix("/live") ? .head : method
        var headers = headers
        if let viewer, let token = tokens[viewer.id] { headers[.cookie] = "throughline=\(token)" }
        return try await client.execute(uri: path, method: method, headers: headers, body: body) { response in
            TestAnswer(
                status: response.status, headers: response.headers, body: String(buffer: response.body))
        }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}

/// Runs `body` with a web application of its own that listens on a port, for answers that have no end.
public func withServer<Value>(
    on engine: Engine = .sqlite, _ body: @Sendable (_ web: TestWeb, _ port: Int) async throws -> Value
) async throws -> Value where Value: Sendable {
    try await withProduct(on: engine) { test in
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let app = buildApplication(product: test.product, settings: WebSettings(port: 0), logger: logger)
        let live = Task { try await LiveService(product: test.product, logger: logger, pace: .milliseconds(50)).run() }
        defer { live.cancel() }
        return try await app.test(.live) { client in
            guard let port = client.port else { throw NotFound() }
            // The first thing that a listener on PostgreSQL says is that it stands.
            while engine == .postgresql, test.product.live.moment.description.hasSuffix(".0") {
                try await Task.sleep(for: .milliseconds(10))
            }
            return try await body(TestWeb(test: test, client: client), port)
        }
    }
}

/// An answer, read whole.
public struct TestAnswer: Sendable {
    public let status: HTTPResponse.Status
    public let headers: HTTPFields
    public let body: String

    /// Where a redirect leads.
    public var location: String? { headers[.location] }
}

/// Runs `body` with a web application of its own.
public func withWeb<Value: Sendable>(
    on engine: Engine = .sqlite, settings: WebSettings = WebSettings(),
    _ body: @Sendable (TestWeb) async throws -> Value
) async throws -> Value {
    try await withProduct(on: engine) { test in
        let app = buildApplication(
            product: test.product, settings: settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await app.test(.router) { client in
            try await body(TestWeb(test: test, client: client))
        }
    }
}
