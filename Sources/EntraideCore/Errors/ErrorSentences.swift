extension ErrorCode {
    /// What happened and what to do, in one line of each language.
    package var sentence: Bilingual {
        switch self {
        case .usage:
            Bilingual(
                fr: "commande incomplète ou inconnue : {what}",
                en: "incomplete or unknown command: {what}")
        case .unknownCommand:
            Bilingual(
                fr: "« {of} » n’a pas de commande « {word} » ; {known}",
                en: "'{of}' has no command '{word}'; {known}")
        case .badOption:
            Bilingual(
                fr: "l’option {option} n’accepte pas « {value} » ; attendu : {expected}",
                en: "option {option} does not take '{value}'; expected: {expected}")
        case .notATerminal:
            Bilingual(
                fr:
                    "rien à enregistrer : donner un identifiant, --name et --kind, ou --file profil.yaml (--file - pour l’entrée standard) ; l’entretien, lui, demande un terminal",
                en:
                    "nothing to register: give an identifier, --name and --kind, or --file profile.yaml (--file - for standard input); the interview needs a terminal"
            )
        case .onBehalfMissing:
            Bilingual(
                fr:
                    "seule « {community} » confirme son profil ; si elle vous l’a dit : --on-behalf --channel phone|mail|meeting ; avec le code de sa lettre : --code CODE",
                en:
                    "only '{community}' confirms its profile; if it told you so: --on-behalf --channel phone|mail|meeting; with the code of its letter: --code CODE"
            )
        case .interviewLeft:
            Bilingual(
                fr: "entretien interrompu : rien n’a été enregistré",
                en: "interview broken off: nothing was stored")
        case .unknownSkill:
            Bilingual(
                fr: "compétence inconnue « {skill} » ; les plus proches : {nearest}",
                en: "unknown skill '{skill}'; the nearest are: {nearest}")
        case .unknownCommunity:
            Bilingual(
                fr: "aucune communauté « {community} » ; voir « entraide community list »",
                en: "no community '{community}'; see 'entraide community list'")
        case .unknownRound:
            Bilingual(
                fr: "aucune session d’entraide « {round} » ; voir « entraide round list »",
                en: "no round '{round}'; see 'entraide round list'")
        case .notInRound:
            Bilingual(
                fr: "{community} n’était pas connue quand la session « {round} » a été calculée",
                en: "{community} was not known when round '{round}' was run")
        case .unknownMatch:
            Bilingual(
                fr: "aucune mise en relation « {match} » ; voir « entraide match list »",
                en: "no match '{match}'; see 'entraide match list'")
        case .reasonsNotShown:
            Bilingual(
                fr: """
                    les raisons de « {match} » parlent de deux communautés, dont une n’est pas montrée ou a été effacée ; elles ne \
                    sont données qu’à qui voit les deux
                    """,
                en: """
                    the reasons of '{match}' tell of two communities, one of which is not shown or was erased; they are for those who \
                    see both
                    """)
        case .unknownPartner:
            Bilingual(
                fr: "aucun partenaire « {partner} » ; l’ajouter avec « entraide partner add »",
                en: "no partner '{partner}'; add it with 'entraide partner add'")
        case .unknownNetwork:
            Bilingual(
                fr:
                    "aucun réseau « {network} » ; réseaux connus : {known} ; l’ajouter avec « entraide network add »",
                en: "no network '{network}'; known networks: {known}; add it with 'entraide network add'")
        case .badCommuneCode: .badCommuneCode
        case .incompleteZone: .incompleteZone
        case .unknownZone:
            Bilingual(
                fr:
                    "aucune liste de la zone « {zone} » en vigueur ; listes chargées : {known} ; en charger une avec « entraide territory import --zone »",
                en:
                    "no list of zone '{zone}' in force; lists loaded: {known}; load one with 'entraide territory import --zone'"
            )
        case .notAMember:
            Bilingual(
                fr: "« {community} » n’est pas dans le réseau « {network} »",
                en: "'{community}' is not in network '{network}'")
        case .unknownToken:
            Bilingual(
                fr: "aucun jeton « {token} » ; voir « entraide token list »",
                en: "no token '{token}'; see 'entraide token list'")
        case .unknownCode:
            Bilingual(
                fr: "valeur inconnue « {value} » ; valeurs possibles : {allowed}",
                en: "unknown value '{value}'; it may be: {allowed}")
        case .unknownField:
            Bilingual(
                fr: "champ inconnu « {name} » ; vérifier son orthographe",
                en: "unknown field '{name}'; check its spelling")
        case .missingField:
            Bilingual(fr: "le champ « {name} » manque ; l’ajouter", en: "field '{name}' is missing; add it")
        case .wrongType:
            Bilingual(
                fr: "valeur d’une autre nature que prévu ; attendu : {expected}",
                en: "a value of another type than expected; expected: {expected}")
        case .badSlug:
            Bilingual(
                fr:
                    "identifiant « {value} » refusé : minuscules sans accent, chiffres et tirets simples, 63 octets au plus",
                en:
                    "identifier '{value}' refused: lower-case letters without accents, digits and single hyphens, 63 bytes at most"
            )
        case .badText:
            Bilingual(
                fr:
                    "texte refusé : il est vide ou se réduit à « - » ; l’écrire, ou laisser de côté cette ligne",
                en: "text refused: it is empty or just '-'; write it, or leave this row out")
        case .tooLong:
            Bilingual(
                fr: "texte trop long : {limit} octets au plus",
                en: "text too long: {limit} bytes at most")
        case .outOfRange:
            Bilingual(
                fr: "nombre hors limites ; attendu : {range}",
                en: "number out of range; expected: {range}")
        case .pastDate:
            Bilingual(
                fr: "date « {value} » déjà passée ; attendu : {today} ou plus tard",
                en: "date '{value}' is past already; expected: {today} or later")
        case .badDate:
            Bilingual(
                fr: "date « {value} » refusée ; attendu : AAAA-MM-JJ",
                en: "date '{value}' refused; expected: YYYY-MM-DD")
        case .badCoordinates:
            Bilingual(
                fr:
                    "coordonnées refusées : latitude de -90 à 90 et longitude de -180 à 180, les deux ou aucune",
                en: "coordinates refused: latitude -90 to 90 and longitude -180 to 180, both or neither")
        case .malformed: Bilingual(fr: "contenu mal formé ({what})", en: "malformed content ({what})")
        case .invalidUTF8:
            Bilingual(
                fr: "octets qui ne sont pas de l’UTF-8 ; enregistrer le fichier en UTF-8",
                en: "bytes that are not UTF-8; save the file as UTF-8")
        case .controlCharacter:
            Bilingual(
                fr: "caractère de contrôle {character} refusé ; le retirer",
                en: "control character {character} refused; remove it")
        case .noSuchFile:
            Bilingual(
                fr: "fichier introuvable ou illisible : {file}",
                en: "no such file, or not readable: {file}")
        case .emptyFile:
            Bilingual(fr: "le fichier ne contient aucun enregistrement", en: "the file holds no record")
        case .missingColumn:
            Bilingual(
                fr:
                    "colonne « {column} » introuvable ; l’indiquer avec --map {column}=En-tête (colonnes du fichier : {headers})",
                en:
                    "column '{column}' not found; name it with --map {column}=Header (the file's columns: {headers})"
            )
        case .refusedRows:
            Bilingual(
                fr: "{rows} : {count}, listées ci-dessus{others}", en: "{rows}: {count}, listed above{others}"
            )
        case .duplicateInFile:
            Bilingual(
                fr: "« {value} » figure deux fois dans ce fichier",
                en: "'{value}' stands twice in this file")
        case .badParent:
            Bilingual(
                fr:
                    "structure mère « {parent} » refusée : elle doit déjà être enregistrée, et ne pas être la communauté elle-même",
                en:
                    "parent '{parent}' refused: it must be registered already, and not be the community itself"
            )
        case .sourceTaken:
            Bilingual(
                fr: "cet identifiant d’origine est déjà celui d’une autre communauté ; corriger source_id",
                en: "this source id belongs to another community already; correct source_id")
        case .identifierTaken:
            Bilingual(
                fr:
                    "l’identifiant {value} est déjà celui d’un autre lieu, d’un autre nom dans une autre commune ; nommer ce fichier avec --source",
                en:
                    "identifier {value} belongs to another place already, of another name in another commune; name this file with --source"
            )
        case .spreadsheetFile:
            Bilingual(
                fr: "c’est un classeur de tableur ({format}) ; l’ouvrir et l’enregistrer en CSV UTF-8",
                en: "this is a spreadsheet's workbook ({format}); open it and save it as CSV UTF-8")
        case .documentFile:
            Bilingual(
                fr: "c’est un document ({format}), pas un tableau ; enregistrer le tableau en CSV",
                en: "this is a document ({format}), not a table; save the table as CSV")
        case .archiveFile:
            Bilingual(
                fr: "c’est une archive compressée ({format}) ; en extraire le fichier d’abord",
                en: "this is a compressed archive ({format}); extract the file from it first")
        case .webPage:
            Bilingual(
                fr:
                    "c’est une page web, pas le fichier qu’elle propose ; télécharger le fichier lui-même, ou enregistrer le tableau en CSV",
                en:
                    "this is a web page, not the file that it offers; download the file itself, or save the table as CSV"
            )
        case .binaryFile:
            Bilingual(
                fr: "ce n’est pas un fichier de texte ; si c’est un tableau, l’enregistrer en CSV",
                en: "this is not a text file; if it is a table, save it as CSV")
        case .cutJSON:
            Bilingual(
                fr: "le JSON s’interrompt ou se brise à la ligne {line} ; télécharger le fichier de nouveau",
                en: "the JSON ends or breaks at line {line}; download the file again")
        case .tooManyColumns:
            Bilingual(
                fr: "plus de {limit} colonnes ; ne garder que celles qui servent, et enregistrer de nouveau",
                en: "more than {limit} columns; keep those that serve, and save it again")
        case .wholeProfiles:
            Bilingual(
                fr:
                    "ce fichier contient des profils entiers, qui remplacent ce qui est su de leurs communautés ; si c’est bien ce qui est voulu : --from entraide",
                en:
                    "this file holds whole profiles, which replace what is known of their communities; if that is what you mean: --from entraide"
            )
        case .notAList:
            Bilingual(
                fr: "ce JSON n’est pas une liste de communautés ; attendu : un tableau d’objets",
                en: "this JSON is not a list of communities; expected: an array of objects")
        case .unreadableForm: .unreadableForm
        case .notAForm: .notAForm
        case .mailTooLarge: .mailTooLarge
        case .severalAnswers: .severalAnswers
        case .answeredTwice: .answeredTwice
        case .severalBoxes: .severalBoxes
        case .badNumber: .badNumber
        case .unknownCommune:
            Bilingual(
                fr: """
                    commune « {value} » inconnue, ou plusieurs portent ce nom ; écrire son nom et son code postal, ou charger les \
                    communes (entraide territory import)
                    """,
                en: """
                    commune '{value}' unknown, or several have this name; write its name and postcode, or load the communes \
                    (entraide territory import)
                    """)
        case .staleForm: .staleForm
        case .identityNotStated: .identityNotStated
        case .unknownOffer:
            Bilingual(
                fr: "{community} n’offre pas « {skill} » ; voir « entraide offer list {community} »",
                en: "{community} does not offer '{skill}'; see 'entraide offer list {community}'")
        case .unknownNeed:
            Bilingual(
                fr: "{community} n’a pas de besoin « {skill} » ; voir « entraide need list {community} »",
                en: "{community} has no need '{skill}'; see 'entraide need list {community}'")
        case .notProposed:
            Bilingual(
                fr: "« {skill} » n’est pas, ou n’est plus, proposée ; voir « entraide skill proposals »",
                en: "'{skill}' is not, or no longer, proposed; see 'entraide skill proposals'")
        case .stillProposed: .stillProposed
        case .duplicateCommunity:
            Bilingual(
                fr:
                    "la communauté « {community} » existe déjà ; la modifier avec « entraide community update »",
                en: "community '{community}' exists already; change it with 'entraide community update'")
        case .duplicateOffer:
            Bilingual(
                fr: "{community} offre déjà « {skill} » ; la retirer d’abord avec « entraide offer remove »",
                en: "{community} offers '{skill}' already; remove it first with 'entraide offer remove'")
        case .duplicateNeed:
            Bilingual(
                fr:
                    "{community} a déjà le besoin « {skill} » ; le retirer d’abord avec « entraide need remove »",
                en: "{community} has the need '{skill}' already; remove it first with 'entraide need remove'")
        case .duplicateRound:
            Bilingual(
                fr: "la session d’entraide « {round} » existe déjà ; choisir un autre identifiant",
                en: "round '{round}' exists already; choose another identifier")
        case .inputErased:
            Bilingual(
                fr: """
                    la session « {round} » ne s’explique plus paire par paire : lignes effacées de ses données, à la demande de \
                    celles dont elles parlaient : {count} ; « entraide round verify » vérifie ce qui peut l’être
                    """,
                en: """
                    round '{round}' can no longer be explained pair by pair: lines of its input erased at the request of those \
                    they were about: {count}; 'entraide round verify' checks what can be checked
                    """)
        case .erasedBefore:
            Bilingual(
                fr: """
                    effacée à sa demande, cette communauté ne revient pas par un fichier ; si elle le souhaite, « entraide \
                    community register »
                    """,
                en: """
                    erased at its own request, this community does not come back from a file; if it wishes to, 'entraide \
                    community register'
                    """)
        case .notPermitted:
            Bilingual(
                fr: """
                    non permis : au nom de « {community} », seuls son propre profil et le vocabulaire sont ouverts, sans \
                    --database et sans autre fichier que l’entrée standard (-) ; sa structure mère et sa provenance reviennent \
                    à la coordination
                    """,
                en: """
                    not permitted: as '{community}', only its own profile and the vocabulary are open, without \
                    --database and with no file but standard input (-); its parent and where it came from are the \
                    coordinator's
                    """)
        case .codeMistyped:
            Bilingual(
                fr: """
                    ce n’est pas un code tel que nous les écrivons : cinq groupes de cinq lettres ou chiffres, dont un a changé ou \
                    manque ; le relire (O et 0, I et 1 se valent)
                    """,
                en: """
                    this is no code as we write them: five groups of five letters or digits, of which one has changed or \
                    is missing; read it again (O and 0, I and 1 are the same)
                    """)
        case .codeRefused:
            Bilingual(
                fr: """
                    code refusé : inconnu, expiré, déjà utilisé, remplacé par un autre, ou donné à une autre communauté ; en \
                    demander un à qui l’a envoyé
                    """,
                en: """
                    code refused: unknown, expired, used already, replaced by another, or given to another community; ask \
                    whoever sent it for one
                    """)
        case .codeLimit:
            Bilingual(
                fr: "trop de codes refusés en une heure ({limit}) ; réessayer dans une heure",
                en: "too many codes refused in an hour ({limit}); try again in an hour")
        case .duplicateNetwork:
            Bilingual(fr: "le réseau « {network} » existe déjà", en: "network '{network}' exists already")
        case .duplicatePartner:
            Bilingual(
                fr: "le partenaire « {partner} » existe déjà",
                en: "partner '{partner}' exists already")
        case .wrongState:
            Bilingual(
                fr:
                    "la session d’entraide « {round} » est à l’état « {state} » ; cette commande demande : {expected}",
                en: "round '{round}' is in state '{state}'; this command needs: {expected}")
        case .roundMoved:
            Bilingual(
                fr:
                    "la session d’entraide « {round} » a changé entre-temps ; rien n’a été écrit, la relire et recommencer",
                en: "round '{round}' has moved on meanwhile; nothing was written, look at it and try again")
        case .roundNotRun:
            Bilingual(
                fr:
                    "la session d’entraide « {round} » n’a pas encore de résultat ; la calculer avec « entraide round run {round} »",
                en: "round '{round}' has no result yet; compute it with 'entraide round run {round}'")
        case .notProven:
            Bilingual(
                fr:
                    "le calcul n’a pas fourni sa preuve : rien n’a été enregistré ; c’est un défaut du logiciel, merci de le signaler ({what})",
                en:
                    "the computation did not yield its proof: nothing was stored; this is a defect of the software, please report it ({what})"
            )
        case .databaseAway:
            Bilingual(
                fr: "la base de données ne répond pas ; vérifier « entraide database status » ou --database",
                en: "the database does not answer; check 'entraide database status' or --database")
        case .databaseMissing:
            Bilingual(
                fr: "pas encore de base de données ici ; la créer avec « entraide init »",
                en: "no database here yet; create it with 'entraide init'")
        case .databaseRefused:
            Bilingual(
                fr:
                    "la base de données refuse l’accès ; vérifier l’utilisateur et le mot de passe de --database",
                en: "the database refuses access; check the user and password of --database")
        case .databaseTooOld:
            Bilingual(
                fr: "PostgreSQL {version} est trop ancien ; il faut la version 15 ou une plus récente",
                en: "PostgreSQL {version} is too old; version 15 or later is needed")
        case .schemaNewer:
            Bilingual(
                fr:
                    "la base est au schéma {found}, ce programme connaît le {known} ; installer une version plus récente d’entraide",
                en: "the database is at schema {found}, this program knows {known}; install a newer entraide")
        case .schemaOlder:
            Bilingual(
                fr:
                    "la base est au schéma {found}, ce programme attend le {known} ; la mettre à jour avec « entraide database migrate »",
                en:
                    "the database is at schema {found}, this program expects {known}; bring it up with 'entraide database migrate'"
            )
        case .schemaAltered:
            Bilingual(
                fr:
                    "la migration {version} appliquée à cette base n’est pas celle de ce programme ; restaurer une sauvegarde ou utiliser le programme qui l’a créée",
                en:
                    "migration {version} as applied to this database is not this program's; restore a backup or use the program that made it"
            )
        case .readerRoleMissing:
            Bilingual(
                fr:
                    "le rôle entraide_reader manque et cet utilisateur ne peut pas le créer ; un administrateur doit exécuter : CREATE ROLE entraide_reader NOLOGIN; GRANT entraide_reader TO {user};",
                en:
                    "the role entraide_reader is missing and this user cannot create it; an administrator must run: CREATE ROLE entraide_reader NOLOGIN; GRANT entraide_reader TO {user};"
            )
        case .serverProgramsMissing:
            Bilingual(
                fr:
                    "les programmes du serveur PostgreSQL (initdb, pg_ctl) sont introuvables ; installer le paquet postgresql, ou donner --database",
                en:
                    "PostgreSQL's server programs (initdb, pg_ctl) are not found; install the package postgresql, or give --database"
            )
        case .homePathTooLong:
            Bilingual(
                fr:
                    "le chemin {path} est trop long pour un socket Unix (107 octets) ; choisir un ENTRAIDE_HOME plus court",
                en:
                    "the path {path} is too long for a Unix socket (107 bytes); choose a shorter ENTRAIDE_HOME"
            )
        case .homeNotUsable:
            Bilingual(
                fr:
                    "le dossier {path} ne peut pas être utilisé ; vérifier ses droits ou choisir un autre ENTRAIDE_HOME",
                en: "the folder {path} cannot be used; check its permissions or choose another ENTRAIDE_HOME")
        case .noUnprivilegedUser:
            Bilingual(
                fr:
                    "il faut un utilisateur sans privilège pour PostgreSQL ; installer le paquet postgresql, qui crée l’utilisateur postgres",
                en:
                    "PostgreSQL needs an unprivileged user; install the package postgresql, which makes the user postgres"
            )
        case .serverDidNotStart:
            Bilingual(
                fr: "le serveur PostgreSQL privé n’a pas démarré ; lire {log}",
                en: "the private PostgreSQL server did not start; read {log}")
        case .timedOut:
            Bilingual(
                fr: "délai dépassé : {what} ; réessayer",
                en: "the time limit has passed: {what}; try again")
        case .outcomeUnknown:
            Bilingual(
                fr:
                    "la connexion s’est coupée au moment d’enregistrer : vérifier si l’écriture a eu lieu avant de recommencer",
                en:
                    "the connection broke while committing: check whether the write took place before trying again"
            )
        case .portInUse:
            Bilingual(
                fr: "l’adresse {address} est déjà utilisée ; en choisir une autre avec --listen",
                en: "address {address} is already in use; choose another with --listen")
        case .addressNotUsable:
            Bilingual(
                fr: "impossible d’écouter sur {address} ; en choisir une autre avec --listen",
                en: "cannot listen on {address}; choose another with --listen")
        case .outputNotWritten:
            Bilingual(
                fr:
                    "la sortie n’a pas pu être écrite jusqu’au bout ({what}) ; le reste de la commande est peut-être fait",
                en: "the output could not be written to its end ({what}); the rest of the command may be done"
            )
        case .internalFailure:
            Bilingual(
                fr: "défaut interne ({what}) ; rien n’a été enregistré, merci de le signaler",
                en: "internal failure ({what}); nothing was stored, please report it")
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .unknownParameter: .unknownParameter
        case .badParameter: .badParameter
        case .tokenRefused: .tokenRefused
        case .scopeMissing: .scopeMissing
        case .requestTooLarge: .requestTooLarge
        case .tooManyRequests: .tooManyRequests
        case .uriTooLong: .uriTooLong
        case .badRequest: .badRequest
        }
    }
}
