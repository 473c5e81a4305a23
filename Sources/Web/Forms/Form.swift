import Foundation
import HTTPTypes
import Hummingbird
import Storage
import Throughline

/// What a form sent: names and values in order, as `application/x-www-form-urlencoded` (WHATWG URL, section 5.1).
///
/// A form here may have fields that only the page knows (one verdict for each goal), which is why fields are looked up
/// by name and not decoded into a type.
struct Form: Sendable, Equatable {
    let fields: [(name: String, value: String)]

    static let empty = Form(fields: [])

    init(fields: [(name: String, value: String)]) {
        self.fields = fields
    }

    /// - Throws: 400 for an escape or a text that is not UTF-8.
    init(urlEncoded bytes: some Sequence<UInt8>) throws {
        var fields: [(name: String, value: String)] = []
        for pair in Array(bytes).split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = parts.count > 1 ? Self.decoded(parts[1]) : "" else {
                throw HTTPError(.badRequest, message: "The form could not be read.")
            }
            fields.append((name, value))
        }
        self.fields = fields
    }

    /// The first value of a field; empty when it was not sent.
    subscript(name: String) -> String {
        fields.first { $0.name == name }?.value ?? ""
    }

    func has(_ name: String) -> Bool {
        fields.contains { $0.name == name }
    }

    /// Every value of a field that may be sent more than once.
    func all(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// The id that what the form adds will have: the one that its page came with (`Fields.newID`), a fresh one where it
    /// came with none.
    func newID<Entity>(at now: Date) -> ID<Entity> { ID(self["id"]) ?? ID(now: now) }

    static func == (left: Form, right: Form) -> Bool {
        left.fields.elementsEqual(right.fields, by: ==)
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        var text: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"):
                text.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit)
                else { return nil }
                text.append(high << 4 | low)
            default:
                text.append(byte)
            }
        }
        return String(validating: text, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Request {
    /// What a form that is sent by GET asks for: in it, as in a form that is posted, `+` is a space, which it isn't in
    /// other queries. Empty where it can't be read.
    func searched(_ field: String, most: Int = 200) -> String {
        let form = try? Form(urlEncoded: (uri.query ?? "").utf8)
        return String((form ?? .empty)[field].prefix(most))
    }
}

extension Request {
    /// The form in the body.
    /// - Throws: 413 when it is too large, 415 when it is no form, 400 when it can't be read.
    func form(in context: some RequestContext) async throws -> Form {
        let type = headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() }
        let buffer = try await body.collect(upTo: context.maxUploadSize)
        guard buffer.readableBytes > 0 else { return .empty }
        guard type == "application/x-www-form-urlencoded" else { throw HTTPError(.unsupportedMediaType) }
        return try Form(urlEncoded: buffer.readableBytesView)
    }
}

/// A form that was sent and could not be taken: what was typed is kept, and what is wrong stands at its fields.
struct Rejected: Sendable {
    /// Which of the page's forms it was.
    let name: String
    let form: Form
    let problems: [Problem]

    /// The same, as another form of the page.
    func renamed(_ name: String) -> Rejected { Rejected(name: name, form: form, problems: problems) }

    func words(at field: String) -> String? {
        problems.first { $0.field == field }?.words
    }
}

/// The fields of one form as a page shows them: what is stored, or, after a rejection, what was typed and what is wrong.
struct Fields: Sendable {
    private let rejected: Rejected?
    /// Put before ids, so that the same form can stand on a page more than once.
    let prefix: String

    /// - Parameter form: the form's name on this page. Only a rejection of this very form is shown.
    init(_ form: String, after rejected: Rejected?, prefix: String? = nil) {
        self.rejected = rejected?.name == form ? rejected : nil
        self.prefix = prefix ?? form
    }

    func value(_ field: String, else stored: String) -> String {
        guard let rejected, rejected.form.has(field) else { return stored }
        return rejected.form[field]
    }

    func isChosen(_ field: String, _ value: String, else stored: Bool) -> Bool {
        guard let rejected else { return stored }
        return rejected.form.all(field).contains(value)
    }

    func problem(_ field: String) -> String? { rejected?.words(at: field) }

    /// Problems that belong to no single field.
    var general: [String] {
        rejected?.problems.filter { $0.field.isEmpty }.map(\.words) ?? []
    }

    /// Whether one should look here first: it is the first thing that is wrong, and a field of its own.
    func isFirstProblem(_ field: String) -> Bool {
        general.isEmpty && rejected?.problems.first?.field == field
    }

    var wasRejected: Bool { rejected != nil }

    func id(_ field: String) -> String { "\(prefix)-\(field)" }
}
