/// A number kept in fewer bytes than an `Int` takes, for rows of which there are hundreds of thousands. What does not fit
/// is kept as the nearest that does: ``Limits`` and the sizes of a market leave none.
@propertyWrapper
struct Narrow<Stored: FixedWidthInteger & Sendable>: Sendable {
    private var stored: Stored

    init(wrappedValue: Int) { stored = Stored(clamping: wrappedValue) }

    var wrappedValue: Int {
        get { Int(truncatingIfNeeded: stored) }
        set { stored = Stored(clamping: newValue) }
    }
}
