// The words of a search, as PostgreSQL's text search reads them.
internal import Storage

extension PostgreSQLTransaction {
    func finds(_ words: SearchWords, in place: SearchPlace, amongFew few: Bool) -> SQL {
        let all = SQL(joining: words.terms.map(Self.query), separator: " && ")
        let vector: SQL = place == .title ? "ts_filter(e.words, '{a}')" : "e.words"
        return "\(vector) @@ (\(all))"
    }

    /// A term is folded by the function that folds what is indexed, and then read as plain text, in which nothing is an
    /// operator. What is left of it may be nothing at all.
    private static func query(_ term: SearchWords.Term) -> SQL {
        let plain: SQL = "phraseto_tsquery('simple', search_fold(\(term.text)))"
        guard term.isBeginning else { return plain }
        return "coalesce((nullif(\(plain)::text, '') || ':*')::tsquery, ''::tsquery)"
    }
}
