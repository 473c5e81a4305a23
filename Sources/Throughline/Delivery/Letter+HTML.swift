public import Markup

extension Letter {
    /// The letter as a whole HTML document, as mail programs take it: tables for layout, every style inline,
    /// no images and no script. The style block helps only those that honour it; without it everything stays
    /// readable.
    public var html: HTML {
        """
        <!doctype html>
        <html lang="en-GB">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>\(subject)</title>
        \(Self.style)
        </head>
        <body class="bg" style="margin:0;padding:0;background:#fbfaf6;">
        \(previewText)
        <main>
        <table role="presentation" class="bg" width="100%" cellpadding="0" cellspacing="0" border="0" \
        style="background:#fbfaf6;">
        <tr><td align="center" style="padding:28px 0 40px;">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;">
        \(opening)
        \(if: !blocks.isEmpty, content)
        \(if: !smallPrint.isEmpty, foot)
        </table>
        </td></tr>
        </table>
        </main>
        </body>
        </html>

        """
    }

    private static let style: HTML = """
        <style>
          :root{color-scheme:light dark;supported-color-schemes:light dark}
          a:focus-visible{outline:3px solid #2a46c4;outline-offset:2px}
          @media (prefers-color-scheme:dark){
            .bg{background:#16171a!important}.fg{color:#eceae4!important}.fg2{color:#c2c0ba!important}
            .ln{border-color:#a3b4ff!important}.rl{border-color:#35383e!important}
            .bt{background:#eceae4!important}.btx{color:#16171a!important}
          }
          @media (max-width:480px){
            .pad{padding-left:22px!important;padding-right:22px!important}
            .h{font-size:25px!important;line-height:31px!important}
          }
          @media (max-width:360px){
            .pad{padding-left:14px!important;padding-right:14px!important}
            .in{padding-left:14px!important}.by{white-space:normal!important}
          }
        </style>
        """

    private var previewText: HTML {
        if preview.isEmpty { return .empty }
        return "<div style=\"display:none;max-height:0;overflow:hidden;\">\(preview)</div>"
    }

    private var opening: HTML {
        """
        <tr><td class="pad" style="padding:0 32px 20px;overflow-wrap:anywhere;">
        \(if: !kick.isEmpty, element("p", .kick, kick))
        \(element("h1", .title, title))
        </td></tr>
        """
    }

    /// The blocks, beside the line.
    private var content: HTML {
        let followers = blocks.dropFirst().map(Optional.some) + [nil]
        return """
            <tr><td class="pad" style="padding:0 32px;">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
            <td class="ln" width="2" style="border-left:2px solid #2a46c4;font-size:0;line-height:0;">&nbsp;</td>
            <td class="in" style="padding:0 0 0 22px;overflow-wrap:anywhere;">
            \(zip(blocks, followers).html { block, next in block.html(before: next) })</td>
            </tr></table>
            </td></tr>
            """
    }

    private var foot: HTML {
        let lines = smallPrint.enumerated().html { index, line in
            "\(element("p", .smallPrint(gap: index == smallPrint.count - 1 ? 0 : 8), line))\n"
        }
        return """
            <tr><td class="pad" style="padding:30px 32px 0;">
            \(lines)</td></tr>
            """
    }
}

extension Letter.Block {
    /// - Parameter next: the block after this one, which decides how far away it is.
    fileprivate func html(before next: Letter.Block?) -> HTML {
        let gap = gap(before: next)
        switch self {
        case .heading(let words): return element("h2", .heading(gap: gap), words) + "\n"
        case .paragraph(let words): return element("p", .paragraph(gap: gap), words) + "\n"
        case .list(let points): return Self.list(points, gap)
        case .steps(let steps): return Self.table(steps, gap)
        case .button(let label, let address): return Self.button(label, address, gap)
        }
    }

    /// In pixels. A heading stands close to what it heads; what belongs to one section keeps together.
    private func gap(before next: Letter.Block?) -> Int {
        switch (self, next) {
        case (.heading, .steps): 4
        case (.heading, _): 8
        case (_, nil): 6
        case (_, .button): 22
        case (_, .heading): 28
        case (.paragraph, _): 10
        default: 16
        }
    }

    private static func list(_ points: [String], _ gap: Int) -> HTML {
        """
        <ol class="fg" style="margin:0 0 \(gap)px;padding:0 0 0 24px;\(Font.reading)color:#1c1f24;">
        \(points.html { point in
            "<li dir=\"auto\" style=\"margin:0 0 6px;\">\(lines(point))</li>\n"
        })</ol>

        """
    }

    private static func table(_ steps: [Letter.Step], _ gap: Int) -> HTML {
        """
        <table width="100%" cellpadding="0" cellspacing="0" border="0" \
        style="border-collapse:collapse;margin:0 0 \(gap)px;">
        <tr>
        \(head("Who", align: "left", padding: "8px 14px 6px 0"))
        \(head("Does what", align: "left", padding: "8px 14px 6px 0"))
        \(head("By", align: "right", padding: "8px 0 6px"))
        </tr>
        \(steps.html(row))</table>

        """
    }

    private static func head(_ words: String, align: String, padding: String) -> HTML {
        """
        <th class="fg2 rl" scope="col" align="\(align)" style="padding:\(padding);\(Font.rule)\
        \(Font.label)color:#474b52;">\(words)</th>
        """
    }

    private static func row(_ step: Letter.Step) -> HTML {
        """
        <tr>
        <td class="fg rl" dir="auto" valign="top" style="padding:11px 14px 11px 0;\(Font.rule)\
        \(Font.button("24px"))color:#1c1f24;">\(step.who)</td>
        <td class="fg rl" dir="auto" valign="top" style="padding:10px 14px 12px 0;\(Font.rule)\
        font:17px/25px Georgia,'Times New Roman',serif;color:#1c1f24;">\(lines(step.what))</td>
        <td class="fg rl by" valign="top" align="right" style="padding:11px 0;\(Font.rule)\
        font:16px/24px \(Font.sans);color:#1c1f24;white-space:nowrap;">\(step.by)</td>
        </tr>

        """
    }

    private static func button(_ label: String, _ address: String, _ gap: Int) -> HTML {
        """
        <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 \(gap)px;"><tr>
        <td class="bt" style="background:#1c1f24;border-radius:3px;"><a class="btx" href="\(address)" \
        style="display:inline-block;padding:12px 20px;\(Font.button("20px"))color:#ffffff;text-decoration:none;">\
        \(label)</a></td>
        </tr></table>

        """
    }
}

/// The faces of a letter, by what mail programs have.
private enum Font {
    static let serif: HTML = "'Iowan Old Style','Palatino Linotype',Palatino,Georgia,serif"
    static let sans: HTML = "-apple-system,'Segoe UI',Roboto,Arial,sans-serif"
    static let reading: HTML = "font:18px/28px \(serif);"
    static let label: HTML = "font:600 14px/20px \(sans);"
    static let rule: HTML = "border-bottom:1px solid #e0dcd1;"

    static func button(_ height: HTML) -> HTML { "font:600 16px/\(height) \(sans);" }
}

/// How a piece of text looks: its class, for dark colours and small screens, and its inline style.
private struct Look {
    let classes: HTML
    let style: HTML

    static let kick = Look(
        classes: "fg2", style: "margin:0;font:italic 16px/24px Georgia,'Times New Roman',serif;color:#474b52;"
    )
    static let title = Look(
        classes: "fg h", style: "margin:6px 0 0;font:normal 30px/37px \(Font.serif);color:#1c1f24;")

    static func heading(gap: Int) -> Look {
        Look(
            classes: "fg", style: "margin:0 0 \(gap)px;font:normal 21px/28px \(Font.serif);color:#1c1f24;")
    }

    static func paragraph(gap: Int) -> Look {
        Look(classes: "fg", style: "margin:0 0 \(gap)px;\(Font.reading)color:#1c1f24;")
    }

    static func smallPrint(gap: Int) -> Look {
        let margin: HTML = gap == 0 ? "0" : "0 0 \(gap)px"
        return Look(classes: "fg2", style: "margin:\(margin);font:14px/21px \(Font.sans);color:#474b52;")
    }
}

/// Text that somebody may have typed, whichever way it runs.
private func element(_ name: HTML, _ look: Look, _ words: String) -> HTML {
    "<\(name) class=\"\(look.classes)\" dir=\"auto\" style=\"\(look.style)\">\(lines(words))</\(name)>"
}

/// Text with the line ends it was typed with.
private func lines(_ words: String) -> HTML {
    let lines = words.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return lines.enumerated().html { index, line in "\(if: index > 0, "<br>")\(line)" }
}
