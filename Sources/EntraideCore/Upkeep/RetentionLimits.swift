/// How long what is no longer of use is kept, in months. Each limit is applied by ``Upkeep/tick(on:)``.
package struct RetentionLimits: Sendable, Equatable {
    /// Lines that say who changed or exported what.
    package var audit = 36
    /// Needs that were met or whose date went by.
    package var closedNeeds = 24
    /// Tokens since they were revoked or expired.
    package var endedTokens = 12
    /// The contact of a community that was imported and never confirmed.
    package var unconfirmedContacts = 12
    /// The contact of a community on pause, since its profile last changed.
    package var pausedContacts = 36

    /// One-time codes since they were used, replaced or expired.
    package var endedCodes = 12

    package init() {}
}
