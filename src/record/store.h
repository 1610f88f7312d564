/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * store: what a database must do to hold logs; the log knows no more of it than this.
 *
 * An engine (store_sqlite.h) is a constructor that fills struct store_ops. The
 * writer's store is used by the writer thread only; every reader opens its own
 * store, which refuses to write. What is read is in the arena passed. All functions
 * report FAULT when the database fails; others are named.
 */
#ifndef RECORD_STORE_H
#define RECORD_STORE_H

#include "record/entry.h"
#include "record/tree.h"

/* Where a log ends, and what is needed to append to it. */
struct store_head {
	struct tree tree;     /* its size is the length of the log */
	digest prev;          /* leaf hash of the last entry, zero at first */
	usec time;            /* of the last entry, USEC_NONE at first */
	uint64_t signed_size; /* the last checkpoint that was signed */
	digest signed_root;
};

/* A part as it is kept. Erased: nothing but the commitment in the entry is left. */
struct store_part {
	bool erased;
	bool elsewhere; /* a large body that was not loaded; ask for it with part() */
	str salts;
	str body;
};

/* An entry that is written or read. */
struct store_entry {
	int64_t seq;
	str text;
	const struct store_part *parts; /* NULL when they were not asked for */
	size_t parts_n;
};

/* What append() writes. */
struct store_row {
	str text;
	str key;
	const struct store_part *parts;
	size_t parts_n;
};

/*
 * Complete subtrees of 256, 65,536, ... leaves are kept, so that any tile of the
 * tree is read from at most 256 rows. Level 1 is that of 256 leaves.
 */
struct store_node {
	int level;
	uint64_t index;
	digest hash;
};

enum store_parts { STORE_NO_PARTS, STORE_WITH_PARTS };

struct store;

struct store_ops {
	void (*close)(struct store *s);
	/* One transaction at a time; for a reader, one unchanging view. */
	enum rc (*begin)(struct store *s, struct err *err);
	enum rc (*commit)(struct store *s, struct err *err);
	void (*rollback)(struct store *s);
	/*
	 * Inside a transaction, one at a time: from the mark on everything (the views on the same
	 * connection too) is either kept or undone, as if it had never been tried.
	 */
	enum rc (*mark)(struct store *s, struct err *err);
	enum rc (*keep)(struct store *s, struct err *err);
	void (*undo)(struct store *s);
	/* An unknown log has a head of size 0. */
	enum rc (*head)(struct store *s, str log, struct store_head *out, struct err *err);
	/*
	 * In a transaction: writes one entry (row may be NULL), the subtrees it completed,
	 * and the head after it. CONFLICT: the key is taken.
	 */
	enum rc (*append)(struct store *s, str log, const struct store_row *row,
	    const struct store_node *nodes, size_t nodes_n, const struct store_head *head,
	    struct err *err);
	/* ABSENT: no entry has this key. */
	enum rc (*find_key)(struct store *s, str log, str key, int64_t *seq, struct err *err);
	/* Up to max entries from `from` on; fewer (or none) only at the end. */
	enum rc (*read)(struct store *s, struct arena *a, str log, int64_t from, size_t max,
	    enum store_parts with, struct store_entry **out, size_t *n, struct err *err);
	/* ABSENT: the log has no such part. */
	enum rc (*part)(struct store *s, struct arena *a, str log, int64_t seq, size_t index,
	    struct store_part *out, struct err *err);
	/* In a transaction: puts `with` in the place of a part (erased, or a paragraph less). */
	enum rc (*replace_part)(struct store *s, str log, int64_t seq, size_t index,
	    const struct store_part *with, struct err *err);
	/* n kept subtrees of a level from `from` on. ABSENT: there are not so many. */
	enum rc (*nodes)(struct store *s, str log, int level, uint64_t from, size_t n, digest *out,
	    struct err *err);
	/* The origins of all logs, in order. */
	enum rc (*logs)(struct store *s, struct arena *a, str **out, size_t *n, struct err *err);
};

struct store {
	const struct store_ops *ops;
};

/* Accepts NULL. */
void store_close(struct store *s);
void store_auto_close(struct store **s);
#define AUTO_STORE __attribute__((cleanup(store_auto_close)))

/* A transaction that is rolled back on leaving the scope unless it was committed. */
struct store_tx {
	struct store *store; /* NULL: nothing to roll back */
};
enum rc store_begin(struct store *s, struct store_tx *tx, struct err *err) MUST_USE;
enum rc store_commit(struct store_tx *tx, struct err *err) MUST_USE;
void store_auto_rollback(struct store_tx *tx);
#define AUTO_TX __attribute__((cleanup(store_auto_rollback)))

/* A mark that is undone on leaving the scope unless it was kept. */
struct store_mark {
	struct store *store; /* NULL: nothing to undo */
};
enum rc store_set_mark(struct store *s, struct store_mark *mark, struct err *err) MUST_USE;
enum rc store_keep(struct store_mark *mark, struct err *err) MUST_USE;
void store_auto_undo(struct store_mark *mark);
#define AUTO_MARK __attribute__((cleanup(store_auto_undo)))

#endif
