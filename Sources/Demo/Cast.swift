// The people of Larkfield, and how they join.
import Foundation
import Storage
import Throughline

/// Somebody at Larkfield.
enum Who: String, CaseIterable, Sendable {
    case greta, marieke, leila, joost, ana, rafael, hanne, fenna, idris, kwame, sanne, emily, meiLing
    case siobhan, noor, pieter, aoife, yusuf, lucia, jonas, priya, tomasz, bertrand, ingrid, callum, oskar

    /// What is to be known of each.
    var entry: Entry {
        switch self {
        case .greta: Entry("Greta Olsen", "Head of People", "she/her", "Europe/Copenhagen", .marieke, [.people])
        case .marieke: Entry("Marieke Visser", "Chief executive", "she/her", "Europe/Amsterdam", nil, [])
        case .leila: Entry("Leila Farahani", "VP Customers", "she/her", "Europe/Amsterdam", .marieke, [.growth])
        case .joost:
            Entry("Joost Hendriks", "Head of Customer Growth", "he/him", "Europe/Amsterdam", .leila, [.growth])
        case .ana:
            Entry(
                "Ana Duarte", "Group product manager, Onboarding", "she/her", "Europe/Amsterdam", .joost,
                [.growth, .onboarding])
        case .rafael:
            Entry(
                "Rafael Lima", "Integration engineer", "he/him", "Europe/Lisbon", .joost, [.growth, .onboarding],
                locale: "pt-PT")
        case .hanne:
            Entry("Hanne Vandenberghe", "Onboarding designer", "she/her", "Europe/Brussels", .ana, [.onboarding])
        case .fenna:
            Entry("Fenna de Boer", "Onboarding specialist", "she/her", "Europe/Amsterdam", .ana, [.onboarding])
        case .idris:
            Entry("Idris Okafor", "Onboarding specialist, Leeds", "he/him", "Europe/London", .ana, [.onboarding])
        case .kwame: Entry("Kwame Boateng", "Customer success lead", "he/him", "Europe/London", .joost, [.growth])
        case .sanne: Entry("Sanne Mulder", "Customer success manager", "she/her", "Europe/Amsterdam", .kwame, [.growth])
        case .emily:
            Entry(
                "Emily Tran", "Customer success manager, Boston", "she/they", "America/New_York", .kwame, [.growth],
                locale: "en-US")
        case .meiLing: Entry("Mei-Ling Chen", "Data analyst", "she/her", "Europe/Amsterdam", .joost, [.growth])
        case .siobhan:
            Entry("Siobhán Kelly", "Head of Support", "she/her", "Europe/Dublin", .leila, [.support], locale: "en-IE")
        case .noor: Entry("Noor Rahimi", "Support engineer", "they/them", "Europe/Amsterdam", .siobhan, [.support])
        case .pieter:
            Entry(
                "Pieter Claes", "Support specialist, Ghent", "he/him", "Europe/Brussels", .siobhan, [.support],
                locale: "nl-NL")
        case .aoife:
            Entry(
                "Aoife Brennan", "Support specialist", "she/her", "Europe/Dublin", .siobhan, [.support], locale: "en-IE"
            )
        case .yusuf: Entry("Yusuf Demir", "Head of Product", "he/him", "Europe/Berlin", .marieke, [.product])
        case .lucia:
            Entry(
                "Lucía Navarro", "Product designer, Calendar", "she/her", "Europe/Madrid", .yusuf, [.product],
                locale: "es-ES")
        case .jonas:
            Entry("Jonas Weber", "Engineer, Calendar", "he/him", "Europe/Berlin", .yusuf, [.product], locale: "de-DE")
        case .priya: Entry("Priya Raman", "Engineer, Imports", "she/her", "Asia/Singapore", .yusuf, [.product])
        case .tomasz: Entry("Tomasz Nowak", "Head of Sales", "he/him", "Europe/Warsaw", .marieke, [.sales])
        case .bertrand:
            Entry("Bertrand Lemaire", "Pricing lead", "he/him", "Europe/Paris", .tomasz, [.sales], locale: "fr-FR")
        case .ingrid:
            Entry("Ingrid Halvorsen", "Account executive, Nordics", "she/her", "Europe/Oslo", .tomasz, [.sales])
        case .callum: Entry("Callum Reid", "Account executive, UK", "he/him", "Europe/London", .tomasz, [.sales])
        case .oskar: Entry("Oskar Lind", "People partner", "he/him", "Europe/Stockholm", .greta, [.people])
        }
    }

    var name: String { entry.name }
    var first: String { String(name.prefix { $0 != " " }) }

    var email: String { Self.email(name) }

    /// `ana.duarte@larkfield.example`; the domain can never be anybody's (RFC 2606, section 3).
    static func email(_ name: String) -> String {
        let plain = name.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
            .replacing("ø", with: "o").replacing("ł", with: "l").replacing("ß", with: "ss")
        let words = plain.split { !($0.isASCII && ($0.isLetter || $0 == "-")) }
        return words.joined(separator: ".") + "@larkfield.example"
    }

    struct Entry {
        let name: String
        let job: String
        let pronouns: String
        let zone: String
        let manager: Who?
        let crews: [Crew]
        let locale: String

        init(
            _ name: String, _ job: String, _ pronouns: String, _ zone: String, _ manager: Who?, _ crews: [Crew],
            locale: String = "en-GB"
        ) {
            self.name = name
            self.job = job
            self.pronouns = pronouns
            self.zone = zone
            self.manager = manager
            self.crews = crews
            self.locale = locale
        }
    }
}

/// A team of Larkfield's.
enum Crew: String, CaseIterable, Sendable {
    case growth = "Customer Growth"
    case onboarding = "Onboarding"
    case product = "Product"
    case sales = "Sales"
    case support = "Support"
    case people = "People"

    var purpose: String {
        switch self {
        case .growth: "From the signature to a clinic that would miss us: its first month, its results, its renewal."
        case .onboarding:
            "A new clinic works with Larkfield by the end of its first week, and reception by its first day."
        case .product: "A calendar that receptionists trust more than paper."
        case .sales: "Clinics that fit, told the truth about what the first month asks of them."
        case .support: "A person who knows the clinic, within two minutes."
        case .people: "Everybody knows what they are here for, and who tells them how it goes."
        }
    }
}

/// Everybody, as the product knows them.
struct Cast: Sendable {
    private let viewers: [Who: Viewer]
    private let teams: [Crew: ID<Team>]

    subscript(who: Who) -> Viewer {
        guard let viewer = viewers[who] else { preconditionFailure("\(who) has not joined") }
        return viewer
    }

    subscript(crew: Crew) -> ID<Team> {
        guard let team = teams[crew] else { preconditionFailure("there is no team \(crew)") }
        return team
    }

    /// Sets the company up and has everybody join, managers before those who report to them.
    static func join(_ product: Product, _ clock: DemoClock, _ almanac: Almanac) async throws -> Cast {
        guard let link = try await product.setUp.linkIfNeeded() else {
            throw Refused("This database holds a company already.")
        }
        let password = Self.password()
        let greta = Who.greta.entry
        _ = try await product.setUp.complete(
            link: Self.token(link),
            SetUp.Draft(
                company: Larkfield.name, name: greta.name, email: Who.greta.email, password: password,
                passwordAgain: password, timeZone: greta.zone),
            device: "Firefox on Linux")
        let id = try await product.database.read { tx in try tx.value(ID<Person>.self, "select id from person") }
        guard let id else { throw NotFound() }
        var viewers = [Who.greta: viewer(id, .greta, .admin)]
        let admin = viewer(id, .greta, .admin)

        var teams: [Crew: ID<Team>] = [:]
        for crew in Crew.allCases {
            clock.advance(seconds: 70)
            teams[crew] = try await product.teams.create(name: crew.rawValue, purpose: crew.purpose, as: admin)
        }
        for who in Who.allCases where who != .greta {
            clock.advance(seconds: 240)
            viewers[who] = try await invite(who, product, viewers, admin)
        }
        let cast = Cast(viewers: viewers, teams: teams)
        for who in Who.allCases { try await cast.settle(who, product, clock, admin) }
        return cast
    }

    private static func invite(
        _ who: Who, _ product: Product, _ viewers: [Who: Viewer], _ admin: Viewer
    ) async throws -> Viewer {
        let entry = who.entry
        let manager = entry.manager.flatMap { viewers[$0]?.id.text } ?? ""
        let made = try await product.people.invite(
            InvitationDraft(name: entry.name, email: who.email, job: entry.job, manager: manager), as: admin)
        let password = password()
        _ = try await product.people.join(
            invitation: token(made.address),
            JoinDraft(
                name: entry.name, pronouns: entry.pronouns, timeZone: entry.zone, password: password,
                passwordAgain: password),
            device: "Firefox on Linux")
        return viewer(made.person.id, who, .member)
    }

    /// What is missing after joining: Greta's own place, teams, language.
    private func settle(_ who: Who, _ product: Product, _ clock: DemoClock, _ admin: Viewer) async throws {
        let entry = who.entry
        clock.advance(seconds: 30)
        if who == .greta {
            try await product.people.place(
                self[who].id, PlaceDraft(job: entry.job, role: Role.admin.rawValue, manager: self[.marieke].id.text),
                as: admin)
        }
        try await product.people.change(
            ProfileDraft(
                name: entry.name, pronouns: entry.pronouns, job: entry.job, timeZone: entry.zone,
                locale: entry.locale, preRead: who == .leila ? "page" : "email"),
            as: self[who])
        for crew in entry.crews {
            try await product.teams.add(self[who].id.text, to: self[crew], as: admin)
        }
    }

    private static func viewer(_ id: ID<Person>, _ who: Who, _ role: Role) -> Viewer {
        Viewer(
            id: id, name: who.name, role: role, timeZone: TimeZones.stored(who.entry.zone), company: Larkfield.name)
    }

    private static func token(_ link: String) -> String {
        String(link.split(separator: "/").last ?? "")
    }

    /// Nobody needs to know it: the demo's people sign in by link.
    private static func password() -> String {
        ID<Person>().text + ID<Person>().text
    }
}
