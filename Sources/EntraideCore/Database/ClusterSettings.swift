/// The files that make a cluster private and small.
enum ClusterSettings {
    /// Appended to the configuration that `initdb` wrote, which holds what it found out about the machine.
    ///
    /// The socket's folder is relative to the data directory, so that a home may be moved while the server is stopped.
    static let postgresql = """

        # Entraide: a private server on a laptop or a small machine.
        listen_addresses = ''
        port = 5432
        unix_socket_directories = '../run'
        unix_socket_permissions = 0700
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        # Memory
        max_connections = 50
        shared_buffers = 64MB
        work_mem = 8MB
        maintenance_work_mem = 64MB
        effective_cache_size = 512MB
        jit = off
        max_worker_processes = 4
        max_parallel_workers_per_gather = 0
        # Disk: nobody replicates from here
        wal_level = minimal
        max_wal_senders = 0
        min_wal_size = 64MB
        max_wal_size = 256MB
        # A client that was killed must not keep its locks while its statement runs
        client_connection_check_interval = '2s'
        # The log says what happens to the server. Errors of statements quote personal data: they stay out
        log_min_messages = log
        log_min_error_statement = panic
        log_error_verbosity = terse
        log_statement = none
        log_checkpoints = off
        log_autovacuum_min_duration = -1
        log_timezone = 'UTC'
        timezone = 'UTC'
        datestyle = 'iso, ymd'
        lc_messages = 'C'

        """

    /// Who may connect: through the socket only, as the operating system knows them.
    static let hba = "local all all peer map=entraide\n"

    /// Who is who: root and the server's own user may be the administrator and the owner of our database.
    static func ident(serverUser: String) -> String {
        var users = ["root"]
        if serverUser != "root" { users.append(serverUser) }
        var text = ""
        for user in users {
            for role in ["postgres", "entraide"] { text += "entraide \"\(user)\" \(role)\n" }
        }
        return text
    }

    /// Run once in single-user mode, where a line is a statement.
    static let bootstrap = """
        CREATE ROLE entraide LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
        CREATE ROLE entraide_reader NOLOGIN;
        GRANT entraide_reader TO entraide;
        CREATE DATABASE entraide OWNER entraide;

        """
}
