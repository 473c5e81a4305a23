// Where messages go: to a mail server, or into a folder where nobody has set one up.

import Foundation

/// The one way out for mail.
public enum MailTransport: Sendable, Hashable {
    case smtp(SMTPSettings)
    /// A folder, by its path, that gets one `<message-id>.eml` a message. Made when it is missing.
    case folder(String)

    /// Delivers a message to everyone in its `to`.
    ///
    /// By SMTP as `SMTPClient.send` says. In a folder, a message that was delivered before takes its own
    /// place again, so that it is there once however often it is delivered, whole or not at all.
    public func deliver(_ message: Message) async throws(MailError) {
        switch self {
        case .smtp(let settings):
            try await SMTPClient(settings).send(
                message.encoded(), from: message.from.email, to: message.to.map(\.email))
        case .folder(let path):
            try await write(message, into: URL(filePath: path, directoryHint: .isDirectory))
        }
    }

    private func write(_ message: Message, into folder: URL) async throws(MailError) {
        let result = await withCheckedContinuation {
            (done: CheckedContinuation<Result<Void, MailError>, Never>) in
            // The disk may take its time; a thread of its own keeps the cooperative pool free.
            Thread.detachNewThread {
                do {
                    try writeDurably(message.encoded(), named: "\(message.id).eml", in: folder)
                    done.resume(returning: .success(()))
                } catch {
                    let path = folder.path(percentEncoded: false)
                    let reason = "The mail folder \(path) cannot be written: \(error.localizedDescription)"
                    done.resume(returning: .failure(.temporary(reason)))
                }
            }
        }
        try result.get()
    }
}

/// Writes a file beside its place, brings it to the disk, and only then gives it its name. Only our own
/// account can read it, since messages hold sign-in links.
private func writeDurably(_ bytes: [UInt8], named name: String, in folder: URL) throws {
    try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let draft = folder.appending(path: ".\(UUID().uuidString).tmp", directoryHint: .notDirectory)
    let descriptor = open(draft.path(percentEncoded: false), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw lastPOSIXError() }
    do {
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data(bytes))
        try file.synchronize()
        try file.close()
        let place = folder.appending(path: name, directoryHint: .notDirectory)
        guard rename(draft.path(percentEncoded: false), place.path(percentEncoded: false)) == 0 else {
            throw lastPOSIXError()
        }
        try synchroniseFolder(folder)
    } catch {
        try? FileManager.default.removeItem(at: draft)
        throw error
    }
}

/// The new name itself must reach the disk too.
private func synchroniseFolder(_ folder: URL) throws {
    let descriptor = open(folder.path(percentEncoded: false), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw lastPOSIXError() }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw lastPOSIXError() }
}

private func lastPOSIXError() -> POSIXError {
    POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
}
