/// The languages and regions that people choose from, as BCP 47 tags.
public enum Locales {
    public static let offered: [(tag: String, label: String)] = [
        ("en-GB", "English (United Kingdom)"),
        ("en-IE", "English (Ireland)"),
        ("en-US", "English (United States)"),
        ("de-DE", "Deutsch"),
        ("es-ES", "Español"),
        ("fr-FR", "Français"),
        ("it-IT", "Italiano"),
        ("nl-NL", "Nederlands"),
        ("pl-PL", "Polski"),
        ("pt-PT", "Português"),
        ("sv-SE", "Svenska"),
    ]

    /// What somebody has who never chose.
    static let first = "en-GB"
}
