extension ErrorCode {
    /// What happened and what to do, in one line of each language.
    package var sentence: Bilingual {
        switch self {
        case .usage:
            Bilingual(
                fr: "commande incomplète ou inconnue\u{202F}: {what}",
                en: "incomplete or unknown command: {what}")
        case .badOption:
            Bilingual(
                fr: "l’option {option} n’accepte pas «\u{00A0}{value}\u{00A0}»\u{202F}; attendu\u{202F}: {expected}",
                en: "option {option} does not take '{value}'; expected: {expected}")
        case .notATerminal:
            Bilingual(
                fr: "rien à enregistrer\u{202F}: donner --name et --kind, ou --file profil.yaml (ou --file - pour l’entrée standard)",
                en: "nothing to register: give --name and --kind, or --file profile.yaml (or --file - for standard input)")
        case .unknownSkill:
            Bilingual(
                fr: "compétence inconnue «\u{00A0}{skill}\u{00A0}»\u{202F}; les plus proches\u{202F}: {nearest}",
                en: "unknown skill '{skill}'; the nearest are: {nearest}")
        case .unknownCommunity:
            Bilingual(
                fr: "aucune communauté «\u{00A0}{community}\u{00A0}»\u{202F}; voir «\u{00A0}entraide community list\u{00A0}»",
                en: "no community '{community}'; see 'entraide community list'")
        case .unknownRound:
            Bilingual(
                fr: "aucune session d’entraide «\u{00A0}{round}\u{00A0}»\u{202F}; voir «\u{00A0}entraide round list\u{00A0}»",
                en: "no round '{round}'; see 'entraide round list'")
        case .unknownMatch:
            Bilingual(
                fr: "aucune mise en relation «\u{00A0}{match}\u{00A0}»\u{202F}; voir «\u{00A0}entraide match list\u{00A0}»",
                en: "no match '{match}'; see 'entraide match list'")
        case .unknownPartner:
            Bilingual(
                fr: "aucun partenaire «\u{00A0}{partner}\u{00A0}»\u{202F}; l’ajouter avec «\u{00A0}entraide partner add\u{00A0}»",
                en: "no partner '{partner}'; add it with 'entraide partner add'")
        case .unknownToken:
            Bilingual(
                fr: "aucun jeton «\u{00A0}{token}\u{00A0}»\u{202F}; voir «\u{00A0}entraide token list\u{00A0}»",
                en: "no token '{token}'; see 'entraide token list'")
        case .unknownTerritory:
            Bilingual(
                fr: "aucun territoire «\u{00A0}{territory}\u{00A0}»\u{202F}; charger les communes avec «\u{00A0}entraide territory import\u{00A0}»",
                en: "no territory '{territory}'; load the communes with 'entraide territory import'")
        case .unknownCode:
            Bilingual(
                fr: "valeur inconnue «\u{00A0}{value}\u{00A0}»\u{202F}; valeurs possibles\u{202F}: {allowed}",
                en: "unknown value '{value}'; it may be: {allowed}")
        case .unknownField:
            Bilingual(
                fr: "champ inconnu «\u{00A0}{name}\u{00A0}»\u{202F}; vérifier son orthographe",
                en: "unknown field '{name}'; check its spelling")
        case .missingField:
            Bilingual(
                fr: "le champ «\u{00A0}{name}\u{00A0}» manque\u{202F}; l’ajouter",
                en: "field '{name}' is missing; add it")
        case .wrongType:
            Bilingual(
                fr: "valeur d’une autre nature que prévu\u{202F}; attendu\u{202F}: {expected}",
                en: "a value of another type than expected; expected: {expected}")
        case .badSlug:
            Bilingual(
                fr: "identifiant «\u{00A0}{value}\u{00A0}» refusé\u{202F}: minuscules sans accent, chiffres et tirets simples, 63 octets au plus",
                en: "identifier '{value}' refused: lower-case letters without accents, digits and single hyphens, 63 bytes at most")
        case .badText:
            Bilingual(
                fr: "texte refusé\u{202F}: il est vide ou se réduit à «\u{00A0}-\u{00A0}»",
                en: "text refused: it is empty or just '-'")
        case .tooLong:
            Bilingual(
                fr: "texte trop long\u{202F}: {limit} octets au plus",
                en: "text too long: {limit} bytes at most")
        case .outOfRange:
            Bilingual(
                fr: "nombre hors limites\u{202F}; attendu\u{202F}: {range}",
                en: "number out of range; expected: {range}")
        case .badDate:
            Bilingual(
                fr: "date «\u{00A0}{value}\u{00A0}» refusée\u{202F}; attendu\u{202F}: AAAA-MM-JJ",
                en: "date '{value}' refused; expected: YYYY-MM-DD")
        case .badCoordinates:
            Bilingual(
                fr: "coordonnées refusées\u{202F}: latitude de -90 à 90 et longitude de -180 à 180, les deux ou aucune",
                en: "coordinates refused: latitude -90 to 90 and longitude -180 to 180, both or neither")
        case .malformed:
            Bilingual(
                fr: "contenu mal formé ({what})",
                en: "malformed content ({what})")
        case .invalidUTF8:
            Bilingual(
                fr: "octets qui ne sont pas de l’UTF-8\u{202F}; enregistrer le fichier en UTF-8",
                en: "bytes that are not UTF-8; save the file as UTF-8")
        case .controlCharacter:
            Bilingual(
                fr: "caractère de contrôle {character} refusé\u{202F}; le retirer",
                en: "control character {character} refused; remove it")
        case .noSuchFile:
            Bilingual(
                fr: "fichier introuvable ou illisible\u{202F}: {file}",
                en: "no such file, or not readable: {file}")
        case .emptyFile:
            Bilingual(
                fr: "le fichier ne contient aucun enregistrement",
                en: "the file holds no record")
        case .missingColumn:
            Bilingual(
                fr: "colonne «\u{00A0}{column}\u{00A0}» introuvable\u{202F}; l’indiquer avec --map {column}=En-tête (colonnes du fichier\u{202F}: {headers})",
                en: "column '{column}' not found; name it with --map {column}=Header (the file's columns: {headers})")
        case .refusedRows:
            Bilingual(
                fr: "{count} ligne(s) refusée(s), listées ci-dessus\u{202F}; les autres sont enregistrées",
                en: "{count} row(s) refused, listed above; the others are stored")
        case .duplicateInFile:
            Bilingual(
                fr: "«\u{00A0}{value}\u{00A0}» figure deux fois dans ce fichier",
                en: "'{value}' stands twice in this file")
        case .badParent:
            Bilingual(
                fr: "structure mère «\u{00A0}{parent}\u{00A0}» refusée\u{202F}: elle doit déjà être enregistrée, et ne pas être la communauté elle-même",
                en: "parent '{parent}' refused: it must be registered already, and not be the community itself")
        case .unknownOffer:
            Bilingual(
                fr: "{community} n’offre pas «\u{00A0}{skill}\u{00A0}»\u{202F}; voir «\u{00A0}entraide offer list {community}\u{00A0}»",
                en: "{community} does not offer '{skill}'; see 'entraide offer list {community}'")
        case .unknownNeed:
            Bilingual(
                fr: "{community} n’a pas de besoin «\u{00A0}{skill}\u{00A0}»\u{202F}; voir «\u{00A0}entraide need list {community}\u{00A0}»",
                en: "{community} has no need '{skill}'; see 'entraide need list {community}'")
        case .duplicateCommunity:
            Bilingual(
                fr: "la communauté «\u{00A0}{community}\u{00A0}» existe déjà\u{202F}; la modifier avec «\u{00A0}entraide community update\u{00A0}»",
                en: "community '{community}' exists already; change it with 'entraide community update'")
        case .duplicateOffer:
            Bilingual(
                fr: "{community} offre déjà «\u{00A0}{skill}\u{00A0}»\u{202F}; la retirer d’abord avec «\u{00A0}entraide offer remove\u{00A0}»",
                en: "{community} offers '{skill}' already; remove it first with 'entraide offer remove'")
        case .duplicateNeed:
            Bilingual(
                fr: "{community} a déjà le besoin «\u{00A0}{skill}\u{00A0}»\u{202F}; le retirer d’abord avec «\u{00A0}entraide need remove\u{00A0}»",
                en: "{community} has the need '{skill}' already; remove it first with 'entraide need remove'")
        case .duplicateRound:
            Bilingual(
                fr: "la session d’entraide «\u{00A0}{round}\u{00A0}» existe déjà\u{202F}; choisir un autre identifiant",
                en: "round '{round}' exists already; choose another identifier")
        case .duplicatePartner:
            Bilingual(
                fr: "le partenaire «\u{00A0}{partner}\u{00A0}» existe déjà",
                en: "partner '{partner}' exists already")
        case .wrongState:
            Bilingual(
                fr: "la session d’entraide «\u{00A0}{round}\u{00A0}» est à l’état «\u{00A0}{state}\u{00A0}»\u{202F}; cette commande demande\u{202F}: {expected}",
                en: "round '{round}' is in state '{state}'; this command needs: {expected}")
        case .roundMoved:
            Bilingual(
                fr: "la session d’entraide «\u{00A0}{round}\u{00A0}» a changé entre-temps\u{202F}; rien n’a été écrit, la relire et recommencer",
                en: "round '{round}' has moved on meanwhile; nothing was written, look at it and try again")
        case .roundNotRun:
            Bilingual(
                fr: "la session d’entraide «\u{00A0}{round}\u{00A0}» n’a pas encore de résultat\u{202F}; la calculer avec «\u{00A0}entraide round run {round}\u{00A0}»",
                en: "round '{round}' has no result yet; compute it with 'entraide round run {round}'")
        case .consentMissing:
            Bilingual(
                fr: "{community} n’a pas consenti à participer\u{202F}; l’enregistrer avec --on-behalf --channel phone|mail|meeting",
                en: "{community} has not consented to take part; record it with --on-behalf --channel phone|mail|meeting")
        case .notProven:
            Bilingual(
                fr: "le calcul n’a pas fourni sa preuve\u{202F}: rien n’a été enregistré\u{202F}; c’est un défaut du logiciel, merci de le signaler ({what})",
                en: "the computation did not yield its proof: nothing was stored; this is a defect of the software, please report it ({what})")
        case .databaseAway:
            Bilingual(
                fr: "la base de données ne répond pas\u{202F}; vérifier «\u{00A0}entraide database status\u{00A0}» ou --database",
                en: "the database does not answer; check 'entraide database status' or --database")
        case .databaseMissing:
            Bilingual(
                fr: "pas encore de base de données ici\u{202F}; la créer avec «\u{00A0}entraide init\u{00A0}»",
                en: "no database here yet; create it with 'entraide init'")
        case .databaseRefused:
            Bilingual(
                fr: "la base de données refuse l’accès\u{202F}; vérifier l’utilisateur et le mot de passe de --database",
                en: "the database refuses access; check the user and password of --database")
        case .databaseTooOld:
            Bilingual(
                fr: "PostgreSQL {version} est trop ancien\u{202F}; il faut la version 15 ou une plus récente",
                en: "PostgreSQL {version} is too old; version 15 or later is needed")
        case .schemaNewer:
            Bilingual(
                fr: "la base est au schéma {found}, ce programme connaît le {known}\u{202F}; installer une version plus récente d’entraide",
                en: "the database is at schema {found}, this program knows {known}; install a newer entraide")
        case .schemaOlder:
            Bilingual(
                fr: "la base est au schéma {found}, ce programme attend le {known}\u{202F}; la mettre à jour avec «\u{00A0}entraide database migrate\u{00A0}»",
                en: "the database is at schema {found}, this program expects {known}; bring it up with 'entraide database migrate'")
        case .schemaAltered:
            Bilingual(
                fr: "la migration {version} appliquée à cette base n’est pas celle de ce programme\u{202F}; restaurer une sauvegarde ou utiliser le programme qui l’a créée",
                en: "migration {version} as applied to this database is not this program's; restore a backup or use the program that made it")
        case .readerRoleMissing:
            Bilingual(
                fr: "le rôle entraide_reader manque et cet utilisateur ne peut pas le créer\u{202F}; un administrateur doit exécuter\u{202F}: CREATE ROLE entraide_reader NOLOGIN; GRANT entraide_reader TO {user};",
                en: "the role entraide_reader is missing and this user cannot create it; an administrator must run: CREATE ROLE entraide_reader NOLOGIN; GRANT entraide_reader TO {user};")
        case .serverProgramsMissing:
            Bilingual(
                fr: "les programmes du serveur PostgreSQL (initdb, pg_ctl) sont introuvables\u{202F}; installer le paquet postgresql, ou donner --database",
                en: "PostgreSQL's server programs (initdb, pg_ctl) are not found; install the package postgresql, or give --database")
        case .homePathTooLong:
            Bilingual(
                fr: "le chemin {path} est trop long pour un socket Unix (107 octets)\u{202F}; choisir un ENTRAIDE_HOME plus court",
                en: "the path {path} is too long for a Unix socket (107 bytes); choose a shorter ENTRAIDE_HOME")
        case .homeNotUsable:
            Bilingual(
                fr: "le dossier {path} ne peut pas être utilisé\u{202F}; vérifier ses droits ou choisir un autre ENTRAIDE_HOME",
                en: "the folder {path} cannot be used; check its permissions or choose another ENTRAIDE_HOME")
        case .noUnprivilegedUser:
            Bilingual(
                fr: "il faut un utilisateur sans privilège pour PostgreSQL\u{202F}; installer le paquet postgresql, qui crée l’utilisateur postgres",
                en: "PostgreSQL needs an unprivileged user; install the package postgresql, which makes the user postgres")
        case .serverDidNotStart:
            Bilingual(
                fr: "le serveur PostgreSQL privé n’a pas démarré\u{202F}; lire {log}",
                en: "the private PostgreSQL server did not start; read {log}")
        case .timedOut:
            Bilingual(
                fr: "la base de données est trop occupée, le délai est dépassé\u{202F}; réessayer",
                en: "the database is too busy and the time limit has passed; try again")
        case .outcomeUnknown:
            Bilingual(
                fr: "la connexion s’est coupée au moment d’enregistrer\u{202F}: vérifier si l’écriture a eu lieu avant de recommencer",
                en: "the connection broke while committing: check whether the write took place before trying again")
        case .portInUse:
            Bilingual(
                fr: "l’adresse {address} est déjà utilisée\u{202F}; en choisir une autre avec --listen",
                en: "address {address} is already in use; choose another with --listen")
        case .addressNotUsable:
            Bilingual(
                fr: "impossible d’écouter sur {address}\u{202F}; en choisir une autre avec --listen",
                en: "cannot listen on {address}; choose another with --listen")
        case .internalFailure:
            Bilingual(
                fr: "défaut interne ({what})\u{202F}; rien n’a été enregistré, merci de le signaler",
                en: "internal failure ({what}); nothing was stored, please report it")
        case .notFound:
            Bilingual(
                fr: "rien à cette adresse\u{202F}; GET / liste les routes",
                en: "nothing at this address; GET / lists the routes")
        case .methodNotAllowed:
            Bilingual(
                fr: "méthode non permise\u{202F}; méthodes permises\u{202F}: {allowed}",
                en: "method not allowed; allowed: {allowed}")
        case .notAcceptable:
            Bilingual(
                fr: "format non disponible\u{202F}; formats\u{202F}: text/plain, application/x-ndjson, text/csv",
                en: "format not available; formats: text/plain, application/x-ndjson, text/csv")
        case .unknownParameter:
            Bilingual(
                fr: "paramètre inconnu «\u{00A0}{name}\u{00A0}»\u{202F}; paramètres possibles\u{202F}: {allowed}",
                en: "unknown parameter '{name}'; it may be: {allowed}")
        case .badParameter:
            Bilingual(
                fr: "le paramètre {name} n’accepte pas cette valeur\u{202F}; attendu\u{202F}: {expected}",
                en: "parameter {name} does not take this value; expected: {expected}")
        case .tokenRefused:
            Bilingual(
                fr: "jeton inconnu, expiré ou révoqué\u{202F}; en demander un autre au réseau",
                en: "token unknown, expired or revoked; ask the network for another")
        case .scopeMissing:
            Bilingual(
                fr: "ce jeton n’a pas la portée {scope}",
                en: "this token lacks the scope {scope}")
        case .requestTooLarge:
            Bilingual(fr: "requête trop grande", en: "request too large")
        case .uriTooLong:
            Bilingual(fr: "adresse trop longue", en: "address too long")
        case .badRequest:
            Bilingual(fr: "requête mal formée", en: "malformed request")
        }
    }
}
