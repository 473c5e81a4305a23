import Markup
import Storage
import Throughline

/// What the pages on which a file is brought in have in common: a file or its lines, a look at what would come in, and what is
/// wrong with it, line by line. They work without script, and carry what was pasted or read from answer to answer.
struct ExchangeForm {
    let action: Path
    /// What the file may be, for the browser's own choice of files.
    let accept: String
    /// What is said of the file.
    let hint: String
    /// The lines that were sent.
    var text = ""
    /// Everything that is wrong: first what stands at a field, then what is in the file, in its order.
    var problems: [Problem] = []
    /// What stands between the file and the buttons.
    var more: (Fields) -> HTML = { _ in "" }
    /// Once it has been looked at without finding anything wrong.
    var isGood = false
    let button: String
    let back: (path: Path, label: String)

    /// So many lines fit into a page; a longer file is chosen again.
    static let mostShown = 300_000
    private static let mostProblems = 100

    var html: HTML {
        """
        \(if: !inFile.isEmpty, wrong)
        <form class="stack exchange" action="\(action)" method="post" enctype="multipart/form-data">
        \(fields.labelled("file", "A file", hint: hint) { attributes in
            "<input type=\"file\" \(attributes) accept=\"\(accept)\">"
        })
        \(fields.area(
            "text", "Or its lines, pasted", value: text, rows: text.isEmpty ? 4 : 12,
            hint: "A file that you choose goes before what stands here.",
            attributes: "spellcheck=\"false\" autocapitalize=\"off\" autocomplete=\"off\""))
        \(more(fields))
        <p class="row"><button class="btn\(if: !isGood, " go")" name="do" value="look">Look at it first</button>\
        <button class="btn\(if: isGood, " go")" name="do" value="bring">\(button)</button>\
        <a class="btn quiet" href="\(back.path)">\(back.label)</a></p>
        </form>
        """
    }

    /// What was typed is kept by the page itself; a file can't be.
    private var fields: Fields {
        Fields("exchange", after: Rejected(name: "exchange", form: .empty, problems: problems))
    }

    private var inFile: [String] { problems.filter(\.field.isEmpty).map(\.words) }

    private var wrong: HTML {
        let problems = inFile
        return """
            <div class="note bad" role="alert" tabindex="-1" autofocus>\(Icon.off)\
            <p><b>\(GoalWords.count(problems.count, "thing is", "things are", isFirst: true)) in the way.</b> Nothing was \
            brought in.</p>
            <ul class="stack tight plain">\(problems.prefix(Self.mostProblems).html { "<li dir=\"auto\">\($0)</li>" })</ul>
            \(if: problems.count > Self.mostProblems,
            "<p>and \(problems.count - Self.mostProblems) more. Mend these, and look again.</p>")</div>
            """
    }
}

/// Bringing a cycle in from a file.
struct CycleImportPage {
    var sent = ExchangeRequest()
    /// What the file would bring, once it has been looked at.
    var arrival: CycleArrival?
    var problems: [Problem] = []

    var page: Page {
        Page(
            title: "Bring a cycle in", place: .goals,
            main: """
                <header class="open"><p class="kick"><a href="\(Path.cycles)">Cycles</a></p><h1>Bring a cycle in</h1>
                <p class="lede">\(lede)</p></header>
                <div class="stack loose">
                \(ExchangeForm(
                    action: .cycleImport, accept: ".csv,.json,text/csv,application/json",
                    hint: "As a cycle’s page saves it, as CSV or JSON. 10 MB at most.",
                    text: sent.shownText, problems: problems, more: more, isGood: arrival != nil, button: "Bring it in",
                    back: (Path.cycles, "Leave it")).html)
                <p class="meta">People are found by e-mail address, teams and values by name; they have to be here already. \
                The cycle is new, or one of that name with nothing in it. It all comes in, or nothing does.</p>
                </div>
                """)
    }

    private var lede: HTML {
        guard let arrival else {
            return
                "A file that a cycle was saved to makes that cycle again, here or at another company, with all that was said."
        }
        return """
            “<bdi>\(arrival.cycle)</bdi>” would come in with <b>\(GoalWords.count(arrival.objectives, "objective")), \
            \(GoalWords.count(arrival.keyResults, "key result")) and \(GoalWords.count(arrival.checkIns, "check-in"))</b>\
            \(if: arrival.fillsEmpty, ", into the empty cycle of that name").\
            \(if: arrival.linksLeft > 0, " \(GoalWords.count(arrival.linksLeft, "link leads", "links lead", isFirst: true)) to what isn’t here, and would be left out.")\
            \(if: sent.isTooLongToShow, " Choose the file once more to bring it in: it is too long to stand on this page.")
            """
    }

    private func more(_ fields: Fields) -> HTML {
        """
        \(fields.input(
            "name", "Another name for it", value: sent.name, hint: "Empty for what the file calls it."))
        <label class="tick"><input type="checkbox" name="leave-links" value="yes"\(if: sent.leavesLinks, " checked")>\
        <span>Leave out links to objectives of other cycles that aren’t here</span></label>
        """
    }
}

/// Bringing check-ins in from a file.
struct CheckInImportPage {
    var sent = ExchangeRequest()
    var arrival: CheckInArrival?
    var problems: [Problem] = []

    private static let mostShown = 100

    var page: Page {
        Page(
            title: "Check in from a file", place: .goals,
            main: """
                <header class="open"><p class="kick"><a href="\(Path.checkIn)">Check in</a></p><h1>Check in from a file</h1>
                <p class="lede">\(lede)</p></header>
                <div class="stack loose">
                \(arrival.map(found))
                \(ExchangeForm(
                    action: .checkInImport, accept: ".csv,text/csv",
                    hint: "It ends in .csv and is 1 MB at most. Nothing of it is kept but the check-ins.",
                    text: sent.shownText, problems: problems, isGood: arrival?.checkIns.isEmpty == false,
                    button: "Check in on them", back: (Path.checkIn, "Back to the form")).html)
                </div>
                """)
    }

    private var lede: HTML {
        guard let arrival else {
            return """
                Values that a spreadsheet holds need not be typed again. <a href="\(Path.checkInTemplate)">Save a file to fill \
                in</a>: it has a line for each key result that is yours.
                """
        }
        if arrival.checkIns.isEmpty { return "All that this says is here already. There is nothing to bring in." }
        return """
            <b>\(GoalWords.count(arrival.checkIns.count, "check-in", isFirst: true)) would come in.</b>\
            \(if: arrival.known > 0, " \(GoalWords.count(arrival.known, "is", "are", isFirst: true)) here already and stays as it is.")
            """
    }

    private func found(_ arrival: CheckInArrival) -> HTML {
        guard !arrival.checkIns.isEmpty else { return "" }
        return """
            <ul class="ruled" aria-label="What would come in">\(arrival.checkIns.prefix(Self.mostShown).html { item in
                """
                <li><p><span class="voice" dir="auto">\(item.title)</span></p><p class="meta num">\(item.day.long): \
                <b dir="auto">\(item.value)</b>, \(item.confidence) of 10 sure</p></li>
                """
            })</ul>
            \(if: arrival.checkIns.count > Self.mostShown,
                "<p class=\"meta\">and \(arrival.checkIns.count - Self.mostShown) more</p>")
            """
    }
}
