import Crypto
import Lines
import Matching

/// What one row of a table says of a community, read and checked.
struct ImportedPlace: Equatable {
    /// What ties a community to its row, the same each time the file is read.
    struct Identity: Equatable, Hashable {
        let source: String
        let id: String
    }

    var identity: Identity
    /// Its name at its address, where `identity` is a SIRET: a file that had lost the number finds the place again.
    var otherIdentity: Identity?
    var slug: String
    var name: String
    var kind: CommunityKind?
    /// The file says that it is closed.
    var isClosed = false
    var territory: String?
    var position: Position?
    var offers: [String] = []
    var needs: [String] = []
    /// The day on which the file's author last touched the row.
    var updatedOn: String?

    /// Another slug for a place whose name is taken, always the same for the same place.
    var otherSlug: String {
        var head = slug.prefix(Slug.maxBytes - 7)
        while head.last == "-" { head.removeLast() }
        return "\(head)-\(hexDigest(identity.id).prefix(6))"
    }
}
