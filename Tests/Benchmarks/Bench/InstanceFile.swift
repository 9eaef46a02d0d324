import Proof

/// A file that holds the text form of an instance.
struct InstanceFile {
    let path: String

    /// The instance, sound as far as the file says: indices in range, scores in 0…1,000,000, no pair twice.
    /// Candidates come in any order, and may join a need and an offer of one community.
    ///
    /// - Throws: `Refusal`, naming the line.
    /// - Complexity: O(length) time; beside the instance, one block of memory.
    func read() throws -> Instance {
        let instance = try parse()
        if let fault = faults(of: instance.withGiversApart()).first {
            throw refusal(of: fault, in: instance)
        }
        return instance
    }

    private func parse() throws -> Instance {
        guard var input = InputFile(path: path) else {
            throw Refusal(.noSuchFile, "\(path): cannot be opened")
        }
        var reader = InstanceReader(byteCount: input.size)
        do {
            var last = UInt8(ascii: "\n")
            while true {
                let count = try input.next { block throws(InstanceTextError) in
                    try reader.read(block)
                    last = block[block.count - 1]
                }
                guard let count else { throw Refusal(.noSuchFile, "\(path): cannot be read") }
                if count == 0 { break }
            }
            let instance = try reader.finish(openEnd: true)
            if last != UInt8(ascii: "\n") { complain("\(path): the last line does not end with a line feed") }
            return instance
        } catch let error as InstanceTextError {
            throw Refusal(
                .badData, "\(path):\(error.line): \(error.reason.sentence) [\(error.reason.rawValue)]")
        }
    }

    private func refusal(of fault: Fault, in instance: Instance) -> Refusal {
        let place = instance.line(of: fault).map { ":\($0)" } ?? ""
        let what =
            switch fault {
            case .scoreOutOfRange: "a score is 0…1000000 [score-out-of-range]"
            case .candidateTwice: "this need and offer came before [candidate-twice]"
            case .risingBonus: "a bonus is at most the one before it [rising-bonus]"
            default: "\(fault)"
            }
        return Refusal(.badData, "\(path)\(place): \(what)")
    }
}

extension InstanceTextError.Reason {
    /// The reason in words.
    fileprivate var sentence: String {
        switch self {
        case .header: "the first line is p match COMMUNITIES OFFERS NEEDS CANDIDATES"
        case .kind: "another kind of record was due"
        case .fieldCount: "too few fields, or too many"
        case .number: "a number is written in digits, without sign or leading zero"
        case .tooLarge: "a number is at most 2147483647"
        case .identifier: "not the id due, or none of the records announced has it"
        case .cut: "the file ends before all its records"
        case .surplus: "the file goes on after its last record"
        case .carriageReturn: "lines end with a line feed alone"
        }
    }
}
