// What PostgreSQL answers when something goes wrong, and what it means to the product.
internal import CPostgreSQL
internal import Storage

struct ServerFailure: Error {
    /// SQLSTATE: five characters, the first two name the class (PostgreSQL documentation, appendix A).
    let state: String
    let message: String
    private(set) var constraint = ""
    private(set) var column = ""
    private(set) var isConnectionLost = false
    /// Where the statement was refused before it was sent.
    private var refusal: StorageError?

    init(state: String, message: String) {
        self.state = state
        self.message = message
    }

    init(refused error: StorageError) {
        self.init(state: "", message: "")
        refusal = error
    }

    init(_ result: OpaquePointer?, isConnected: Bool) {
        let field = { (code: Int) in
            PQresultErrorField(result, CInt(code)).map { String(cString: $0) } ?? ""
        }
        let state = field(Field.state)
        self.init(state: state, message: field(Field.message))
        constraint = field(Field.constraint)
        column = [field(Field.table), field(Field.column)].joined(separator: ".")
        isConnectionLost = !isConnected || state.isEmpty || Self.statesOfLostConnections.contains(state)
    }

    /// Serialisation failures and deadlocks; and two who create the same table at once, which PostgreSQL notices only
    /// in its own tables.
    var isCollision: Bool {
        state == "40001" || state == "40P01" || state == "23505" && constraint.hasPrefix("pg_")
    }

    /// "cached plan must not change result type", or a statement that someone deallocated.
    var isOutdatedStatement: Bool {
        state == "26000" || state == "0A000" && message.contains("cached plan")
    }

    var storageError: StorageError {
        if let refusal { return refusal }
        if isConnectionLost { return .unavailable("the connection to PostgreSQL broke") }
        switch state {
        case "23505": return .notUnique(constraint: constraint)
        case "23502": return .constraint("\(column) must not be null")
        case _ where state.hasPrefix("23"): return .constraint(constraint.isEmpty ? message : constraint)
        case "55P03": return .unavailable("another program has kept a record locked for too long")
        case "53100": return .failed("the disk of the PostgreSQL server is full")
        case "53300": return .unavailable("the PostgreSQL server has no connection left")
        case "25006": return .failed("this may only read: \(message)")
        default: return .failed("PostgreSQL error \(state): \(safeMessage)")
        }
    }

    /// The message, in those classes where it speaks of the statement or the server, never of values.
    private var safeMessage: String {
        let safeClasses = ["0A", "25", "26", "3D", "3F", "42", "53", "54", "55", "57", "58"]
        return safeClasses.contains(String(state.prefix(2))) ? message : "the statement was refused"
    }

    /// Connections that the server ended (57P01 to 57P05, 25P03), or that failed (class 08).
    private static let statesOfLostConnections: Set = [
        "57P01", "57P02", "57P03", "57P05", "25P03", "25P04", "08000", "08001", "08003", "08004", "08006",
        "08007", "08P01",
    ]

    /// libpq's letters for the fields of an error (`postgres_ext.h`), which Swift doesn't import.
    private enum Field {
        static let state = code("C")
        static let message = code("M")
        static let table = code("t")
        static let column = code("c")
        static let constraint = code("n")

        private static func code(_ letter: Unicode.Scalar) -> Int { Int(letter.value) }
    }
}
