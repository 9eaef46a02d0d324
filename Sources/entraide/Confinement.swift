import ArgumentParser
import EntraideCore
import Foundation
import Lines

/// A verb that a caller confined to one community may run. A verb that does not say so here is refused to them.
protocol OpenToItself {
    /// Whether what was asked stays within `community`'s own profile, standard input and the vocabulary.
    func isWithin(_ community: String) -> Bool
}

/// To whose profile this run is confined: by `ENTRAIDE_AS`, which no option overrides, or by `--as`.
struct Confinement {
    /// `ENTRAIDE_AS`; set but empty, it confines to nothing.
    let environment: String?

    static let current = Confinement(environment: ProcessInfo.processInfo.environment["ENTRAIDE_AS"])

    /// The community to which this run is confined.
    func community(_ global: GlobalOptions) -> String? { environment ?? global.community }

    /// - Throws: `not-permitted`.
    func check(_ command: any ParsableCommand) throws(EntraideError) {
        guard let community = community(of: command) else { return }
        let global = Self.global(of: command)
        // The parser's own commands, which are not public types, only tell help.
        if String(reflecting: type(of: command)).hasPrefix("ArgumentParser.") { return }
        let isEscape =
            environment != nil
            && (global?.database != nil || global?.community.map { $0 != environment } ?? false)
        guard !isEscape, let open = command as? any OpenToItself, open.isWithin(community) else {
            throw EntraideError(.notPermitted, ["community": excerpt(of: community)])
        }
    }

    /// Whom `command` is confined to, if anyone.
    func community(of command: any ParsableCommand) -> String? {
        environment ?? Self.global(of: command)?.community
    }

    /// The common options of a parsed command.
    private static func global(of command: any ParsableCommand) -> GlobalOptions? {
        Mirror(reflecting: command).children.lazy.compactMap { child in
            (child.value as? OptionGroup<GlobalOptions>)?.wrappedValue ?? child.value as? GlobalOptions
        }.first
    }
}

// MARK: No words at all, which tell the help

extension Root: OpenToItself {
    func isWithin(_ community: String) -> Bool { true }
}

// MARK: The vocabulary, which is everybody's

extension SkillList: OpenToItself {
    func isWithin(_ community: String) -> Bool { true }
}
extension SkillFind: OpenToItself {
    func isWithin(_ community: String) -> Bool { true }
}
extension SkillShow: OpenToItself {
    func isWithin(_ community: String) -> Bool { true }
}

// MARK: Its own profile

extension CommunityShow: OpenToItself {
    func isWithin(_ community: String) -> Bool { one.community == community }
}
extension CommunityForm: OpenToItself {
    func isWithin(_ community: String) -> Bool { self.community == community }
}
extension CommunityImport: OpenToItself {
    /// Its own answer to the form, from standard input; what it states is looked at when it is read.
    func isWithin(_ community: String) -> Bool {
        from == .form && file == "-" && attesting.isItself && table.isEmpty && map.isEmpty
            && proposeSkills != true
    }
}
extension CommunityUpdate: OpenToItself {
    func isWithin(_ community: String) -> Bool {
        one.community == community && (file ?? "-") == "-" && attesting.isItself
    }
}
extension CommunityConfirm: OpenToItself {
    func isWithin(_ community: String) -> Bool { one.isWithin(community) && attesting.isItself }
}
extension CommunityPause: OpenToItself {
    func isWithin(_ community: String) -> Bool { one.isWithin(community) }
}
extension CommunityErase: OpenToItself {
    /// A key alone does not erase: who asks for it holds the letter too.
    func isWithin(_ community: String) -> Bool { one.code != nil && one.isWithin(community) }
}
extension CommunityResume: OpenToItself {
    func isWithin(_ community: String) -> Bool { one.community == community }
}
extension CommunityExport: OpenToItself {
    /// All that is held on itself; what goes to others is the coordinator's, files included.
    func isWithin(_ community: String) -> Bool {
        subject == community && to == nil && network == nil && !all && !contacts && addresses == nil
    }
}
extension OfferAdd: OpenToItself {
    func isWithin(_ community: String) -> Bool { one.community == community }
}
extension OfferRemove: OpenToItself {
    func isWithin(_ community: String) -> Bool { one.community == community }
}
extension OfferList: OpenToItself {
    func isWithin(_ community: String) -> Bool { one.community == community }
}
extension NeedAdd: OpenToItself {
    func isWithin(_ community: String) -> Bool { one.community == community }
}
extension NeedRemove: OpenToItself {
    func isWithin(_ community: String) -> Bool { one.community == community }
}
extension NeedList: OpenToItself {
    func isWithin(_ community: String) -> Bool { one.community == community }
}
extension NeedClose: OpenToItself {
    func isWithin(_ community: String) -> Bool { one.community == community }
}

extension CommunityOrCode {
    /// Whether its own slug is named, or a code and no other slug. Whose the code is, the store tells: one of another
    /// community is refused there, as ``Caller`` says who asks.
    fileprivate func isWithin(_ caller: String) -> Bool {
        community == caller || community == nil && code != nil
    }
}

extension AttestationOptions {
    /// Whether the community speaks for itself.
    fileprivate var isItself: Bool { !onBehalf && channel == nil }
}
