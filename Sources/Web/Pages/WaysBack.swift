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
