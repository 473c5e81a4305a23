// Where the server is and how to connect to it.
internal import CPostgreSQL
internal import Storage

/// A connection URL that libpq understands. Prints as nothing, because it may hold a password.
struct ConnectionSettings: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    private let url: String

    var description: String { "PostgreSQL connection settings" }
    var debugDescription: String { description }

    init(url: String) throws {
        let options = PQconninfoParse(url, nil)
        // libpq's own message quotes the part of the URL that it can't read.
        guard let options else {
            throw StorageError.failed(
                "the database URL can't be read; write postgresql://user:password@host:port/database, "
                    + "with special characters in user and password as %40 and the like")
        }
        PQconninfoFree(options)
        self.url = url
    }

    /// libpq's keywords and values. Those before `dbname` can be set otherwise in the URL, those after it
    /// can't.
    var parameters: [(keyword: String, value: String)] {
        [
            ("connect_timeout", "5"),
            ("fallback_application_name", "throughline"),
            // A server that vanished without a word is noticed within half a minute.
            ("keepalives_idle", "15"),
            ("keepalives_interval", "5"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"),
            ("dbname", url),
            ("client_encoding", "UTF8"),
        ]
    }
}
