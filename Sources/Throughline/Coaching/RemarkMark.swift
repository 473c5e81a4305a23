public import Coach
import Crypto
import Foundation
public import Storage

/// Which remark, on which kind of field, without a word of what was typed: the name under which a dismissal is kept.
public struct RemarkMark: Sendable, Hashable, RowReadable, CustomStringConvertible {
    /// The kind of field, as ``CoachField/kind``.
    public let field: String
    /// The first half of a SHA-256 hash over the kind and the remark's key, as 32 hexadecimal digits.
    public let remark: String

    public init(_ remark: Remark, in field: CoachField) {
        self.field = field.kind
        let hash = SHA256.hash(data: Data("\(field.kind)\n\(remark.key)".utf8))
        self.remark = hash.prefix(16).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    /// A mark as a form brings it back, `agendaTitle-0f…`; nil if it can't be one.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, CoachField.kinds.contains(String(parts[0])), ID<RemarkMark>(parts[1]) != nil
        else { return nil }
        (field, remark) = (String(parts[0]), String(parts[1]))
    }

    public init(row: inout Row) throws {
        field = try row.next()
        remark = try row.next()
    }

    public var description: String { "\(field)-\(remark)" }
}

extension CoachField {
    /// What kind of field it is, in one word, as pages and dismissals name it.
    public var kind: String {
        switch self {
        case .sessionTitle: "sessionTitle"
        case .agendaTitle: "agendaTitle"
        case .workTitle: "workTitle"
        case .feedbackQuestion: "feedbackQuestion"
        case .commitment: "commitment"
        case .objective: "objective"
        case .keyResult, .keyResultTitle: "keyResult"
        case .note: "note"
        case .brief: "brief"
        }
    }

    static let kinds: Set<String> = Set(
        [
            .sessionTitle(), .agendaTitle, .workTitle, .feedbackQuestion,
            .commitment(hasOwner: true, hasDate: true), .objective, .keyResult, .note, .brief(wordBudget: 0),
        ].map(\CoachField.kind))
}
