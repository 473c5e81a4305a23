// Messages as Python's e-mail package reads them, and texts that are hard to carry.

import Foundation
import Mail
import TestSupport

struct ReadMessage: Decodable {
    struct Person: Decodable, Equatable {
        let name: String
        let email: String
    }

    struct Part: Decodable {
        let type: String
        let charset: String?
        let method: String?
        let disposition: String?
        let filename: String?
        let content: Data?
        let parts: [Part]
        let defects: [String]

        var text: String? { content.map { String(decoding: $0, as: UTF8.self) } }
        var all: [Part] { [self] + parts.flatMap(\.all) }
    }

    let names: [String]
    let headers: [String: String]
    let from: [Person]
    let replyTo: [Person]
    let to: [Person]
    let seconds: Double
    let headerDefects: [String]
    let body: Part

    static func read(_ messages: [[UInt8]]) async throws -> [ReadMessage] {
        let input = try JSONEncoder().encode(messages.map { Data($0) })
        let output = try await Python.run("mime_reader.py", input: input)
        return try JSONDecoder().decode([ReadMessage].self, from: output)
    }

    static func read(_ message: Message) async throws -> ReadMessage {
        guard let first = try await read([message.encoded()]).first else {
            throw PeerFailure(what: "mime_reader.py read nothing")
        }
        return first
    }
}

/// Texts that break writers which are careless about one thing or another.
enum Nasty {
    static let pieces = [
        "", " ", "Where onboarding puts its weight", "Café – naïve “quotes”", "مرحبا بالعالم", "שלום עולם",
        "\u{202E}backwards\u{202C}", "e\u{301}\u{323}",
        "Z\u{350}\u{351}\u{352}\u{353}a\u{354}\u{355}l\u{356}go",
        "a" + String(repeating: "\u{301}", count: 200), "👩‍👩‍👧‍👦🏳️‍🌈🇧🇪", "漢字かな交じり文", "\u{FEFF}", "\u{10FFFD}", ".",
        "..", ".\r\n.", "\r\n.\r\n", "From me",
        "\nFrom you\nto me", "\0", "a\0b", "\r", "\n", "\r\n", "\u{0B}\u{0C}\u{1B}[31m", "\u{7F}", "\u{85}",
        "\u{2028}\u{2029}", "\r\nBcc: eve@example.com", "\r\n\r\n<b>body</b>", "=?UTF-8?B?ZXZl?=",
        "=?utf-8?q?",
        "= =3D =\r\n", "--=_1_0", "\"quoted\" \\ back", "Last, First (comment) <eve@example.com>;:@[]",
        "tab\there", "trailing blank ", "trailing tab\t", "a  double  space",
        String(repeating: " ", count: 90) + "x",
        String(repeating: "long", count: 400), String(repeating: "é", count: 1100),
        String(repeating: "word ", count: 300), String(repeating: ".", count: 200),
        String(repeating: "From ", count: 60), String(repeating: "👩‍👩‍👧‍👦", count: 30),
    ]

    /// A text of a few pieces.
    static func text(_ random: inout SeededRandom) -> String {
        (0..<Int.random(in: 1...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
    }

    /// What a header can keep of a text: no control characters, and no blanks around it.
    static func asHeader(_ text: String) -> String {
        text.replacing(/[\p{Cc}\u{2028}\u{2029}]+/.matchingSemantics(.unicodeScalar), with: " ")
            .replacing(/^ +| +$/.matchingSemantics(.unicodeScalar), with: "")
    }

    /// What a body can keep of a text: tab and line ends, and the last line ends too.
    static func asBody(_ text: String) -> String {
        let lines =
            text
            .replacing(/[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]/.matchingSemantics(.unicodeScalar), with: "")
            .replacing(/\r\n|\r|\n/.matchingSemantics(.unicodeScalar), with: "\r\n")
        return lines.unicodeScalars.last == "\n" ? lines : lines + "\r\n"
    }
}

/// The same numbers every time (splitmix64), so that a failure can be looked at again.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
