import Foundation
import Hummingbird
import Logging
import Throughline

/// What travels with every request: who is asking, and how they like to see pages.
struct PageContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Set by ``Authentication``; nil while nobody is signed in.
    var viewer: Viewer?
    var theme = Theme.auto
    /// Whether single keys do something on this device, such as `/`, which goes to the search (WCAG 2.2, 2.1.4).
    var hasKeys = true
    /// A confirmation that the page before asked to have shown, such as "Marked as kept."
    var toast: Toast?

    /// The moment at which the request came, before it read anything: what its page shows is no older.
    var moment = ""

    /// Where people reach the product, which a proxy in front may know by another name than the request does; set by
    /// ``Authentication``.
    var address: String?

    /// The other end of the connection, as an IP address; empty in tests.
    let peer: String

    /// The same request as nobody's, for a page that is kept on the device.
    var anonymous: PageContext {
        var context = self
        context.viewer = nil
        context.toast = nil
        context.theme = .auto
        return context
    }

    init(source: Source) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? ""
    }

    /// A body beyond this is answered with 413.
    var maxUploadSize: Int { 1 << 20 }
}

/// The context of routes that only signed-in people reach: the viewer is certain.
struct SignedInContext: ChildRequestContext {
    var coreContext: CoreRequestContextStorage
    let viewer: Viewer
    let theme: Theme
    let hasKeys: Bool
    let toast: Toast?
    let moment: String

    init(context: PageContext) throws {
        guard let viewer = context.viewer else { throw SignInNeeded() }
        coreContext = context.coreContext
        self.viewer = viewer
        theme = context.theme
        hasKeys = context.hasKeys
        toast = context.toast
        moment = context.moment
    }

    var maxUploadSize: Int { 1 << 20 }
}

/// Nobody is signed in; the error middleware sends the person to the sign-in page and back.
struct SignInNeeded: Error {}

/// Which colours a page has.
enum Theme: String, CaseIterable {
    case auto
    case light
    case dark
}

/// What a page's frame needs to know of the request.
protocol Frame {
    var frameViewer: Viewer? { get }
    var theme: Theme { get }
    var hasKeys: Bool { get }
    var toast: Toast? { get }
    var moment: String { get }
}

extension PageContext: Frame {
    var frameViewer: Viewer? { viewer }
}

extension SignedInContext: Frame {
    var frameViewer: Viewer? { viewer }
}
