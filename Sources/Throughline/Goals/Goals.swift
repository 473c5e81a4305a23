import Foundation
import Storage

extension Product {
    public var goals: Goals { Goals(product: self) }
}

/// What a person can do with goals: the company's and the teams' objectives, their own goals, and their work.
public struct Goals: Sendable {
    let product: Product
}
