/// Strings laid end to end, each followed by NUL, as C's `const char *const *` wants them.
struct CStringTable {
    private var bytes: [CChar] = []
    private var offsets: [Int?] = []

    var count: Int { offsets.count }

    /// Appends a string, or a null pointer for nil.
    ///
    /// - Throws: `nulByte`: C would silently cut the string there.
    mutating func append(_ text: [UInt8]?) throws(PostgresError) {
        guard let text else { return offsets.append(nil) }
        guard !text.contains(0) else { throw PostgresError(.nulByte, detail: "in parameter \(count + 1)") }
        offsets.append(bytes.count)
        bytes.reserveCapacity(bytes.count + text.count + 1)
        for byte in text { bytes.append(CChar(bitPattern: byte)) }
        bytes.append(0)
    }

    /// Calls `body` with one pointer per string, then a null pointer. The pointers die when it returns.
    func withPointers<R>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R) -> R {
        bytes.withUnsafeBufferPointer { bytes in
            let pointers: [UnsafePointer<CChar>?] = offsets.map { offset in
                guard let offset, let base = bytes.baseAddress else { return nil }
                return base + offset
            }
            return (pointers + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}
