/// PostgreSQL's array text, `{a,"b c"}`: one dimension, no NULL element.
enum ArrayText {
    /// Writes elements, each in double quotes so that no content is special but `"` and `\`.
    ///
    /// - Complexity: linear in the bytes.
    static func write(_ elements: some Sequence<some Sequence<UInt8>>) -> [UInt8] {
        var bytes: [UInt8] = [0x7B]
        for element in elements {
            if bytes.count > 1 { bytes.append(0x2C) }
            bytes.append(0x22)
            for byte in element {
                if byte == 0x22 || byte == 0x5C { bytes.append(0x5C) }
                bytes.append(byte)
            }
            bytes.append(0x22)
        }
        bytes.append(0x7D)
        return bytes
    }

    /// Reads elements; nil for NULL elements, several dimensions, explicit bounds or broken text.
    ///
    /// - Complexity: linear in the bytes.
    static func read(_ text: ArraySlice<UInt8>) -> [[UInt8]]? {
        guard text.count >= 2, text.first == 0x7B, text.last == 0x7D else { return nil }
        var rest = text.dropFirst().dropLast()
        var elements: [[UInt8]] = []
        if rest.isEmpty { return [] }
        while true {
            guard let element = rest.first == 0x22 ? quoted(&rest) : bare(&rest) else { return nil }
            elements.append(element)
            guard let separator = rest.popFirst() else { return elements }
            if separator != 0x2C { return nil }
        }
    }

    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        var element: [UInt8] = []
        rest.removeFirst()
        while let byte = rest.popFirst() {
            if byte == 0x22 { return element }
            if byte == 0x5C {
                guard let escaped = rest.popFirst() else { return nil }
                element.append(escaped)
            } else {
                element.append(byte)
            }
        }
        return nil
    }

    private static func bare(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        let end = rest.firstIndex(of: 0x2C) ?? rest.endIndex
        let element = Array(rest[rest.startIndex..<end])
        rest = rest[end...]
        let special: [UInt8] = [0x7B, 0x7D, 0x22, 0x5C]
        // The server quotes every string that reads NULL; bare, it is the null element.
        let isNull = element.map { $0 & 0xDF } == Array("NULL".utf8)
        return element.isEmpty || isNull || element.contains(where: special.contains) ? nil : element
    }
}

extension String: PostgresArrayElement {
    /// `text[]`.
    package static var postgresArrayOID: UInt32 { PostgresValue.OID.textArray }
    /// `text[]`.
    package static var postgresArrayName: String { "text[]" }
    /// Arrays of text, varchar and name.
    package static var readableArrayOIDs: [UInt32] {
        [PostgresValue.OID.textArray, PostgresValue.OID.varcharArray, PostgresValue.OID.nameArray]
    }
    /// Writes `{"…","…"}`.
    package static func encodeArray(_ elements: [String]) -> [UInt8] { ArrayText.write(elements.map(\.utf8)) }
    /// Reads `{…}`.
    package static func decodeArray(_ text: ArraySlice<UInt8>) -> [String]? {
        guard let elements = ArrayText.read(text) else { return nil }
        var strings: [String] = []
        strings.reserveCapacity(elements.count)
        for element in elements {
            guard let string = String(validating: element, as: UTF8.self) else { return nil }
            strings.append(string)
        }
        return strings
    }
}

extension Int: PostgresArrayElement {
    /// `bigint[]`.
    package static var postgresArrayOID: UInt32 { PostgresValue.OID.int8Array }
    /// `bigint[]`.
    package static var postgresArrayName: String { "bigint[]" }
    /// Arrays of any integer type.
    package static var readableArrayOIDs: [UInt32] {
        [PostgresValue.OID.int8Array, PostgresValue.OID.int4Array, PostgresValue.OID.int2Array]
    }
    /// Writes `{"1","2"}`.
    package static func encodeArray(_ elements: [Int]) -> [UInt8] {
        ArrayText.write(elements.map { String($0).utf8 })
    }
    /// Reads `{1,2}`.
    package static func decodeArray(_ text: ArraySlice<UInt8>) -> [Int]? {
        guard let elements = ArrayText.read(text) else { return nil }
        var integers: [Int] = []
        integers.reserveCapacity(elements.count)
        for element in elements {
            guard let integer = Int(String(decoding: element, as: UTF8.self)) else { return nil }
            integers.append(integer)
        }
        return integers
    }
}

extension UInt8: PostgresArrayElement {
    /// `bytea`.
    package static var postgresArrayOID: UInt32 { PostgresValue.OID.bytea }
    /// `bytea`.
    package static var postgresArrayName: String { "bytea" }
    /// `bytea` only.
    package static var readableArrayOIDs: [UInt32] { [PostgresValue.OID.bytea] }
    /// Writes `\x…` in lower-case hexadecimal.
    package static func encodeArray(_ elements: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = [0x5C, 0x78]
        bytes.reserveCapacity(2 + elements.count * 2)
        for byte in elements {
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 0x0F)])
        }
        return bytes
    }
    /// Reads `\x…`, the form that every connection of this module asks for.
    package static func decodeArray(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count >= 2, text.count % 2 == 0, text.starts(with: [0x5C, 0x78]) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2 - 1)
        var high: UInt8?
        for digit in text.dropFirst(2) {
            let value: UInt8
            switch digit {
            case 0x30...0x39: value = digit - 0x30
            case 0x61...0x66: value = digit - 0x61 + 10
            case 0x41...0x46: value = digit - 0x41 + 10
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }
}
