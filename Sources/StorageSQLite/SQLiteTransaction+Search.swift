// The words of a search, as FTS5 reads them.
internal import Storage

extension SQLiteTransaction {
    func finds(_ words: SearchWords, in place: SearchPlace) -> SQL {
        // In quotation marks a term is text and nothing else; it holds none itself (see `SearchWords`), but for the sake
        // of whoever makes one otherwise they are doubled.
        let terms = words.terms.map { term in
            "\"" + term.text.replacing("\"", with: "\"\"") + "\"" + (term.isBeginning ? " *" : "")
        }
        let all = terms.joined(separator: " AND ")
        let expression = place == .title ? "{title} : (\(all))" : all
        return "e.number in (select rowid from search_index where search_index match \(expression))"
    }
}
