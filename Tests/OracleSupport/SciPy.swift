import Foundation

/// An independent solver by integer programming: SciPy's HiGHS.
package enum SciPy {
    /// Whether a test that wants it can run.
    package static let isAvailable = Python.has("scipy")

    /// Why such a test is skipped.
    package static let reason = "needs Python with SciPy (ENTRAIDE_PYTHON, or python3)"

    /// The optimal objective of each instance, given in the text form; nil where none was found.
    package static func objectives(of instances: [String]) throws -> [Int?] {
        try objectives(of: instances, pairBonus: 0, ringBonus: 0)
    }

    /// The same where two communities that help each other add one bonus, and three that help in a circle another.
    package static func objectives(of instances: [String], pairBonus: Int, ringBonus: Int) throws -> [Int?] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "solve_instances.py")
        let (status, output) = try Python.run(
            [script.path, String(pairBonus), String(ringBonus)], input: Data(instances.joined().utf8))
        guard status == 0 else { throw Python.Failed(status: status) }
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map { Int($0) }
    }
}
