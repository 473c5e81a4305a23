import Foundation
import HTTPTypes
import Hummingbird

/// What a write answers with: go and look (303), with a word to show there if there is one, and a way to take it back.
func redirect(
    to path: Path, fragment: String? = nil, saying words: String? = nil, undo: Undo? = nil
) -> Response {
    redirect(to: path, fragment: fragment, showing: words.map { Toast(words: $0, undo: undo) })
}

/// The same with a word that came along from the request before.
func redirect(to path: Path, fragment: String? = nil, showing toast: Toast?) -> Response {
    var headers: HTTPFields = [.location: path.description + (fragment.map { "#" + $0 } ?? "")]
    if let toast { headers.append(toast.cookie) }
    return Response(status: .seeOther, headers: headers)
}

/// A word from one request to the next page, carried in a cookie that is cleared once it has been shown.
struct Toast: Sendable {
    let words: String
    var undo: Undo?

    static let cookieName = "toast"

    static let cleared = HTTPField(
        name: .setCookie, value: "\(cookieName)=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")

    var cookie: HTTPField {
        let parts = [words] + (undo?.parts ?? [])
        let value = parts.map { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
            .joined(separator: ".")
        return HTTPField(
            name: .setCookie, value: "\(Self.cookieName)=\(value); Path=/; Max-Age=30; HttpOnly; SameSite=Lax")
    }

    init(words: String, undo: Undo? = nil) {
        self.words = words
        self.undo = undo
    }

    /// What a cookie holds; nil for what no page of ours has written.
    init?(cookie value: String) {
        let parts = value.split(separator: ".", omittingEmptySubsequences: false).map { $0.removingPercentEncoding }
        guard let first = parts.first, let words = first, !words.isEmpty else { return nil }
        self.init(words: words, undo: Undo(parts: parts.dropFirst().compactMap(\.self)))
    }
}

/// What takes back the thing that was just done: a form of hidden fields.
struct Undo: Sendable {
    let path: Path
    let fields: [Field]

    struct Field: Sendable {
        let name: String
        let value: String
    }

    init(path: Path, fields: [(name: String, value: String)]) {
        self.path = path
        self.fields = fields.map { Field(name: $0.name, value: $0.value) }
    }

    fileprivate var parts: [String] { [path.description] + fields.flatMap { [$0.name, $0.value] } }

    /// A cookie is the browser's to change, so only places of this product are taken from it.
    fileprivate init?(parts: [String]) {
        guard parts.count % 2 == 1, let path = Path.local(parts[0]) else { return nil }
        self.path = path
        fields = stride(from: 1, to: parts.count, by: 2).map { Field(name: parts[$0], value: parts[$0 + 1]) }
    }
}

/// An answer for the script: JSON, never kept.
func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(value)
    return Response(
        status: status,
        headers: [
            .contentType: "application/json; charset=utf-8", .contentLength: String(data.count),
            .cacheControl: "no-store",
        ],
        body: .init(byteBuffer: ByteBuffer(bytes: data)))
}

extension Request {
    /// Whether the script asks, which wants JSON instead of a page.
    var wantsJSON: Bool { headers[.accept]?.contains("application/json") == true }
}
