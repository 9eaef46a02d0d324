import ArgumentParser

struct SkillGroup: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        .named(
            "skill", fr: "Le vocabulaire des compétences.", en: "The vocabulary of skills.",
            [
                SkillList.self, SkillFind.self, SkillShow.self, SkillImport.self, SkillExport.self,
                SkillProposals.self, SkillAccept.self, SkillMerge.self,
            ])
    }
}
