/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * store_sqlite: logs in one SQLite file, in WAL mode with FULL durability.
 *
 * Exactly one connection writes and checkpoints: the writer's. Checkpoints are never made
 * while committing; the writer asks for them when it has nothing better to
 * do. Bodies up to 1 MiB are rows; larger ones are files beside the database, which are
 * on the disk before the transaction that names them. Deleted content is overwritten.
 * The views of the program live in the same file and change in the same transaction
 * through store_sqlite_handle. Threads: a store belongs to one thread.
 */
#ifndef RECORD_STORE_SQLITE_H
#define RECORD_STORE_SQLITE_H

#include "record/store.h"

#include <sqlite3.h>

struct store_sqlite_how {
	str path;        /* of the database */
	str parts;       /* folder of the large bodies, made when it is missing */
	bool read_only;  /* a reader: the database must exist */
	const char *vfs; /* NULL: the system's; the crash tests bring their own */
	bool unsafe;     /* synchronous=NORMAL: only to prove that the crash tests see the loss */
};

/* Opens and, for the writer, creates. ABSENT: a reader found no database. Caller closes. */
enum rc store_sqlite_open(
    const struct store_sqlite_how *how, struct store **out, struct err *err) MUST_USE;

/*
 * The connection, for the views that live beside the log: the writer's changes them with it, a
 * reader's sees both as of one moment. The thread of the store only.
 */
sqlite3 *store_sqlite_handle(struct store *s);
/* The path of the database, for read-only connections. Borrowed. */
str store_sqlite_path(const struct store *s);

enum store_checkpoint {
	STORE_PASSIVE,  /* moves what it can without waiting for readers */
	STORE_TRUNCATE, /* after an erasure: nothing old stays in the WAL. BUSY: a reader holds it
	                 */
};
/* Writer only, outside a transaction. *pages (NULL allowed) is what is left in the WAL. */
enum rc store_sqlite_checkpoint(
    struct store *s, enum store_checkpoint how, int *pages, struct err *err) MUST_USE;
/* Removes files that no part names (left by a crash). Writer only, outside a transaction. */
enum rc store_sqlite_sweep(struct store *s, int *removed, struct err *err) MUST_USE;

#endif
