import ArgumentParser
import EntraideCore
import Matching

/// The conditions that an offer or a need may set apart from its community's.
struct TermsOptions: ParsableArguments {
    @Option(help: ArgumentHelp(fr: "Posture : \(Posture.codes).", en: "Posture: \(Posture.codes)."))
    var posture: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(fr: "Formes : \(Format.codes).", en: "Formats: \(Format.codes)."))
    var format: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Manières de se rencontrer : \(Mode.codes) ; sinon comme la communauté.",
            en: "Ways of meeting: \(Mode.codes); else as the community."))
    var mode: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Langues ; sinon comme la communauté.", en: "Languages; else as the community."))
    var language: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            fr: "Créneaux : \(Slot.codes) ; sinon comme la communauté.",
            en: "Time slots: \(Slot.codes); else as the community."))
    var slot: [String] = []

    /// Puts what was given into the terms of an offer or a need.
    func apply(to terms: inout some Terms) throws {
        terms.posture = try posture.map { try FieldCheck.code($0, field: "--posture") }
        terms.formats = try FieldCheck.codes(format, field: "--format")
        terms.modes = try FieldCheck.codes(mode, field: "--mode")
        terms.languages = try FieldCheck.languages(language, field: "--language")
        terms.slots = try FieldCheck.codes(slot, field: "--slot")
    }
}

/// What the terms of offers and needs have in common.
protocol Terms {
    var posture: Posture? { get set }
    var formats: [Format] { get set }
    var modes: [Mode] { get set }
    var languages: [String] { get set }
    var slots: [Slot] { get set }
}

extension OfferInput: Terms {}
extension NeedInput: Terms {}
