import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// The style sheet, the script and the icons. They are part of the program, served under names that hold a fingerprint
/// of their content, so that browsers may keep them for ever.
enum Assets {
    static let style = path("throughline.css")
    static let script = path("throughline.js")
    static let icons = path("icons.svg")
    static let serviceWorker = path("service-worker.js")

    private struct File: Sendable {
        let path: String
        let type: String
        let bytes: ByteBuffer
    }

    private static let files: [String: File] = Dictionary(
        uniqueKeysWithValues: EmbeddedFiles.all.map { file in
            let digest = SHA256.hash(data: Data(file.text.utf8)).prefix(8).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            let name = file.name.split(separator: ".")
            let path = "/assets/\(name[0])-\(digest.joined()).\(name[1])"
            return (file.name, File(path: path, type: type(of: name[1]), bytes: ByteBuffer(string: file.text)))
        })

    private static let byPath = Dictionary(uniqueKeysWithValues: files.values.map { ($0.path, $0) })

    private static func path(_ name: String) -> String { files[name]?.path ?? "/assets/\(name)" }

    private static func type(of suffix: Substring) -> String {
        switch suffix {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "text/plain; charset=utf-8"
        }
    }

    /// Answers with the file of that path, or nil. `Range` is not looked at: the files are small.
    static func response(for path: String) -> Response? {
        guard let file = byPath[path] else { return nil }
        return Response(
            status: .ok,
            headers: [
                .contentType: file.type,
                .contentLength: String(file.bytes.readableBytes),
                .cacheControl: "public, max-age=31536000, immutable",
            ],
            body: .init(byteBuffer: file.bytes))
    }
}
