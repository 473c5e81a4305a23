// What a form adds is added once, however often the form is sent: by a second click, or because its answer got lost.
import Foundation
import Storage

extension Transaction {
    /// The id under which something new is to be kept: the one that its form came with.
    ///
    /// To be asked in the very write that inserts, before it inserts. Of two servers that get one form at the same moment,
    /// one then finds the other's row, because writes are serialisable. An id that anything else has already counts for
    /// nothing: a fresh one is made, which tells nobody whose the first is.
    /// - Parameters:
    ///   - id: made when the form was shown, or fresh where it came with none.
    ///   - same: what a row with this id fulfils if it is this very thing, sent before: by the same person, in the same
    ///     place, in the same words: all that is written freely, and not what is chosen, whose defaults may have become
    ///     others since. Other words are another thing, or what is typed into an old form would be lost.
    /// - Returns: nil where it is kept already. Then all is done, and nothing is to be written, journaled or mailed.
    func newID<Entity>(_ id: ID<Entity>, in table: SQL, unless same: SQL, at now: Date) throws -> ID<Entity>? {
        let isSame = try value(Bool.self, "select case when \(same) then 1 else 0 end from \(table) where id = \(id)")
        guard let isSame else { return id }
        return isSame ? nil : ID(now: now)
    }
}
