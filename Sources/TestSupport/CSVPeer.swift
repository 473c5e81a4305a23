import Foundation

/// Tables as Python's csv module reads and writes them.
public struct CSVPeer: Decodable, Sendable {
    /// Of each text its rows, blank lines left out; nil where strict reading refuses it.
    public let read: [[[String]]?]
    /// Each table as a text.
    public let written: [String]

    private struct Cases: Encodable {
        let texts: [Text]
        let rows: [[[String]]]

        struct Text: Encodable {
            let text: String
            let separator: String
        }
    }

    public static func ask(
        texts: [(text: String, separator: Character)] = [], tables: [[[String]]] = []
    ) async throws -> CSVPeer {
        let cases = Cases(texts: texts.map { .init(text: $0.text, separator: String($0.separator)) }, rows: tables)
        let answer = try await Python.run("csv_peer.py", input: try JSONEncoder().encode(cases))
        return try JSONDecoder().decode(CSVPeer.self, from: answer)
    }
}
