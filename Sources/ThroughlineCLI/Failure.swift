import Storage

/// What could not be done, in words for whoever typed the command. Unlike a `ValidationError` it says nothing of how the
/// command is used, since that was right.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ words: String) { description = words }
}

extension Failure {
    /// Puts what the storage threw into a sentence that names the place; nil for every other error.
    init?(explaining error: any Error, of place: DatabaseLocation) {
        switch error {
        case MigrationError.databaseIsNewer:
            self.init(
                "\(place.description): a newer version of the product has used this database. Install that version again, "
                    + "or restore an older backup.")
        case let error as StorageError:
            self.init("\(place.description): \(error.sentence)")
        default:
            return nil
        }
    }
}

extension StorageError {
    /// The reason alone, with a mark at its end.
    var sentence: String { words.hasSuffix("?") || words.hasSuffix(".") ? words : words + "." }

    private var words: String {
        switch self {
        case .failed(let words) where words.hasPrefix("this may only read"):
            "it can't be written to. Give the file and its folder to the user that runs the product"
        case .notUnique(let constraint): "a row is there already (\(constraint))"
        case .constraint(let words), .unavailable(let words), .failed(let words): words
        }
    }
}
