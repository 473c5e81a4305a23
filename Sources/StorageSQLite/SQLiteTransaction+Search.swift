// The words of a search, as FTS5 reads them.
internal import Storage

extension SQLiteTransaction {
    func finds(_ words: SearchWords, in place: SearchPlace, amongFew few: Bool) -> SQL {
        // In quotation marks a term is text and nothing else; it holds none itself (see `SearchWords`), but for the sake
        // of whoever makes one otherwise they are doubled.
        let terms = words.terms.map { term in
            "\"" + term.text.replacing("\"", with: "\"\"") + "\"" + (term.isBeginning ? " *" : "")
        }
        let all = terms.joined(separator: " AND ")
        let expression = place == .title ? "{title} : (\(all))" : all
        // With the plus, SQLite looks each number up in the list, and not each of the list in the table.
        let number: SQL = few ? "+e.number" : "e.number"
        return "\(number) in (select rowid from search_index where search_index match \(expression))"
    }
}
