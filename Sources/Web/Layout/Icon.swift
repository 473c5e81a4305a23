import Markup

/// The icons, drawn once in `Assets/icons.svg`. They stand beside a word or inside a labelled button, never alone.
enum Icon {
    static let today = named("today")
    static let talk = named("talk")
    static let target = named("target")
    static let team = named("team")
    static let check = named("check")
    static let minus = named("minus")
    static let pair = named("pair")
    static let company = named("company")
    static let lock = named("lock")
    static let pencil = named("pencil")
    static let link = named("link")
    static let up = named("up")
    static let down = named("down")
    static let grip = named("grip")
    static let plus = named("plus")
    static let chevron = named("chev")
    static let star = named("star")
    static let hill = named("hill")
    static let hand = named("hand")
    static let arrow = named("arrow")
    static let adjust = named("adjust")
    static let pause = named("pause")
    static let cross = named("x")
    static let ok = named("ok")
    static let risk = named("risk")
    static let off = named("off")
    static let stale = named("stale")
    static let info = named("info")
    static let clock = named("clock")
    static let undo = named("undo")
    static let download = named("download")
    static let mail = named("mail")
    static let person = named("person")
    static let search = named("search")

    private static func named(_ name: String) -> HTML {
        "<svg class=\"i\" aria-hidden=\"true\"><use href=\"\(Assets.icons)#i-\(name)\"/></svg>"
    }
}
