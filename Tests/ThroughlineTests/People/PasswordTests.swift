import Testing

@testable import Throughline

@Suite("Passwords")
struct PasswordTests {
    @Test("A password is right for its own hash and for no other")
    func rightAndWrong() async throws {
        let passwords = Passwords(cost: .low)
        let hash = try await passwords.hash("seven larks at dawn")
        #expect(try await passwords.isRight("seven larks at dawn", for: hash))
        #expect(try await !passwords.isRight("seven larks at dusk", for: hash))
        #expect(try await !passwords.isRight("seven larks at dawn", for: nil))
        #expect(try await !passwords.isRight("seven larks at dawn", for: "nonsense"))
    }

    @Test("The same password hashes differently each time, and says how it was made")
    func salted() async throws {
        let passwords = Passwords(cost: .low)
        let (one, two) = (try await passwords.hash("tall ships"), try await passwords.hash("tall ships"))
        #expect(one != two)
        #expect(one.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
    }

    @Test("A hash made at another cost still works")
    func costChanges() async throws {
        let hash = try await Passwords(cost: .low).hash("tall ships")
        let dearer = Passwords(cost: .init(logRounds: 6, blockSize: 8, parallelism: 1))
        #expect(try await dearer.isRight("tall ships", for: hash))
    }

    @Test("An accent typed in two ways is one password")
    func normalised() async throws {
        let passwords = Passwords(cost: .low)
        let hash = try await passwords.hash("caf\u{E9} au lait")
        #expect(try await passwords.isRight("cafe\u{301} au lait", for: hash))
    }

    @Test("What others would guess first is refused, and a few plain words are not")
    func rules() {
        func problem(_ password: String) -> String? {
            PasswordRules.problem(with: password, name: "Ana Duarte", email: "ana.duarte@larkfield.example")
        }
        #expect(problem("short")?.contains("this one has 5") == true)
        #expect(problem("") == "Choose a password.")
        #expect(problem(String(repeating: "ab cd ", count: 34))?.contains("at most 200") == true)
        #expect(problem("Ana Duarte 1985")?.contains("your own name") == true)
        #expect(problem("ana.duarte@larkfield.example")?.contains("your own name") == true)
        for weak in ["Password123!", "aaaaaaaaaaaa", "1234567890", "qwertyuiop", "Throughline1"] {
            #expect(problem(weak)?.contains("first that somebody would try") == true, "\(weak)")
        }
        for good in ["seven larks at dawn", "Zomer in Gent 2019", "пять жаворонков", "ana likes ships"] {
            #expect(problem(good) == nil, "\(good)")
        }
    }

    @Test("An address that mail can't reach is refused")
    func addresses() {
        for good in ["ana@larkfield.example", "a.b+c@x-y.example", "o'neil@localhost"] {
            #expect(EmailAddress.isValid(good), "\(good)")
        }
        let bad = [
            "", "ana", "ana@", "@x.example", "a@b@c", "a b@x.example", "ana@x..example", ".ana@x.example",
            "ana@-x.example", "ana\r\nBcc: x@y.example", "<ana@x.example>", "aña@x.example",
            String(repeating: "a", count: 65) + "@x.example",
        ]
        for bad in bad { #expect(!EmailAddress.isValid(bad), "\(bad)") }
        #expect(EmailAddress.normalised("  Ana@Larkfield.Example ") == "ana@larkfield.example")
    }
}
