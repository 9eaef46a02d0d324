/// One line of `name=value` fields.
struct FigureLine {
    private(set) var text = ""

    mutating func add(_ name: String, _ value: Int) {
        add(name, "\(value)")
    }

    /// Seconds, to the millisecond.
    mutating func add(_ name: String, _ time: Duration) {
        let (seconds, attoseconds) = time.components
        let thousandths = "\(1_000 + attoseconds / 1_000_000_000_000_000)".dropFirst()
        add(name, "\(seconds).\(thousandths)")
    }

    mutating func add(_ name: String, _ value: String) {
        if !text.isEmpty { text += " " }
        text += "\(name)=\(value)"
    }
}
