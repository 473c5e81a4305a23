import Foundation

extension String {
    /// Without case and accents, to search in and to order by.
    var folded: String {
        // Most texts need no more than this, which is many times as fast.
        if utf8.allSatisfy({ $0 < 0x80 }) { return lowercased() }
        return folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }
}

extension Sequence {
    /// In the alphabetical order that people expect: accents and case come second. The engines' own orders differ.
    func sorted(byNameOf name: (Element) -> PersonName) -> [Element] {
        map { element in (element: element, name: name(element), key: name(element).name.folded) }
            .sorted { ($0.key, $0.name.id) < ($1.key, $1.name.id) }
            .map(\.element)
    }
}
