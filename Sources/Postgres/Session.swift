import CLibpq
import Glibc
import Logging
import Synchronization

/// One libpq connection and the thread that it blocks.
///
/// Statements run one at a time, to their end, on that thread: send, then `poll` on the socket and on the
/// wake pipe, until the last result is in. Whatever the outcome, the session is then either ready for the
/// next statement or broken, never between results.
actor Session {
    /// How the session stands between two statements.
    enum Standing: Sendable { case idle, inTransaction, inFailedTransaction, broken }

    nonisolated let wake: Wake
    private let thread: DedicatedThread
    private let configuration: Configuration
    private let logger: Logger
    private var handle: LibpqHandle?
    private let sharedStanding = Mutex(Standing.broken)

    /// A session that is not connected yet.
    init(_ configuration: Configuration, logger: Logger) throws(PostgresError) {
        self.configuration = configuration
        self.logger = logger
        wake = try Wake()
        thread = try DedicatedThread()
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Standing after the last statement, from any thread.
    nonisolated var standing: Standing { sharedStanding.withLock { $0 } }

    // MARK: Opening and closing

    /// Connects; returns the backend's process id and the server's version number (150004 for 15.4).
    func connect(
        cancellation: CancellationFlag
    ) throws(PostgresError) -> (backendPID: Int32, serverVersion: Int) {
        let parameters = try configuration.connectionParameters()
        var keywords = CStringTable()
        var values = CStringTable()
        for (keyword, value) in parameters {
            try keywords.append(Array(keyword.utf8))
            try values.append(Array(value.utf8))
        }
        wake.drain()
        guard !cancellation.isRaised else { throw PostgresError(.cancelled) }
        let started = keywords.withPointers { keywords in
            values.withPointers { values in PQconnectStartParams(keywords, values, 1) }
        }
        guard let started else { throw PostgresError(.away, detail: "out of memory") }
        let handle = LibpqHandle(started, logger: logger)
        // A refused connection leaves no result object; verbose messages carry the SQLSTATE.
        PQsetErrorVerbosity(started, PQERRORS_VERBOSE)
        try finishConnecting(handle, cancellation)
        PQsetErrorVerbosity(started, PQERRORS_DEFAULT)
        guard PQsetnonblocking(started, 1) == 0 else {
            throw PostgresError(.away, serverMessage: handle.message)
        }
        self.handle = handle
        noteStanding()
        return (PQbackendPID(started), Int(PQserverVersion(started)))
    }

    private func finishConnecting(
        _ handle: LibpqHandle, _ cancellation: CancellationFlag
    ) throws(PostgresError) {
        let timeout = try configuration.effectiveConnectTimeout()
        let deadline = timeout > .zero ? ContinuousClock.now + timeout : nil
        var phase =
            PQstatus(handle.connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while phase != PGRES_POLLING_OK {
            guard phase != PGRES_POLLING_FAILED else { throw connectionFailure(handle) }
            let left = deadline.map { $0 - .now }
            if let left, left <= .zero { throw PostgresError(.away, detail: "connect timeout") }
            let events = phase == PGRES_POLLING_WRITING ? POLLOUT : POLLIN
            let event = wake.wait(
                for: PQsocket(handle.connection), events: events, milliseconds: left?.wholeMilliseconds ?? 0)
            if case .woken = event, cancellation.isRaised { throw PostgresError(.cancelled) }
            if case .ready = event { phase = PQconnectPoll(handle.connection) }
        }
    }

    private func connectionFailure(_ handle: LibpqHandle) -> PostgresError {
        let message = handle.message
        let state = sqlState(inVerboseMessage: message)
        var code = state.map(PostgresError.Code.init(sqlState:)) ?? .away
        if PQconnectionNeedsPassword(handle.connection) == 1 { code = .authentication }
        return PostgresError(code, sqlState: state, serverMessage: message)
    }

    /// Ends the session. The socket is closed when this returns.
    func disconnect() {
        handle = nil
        noteStanding()
    }

    /// Whether an idle session still has its server: nothing is ever due on it, so anything to read is a
    /// farewell.
    func isQuiet() -> Bool {
        guard let handle, PQstatus(handle.connection) == CONNECTION_OK else { return false }
        var descriptor = pollfd(fd: PQsocket(handle.connection), events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) == 0
    }

    // MARK: Running

    /// Runs one statement with its parameters; nil cancellation means it is seen through.
    func run(_ query: Query, cancellation: CancellationFlag?) throws(PostgresError) -> ResultTable {
        let values = query.values
        // The protocol counts parameters in 16 bits.
        guard values.count <= 65_535 else {
            throw PostgresError(.misuse, detail: "more than 65535 parameters")
        }
        var texts = CStringTable()
        for value in values { try texts.append(value.text) }
        var sql = CStringTable()
        try sql.append(Array(query.sql.utf8))
        let types = values.map { Oid($0.oid) }
        let handle = try ready(cancellation)
        let sent = texts.withPointers { texts in
            sql.withPointers { sql in
                PQsendQueryParams(
                    handle.connection, sql?.pointee, Int32(types.count), types, texts, nil, nil, 0)
            }
        }
        return try finish(handle, sent: sent, cancellation)
    }

    /// Runs a script of statements without parameters; returns what the last one did.
    @discardableResult
    func run(script: String, cancellation: CancellationFlag?) throws(PostgresError) -> ResultTable {
        var sql = CStringTable()
        try sql.append(Array(script.utf8))
        let handle = try ready(cancellation)
        let sent = sql.withPointers { PQsendQuery(handle.connection, $0?.pointee) }
        return try finish(handle, sent: sent, cancellation)
    }

    /// Opens a transaction, if none is open; decided on this thread, so that two tasks cannot both begin.
    func begin(_ sql: String, cancellation: CancellationFlag) throws(PostgresError) {
        switch standing {
        case .idle: try run(script: sql, cancellation: cancellation)
        case .broken: throw PostgresError(.away, detail: "the connection is closed")
        case .inTransaction, .inFailedTransaction:
            throw PostgresError(.misuse, detail: "a transaction is already open on this connection")
        }
    }

    /// Sends `text` to a COPY FROM STDIN; returns the number of rows that the server took.
    func copy(_ sql: String, text: [UInt8], cancellation: CancellationFlag) throws(PostgresError) -> Int {
        var statement = CStringTable()
        try statement.append(Array(sql.utf8))
        let handle = try ready(cancellation)
        let connection = handle.connection
        let sent = statement.withPointers { PQsendQuery(connection, $0?.pointee) }
        var exchange = Exchange(cancellation: cancellation, acceptsCopy: true)
        defer { noteStanding() }
        if sent == 1 { try takeResults(handle, &exchange) }
        guard exchange.isCopying else {
            try conclude(handle, exchange)
            throw PostgresError(.misuse, detail: "not a COPY")
        }

        let chunk = 65_536
        var start = 0
        while start < text.count && !cancellation.isRaised {
            let end = min(start + chunk, text.count)
            let queued = text[start..<end].withUnsafeBytes { bytes in
                PQputCopyData(
                    connection, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count))
            }
            // Error: the results below say what it was.
            if queued < 0 { break }
            if queued == 1 { start = end }
            try pushOut(handle, allOfIt: false)
        }
        let isWhole = start >= text.count && !cancellation.isRaised
        if !isWhole && cancellation.isRaised {
            // Both ways: a backend that waits for a lock does not read, one that reads does not mind a cancel
            // request.
            exchange.isCancelled = true
            exchange.cancelRequest = CancelRequest(for: connection)
        }
        while PQputCopyEnd(connection, isWhole ? nil : "cancelled by the client") == 0 {
            try pushOut(handle, allOfIt: true)
        }
        exchange.isCopying = false
        exchange.acceptsCopy = false
        try takeResults(handle, &exchange)
        return try conclude(handle, exchange).affected
    }

    // MARK: One exchange

    /// The handle, once it is certain that nothing stands against sending.
    private func ready(_ cancellation: CancellationFlag?) throws(PostgresError) -> LibpqHandle {
        guard let handle, PQstatus(handle.connection) == CONNECTION_OK else {
            throw PostgresError(.away, detail: "the connection is closed")
        }
        wake.drain()
        if let cancellation, cancellation.isRaised { throw PostgresError(.cancelled) }
        return handle
    }

    private func finish(
        _ handle: LibpqHandle, sent: Int32, _ cancellation: CancellationFlag?
    ) throws(PostgresError) -> ResultTable {
        var exchange = Exchange(cancellation: cancellation)
        defer { noteStanding() }
        if sent == 1 { try takeResults(handle, &exchange) }
        return try conclude(handle, exchange)
    }

    /// Flushes what is queued and takes results until the statement is over, or until the server wants COPY
    /// data.
    private func takeResults(_ handle: LibpqHandle, _ exchange: inout Exchange) throws(PostgresError) {
        let connection = handle.connection
        while true {
            let unsent = PQflush(connection)
            while PQisBusy(connection) == 0 {
                guard let result = PQgetResult(connection) else { return }
                defer { PQclear(result) }
                try take(result, &exchange)
                if exchange.isCopying { return }
            }
            let events = unsent == 1 ? POLLIN | POLLOUT : POLLIN
            switch wake.wait(
                for: PQsocket(connection), events: events,
                milliseconds: exchange.isCancelled
                    ? configuration.cancellationLimit : configuration.silenceLimit)
            {
            case .ready:
                if PQconsumeInput(connection) == 1 { continue }
                // The line is cut; what is left is at hand, and the socket no longer there to wait for.
                while let result = PQgetResult(connection) {
                    defer { PQclear(result) }
                    try take(result, &exchange)
                }
                return
            case .woken:
                guard let flag = exchange.cancellation, flag.isRaised, !exchange.isCancelled else { break }
                exchange.isCancelled = true
                exchange.cancelRequest = CancelRequest(for: connection)
            case .silent:
                abandon()
                throw PostgresError(.away, detail: "no answer from the server")
            }
        }
    }

    private func take(_ result: OpaquePointer, _ exchange: inout Exchange) throws(PostgresError) {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            exchange.table = ResultTable(copying: result)
        case PGRES_COPY_IN where exchange.acceptsCopy:
            exchange.isCopying = true
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            // There is no cheap way out of a copy that nobody serves.
            abandon()
            throw PostgresError(.misuse, detail: "COPY goes through copyIn")
        default:
            // The first failure is the cause; what follows it is "connection lost" or "transaction aborted".
            if exchange.failure == nil {
                exchange.failure = PostgresError(result, isCancelled: exchange.isCancelled)
            }
        }
    }

    /// Waits for a cancel request still under way, then turns the exchange into its value or its error.
    @discardableResult
    private func conclude(
        _ handle: LibpqHandle, _ exchange: Exchange
    ) throws(PostgresError) -> ResultTable {
        if let request = exchange.cancelRequest,
            !request.wait(milliseconds: configuration.cancellationLimit)
        {
            // The request could still hit whatever came next.
            abandon()
        }
        var failure = exchange.failure
        if PQstatus(handle.connection) != CONNECTION_OK || failure?.code == .away {
            let known = failure ?? PostgresError(.away, serverMessage: handle.message)
            failure = known.recoded(.away)
            abandon()
        }
        if let failure { throw failure }
        guard let table = exchange.table else {
            throw PostgresError(.server, serverMessage: handle.message)
        }
        return table
    }

    /// Sends queued bytes while copying, and reads what the server may say meanwhile, lest both sides wait.
    ///
    /// - Parameter allOfIt: whether to wait for room when none is left.
    private func pushOut(_ handle: LibpqHandle, allOfIt: Bool) throws(PostgresError) {
        let connection = handle.connection
        while PQflush(connection) == 1 {
            switch wake.wait(
                for: PQsocket(connection), events: POLLIN | POLLOUT,
                milliseconds: configuration.silenceLimit)
            {
            case .ready: _ = PQconsumeInput(connection)
            case .woken: if !allOfIt { return }
            case .silent:
                abandon()
                throw PostgresError(.away, detail: "no answer from the server")
            }
        }
    }

    /// Gives the connection up: its state is unknown, or its server gone.
    private func abandon() {
        handle = nil
        noteStanding()
    }

    private func noteStanding() {
        let standing: Standing
        if let handle, PQstatus(handle.connection) == CONNECTION_OK {
            switch PQtransactionStatus(handle.connection) {
            case PQTRANS_IDLE: standing = .idle
            case PQTRANS_INTRANS: standing = .inTransaction
            case PQTRANS_INERROR: standing = .inFailedTransaction
            default: standing = .broken
            }
        } else {
            standing = .broken
        }
        sharedStanding.withLock { $0 = standing }
    }
}

extension Configuration {
    /// Milliseconds without a byte from the server after which a statement is given up; 0 for no limit.
    fileprivate var silenceLimit: Int32 {
        guard statementTimeout > .zero else { return 0 }
        return (statementTimeout + max(tcpUserTimeout, .seconds(1))).wholeMilliseconds
    }

    /// The same once the server was asked to cancel: always bounded.
    fileprivate var cancellationLimit: Int32 {
        (tcpUserTimeout > .zero ? max(tcpUserTimeout, .seconds(1)) : .seconds(10)).wholeMilliseconds
    }
}
