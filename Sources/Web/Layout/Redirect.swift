import Foundation
import HTTPTypes
import Hummingbird

/// What a write answers with: go and look (303), with a word to show there if there is one.
func redirect(to path: Path, fragment: String? = nil, saying words: String? = nil) -> Response {
    var headers: HTTPFields = [.location: path.description + (fragment.map { "#" + $0 } ?? "")]
    if let words { headers.append(Flash.saying(words)) }
    return Response(status: .seeOther, headers: headers)
}

/// A word from one request to the next page, carried in a cookie that is cleared once it has been shown.
enum Flash {
    static let cookie = "toast"

    static func saying(_ words: String) -> HTTPField {
        let value = words.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return HTTPField(name: .setCookie, value: "\(cookie)=\(value); Path=/; Max-Age=30; HttpOnly; SameSite=Lax")
    }

    static let cleared = HTTPField(
        name: .setCookie, value: "\(cookie)=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")

    static func read(_ value: String) -> String? {
        value.removingPercentEncoding.flatMap { $0.isEmpty ? nil : $0 }
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
