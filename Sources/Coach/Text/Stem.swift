// A cheap stem: takes the commonest English endings off a word, so that its forms meet.

/// The word without a plural, past or "-ing" ending: "shipped", "ships" and "shipping" give "ship".
/// Expects lower case. Words of three letters or fewer come back as they are.
public func stem(_ word: String) -> String {
    var letters = Array(word.utf8)
    guard letters.count > 3, letters.count < 30 else { return word }
    if hasSuffix(letters, "'s") { letters.removeLast(2) }
    if letters.count <= 3 { return String(decoding: letters, as: UTF8.self) }
    if hasSuffix(letters, "ies"), letters.count > 4 {
        letters.removeLast(3)
        letters.append(UInt8(ascii: "y"))
    } else if hasSuffix(letters, "sses") || hasSuffix(letters, "ches") || hasSuffix(letters, "shes")
        || hasSuffix(letters, "xes")
    {
        letters.removeLast(2)
    } else if hasSuffix(letters, "s"), !hasSuffix(letters, "ss"), !hasSuffix(letters, "us"),
        !hasSuffix(letters, "is")
    {
        letters.removeLast()
    } else if hasSuffix(letters, "ied"), letters.count > 4 {
        letters.removeLast(3)
        letters.append(UInt8(ascii: "y"))
    } else if hasSuffix(letters, "ed"), letters.count > 4, hasVowel(letters.dropLast(2)) {
        letters.removeLast(2)
        closeStem(&letters)
    } else if hasSuffix(letters, "ing"), letters.count > 5, hasVowel(letters.dropLast(3)) {
        letters.removeLast(3)
        closeStem(&letters)
    }
    // "release" and "releasing" meet without their last "e".
    if letters.count > 4, letters.last == UInt8(ascii: "e") { letters.removeLast() }
    return String(decoding: letters, as: UTF8.self)
}

/// Undoubles the consonant that an ending doubled: "shipp" becomes "ship", but "fall" and "pass" stay.
private func closeStem(_ letters: inout [UInt8]) {
    guard letters.count > 3, let last = letters.last, last == letters[letters.count - 2],
        !isVowel(last), last != UInt8(ascii: "l"), last != UInt8(ascii: "s"), last != UInt8(ascii: "z")
    else { return }
    letters.removeLast()
}

private func hasSuffix(_ letters: [UInt8], _ suffix: StaticString) -> Bool {
    let length = suffix.utf8CodeUnitCount
    guard letters.count >= length else { return false }
    for offset in 0..<length where letters[letters.count - length + offset] != suffix.utf8Start[offset] {
        return false
    }
    return true
}

private func hasVowel(_ letters: ArraySlice<UInt8>) -> Bool {
    letters.contains { isVowel($0) || $0 == UInt8(ascii: "y") }
}

private func isVowel(_ letter: UInt8) -> Bool {
    switch letter {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"):
        return true
    default:
        return false
    }
}
