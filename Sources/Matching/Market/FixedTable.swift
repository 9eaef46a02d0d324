/// A list that is made once and then read by inner loops: reading counts no reference and, in a release build, checks no
/// bound. The one file of the module that holds memory by hand.
///
/// Invariant: `base` points at `count` values, written before the table is handed out, never after, and freed with
/// the last copy of the table. Who reads holds a table, and reads at places 0..<count: they come from the same
/// index that made the table, never from outside. So tasks may share it, which the compiler cannot see: nobody writes
/// after `init`, values are `Sendable` bytes, and each copy of the table keeps `storage`, counted atomically, alive.
struct FixedTable<Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
    /// How many values there are.
    let count: Int
    private let base: UnsafePointer<Value>
    private let storage: Storage

    init(_ values: [Value]) {
        storage = Storage(values)
        base = storage.base
        count = values.count
    }

    subscript(place: Int) -> Value {
        assert(indices.contains(place))
        return base[place]
    }

    var indices: Range<Int> { 0..<count }

    /// All values, as a list that changes.
    var values: [Value] { [Value](UnsafeBufferPointer(start: base, count: count)) }

    private final class Storage {
        let base: UnsafePointer<Value>
        private let memory: UnsafeMutablePointer<Value>

        init(_ values: [Value]) {
            let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(1, values.count))
            values.withUnsafeBufferPointer { source in
                if let start = source.baseAddress { memory.initialize(from: start, count: source.count) }
            }
            self.memory = memory
            base = UnsafePointer(memory)
        }

        // The values are plain bytes: nothing is to be undone.
        deinit { memory.deallocate() }
    }
}
