import HTTPTypes
import Hummingbird

extension Router<PageContext> {
    /// Gives every address that only takes forms a way back. A form that was refused is shown at its own address; whoever
    /// asks for that once more, by the address bar or by changing the colours, is led to the page above it: from
    /// `/series/7/moves` to `/series/7`. Call it when all routes are there.
    func addWaysBack() {
        let pages = Set(routes.filter { $0.method == .get }.map(\.path.description))
        let forms = Set(routes.filter { $0.method == .post }.map(\.path.description))
        for form in forms.subtracting(pages) {
            let steps = form.split(separator: "/")
            let above = (0..<steps.count).reversed().first { count in
                pages.contains("/" + steps.prefix(count).joined(separator: "/"))
            }
            let count = above ?? 0
            get(RouterPath(form)) { request, _ in
                let way = request.uri.path.split(separator: "/").prefix(count).joined(separator: "/")
                return redirect(to: Path.local("/" + way) ?? .today)
            }
        }
    }
}

extension Request {
    /// Whether it is to change something.
    var isWrite: Bool { method != .get && method != .head }

    /// The page of this product that the request was sent from, as the browser says; nil where it can’t be told.
    /// - Parameter address: where people reach the product, besides the host that the request names.
    func pageBefore(at address: String?) -> Path? {
        guard let referer = headers[.referer], let host = head.authority else { return nil }
        let site = ["http://\(host)", "https://\(host)", address].compactMap(\.self)
            .first { referer.hasPrefix($0 + "/") }
        return site.flatMap { Path.local(String(referer.dropFirst($0.count))) }
    }

    /// Where somebody goes on who can’t go on here: the page that they came from. Whoever sent a form from an unknown
    /// page goes to the form’s own address, which shows a page or leads to the one above it.
    func wayBack(in context: PageContext) -> Path? {
        if let page = pageBefore(at: context.address), isWrite || page.description != uri.string { return page }
        return isWrite ? Path.local(uri.path) : nil
    }
}
