import Foundation

/// A user of the operating system.
struct SystemUser: Sendable, Equatable {
    let name: String
    let id: UInt32
    let group: UInt32

    /// The user of this number; nil when the system has no name for it, as in some containers.
    init?(id: UInt32) {
        self.init { entry, buffer, size, result in getpwuid_r(id, entry, buffer, size, result) }
    }

    /// The user of this name.
    init?(name: String) {
        self.init { entry, buffer, size, result in getpwnam_r(name, entry, buffer, size, result) }
    }

    private typealias Lookup = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
        UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> Int32

    private init?(lookup: Lookup) {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        // Entries of directories (LDAP) may be long; 64 KiB is glibc's own ceiling in practice.
        let size = 65_536
        let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: size)
        defer { buffer.deallocate() }
        guard lookup(&entry, buffer, size, &found) == 0, found != nil, let name = entry.pw_name else {
            return nil
        }
        self.name = String(cString: name)
        self.id = entry.pw_uid
        self.group = entry.pw_gid
    }
}
