/// Who this run acts for. Use cases ask here, so that no verb can forget to say it.
package enum Caller {
    /// The community that the run is confined to, if it is.
    @TaskLocal package static var community: String?
}
