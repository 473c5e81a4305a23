public import Foundation

/// A value as both engines store it.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
}

/// Something that can be bound to a statement.
public protocol SQLBindable {
    var sqlValue: SQLValue { get }
}

/// Something that can be read from a column.
public protocol SQLReadable {
    /// - Throws: ``RowError`` when the column holds something else.
    init(sqlValue: SQLValue) throws
}

public typealias SQLColumn = SQLBindable & SQLReadable

/// A column that does not hold what the code expects: a fault of the program, never of its user.
public struct RowError: Error, CustomStringConvertible {
    public let description: String

    public init(_ value: SQLValue, isNot type: Any.Type) {
        // The value stays out of the message: it may be somebody's words.
        let kind =
            switch value {
            case .null: "null"
            case .integer: "an integer"
            case .real: "a real"
            case .text: "a text"
            }
        description = "a column holds \(kind), which is not \(type)"
    }

    public init(_ description: String) {
        self.description = description
    }
}

extension SQLValue: SQLBindable, SQLReadable {
    @inlinable public var sqlValue: SQLValue { self }
    @inlinable
    public init(sqlValue: SQLValue) { self = sqlValue }
}

extension String: SQLBindable, SQLReadable {
    @inlinable public var sqlValue: SQLValue { .text(self) }
    @inlinable
    public init(sqlValue: SQLValue) throws {
        guard case .text(let text) = sqlValue else { throw RowError(sqlValue, isNot: Self.self) }
        self = text
    }
}

extension Int64: SQLBindable, SQLReadable {
    @inlinable public var sqlValue: SQLValue { .integer(self) }
    @inlinable
    public init(sqlValue: SQLValue) throws {
        guard case .integer(let number) = sqlValue else { throw RowError(sqlValue, isNot: Self.self) }
        self = number
    }
}

extension Int: SQLBindable, SQLReadable {
    @inlinable public var sqlValue: SQLValue { .integer(Int64(self)) }
    @inlinable
    public init(sqlValue: SQLValue) throws { self = Int(try Int64(sqlValue: sqlValue)) }
}

extension Double: SQLBindable, SQLReadable {
    @inlinable public var sqlValue: SQLValue { .real(self) }
    @inlinable
    public init(sqlValue: SQLValue) throws {
        switch sqlValue {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        default: throw RowError(sqlValue, isNot: Self.self)
        }
    }
}

/// Stored as 0 or 1.
extension Bool: SQLBindable, SQLReadable {
    @inlinable public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
    @inlinable
    public init(sqlValue: SQLValue) throws { self = try Int64(sqlValue: sqlValue) != 0 }
}

/// Stored as milliseconds since 1970, UTC, rounded to the nearest.
extension Date: SQLBindable, SQLReadable {
    @inlinable public var sqlValue: SQLValue { .integer(milliseconds) }
    @inlinable
    public init(sqlValue: SQLValue) throws {
        self.init(milliseconds: try Int64(sqlValue: sqlValue))
    }

    /// Milliseconds since 1970, UTC.
    @inlinable public var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    @inlinable
    public init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    @inlinable public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

extension Optional: SQLReadable where Wrapped: SQLReadable {
    @inlinable
    public init(sqlValue: SQLValue) throws {
        if case .null = sqlValue { self = nil } else { self = try Wrapped(sqlValue: sqlValue) }
    }
}

/// Enumerations of the field are stored by their raw value.
extension RawRepresentable where RawValue == String, Self: SQLBindable {
    @inlinable public var sqlValue: SQLValue { .text(rawValue) }
}

extension RawRepresentable where RawValue == String, Self: SQLReadable {
    @inlinable
    public init(sqlValue: SQLValue) throws {
        guard case .text(let text) = sqlValue, let value = Self(rawValue: text) else {
            throw RowError(sqlValue, isNot: Self.self)
        }
        self = value
    }
}
