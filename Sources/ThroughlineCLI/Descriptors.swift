import Foundation

/// How many files and connections this process may have open.
enum Descriptors {
    /// Raises the limit as far as the system lets a program do so itself. Shells and systemd usually start programs with
    /// 1,024, of which every open page takes one.
    /// - Returns: the limit that holds now.
    static func raiseLimit() -> Int {
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else { return 1024 }
        let wanted = min(limit.rlim_max, mostOfUse)
        if limit.rlim_cur < wanted {
            limit.rlim_cur = wanted
            setrlimit(kind, &limit)
            getrlimit(kind, &limit)
        }
        return Int(min(limit.rlim_cur, mostOfUse))
    }

    private static let mostOfUse: rlim_t = 65_536

    #if os(Linux)
        private static let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let kind = RLIMIT_NOFILE
    #endif
}
