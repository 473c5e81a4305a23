// Results in text form, decoded by the type that PostgreSQL names for each column.
internal import CPostgreSQL
internal import Storage

func decodeRows(_ result: OpaquePointer?) -> [Row] {
    let columnCount = PQnfields(result)
    let kinds = (0..<columnCount).map { ColumnKind(oid: PQftype(result, $0)) }
    return (0..<PQntuples(result)).map { row in
        Row(
            (0..<columnCount).map { column in
                guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else {
                    return .null
                }
                let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
                return kinds[Int(column)].decode(bytes)
            })
    }
}

/// How a column's text is to be read.
private enum ColumnKind {
    case integer
    case real
    case boolean
    case numeric
    case text

    /// By the fixed numbers of PostgreSQL's own types (`src/include/catalog/pg_type.dat`).
    init(oid: Oid) {
        switch oid {
        case 20, 21, 23, 26: self = .integer
        case 700, 701: self = .real
        case 16: self = .boolean
        case 1700: self = .numeric
        default: self = .text
        }
    }

    func decode(_ bytes: UnsafeRawBufferPointer) -> SQLValue {
        let text = String(decoding: bytes, as: UTF8.self)
        switch self {
        case .text:
            return .text(text)
        case .integer:
            return Int64(text).map(SQLValue.integer) ?? .text(text)
        case .boolean:
            return .integer(text == "t" ? 1 : 0)
        case .real:
            return Double(text).map(SQLValue.real) ?? .text(text)
        case .numeric:
            // The sum of whole numbers is a numeric, and SQLite gives a whole number.
            return Int64(text).map(SQLValue.integer) ?? Double(text).map(SQLValue.real) ?? .text(text)
        }
    }
}
