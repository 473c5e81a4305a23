import ArgumentParser
import Coach
import Foundation

/// The coach on the command line: remarks on plain notes, and its judgements line by line for measuring.
struct CoachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coach",
        abstract: "Says what a good mentor would say about a text.",
        discussion: """
            'throughline coach notes.md' prints its remarks on the notes and exits with 1 if there are any, with 2 \
            if a file can't be read. Nothing you write leaves this machine.
            """,
        subcommands: [Notes.self, SignalLines.self, OKRLines.self],
        defaultSubcommand: Notes.self)
}

extension CoachCommand {
    /// `throughline coach FILE…`
    struct Notes: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "notes",
            abstract: "Prints remarks on plain notes as file:line:column: label: remark.",
            discussion: """
                Headings are read as titles of sessions, lines that begin with 'Objective:' or 'KR 1:' as that, and \
                everything else sentence by sentence.
                """)

        @Argument(help: "The notes to read: plain text or Markdown in UTF-8.", completion: .file())
        var files: [String]

        func run() throws {
            var found = false
            var unreadable = false
            for file in files {
                guard let text = read(file) else {
                    unreadable = true
                    continue
                }
                for note in remarks(onNote: text) {
                    found = true
                    print("\(file):\(note.line):\(note.column): \(note.remark.label): \(note.remark.line)")
                }
            }
            if unreadable { throw ExitCode(2) }
            if found { throw ExitCode(1) }
        }

        /// Any bytes will do: what is no UTF-8 is read as replacement characters.
        private func read(_ file: String) -> String? {
            do {
                return String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
            } catch {
                var isFolder: ObjCBool = false
                let isThere = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
                let reason =
                    isFolder.boolValue
                    ? "is a folder. Name the files in it."
                    : isThere ? "can't be read. Check its rights." : "isn't there. Check the name."
                complain("\(file) \(reason)")
                return nil
            }
        }
    }

    /// `throughline coach signal --jsonl`
    struct SignalLines: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "signal",
            abstract: "Judges one sentence a line, for measuring.",
            discussion: """
                Reads {"text":…} from standard input and writes, line by line and in order, \
                {"label":…,"confidence":…,"marks":[[from,to],…],"remark":…|null}. Marks count Unicode scalars.
                """)

        @Flag(help: "Read and write one JSON object a line.")
        var jsonl = false

        func validate() throws {
            guard jsonl else { throw ValidationError("Add --jsonl: it reads one JSON object a line.") }
        }

        func run() throws {
            let judge = SignalJudge()
            try answerLines { try Self.answer(to: $0, by: judge) }
        }

        /// The answer to one line, as a JSON object; a `LineError` says what is wrong with the line.
        static func answer(to line: String, by judge: SignalJudge) throws -> String {
            try answerLine(line) { (sentence: Question) in
                let judgement = judge.judge(sentence.text)
                return Answer(
                    label: judgement.label.rawValue, confidence: judgement.confidence,
                    marks: judgement.marks.map { [$0.lowerBound, $0.upperBound] },
                    remark: Remark.signal(sentence.text, judgement)?.line)
            }
        }

        private struct Question: Decodable {
            let text: String
        }

        private struct Answer: Encodable {
            let label: String
            let confidence: Double
            let marks: [[Int]]
            let remark: String?

            enum CodingKeys: CodingKey {
                case label, confidence, marks, remark
            }

            /// Writes a missing remark as null; synthesised code would leave it out.
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(label, forKey: .label)
                try container.encode(confidence, forKey: .confidence)
                try container.encode(marks, forKey: .marks)
                try container.encode(remark, forKey: .remark)
            }
        }
    }

    /// `throughline coach okr --jsonl`
    struct OKRLines: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "okr",
            abstract: "Judges one objective or key result a line, for measuring.",
            discussion: """
                Reads {"kind":"objective"|"key_result","text":…} from standard input and writes, line by line and \
                in order, {"flags":[…]}.
                """)

        @Flag(help: "Read and write one JSON object a line.")
        var jsonl = false

        func validate() throws {
            guard jsonl else { throw ValidationError("Add --jsonl: it reads one JSON object a line.") }
        }

        func run() throws {
            try answerLines(Self.answer)
        }

        /// The answer to one line, as a JSON object; a `LineError` says what is wrong with the line.
        static func answer(to line: String) throws -> String {
            try answerLine(line) { (goal: Question) in
                guard let kind = OKRKind(rawValue: goal.kind) else {
                    throw LineError(
                        reason: "its kind is \"\(goal.kind)\"; it must be \"objective\" or \"key_result\"")
                }
                return Answer(flags: judgeOKR(goal.text, as: kind).map(\.flag.rawValue))
            }
        }

        private struct Question: Decodable {
            let kind: String
            let text: String
        }

        private struct Answer: Encodable {
            let flags: [String]
        }
    }
}

/// What is wrong with a line of input.
struct LineError: Error, Equatable {
    let reason: String
}

/// Reads one JSON object a line from standard input and writes an answer to each, in order; empty lines are passed
/// over. Stops at the first line that can't be read, says which one it is and what is wrong, and exits with 2.
private func answerLines(_ answer: (String) throws -> String) throws {
    var number = 0
    while let line = readLine() {
        number += 1
        guard !line.allSatisfy(\.isWhitespace) else { continue }
        do {
            print(try answer(line))
        } catch let error as LineError {
            complain("Line \(number) can't be judged: \(error.reason).")
            throw ExitCode(2)
        }
    }
}

private func answerLine<Question: Decodable>(
    _ line: String, _ answer: (Question) throws -> some Encodable
) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
        let question = try JSONDecoder().decode(Question.self, from: Data(line.utf8))
        return String(decoding: try encoder.encode(answer(question)), as: UTF8.self)
    } catch let error as DecodingError {
        throw LineError(reason: reason(error))
    }
}

private func reason(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _): "it has no \"\(key.stringValue)\""
    case .typeMismatch(_, let context) where !context.codingPath.isEmpty,
        .valueNotFound(_, let context) where !context.codingPath.isEmpty:
        "its \"\(context.codingPath[0].stringValue)\" must be text"
    default: "it isn't a JSON object"
    }
}

private func complain(_ words: String) {
    FileHandle.standardError.write(Data("\(words)\n".utf8))
}
