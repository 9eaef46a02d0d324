/// A small change of what a community says of itself or of one need.
enum ProfileChange: Sendable {
    case receive
    case mode(Mode)
    case maxKm(Int)
    case slot(Slot)
    case posture(Posture)
    /// The level wanted, and how many steps below the one that is.
    case level(Int, below: Int)

    var code: NearestChange.Code {
        switch self {
        case .receive: .receive
        case .mode(.remote): .acceptRemote
        case .mode(.onSite): .acceptOnSite
        case .maxKm: .maxKm
        case .slot: .slot
        case .posture: .posture
        case .level: .level
        }
    }

    var value: String? {
        switch self {
        case .receive: "1"
        case .mode: nil
        case .maxKm(let kilometres): String(kilometres)
        case .slot(let slot): slot.rawValue
        case .posture(let posture): posture.rawValue
        case .level(let level, _): String(level)
        }
    }

    /// What orders changes, the smaller the less effort: the code, then how far it goes.
    var effort: (code: Int, amount: Int) {
        let rank = NearestChange.Code.allCases.firstIndex(of: code) ?? 0
        return switch self {
        case .receive, .mode: (rank, 0)
        case .maxKm(let kilometres): (rank, kilometres)
        case .slot(let slot): (rank, Slot.allCases.firstIndex(of: slot) ?? 0)
        case .posture(let posture): (rank, Posture.allCases.firstIndex(of: posture) ?? 0)
        case .level(_, let steps): (rank, steps)
        }
    }

    /// The need as it would be.
    func applied(to need: NeedRow) -> NeedRow {
        var need = need
        switch self {
        case .receive, .maxKm: break
        case .mode(let mode): need.modes.formUnion(CodeSet([mode]))
        case .slot(let slot): need.slots.formUnion(CodeSet([slot]))
        case .posture(let posture):
            need.posture = CodeSet([posture])
            need.amongPeers = true
        case .level(let level, _): need.level = level
        }
        return need
    }

    /// How far the community would travel; nil as now.
    var maxKm: Int? { if case .maxKm(let kilometres) = self { kilometres } else { nil } }
}
