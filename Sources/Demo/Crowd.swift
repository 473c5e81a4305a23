// Larkfield's other sessions, and colleagues in any number.
import Foundation
import Storage
import Throughline

struct Crowd: Sendable {
    let almanac: Almanac
    let cast: Cast
    let scripted: [Script]

    func write(total: Int, to database: any Database) async throws {
    }
}
