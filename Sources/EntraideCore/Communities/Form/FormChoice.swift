/// Which answers of a folder count: of several of one community, the latest that may come in.
///
/// Those before it are superseded, whatever was wrong with them: who answers again has said it better. Those after it are
/// refused for their own reason. The latest is told by the dates of the mails; where one has none, or two are the same, by
/// the order of file names.
struct FormChoice {
    struct Answer {
        /// Its place in the order of file names.
        let row: Int
        let text: String?
        /// Seconds since 1970.
        let date: Int?
        let reading: FormReading

        /// Everything that keeps it from coming in.
        var errors: [EntraideError] {
            reading.problems.isEmpty ? reading.hindrance.map { [$0] } ?? [] : reading.problems
        }
    }

    /// One that does not come in, and why.
    struct Refusal {
        let row: Int
        let text: String?
        let errors: [EntraideError]
    }

    /// Answers of one community are of one kind: one that bears the mark of its form is not set aside by one that
    /// anybody may have written, whatever digits it bears.
    private struct Author: Hashable {
        let community: String
        let isNamed: Bool
        let proof: Proof
    }

    private enum Proof {
        case none
        /// Digits that are made up, or that fitted once.
        case otherMark
        case certain
    }

    private var answers: [Author: [Answer]] = [:]
    private(set) var taken: [Answer] = []
    private(set) var refused: [Refusal] = []
    private(set) var superseded: [SupersededForm] = []
    /// Answers set aside for another, the same or not.
    private(set) var repeated = 0
    /// What coordinators should see words taken for: not where another answer counts.
    private(set) var told: [FormReading] = []
    private var tellable: [(row: Int, reading: FormReading)] = []

    mutating func refuse(row: Int, text: String?, _ errors: [EntraideError]) {
        refused.append(Refusal(row: row, text: text, errors: errors))
    }

    mutating func add(_ answer: Answer) {
        let reference = answer.reading.reference
        let slug = answer.reading.profile.community.slug
        // Of nobody, it stands on its own.
        let community = slug.isEmpty ? " \(answer.row)" : slug
        let author = Author(
            community: community, isNamed: reference.community != nil,
            proof: answer.reading.isVouched || answer.reading.isCurrent
                ? .certain : reference.mark == nil ? .none : .otherMark)
        answers[author, default: []].append(answer)
    }

    mutating func decide() {
        for all in answers.values { decide(all) }
        taken.sort { $0.row < $1.row }
        refused.sort { $0.row < $1.row }
        told = tellable.sorted { $0.row < $1.row }.map(\.reading)
        superseded.sort { ($0.file, $0.by) < ($1.file, $1.by) }
    }

    private mutating func decide(_ all: [Answer]) {
        let isDated = all.allSatisfy { $0.date != nil }
        let ordered = all.sorted { a, b in
            let (first, second) = isDated ? (a.date ?? 0, b.date ?? 0) : (0, 0)
            return (first, a.row) < (second, b.row)
        }
        let latest = ordered.lastIndex { $0.errors.isEmpty }
        for (index, answer) in ordered.enumerated() {
            guard let latest, index <= latest else {
                refuse(row: answer.row, text: answer.text, answer.errors)
                tellable.append((answer.row, answer.reading))
                continue
            }
            let winner = ordered[latest]
            if index == latest {
                taken.append(answer)
                tellable.append((answer.row, answer.reading))
                continue
            }
            repeated += 1
            if answer.errors.isEmpty, answer.reading.profile == winner.reading.profile { continue }
            superseded.append(
                SupersededForm(
                    file: answer.reading.file, by: winner.reading.file,
                    isByDate: isDated && answer.date != winner.date))
        }
    }
}
