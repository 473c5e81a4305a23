/// One row of a result, read column by column in the order of the `select`.
public struct Row: Sendable {
    public let values: [SQLValue]
    @usableFromInline var position = 0

    public init(_ values: [SQLValue]) {
        self.values = values
    }

    /// The next column.
    /// - Throws: ``RowError`` when there is none, or it holds something else.
    @inlinable
    public mutating func next<Value: SQLReadable>(_ type: Value.Type = Value.self) throws -> Value {
        guard position < values.count else { throw RowError("a row has only \(values.count) columns") }
        defer { position += 1 }
        return try Value(sqlValue: values[position])
    }
}

/// A value that is one row of a result.
public protocol RowReadable {
    /// Reads its columns with ``Row/next(_:)``, in the order its queries select them.
    init(row: inout Row) throws
}
