import Foundation
import Mail

/// How long and how often a message is tried.
///
/// A server that doesn't answer now is tried again after 1 minute, then 2, 4, 8 … up to every 6 hours, for
/// about three days (RFC 5321, section 4.5.4.1 asks for four to five; a message about a talk is of no use by
/// then). A message that may have arrived is sent again under the same Message-ID, by which mail programs
/// recognise it, but only twice.
enum DeliveryPatience {
    static let attempts = 22
    static let unsureAttempts = 3
    private static let first = 60.0
    private static let longest = 6 * 3600.0

    /// Whether to try again after an attempt that failed.
    /// - Parameters:
    ///   - attempts: how many there were, this one included.
    ///   - unsure: how many of them may have delivered it, this one included.
    static func triesAgain(after error: MailError, attempts: Int, unsure: Int) -> Bool {
        switch error {
        case .permanent: false
        case .temporary: attempts < Self.attempts
        case .uncertain: attempts < Self.attempts && unsure < unsureAttempts
        }
    }

    /// Seconds until the next attempt.
    /// - Parameter luck: from 0 to 1, spreads messages that failed together over the last quarter of the time.
    static func delay(afterAttempts attempts: Int, luck: Double) -> TimeInterval {
        let whole = min(longest, first * pow(2, Double(max(0, attempts - 1))))
        return max(first, whole * (0.75 + luck / 4))
    }
}
