import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import Web

@Suite("What a form that is sent by GET asks for")
struct SearchedTests {
    @Test(
        "Words come as they were typed",
        arguments: [
            ("/goals?q=first+week", "first week"), ("/goals?team=&q=1%2B1", "1+1"), ("/goals?q=caf%C3%A9", "café"),
            ("/goals?q=%FF", ""), ("/goals", ""), ("/goals?q=", ""),
        ])
    func words(address: String, words: String) {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: address)
        #expect(Request(head: head, body: RequestBody(buffer: ByteBuffer())).searched("q") == words)
    }
}
