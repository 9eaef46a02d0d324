#include <libpq-fe.h>

// Character macros are not imported into Swift: the fields that are read, as integers.
static const int LIBPQ_DIAG_SEVERITY = PG_DIAG_SEVERITY_NONLOCALIZED;
static const int LIBPQ_DIAG_SQLSTATE = PG_DIAG_SQLSTATE;
static const int LIBPQ_DIAG_MESSAGE = PG_DIAG_MESSAGE_PRIMARY;
static const int LIBPQ_DIAG_TABLE = PG_DIAG_TABLE_NAME;
static const int LIBPQ_DIAG_COLUMN = PG_DIAG_COLUMN_NAME;
static const int LIBPQ_DIAG_CONSTRAINT = PG_DIAG_CONSTRAINT_NAME;
