/// Renders records as an aligned table, for people in front of a terminal.
///
/// Columns that are empty in every row are left out. When the rest is too wide, the widest columns of words are cut
/// first, all to the same width, but never the first column, which people copy to ask for more; what still does not
/// fit is cut at the right edge. Cuts are shown by `…`. A last column that holds sentences may go on below instead.
package struct TableRenderer: Sendable {
    private let width: Int
    private let color: Bool
    private let language: Language

    /// Cells narrower than this are not cut to make room: a cut slug of fewer letters says nothing.
    private static let narrowest = 8
    private static let gap = "  "
    /// A last column that is not given as much is cut rather than continued.
    private static let leastWrapped = 20

    /// - Parameters:
    ///   - width: the terminal's width in cells; 0 or less for no limit.
    ///   - color: whether the header is coloured with ANSI escapes.
    ///   - language: the language of the titles.
    package init(width: Int, color: Bool, language: Language) {
        self.width = width
        self.color = color
        self.language = language
    }

    /// The table, every line ended by LF; empty when there are no rows.
    ///
    /// - Parameter translate: words for people instead of slugs, codes and elements of lists; nil shows them as they
    ///   are. What comes back is cleared of control characters.
    /// - Complexity: O(total length).
    ///
    /// - Parameter only: the names of the columns to show; nil for all. Columns empty in every row are left out anyway.
    /// - Parameter keepsEmpty: whether those stay instead: where that nothing is there is what is to be seen.
    /// - Parameter counting: the names of lists of which only the length is shown.
    /// - Parameter continues: whether the last column goes on below when it is too wide.
    package func render<R: LineRecord>(
        _ rows: [R], only: [String]? = nil, keepsEmpty: Bool = false, counting: Set<String> = [],
        continues: Bool = false, translate: ((Column, String) -> String)? = nil
    ) -> String {
        guard !rows.isEmpty else { return "" }
        let allFields = rows.map(\.fields)
        let shown = R.columns.indices.filter { index in
            (only?.contains(R.columns[index].name) ?? true)
                && (keepsEmpty
                    || allFields.contains {
                        $0.indices.contains(index) && $0[index] != R.columns[index].emptyField
                    })
        }
        let columns = shown.map { R.columns[$0] }
        let header = columns.map { $0.title(in: language) }
        let body = allFields.map { fields in
            zip(shown, columns).map { index, column in
                guard fields.indices.contains(index) else { return "-" }
                if counting.contains(column.name), case .list(let values) = fields[index] {
                    return String(values.count)
                }
                return cell(fields[index], column, translate)
            }
        }
        let isNumber = columns.map { $0.kind.isNumeric || counting.contains($0.name) }

        var widths = header.map(DisplayWidth.of)
        for cells in body {
            for (place, cell) in cells.enumerated() {
                widths[place] = max(widths[place], DisplayWidth.of(cell))
            }
        }
        let room = continues ? roomBelow(widths, isNumber) : nil
        if let room { widths[widths.count - 1] = room } else { widths = narrowed(widths, isNumber) }

        var result = line(header, widths, isNumber)
        if color { result = "\u{1B}[1;36m" + result + "\u{1B}[0m" }
        result += "\n"
        for cells in body {
            guard let room, let last = cells.last else {
                result += line(cells, widths, isNumber) + "\n"
                continue
            }
            let pieces = DisplayWidth.wrap(last, to: room)
            result += line(cells.dropLast() + [pieces.first ?? ""], widths, isNumber) + "\n"
            let margin = String(repeating: " ", count: max(0, width - room))
            for piece in pieces.dropFirst() { result += margin + piece + "\n" }
        }
        return result
    }

    /// The cells left for the last column beside the others, when it needs more and can do with that; else nil.
    private func roomBelow(_ widths: [Int], _ isNumber: [Bool]) -> Int? {
        guard width > 0, let last = widths.last, isNumber.last == false else { return nil }
        let room = width - widths.dropLast().reduce(Self.gap.utf8.count * (widths.count - 1), +)
        return room < last && room >= Self.leastWrapped ? room : nil
    }

    /// One record, a field a line: its title, aligned, and its value whole. Empty fields are left out.
    package func card<R: LineRecord>(
        _ record: R, translate: ((Column, String) -> String)? = nil
    ) -> String {
        let shown = zip(R.columns, record.fields).filter { $0.1 != $0.0.emptyField }
        let widest = shown.map { DisplayWidth.of($0.0.title(in: language)) }.max() ?? 0
        var result = ""
        for (column, field) in shown {
            let title = column.title(in: language)
            let padded = title + String(repeating: " ", count: widest - DisplayWidth.of(title))
            let margin = "\n" + String(repeating: " ", count: widest + Self.gap.utf8.count)
            let value = cell(field, column, translate)
            let room = width - widest - Self.gap.utf8.count
            // A list of many goes on below; a word that is copied stays whole.
            let lines = room >= Self.leastWrapped ? DisplayWidth.wrap(value, to: room) : [value]
            result +=
                (color ? "\u{1B}[1;36m\(padded)\u{1B}[0m" : padded) + Self.gap
                + (column.kind == .list ? lines.joined(separator: margin) : value) + "\n"
        }
        return result
    }

    private func cell(
        _ field: Field, _ column: Column, _ translate: ((Column, String) -> String)?
    ) -> String {
        let words = { (word: String) in
            escapingControls(translate.map { $0(column, word) } ?? word)
        }
        switch field {
        case .absent: return "-"
        case .text(let value):
            return column.kind == .slug || column.kind == .code ? words(value) : escapingControls(value)
        case .integer(let value):
            return column.kind == .ppm ? language.thousandths(ofPPM: value) : String(value)
        case .decimal(let value): return language.decimal(value.description)
        case .list(let values): return values.isEmpty ? "-" : values.map(words).joined(separator: ", ")
        }
    }

    /// The widths with the widest columns of words cut to the largest common width that makes the line fit, if any.
    private func narrowed(_ widths: [Int], _ isNumber: [Bool]) -> [Int] {
        let gaps = Self.gap.utf8.count * max(0, widths.count - 1)
        func capped(_ cap: Int) -> [Int] {
            widths.indices.map { place in
                place == 0 || isNumber[place] ? widths[place] : min(widths[place], cap)
            }
        }
        func fits(_ widths: [Int]) -> Bool { widths.reduce(gaps, +) <= width }
        guard width > 0, !fits(widths) else { return widths }
        var low = Self.narrowest
        var high = max(low, widths.max() ?? low)
        // Invariant: `low` fits or is the narrowest; everything above `high` does not.
        while low < high {
            let middle = low + (high - low + 1) / 2
            if fits(capped(middle)) { low = middle } else { high = middle - 1 }
        }
        return capped(low)
    }

    private func line(_ cells: [String], _ widths: [Int], _ isNumber: [Bool]) -> String {
        var parts: [String] = []
        for (place, cell) in cells.enumerated() {
            let shown = DisplayWidth.cut(cell, to: widths[place])
            let padding = String(repeating: " ", count: max(0, widths[place] - DisplayWidth.of(shown)))
            let isLast = place == cells.count - 1
            if isNumber[place] {
                parts.append(padding + shown)
            } else {
                parts.append(isLast ? shown : shown + padding)
            }
        }
        let whole = parts.joined(separator: Self.gap)
        return width > 0 ? DisplayWidth.cut(whole, to: width) : whole
    }
}
