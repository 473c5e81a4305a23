import Foundation

/// A calendar file as the Python package icalendar reads it.
public struct ReadCalendar: Decodable, Sendable {
    public let method: String?
    public let name: String?
    public let events: [Event]
    /// Of each of its time zones, the moments that the asked-for wall times are, in seconds since 1970.
    public let zones: [String: [Int]]
    public let errors: [String]

    public struct Event: Decodable, Sendable {
        public let uid: String
        public let sequence: Int
        /// In seconds since 1970, as are all times here.
        public let start: Int
        public let end: Int
        public let summary: String?
        public let description: String?
        public let location: String?
        public let url: String?
        public let status: String?
        /// Each with its `address` and its parameters by name.
        public let organizer: [[String: String]]
        public let attendees: [[String: String]]
        public let rule: String?
        public let exceptions: [Int]
        public let recurrence: Int?
    }

    private struct Case: Encodable {
        let file: String
        let walls: [String]
    }

    /// Reads files.
    /// - Parameter walls: times such as `2026-12-03T14:00:00` to ask the files' time zones about.
    public static func read(_ files: [String], walls: [String] = []) async throws -> [ReadCalendar] {
        let cases = files.map { Case(file: $0, walls: walls) }
        let answer = try await Python.run("calendar_peer.py", input: try JSONEncoder().encode(cases))
        return try JSONDecoder().decode([ReadCalendar].self, from: answer)
    }

    public static func read(_ file: String) async throws -> ReadCalendar {
        guard let calendar = try await read([file]).first else { throw PeerFailure(what: "No answer about a file.") }
        return calendar
    }
}
