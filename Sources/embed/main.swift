// Writes text files into one Swift source: `embed OUTPUT FILE…`. Run by the EmbedFiles plugin.
import Foundation

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first else {
    FileHandle.standardError.write(Data("usage: embed OUTPUT FILE…\n".utf8))
    exit(2)
}

var source = """
    /// The text files of this module, by file name. Written by the EmbedFiles plugin.
    enum EmbeddedFiles {
        static let all: [(name: String, text: String)] = [

    """
for path in arguments.dropFirst() {
    let url = URL(fileURLWithPath: path)
    let text = try String(contentsOf: url, encoding: .utf8)
    // A raw literal with more # than any run in the file, so that nothing in it is read as Swift.
    let hashes = String(
        repeating: "#",
        count: text.reduce(into: (run: 0, longest: 0)) { count, character in
            count.run = character == "#" ? count.run + 1 : 0
            count.longest = max(count.longest, count.run)
        }.longest + 1)
    source += "        (\"\(url.lastPathComponent)\", \(hashes)\"\"\"\n\(text)\n\"\"\"\(hashes)),\n"
}
source += "    ]\n}\n"
try source.write(toFile: output, atomically: true, encoding: .utf8)
