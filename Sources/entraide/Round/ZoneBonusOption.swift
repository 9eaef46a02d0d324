import ArgumentParser
import EntraideCore
import Lines
import Matching

/// `--bonus zone:frr=50000`, as often as there are zones.
struct ZoneBonusOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            fr: """
                Ce qu’ajoute une zone à la première aide reçue par ses communautés, en millionièmes d’une mise en relation \
                parfaite : zone:frr=50000 ; 0 pour rien. Se répète. Les zones : « entraide territory zones ».
                """,
            en: """
                What a zone adds to the first match received by its communities, in millionths of a perfect match: \
                zone:frr=50000; 0 for nothing. May be repeated. The zones: 'entraide territory zones'.
                """))
    var bonus: [String] = []

    /// - Throws: `bad-option`.
    func bonuses() throws(EntraideError) -> [ZoneBonus] {
        var found: [ZoneBonus] = []
        for text in bonus {
            guard text.hasPrefix("zone:"), let equals = text.lastIndex(of: "="),
                let extra = Int(text[text.index(after: equals)...])
            else { throw refusal(text) }
            let zone = String(text[..<equals].dropFirst(5))
            guard !zone.isEmpty, !found.contains(where: { $0.zone == zone }) else { throw refusal(text) }
            found.append(ZoneBonus(zone: zone, extra: extra))
        }
        return found
    }

    private func refusal(_ text: String) -> EntraideError {
        EntraideError(
            .badOption, ["option": "--bonus", "value": excerpt(of: text), "expected": "zone:frr=50000"])
    }
}
