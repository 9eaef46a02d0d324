/// Every way in which something can be refused or fail, with its stable code.
///
/// The raw values are a contract: scripts compare them, and a retired one is never used again.
package enum ErrorCode: String, CaseIterable, Sendable {
    // What was typed.
    case usage
    case unknownCommand = "unknown-command"
    case badOption = "bad-option"
    case notATerminal = "not-a-terminal"
    case onBehalfMissing = "on-behalf-missing"
    case interviewLeft = "interview-left"

    // What a profile, a line or a file says.
    case unknownSkill = "unknown-skill"
    case unknownCommunity = "unknown-community"
    case unknownRound = "unknown-round"
    case notInRound = "not-in-round"
    case unknownMatch = "unknown-match"
    case reasonsNotShown = "reasons-not-shown"
    case unknownPartner = "unknown-partner"
    case unknownToken = "unknown-token"
    case unknownNetwork = "unknown-network"
    case notAMember = "not-a-member"
    case unknownCode = "unknown-code"
    case unknownField = "unknown-field"
    case missingField = "missing-field"
    case wrongType = "wrong-type"
    case badSlug = "bad-slug"
    case badText = "bad-text"
    case tooLong = "too-long"
    case outOfRange = "out-of-range"
    case badDate = "bad-date"
    case pastDate = "past-date"
    case badCoordinates = "bad-coordinates"
    case malformed
    case invalidUTF8 = "invalid-utf8"
    case controlCharacter = "control-character"
    case noSuchFile = "no-such-file"
    case emptyFile = "empty-file"
    case missingColumn = "missing-column"
    case refusedRows = "refused-rows"
    case duplicateInFile = "duplicate-in-file"
    case badParent = "bad-parent"
    case sourceTaken = "source-taken"
    case identifierTaken = "identifier-taken"
    case spreadsheetFile = "spreadsheet-file"
    case documentFile = "document-file"
    case archiveFile = "archive-file"
    case webPage = "web-page"
    case binaryFile = "binary-file"
    case cutJSON = "cut-json"
    case notAList = "not-a-list"
    case wholeProfiles = "whole-profiles"
    case tooManyColumns = "too-many-columns"
    case unknownOffer = "unknown-offer"
    case unknownNeed = "unknown-need"
    case notProposed = "not-proposed"
    case stillProposed = "still-proposed"
    case unreadableForm = "unreadable-form"
    case notAForm = "not-a-form"
    case mailTooLarge = "mail-too-large"
    case severalAnswers = "several-answers"
    case answeredTwice = "answered-twice"
    case severalBoxes = "several-boxes"
    case badNumber = "bad-number"
    case unknownCommune = "unknown-commune"
    case unknownZone = "unknown-zone"
    case badCommuneCode = "bad-commune-code"
    case incompleteZone = "incomplete-zone"

    // What stands already, or has moved on.
    case duplicateCommunity = "duplicate-community"
    case duplicateOffer = "duplicate-offer"
    case duplicateNeed = "duplicate-need"
    case duplicateRound = "duplicate-round"
    case duplicatePartner = "duplicate-partner"
    case duplicateNetwork = "duplicate-network"
    case wrongState = "wrong-state"
    case roundMoved = "round-moved"
    case roundNotRun = "round-not-run"
    case notProven = "not-proven"
    case inputErased = "input-erased"
    case erasedBefore = "erased-before"
    case staleForm = "stale-form"
    case identityNotStated = "identity-not-stated"
    case notPermitted = "not-permitted"
    case codeMistyped = "code-mistyped"
    case codeRefused = "code-refused"
    case codeLimit = "code-limit"

    // Where it runs.
    case databaseAway = "database-away"
    case databaseMissing = "database-missing"
    case databaseRefused = "database-refused"
    case databaseTooOld = "database-too-old"
    case schemaNewer = "schema-newer"
    case schemaOlder = "schema-older"
    case schemaAltered = "schema-altered"
    case readerRoleMissing = "reader-role-missing"
    case serverProgramsMissing = "server-programs-missing"
    case homePathTooLong = "home-path-too-long"
    case homeNotUsable = "home-not-usable"
    case noUnprivilegedUser = "no-unprivileged-user"
    case serverDidNotStart = "server-did-not-start"
    case timedOut = "timed-out"
    case outcomeUnknown = "outcome-unknown"
    case portInUse = "port-in-use"
    case addressNotUsable = "address-not-usable"
    case outputNotWritten = "output-not-written"
    case internalFailure = "internal-failure"

    // Over HTTP.
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case unknownParameter = "unknown-parameter"
    case badParameter = "bad-parameter"
    case tokenRefused = "token-refused"
    case scopeMissing = "scope-missing"
    case requestTooLarge = "request-too-large"
    case tooManyRequests = "too-many-requests"
    case uriTooLong = "uri-too-long"
    case badRequest = "bad-request"
}

extension ErrorCode {
    /// The exit status of the command, from `sysexits.h` where that has a word for it; see also ``EntraideError/exitStatus``.
    package var exitStatus: Int32 {
        switch self {
        case .usage, .unknownCommand, .badOption, .notATerminal, .onBehalfMissing, .badParameter,
            .unknownParameter,
            .incompleteZone:
            64
        case .unknownCode, .unknownField, .missingField, .wrongType, .badSlug, .badText,
            .tooLong,
            .outOfRange, .badDate, .pastDate, .badCoordinates, .malformed, .invalidUTF8, .controlCharacter,
            .emptyFile,
            .missingColumn, .refusedRows, .duplicateInFile, .badParent, .sourceTaken, .identifierTaken,
            .spreadsheetFile, .documentFile, .archiveFile, .webPage, .binaryFile, .cutJSON, .notAList,
            .wholeProfiles, .tooManyColumns,
            .codeMistyped, .unreadableForm, .notAForm, .mailTooLarge, .severalAnswers, .answeredTwice,
            .severalBoxes,
            .badNumber,
            .unknownCommune, .badCommuneCode:
            65
        case .unknownSkill, .unknownCommunity, .unknownRound, .notInRound, .unknownMatch, .reasonsNotShown,
            .unknownPartner,
            .unknownToken, .unknownNetwork, .notAMember, .noSuchFile, .unknownOffer, .unknownNeed, .notFound,
            .unknownZone:
            66
        case .databaseAway, .serverDidNotStart: 69
        case .internalFailure, .notProven, .outputNotWritten: 70
        case .duplicateCommunity, .duplicateOffer, .duplicateNeed, .duplicateRound, .duplicatePartner,
            .duplicateNetwork, .inputErased, .erasedBefore, .wrongState,
            .roundMoved, .roundNotRun, .notProposed, .stillProposed, .staleForm, .identityNotStated:
            73
        case .portInUse, .addressNotUsable, .timedOut, .outcomeUnknown, .interviewLeft, .codeLimit,
            .tooManyRequests:
            75
        case .databaseRefused, .tokenRefused, .scopeMissing, .notPermitted, .codeRefused: 77
        case .databaseMissing, .databaseTooOld, .schemaNewer, .schemaOlder, .schemaAltered,
            .readerRoleMissing,
            .serverProgramsMissing, .homePathTooLong, .homeNotUsable, .noUnprivilegedUser:
            78
        case .methodNotAllowed, .notAcceptable, .requestTooLarge, .uriTooLong, .badRequest: 64
        }
    }

    /// The status of the HTTP answer.
    package var httpStatus: Int {
        switch self {
        case .unknownParameter, .badParameter, .unknownSkill, .unknownCode, .badSlug, .badText, .outOfRange,
            .tooLong, .controlCharacter, .invalidUTF8, .badDate, .pastDate, .badRequest, .usage,
            .unknownCommand,
            .badOption:
            400
        case .tokenRefused: 401
        case .scopeMissing: 403
        case .unknownCommunity, .unknownRound, .notInRound, .unknownMatch, .reasonsNotShown, .unknownOffer,
            .unknownNeed,
            .unknownNetwork, .unknownZone, .notFound,
            .roundNotRun:
            404
        case .methodNotAllowed: 405
        case .notAcceptable: 406
        case .roundMoved: 409
        case .requestTooLarge: 413
        case .uriTooLong: 414
        case .tooManyRequests: 429
        // What a coordinator mends on the host, or what passes: the reader can only come back.
        case .databaseAway, .timedOut, .outcomeUnknown, .databaseMissing, .databaseRefused, .databaseTooOld,
            .schemaNewer, .schemaOlder, .schemaAltered, .readerRoleMissing, .serverDidNotStart:
            503
        // A read can meet none of these: if one comes, it is our defect.
        case .notATerminal, .onBehalfMissing, .interviewLeft, .unknownPartner, .unknownToken, .unknownField,
            .missingField,
            .wrongType,
            .badCoordinates, .malformed, .noSuchFile, .emptyFile, .missingColumn, .refusedRows,
            .duplicateInFile, .badParent, .sourceTaken, .identifierTaken, .spreadsheetFile, .documentFile,
            .archiveFile, .webPage, .binaryFile, .cutJSON, .notAList, .wholeProfiles, .tooManyColumns,
            .duplicateCommunity,
            .duplicateOffer,
            .duplicateNeed,
            .duplicateRound, .duplicatePartner, .duplicateNetwork, .notAMember, .inputErased, .erasedBefore,
            .wrongState, .notProven, .notProposed, .stillProposed, .serverProgramsMissing,
            .homePathTooLong, .homeNotUsable, .noUnprivilegedUser, .portInUse, .addressNotUsable,
            .outputNotWritten, .internalFailure, .notPermitted, .codeMistyped, .codeRefused, .codeLimit,
            .unreadableForm, .notAForm, .mailTooLarge, .severalAnswers, .answeredTwice,
            .severalBoxes, .badNumber, .unknownCommune, .staleForm, .identityNotStated, .badCommuneCode,
            .incompleteZone:
            500
        }
    }
}
