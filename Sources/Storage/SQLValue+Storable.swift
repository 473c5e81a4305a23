extension SQLValue {
    /// Refuses what one of the engines can't keep, so that both refuse it alike: PostgreSQL has no NUL in
    /// text, SQLite turns a NaN into null.
    package func checkStorable() throws {
        switch self {
        case .text(let text):
            guard !text.utf8.contains(0) else {
                throw StorageError.constraint("a text holds a NUL character")
            }
        case .real(let number):
            guard !number.isNaN else {
                throw StorageError.constraint("a number is not a number (NaN)")
            }
        case .null, .integer:
            return
        }
    }
}
