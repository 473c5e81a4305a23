import Crypto
import Foundation

/// Secrets that people hold: cookies and links carry a token, the database only its hash, so that nobody who reads the
/// database can sign in with it.
enum Secrets {
    /// 256 random bits as 43 characters that are safe in a URL (RFC 4648, section 5).
    static func newToken() -> String {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        return bytes.base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// SHA-256 as hexadecimal digits. A token has enough entropy that a slow hash would protect nothing.
    static func hash(ofToken token: String) -> String {
        SHA256.hash(data: Data(token.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}
