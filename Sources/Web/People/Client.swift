import HTTPTypes
import Hummingbird

/// What a request tells of where it comes from.
extension Request {
    /// Who is to be counted for tries. A proxy on the same machine says whom it speaks for; anybody else
    /// could write that header themselves, so from them it is not believed.
    func client(_ context: PageContext) -> String {
        guard ["127.0.0.1", "::1", ""].contains(context.peer),
            let forwarded = headers[.forwardedFor]?.split(separator: ",").last
        else { return context.peer }
        return String(forwarded.prefix(64)).filter { !$0.isWhitespace }
    }

    /// The browser and the system by name, 'Firefox on Linux', as its user agent tells them; for people to
    /// know their own sign-ins by, and for nothing else.
    var device: String {
        let agent = headers[.userAgent] ?? ""
        // Browsers name their ancestors too, so the more particular names come first.
        let browser = Self.firstName(
            in: agent,
            [
                ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
                ("Firefox", "Firefox"),
                ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
                ("curl", "curl"),
            ])
        let system = Self.firstName(
            in: agent,
            [
                ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
                ("Mac OS X", "a Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
            ])
        switch (browser, system) {
        case (let browser?, let system?): return "\(browser) on \(system)"
        case (let name?, nil), (nil, let name?): return name
        case (nil, nil): return "A browser"
        }
    }

    private static func firstName(in agent: String, _ names: [(mark: String, name: String)]) -> String? {
        names.first { agent.contains($0.mark) }?.name
    }
}

extension HTTPField.Name {
    fileprivate static let forwardedFor = Self("X-Forwarded-For") ?? .via
}
