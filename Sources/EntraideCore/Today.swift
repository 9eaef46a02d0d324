import Foundation

/// The current day in UTC, `YYYY-MM-DD`: what the command passes down when no `--on` is given.
package func today() -> String {
    Date().formatted(.iso8601.year().month().day())
}
