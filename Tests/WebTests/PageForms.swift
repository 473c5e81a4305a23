// The forms that stand on a page, read from its HTML, so that tests send what browsers would, whatever forms there are.
import Foundation

/// A form that a page would send with POST, with everything as a browser sends it untouched.
struct PageForm: Equatable, Sendable {
    let action: String
    /// Hidden fields, texts, and what is chosen, in order.
    var fields: [(name: String, value: String)] = []
    /// The names of everything that it may send: buttons and boxes that aren't ticked too.
    var names: [String] = []

    static func == (left: PageForm, right: PageForm) -> Bool {
        left.action == right.action && left.names == right.names && left.fields.elementsEqual(right.fields, by: ==)
    }

    /// All POST forms of a page.
    static func all(on page: String) -> [PageForm] {
        var forms: [PageForm] = []
        var byID: [String: Int] = [:]
        var inside: Int?
        for tag in Tag.all(in: page) {
            switch tag.name {
            case "form":
                inside = nil
                guard tag["method"]?.lowercased() == "post", let action = tag["action"] else { continue }
                forms.append(PageForm(action: action))
                inside = forms.count - 1
                if let id = tag["id"] { byID[id] = inside }
            case "/form":
                inside = nil
            case "input", "textarea", "select", "button":
                guard let form = tag["form"].flatMap({ byID[$0] }) ?? inside, let name = tag["name"] else { continue }
                forms[form].take(tag, named: name)
            default:
                continue
            }
        }
        return forms
    }

    private mutating func take(_ tag: Tag, named name: String) {
        if !names.contains(name) { names.append(name) }
        switch (tag.name, tag["type"]) {
        case ("button", _), (_, "submit"):
            return
        case ("input", "radio"), ("input", "checkbox"):
            if tag["checked"] != nil { fields.append((name, tag["value"] ?? "on")) }
        case ("textarea", _):
            fields.append((name, tag.content.hasPrefix("\n") ? String(tag.content.dropFirst()) : tag.content))
        case ("select", _):
            let options = Tag.all(in: tag.inner)
            let chosen = options.first { $0["selected"] != nil } ?? options.first { $0.name == "option" }
            fields.append((name, chosen?["value"] ?? ""))
        default:
            fields.append((name, tag["value"] ?? ""))
        }
    }
}

/// One tag, as our own pages write them: attributes in double quotes, or bare. Only tags of forms are read.
private struct Tag {
    let name: String
    fileprivate let attributes: [String: String]
    /// What stands between it and its end tag, of those whose content matters here.
    let inner: String

    private static let names: Set = ["form", "/form", "input", "textarea", "select", "button", "option"]

    subscript(name: String) -> String? { attributes[name] }
    var content: String { inner.unescaped }

    /// Pages are long and tests run unoptimised, so the C library looks for what is sought.
    static func all(in page: String) -> [Tag] {
        page.withCString { start in
            var tags: [Tag] = []
            var rest = UnsafePointer(start)
            while let open = strchr(rest, Int32(UInt8(ascii: "<"))) {
                rest = UnsafePointer(open) + 1
                let name = String(decoding: bytes(rest, strcspn(rest, " >\n")), as: UTF8.self)
                guard names.contains(name) else { continue }
                rest += name.utf8.count
                let length = lengthOfTag(rest)
                let attributes = attributes(bytes(rest, length)[...])
                rest += length
                var inner = ""
                if name == "textarea" || name == "select", let close = strstr(rest, "</\(name)") {
                    inner = String(decoding: bytes(rest + 1, UnsafePointer(close) - rest - 1), as: UTF8.self)
                    rest = UnsafePointer(close)
                }
                tags.append(Tag(name: name, attributes: attributes, inner: inner))
            }
            return tags
        }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func bytes(_ start: UnsafePointer<CChar>, _ count: Int) -> [UInt8] {
        UnsafeBufferPointer(start: start, count: max(0, count)).map { UInt8(bitPattern: $0) }
    }

    /// Up to its end, which no quoted value is.
    private static func lengthOfTag(_ start: UnsafePointer<CChar>) -> Int {
        var position = start
        while true {
            position += strcspn(position, "\">")
            guard position.pointee == CChar(bitPattern: UInt8(ascii: "\"")) else { return position - start }
            position += 1
            position += strcspn(position, "\"")
            guard position.pointee != 0 else { return position - start }
            position += 1
        }
    }

    private static func attributes(_ bytes: ArraySlice<UInt8>) -> [String: String] {
        var attributes: [String: String] = [:]
        var rest = bytes
        while let start = rest.firstIndex(where: { !" \n".utf8.contains($0) }) {
            rest = rest[start...]
            let name = rest.prefix { !" \n=".utf8.contains($0) }
            rest = rest.dropFirst(name.count)
            var value = ArraySlice<UInt8>()
            if rest.starts(with: Array("=\"".utf8)) {
                value = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "\"") }
                rest = rest.dropFirst(value.count + 3)
            }
            attributes[text(name)] = text(value).unescaped
        }
        return attributes
    }
}

extension String {
    /// `contains`, fast where tests run unoptimised on long pages.
    func holds(_ part: String) -> Bool {
        withCString { start in
            // A text that holds NUL is looked through piece by piece.
            var position = start
            while position - start <= utf8.count {
                if strstr(position, part) != nil { return true }
                position += strlen(position) + 1
            }
            return false
        }
    }

    /// The text that HTML shows for it.
    var unescaped: String {
        guard utf8.contains(UInt8(ascii: "&")) else { return self }
        return replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
}
