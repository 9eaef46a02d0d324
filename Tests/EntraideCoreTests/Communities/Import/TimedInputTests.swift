import EntraideCore
import Foundation
import Lines
import Testing

@Suite("Input that others send")
struct TimedInputTests {
    /// Another process's output, which is at hand, is late, or never ends.
    private struct Sender {
        let pipe = Pipe()

        var descriptor: Int32 { pipe.fileHandleForReading.fileDescriptor }

        func send(_ text: String) throws { try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

        func end() throws { try pipe.fileHandleForWriting.close() }
    }

    @Test("What is sent to its end is read, whole or to its first line")
    func read() throws {
        for text in ["", "a", "a\nb\n", "\n", String(repeating: "é\n", count: 10_000)] {
            let whole = Sender()
            try whole.send(text)
            try whole.end()
            let bytes = try TimedInput(whole.descriptor, name: "f", most: 1 << 20, within: .seconds(60))
                .bytes()
            #expect(String(decoding: bytes, as: UTF8.self) == text)
            // A line is done with its end: nobody waits for more.
            let first = Sender()
            try first.send(text)
            if !text.contains("\n") { try first.end() }
            let line = try TimedInput(first.descriptor, name: "f", most: 100).line()
            #expect(String(decoding: line, as: UTF8.self) == text.prefix { $0 != "\n" })
        }
    }

    @Test("No more is taken than is wanted")
    func most() throws {
        let exact = Sender()
        try exact.send("12345678")
        try exact.end()
        #expect(try TimedInput(exact.descriptor, name: "f", most: 8).bytes().count == 8)
        // It goes on for ever, and is not waited for.
        let endless = Sender()
        try endless.send("123456789")
        #expect(throws: EntraideError(.tooLong, ["limit": "8"], at: Place(file: "f"))) {
            try TimedInput(endless.descriptor, name: "f", most: 8).bytes()
        }
        let long = Sender()
        try long.send("123456789")
        #expect(try TimedInput(long.descriptor, name: "f", most: 8).line() == Array("12345678".utf8))
    }

    @Test("Who sends nothing, or drop by drop, is waited for no longer than was said")
    func late() async throws {
        let silent = Sender()
        let drops = Sender()
        let dropping = Task.detached {
            while !Task.isCancelled {
                try drops.send("x")
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        for sender in [silent, drops] {
            for isLine in [false, true] {
                let input = TimedInput(
                    sender.descriptor, name: "stdin", most: 1 << 20, within: .milliseconds(300))
                let error = #expect(throws: EntraideError.self) {
                    _ = isLine ? try input.line() : try input.bytes()
                }
                #expect(error?.code == .timedOut && error?.exitStatus == 75)
                #expect(
                    error?.message(in: .en).hasPrefix("stdin: the time limit has passed: standard") == true)
                #expect(error?.message(in: .fr).contains("l’entrée standard") == true)
            }
        }
        dropping.cancel()
        _ = await dropping.result
    }

    @Test("What cannot be read is no such file")
    func folder() throws {
        let folder = open("/", O_RDONLY)
        defer { close(folder) }
        #expect(throws: EntraideError(.noSuchFile, ["file": "f"])) {
            try TimedInput(folder, name: "f", most: 8, within: .seconds(60)).bytes()
        }
    }
}
