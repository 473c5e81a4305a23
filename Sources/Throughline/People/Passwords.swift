import Crypto
import CryptoExtras
import Foundation

/// Hashes passwords with scrypt (RFC 7914). One hash takes a sixth of a second and 32 MB by design, so it
/// runs on threads of its own, two at a time, and a queue that grows too long is refused.
public final class Passwords: Sendable {
    /// How much work a guess costs.
    public struct Cost: Sendable, Equatable {
        /// N as a power of two.
        var logRounds: Int
        /// r
        var blockSize: Int
        /// p
        var parallelism: Int

        public static let standard = Cost(logRounds: 15, blockSize: 8, parallelism: 1)
        /// For tests, where passwords protect nobody.
        package static let low = Cost(logRounds: 4, blockSize: 8, parallelism: 1)
    }

    private let cost: Cost
    private let queue: OperationQueue
    private static let longestQueue = 60

    public init(cost: Cost = .standard) {
        self.cost = cost
        queue = OperationQueue()
        queue.name = "passwords"
        queue.maxConcurrentOperationCount = 2
    }

    /// What is stored in place of a password: `$scrypt$ln=15,r=8,p=1$salt$hash`.
    /// - Throws: ``Refused`` when too many people wait for theirs.
    func hash(_ password: String) async throws -> String {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
        let hash = StoredHash(
            cost: cost, salt: salt, key: try await key(for: password, salt: salt, cost: cost))
        return hash.text
    }

    /// Whether `password` is the one that was hashed. Without a hash it does the same work, so that time
    /// doesn't tell whether somebody is known.
    /// - Throws: ``Refused`` when too many people wait for theirs.
    func isRight(_ password: String, for text: String?) async throws -> Bool {
        let stored = text.flatMap(StoredHash.init)
        let key = try await key(
            for: password, salt: stored?.salt ?? Data(count: 16), cost: stored?.cost ?? cost)
        guard let stored else { return false }
        return Self.isEqual(key, stored.key)
    }

    private func key(for password: String, salt: Data, cost: Cost) async throws -> Data {
        guard queue.operationCount < Self.longestQueue else {
            throw Refused("Many people are signing in at this moment. Wait a few seconds, then try again.")
        }
        // The same password typed on two devices may come in two Unicode forms (RFC 8265, section 4.2.2).
        let bytes = Data(password.precomposedStringWithCanonicalMapping.utf8)
        return try await withCheckedThrowingContinuation { continuation in
            queue.addOperation {
                continuation.resume(
                    with: Result {
                        try KDF.Scrypt.deriveKey(
                            from: bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost.logRounds,
                            blockSize: cost.blockSize, parallelism: cost.parallelism
                        ).withUnsafeBytes { Data($0) }
                    })
            }
        }
    }

    /// Compares in a time that doesn't depend on where the first difference is.
    private static func isEqual(_ left: Data, _ right: Data) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// A hash with all that is needed to compute it again, as the PHC string format writes it.
private struct StoredHash {
    let cost: Passwords.Cost
    let salt: Data
    let key: Data

    init(cost: Passwords.Cost, salt: Data, key: Data) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    init?(_ text: String) {
        let parts = text.split(separator: "$")
        guard parts.count == 4, parts[0] == "scrypt", let salt = Data(base64Encoded: String(parts[2])),
            let key = Data(base64Encoded: String(parts[3]))
        else { return nil }
        let numbers = parts[1].split(separator: ",").compactMap { pair in
            pair.split(separator: "=").last.flatMap { Int($0) }
        }
        guard numbers.count == 3, (1...24).contains(numbers[0]) else { return nil }
        cost = Passwords.Cost(logRounds: numbers[0], blockSize: numbers[1], parallelism: numbers[2])
        self.salt = salt
        self.key = key
    }

    var text: String {
        "$scrypt$ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)"
            + "$\(salt.base64EncodedString())$\(key.base64EncodedString())"
    }
}

/// Which passwords are refused. Length is what protects; rules about signs and digits only make people write
/// them down.
enum PasswordRules {
    /// What is wrong with a password, in words, or nil.
    static func problem(with password: String, name: String, email: String) -> String? {
        let length = password.unicodeScalars.count
        if password.isEmpty { return "Choose a password." }
        if length < Limit.password.lowerBound {
            return "A password has at least \(Limit.password.lowerBound) characters; this one has \(length). "
                + "A few words in a row are easy to remember."
        }
        if length > Limit.password.upperBound {
            return "A password has at most \(Limit.password.upperBound) characters."
        }
        let plain = letters(of: password)
        let own = [name, email, String(email.prefix { $0 != "@" })].map(letters).filter { !$0.isEmpty }
        if own.contains(plain) {
            return "That is your own name or address, which others know. Choose something else."
        }
        if Set(password).count < 4 || weak.contains(plain) || weakDigits.contains(where: password.hasPrefix) {
            return "That is one of the first that somebody would try. Choose something else."
        }
        return nil
    }

    /// Only the letters, in lower case: digits and signs around a well-known word don't hide it.
    private static func letters(of text: String) -> String {
        text.lowercased().filter(\.isLetter)
    }

    private static let weak: Set<String> = [
        "password", "passwordpassword", "passwort", "wachtwoord", "qwertyuiop", "qwerty",
        "qwertyuiopasdfghjkl",
        "letmein", "letmeinplease", "welcome", "welcometo", "changeme", "iloveyou", "administrator",
        "throughline",
        "abcdefghij", "abcdefghijkl", "abcdefghijklmnopqrstuvwxyz", "secret", "trustno", "football",
        "sunshine",
    ]
    private static let weakDigits = ["1234567890", "0123456789", "9876543210", "12345678910"]
}

extension Typed {
    /// A password for the person of that name and address, together with the same one typed again.
    mutating func newPassword(_ password: String, again: String, _ field: String, name: String, email: String) {
        if let problem = PasswordRules.problem(with: password, name: name, email: email) {
            note(field, problem)
        } else if password.precomposedStringWithCanonicalMapping
            != again.precomposedStringWithCanonicalMapping
        {
            note(field + "-again", "This is not the same as the one above. Type it once more.")
        }
    }
}
