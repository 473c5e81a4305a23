// Results in text form, decoded by the type that PostgreSQL names for each column.
internal import CPostgreSQL
internal import Storage

func decodeRows(_ result: OpaquePointer?) -> [Row] {
    let columns = (0..<PQnfields(result)).map { (number: $0, kind: ColumnKind(oid: PQftype(result, $0))) }
    return (0..<PQntuples(result)).map { row in
        Row(columns.map { decodeValue(result, row: row, column: $0.number, kind: $0.kind) })
    }
}

private func decodeValue(_ result: OpaquePointer?, row: CInt, column: CInt, kind: ColumnKind) -> SQLValue {
    // An empty text and a null look alike but for this.
    guard PQgetisnull(result, row, column) == 0 else { return .null }
    let bytes = UnsafeRawBufferPointer(
        start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
    return kind.decode(bytes)
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
