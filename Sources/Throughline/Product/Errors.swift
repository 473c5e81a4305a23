/// Not there, or not yours: both are answered alike, so that nobody learns which.
public struct NotFound: Error, Equatable {
    public init() {}
}

/// What was typed can't be taken as it is.
public struct Invalid: Error, Equatable {
    public let problems: [Problem]

    public init(_ problems: [Problem]) {
        self.problems = problems
    }

    public init(_ field: String, _ words: String) {
        problems = [Problem(field: field, words: words)]
    }
}

/// One thing that is wrong: at which field, and in words that tell what to do.
public struct Problem: Sendable, Equatable {
    /// The field's name, as in the form.
    public let field: String
    public let words: String

    public init(field: String, words: String) {
        self.field = field
        self.words = words
    }
}

/// Somebody was faster: the thing is no longer as it was when the person looked.
public struct Conflict: Error, Equatable {
    /// What it is now, in words.
    public let words: String

    public init(_ words: String) {
        self.words = words
    }
}

/// A rule says no, in words that tell which and what to do instead.
public struct Refused: Error, Equatable {
    public let words: String

    public init(_ words: String) {
        self.words = words
    }
}
