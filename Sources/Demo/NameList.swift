// Names of colleagues who are made up, from the countries in which Larkfield's customers are.
import Foundation

/// Gives each name once.
struct NameList {
    /// Somebody to be made up.
    struct Entry: Sendable {
        let name: String
        let zone: String
        let locale: String
    }

    private var taken: Set<String>
    private var count = 0

    init(taken: Set<String>) { self.taken = taken }

    mutating func next(_ dice: inout Dice) -> Entry {
        while true {
            let country = Self.countries[count % Self.countries.count]
            count += 1
            let first = dice.one(of: country.first)
            let name = "\(first) \(dice.one(of: country.last))"
            if taken.insert(name).inserted { return Entry(name: name, zone: country.zone, locale: country.locale) }
            // With thousands of people the lists run dry; then somebody has two first names.
            let longer = "\(first) \(dice.one(of: country.first)) \(dice.one(of: country.last))"
            if taken.insert(longer).inserted { return Entry(name: longer, zone: country.zone, locale: country.locale) }
        }
    }

    private struct Country {
        let zone: String
        let locale: String
        let first: [String]
        let last: [String]
    }

    private static func words(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private static let countries = [
        Country(
            zone: "Europe/Amsterdam", locale: "nl-NL",
            first: words(
                "Bram, Eva, Daan, Lotte, Sjoerd, Maartje, Ruben, Femke, Thijs, Iris, Gijs, Marloes, Youssef, Naima"),
            last: words(
                """
                Bakker, Vermeer, de Wit, Jansen, van Dijk, Kuipers, Meijer, Smeets, Hoekstra, El Amrani, Postma, \
                Schouten
                """
            )),
        Country(
            zone: "Europe/London", locale: "en-GB",
            first: words(
                "Harriet, Owen, Zainab, Lewis, Grace, Rhys, Amara, Toby, Imogen, Kofi, Megan, Hamish, Nadia, Elliot"),
            last: words(
                """
                Whitlock, Davies, Hussain, Mensah, Farrow, Pryce, Lockhart, Adeyemi, Barlow, Sinclair, Patel, \
                Thorne
                """)),
        Country(
            zone: "Europe/Berlin", locale: "de-DE",
            first: words("Lena, Matthias, Katrin, Emre, Johanna, Felix, Annika, Stefan, Miriam, Lukas, Selin, Tobias"),
            last: words(
                "Krause, Yıldız, Hoffmann, Brandt, Seidel, Vogt, Lindner, Arslan, Pohl, Richter, Engel, Baumann")),
        Country(
            zone: "Europe/Paris", locale: "fr-FR",
            first: words(
                "Camille, Hugo, Inès, Mathieu, Élodie, Karim, Sophie, Antoine, Maëlle, Thibault, Fatou, Julien"),
            last: words(
                "Moreau, Lefèvre, Diallo, Garnier, Benali, Roussel, Marchand, Perrin, Colin, Traoré, Aubert, Picard")),
        Country(
            zone: "Europe/Lisbon", locale: "pt-PT",
            first: words("Inês, Tiago, Beatriz, Duarte, Catarina, Miguel, Leonor, Nuno, Marta, Vasco, Joana, Rui"),
            last: words(
                "Carvalho, Nogueira, Teixeira, Pinto, Moreira, Antunes, Faria, Lopes, Cardoso, Matos, Vieira, Rocha")),
        Country(
            zone: "Europe/Warsaw", locale: "pl-PL",
            first: words("Agnieszka, Paweł, Zofia, Marek, Kasia, Bartosz, Magda, Wojciech, Ola, Krzysztof, Ewa, Jakub"),
            last: words("Zielińska, Kowal, Mazur, Wrona, Sikora, Lis, Dudek, Pawlak, Baran, Wilk, Czarna, Gajda")),
        Country(
            zone: "Europe/Madrid", locale: "es-ES",
            first: words("Carmen, Álvaro, Marina, Sergio, Nuria, Pablo, Elena, Javier, Rocío, Íñigo, Alba, Mateo"),
            last: words(
                """
                Serrano, Ibáñez, Molina, Prieto, Vidal, Ortega, Campos, Rey, Soler, Castaño, Herrero, Blanco
                """)),
        Country(
            zone: "Europe/Stockholm", locale: "sv-SE",
            first: words("Astrid, Viktor, Elin, Nils, Saga, Anton, Freja, Gustav, Linnea, Amir, Tove, Henrik"),
            last: words(
                "Lindqvist, Åberg, Nyström, Sandberg, Holm, Ekström, Hosseini, Berglund, Wallin, Sjögren, Falk, Dahl")),
        Country(
            zone: "America/New_York", locale: "en-US",
            first: words(
                "Maya, Jordan, Tyler, Renée, Marcus, Allison, Diego, Hannah, Andre, Grace-Ann, Kevin, Soo-Jin"),
            last: words(
                "Whitaker, Ramirez, Brooks, Nguyen, Coleman, Kim, Foster, Delgado, Hughes, Park, Sullivan, Okoye")),
    ]
}
