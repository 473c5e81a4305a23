import HTTPTypes
import Hummingbird
import NIOCore

/// A form with a file in it, as `multipart/form-data` (RFC 7578): what browsers send when a field is a file.
struct FileForm: Sendable {
    let form: Form
    /// The file of the first field that is one; nil where none was chosen.
    let file: [UInt8]?

    /// A form without a file.
    init(_ form: Form) {
        self.form = form
        file = nil
    }

    /// - Throws: 400 when it isn't built as it should be.
    init(_ bytes: [UInt8], boundary: String) throws {
        let delimiter = Array("--\(boundary)".utf8)
        var fields: [(name: String, value: String)] = []
        var file: [UInt8]?
        // What stands between two delimiters, without the line ends that belong to these.
        for part in Self.split(bytes, by: delimiter).dropFirst() {
            if part.starts(with: "--".utf8) { break }
            guard let end = Self.find(Array("\r\n\r\n".utf8), in: part, from: part.startIndex) else {
                throw HTTPError(.badRequest, message: "The form could not be read.")
            }
            let head = String(decoding: part[..<end], as: UTF8.self)
            let body = part[(end + 4)...].dropLast(2)
            guard let name = Self.parameter("name", of: head) else { continue }
            if let fileName = Self.parameter("filename", of: head) {
                // Browsers send an empty file without a name where none was chosen.
                if file == nil, !(fileName.isEmpty && body.isEmpty) { file = Array(body) }
            } else if let value = String(validating: body, as: UTF8.self) {
                fields.append((name, value))
            } else {
                throw HTTPError(.badRequest, message: "The form could not be read.")
            }
        }
        form = Form(fields: fields)
        self.file = file
    }

    private static func split(_ bytes: [UInt8], by delimiter: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        while let found = find(delimiter, in: bytes[...], from: start) {
            parts.append(bytes[start..<found])
            start = found + delimiter.count
        }
        parts.append(bytes[start...])
        return parts
    }

    private static func find(_ needle: [UInt8], in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
        guard let first = needle.first else { return nil }
        var position = start
        while position + needle.count <= bytes.endIndex {
            if bytes[position] == first, bytes[position..<position + needle.count].elementsEqual(needle) {
                return position
            }
            position += 1
        }
        return nil
    }

    /// A parameter of a part's Content-Disposition. Browsers escape a quotation mark in it as `%22`.
    private static func parameter(_ name: String, of head: String) -> String? {
        for line in head.split(whereSeparator: \.isNewline) where line.lowercased().hasPrefix("content-disposition:") {
            for piece in line.split(separator: ";").dropFirst() {
                let halves = piece.split(separator: "=", maxSplits: 1)
                guard halves.count == 2, halves[0].trimmingPrefix(" ").lowercased() == name else { continue }
                return String(halves[1].filter { $0 != "\"" })
            }
        }
        return nil
    }
}

extension Request {
    /// A form that may hold a file.
    /// - Parameter limit: the most that the whole form may hold, in bytes, if it does.
    /// - Throws: 413 when it is too large, 415 when it is no such form, 400 when it can't be read.
    func fileForm(in context: some RequestContext, atMost limit: Int) async throws -> FileForm {
        let pieces = (headers[.contentType] ?? "").split(separator: ";").map { $0.trimmingPrefix(" ") }
        guard pieces.first?.lowercased() == "multipart/form-data" else { return FileForm(try await form(in: context)) }
        guard
            let boundary = pieces.first(where: { $0.lowercased().hasPrefix("boundary=") })?.dropFirst(9)
                .filter({ $0 != "\"" }), (1...70).contains(boundary.utf8.count)
        else { throw HTTPError(.unsupportedMediaType) }
        let buffer = try await body.collect(upTo: limit)
        return try FileForm(Array(buffer.readableBytesView), boundary: boundary)
    }
}
