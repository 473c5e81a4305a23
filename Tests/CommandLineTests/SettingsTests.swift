// A setting that is wrong keeps the product from starting, and the message says which it is.
import Foundation
import Testing

@testable import ThroughlineCLI

@Suite("Settings", .timeLimit(.minutes(10)))
struct SettingsTests {
    private func doctor(
        _ settings: String, _ more: [String] = [], variables: [String: String] = [:]
    ) async throws -> Outcome {
        try await withFolder { folder in
            try Data(settings.utf8).write(to: folder.appending(path: "mine.json"))
            return try await Program.run(["doctor", "--config", "mine.json"] + more, in: folder, variables: variables)
        }
    }

    @Test(
        "What the file holds is held against the list of settings",
        arguments: [
            (#"{"database": ["x"]}"#, "“database” in mine.json is a list; it takes text"),
            (#"{"database": {"path": "x"}}"#, "“database” in mine.json is an object; it takes text"),
            (#"{"adress": "https://a.example"}"#, "“adress” in mine.json is no setting. Did you mean “address”?"),
            (#"{"prot": 8184}"#, "“prot” in mine.json is no setting. Did you mean “port”?"),
            (#"{"colour": "blue"}"#, "“colour” in mine.json is no setting. docs/configuration.md lists them all."),
            (#"{"port": 8184.5}"#, "“port” in mine.json is a number with a fraction; it takes a whole number"),
            (#"{"port": true}"#, "“port” in mine.json is true or false; it takes a whole number"),
            (#"{"reminders": false}"#, "“reminders” in mine.json is true or false; it takes text"),
            (#"{"host": null}"#, "“host” in mine.json is null; it takes text"),
            (#"{"mail": "x"}"#, "“mail” in mine.json is text; it takes an object"),
            (
                #"{"mail": {"smtp": {"host": "m.example", "user": "u", "password": 12345}}}"#,
                "“mail.smtp.password” in mine.json"
            ),
            (#"{"mail": {"smtp": {"hots": "m.example"}}}"#, "“mail.smtp.hots” in mine.json is no setting"),
            (#"{"mail.smtp.host": 5}"#, "“mail.smtp.host” in mine.json"),
            ("[]", "mine.json holds a list"), ("", "mine.json is not JSON"),
            (#"{"port": 1,,}"#, "mine.json is not JSON"),
        ])
    func file(settings: String, words: String) async throws {
        let outcome = try await doctor(settings)
        #expect(outcome.code == 64)
        #expect(outcome.complaints.contains(words), "\(outcome.complaints)")
        #expect(outcome.output.isEmpty && outcome.isPlain)
    }

    @Test("A file that is right is taken")
    func rightFile() async throws {
        let settings = """
            {"host": "::1", "port": "8184", "log": {"level": "error"}, "reminders": "off",
             "mail": {"from": "ana@larkfield.example"}}
            """
        let outcome = try await doctor(settings)
        #expect(outcome.complaints.isEmpty)
        #expect(outcome.output.contains("http://[::1]:8184 can be reached"))
    }

    @Test("A file that was named must be there, and readable")
    func namedFile() async throws {
        try await withFolder { folder in
            let missing = try await Program.run(["doctor", "--config", "nowhere.json"], in: folder)
            #expect(missing.code == 64)
            #expect(missing.complaints.contains("There is no settings file at nowhere.json"))
            let unreadable = try await Program.run(["doctor", "--config", "."], in: folder)
            #expect(unreadable.code == 64)
            #expect(unreadable.complaints.contains("can't be read") && unreadable.isPlain)
        }
    }

    @Test("A variable that is no setting is pointed out")
    func variable() async throws {
        let outcome = try await doctor("{}", variables: ["THROUGHLINE_PROT": "8184"])
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("THROUGHLINE_PROT is no setting"))
        #expect(
            KnownSettings.unknownVariables(in: ["THROUGHLINE_MAIL_SMTP_CA_FILE": "", "THROUGHLINE_CONFIG": ""]).isEmpty)
    }

    @Test("The list of settings is the one that the documentation has")
    func documentation() throws {
        let page = URL(filePath: #filePath).appending(path: "../../../docs/configuration.md").standardized
        let rows = try String(contentsOf: page, encoding: .utf8).split(separator: "\n").filter {
            $0.hasPrefix("| `--") || $0.hasPrefix("| |")
        }
        let cells = rows.map {
            $0.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: [" ", "`"]) }
        }
        #expect(Set(cells.map { $0[2] }) == KnownSettings.variables)
        #expect(Set(cells.map { $0[3] }.filter { !$0.isEmpty }) == Set(KnownSettings.kinds.keys))
    }

    @Test(
        "An address has a scheme, a host and at most a port",
        arguments: [
            ("https://strategy.example", "https://strategy.example"),
            ("HTTPS://Strategy.example:443/", "https://strategy.example"),
            ("http://localhost:8080", "http://localhost:8080"), ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://strategy.example:80", "http://strategy.example"),
        ])
    func address(text: String, usual: String) throws {
        #expect(try Address.checked(text) == usual)
    }

    @Test(
        "Any other address is refused",
        arguments: [
            "strategy.example", "ftp://strategy.example", "https://", "https://strategy.example/below",
            "https://s.example?a",
            "https://s.example#a", "https://ana@s.example", "https://ana:secret@s.example", "http://s.example:0",
            "http://s.example:65536", "http://s.example:99999999999999999999", "http://s.example:",
            "https://s .example", "",
        ])
    func wrongAddress(text: String) {
        #expect(throws: (any Error).self) { try Address.checked(text) }
    }

    @Test("Without an address, links lead where this machine's browser reaches the server")
    func usualAddress() async throws {
        #expect(Address.usual(host: "127.0.0.1", port: 80) == "http://127.0.0.1:80")
        #expect(Address.usual(host: "::1", port: 8080) == "http://[::1]:8080")
        for host in ["0.0.0.0", "::"] {
            let outcome = try await doctor("{}", ["--host", host])
            #expect(outcome.output.contains("links say http://localhost:8080 until 'address' is set"))
        }
    }

    @Test(
        "A password on the command line is pointed out",
        arguments: [
            ("postgresql://ana:secret@nowhere.invalid/x", true),
            ("postgresql://nowhere.invalid/x?password=secret", true),
            ("postgresql://ana@nowhere.invalid/x", false), ("postgresql://ana:@nowhere.invalid/x", false),
        ])
    func password(uri: String, isSeen: Bool) async throws {
        #expect(DatabaseLocation.holdsPassword(uri) == isSeen)
        let warned = "the password in --database can be seen"
        let byFlag = try await doctor("{}", ["--database", uri])
        #expect(byFlag.output.contains(warned) == isSeen)
        #expect(!byFlag.output.contains("secret"))
        let byVariable = try await doctor("{}", variables: ["THROUGHLINE_DATABASE": uri])
        #expect(!byVariable.output.contains(warned))
    }
}
