/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * log: acts become entries; the only way into the record.
 *
 * The writer opens a transaction, appends as many acts as wait, changes the views
 * in the same transaction, commits, and only then answers. An entry and its
 * parts are read back and hashed again before log_append returns. Reading works on
 * any store. Results are in the arena passed. Threads: appending and signing, the writer
 * only; reading, the thread of the store.
 */
#ifndef RECORD_LOG_H
#define RECORD_LOG_H

#include "record/note.h"
#include "record/part.h"
#include "record/store.h"

/* The act does not depend on where the log ends. */
#define LOG_ANY (-1)

/* A part of an act: bytes, or paragraphs when the media type says ";blocks". */
struct log_part {
	str media;
	str body;
	const str *blocks;
	size_t blocks_n;
};

struct log_act {
	str type;
	actor_id actor;
	str key; /* of idempotency: the same act sent again has the same key */
	const int64_t *refs;
	size_t refs_n;
	const struct log_part *parts;
	size_t parts_n;
	usec time;
	int64_t expect_seq;  /* the seq this entry must get, or LOG_ANY */
	const digest *state; /* NULL: none */
};

struct log_done {
	int64_t seq;
	usec time;     /* as recorded: whole milliseconds, never before the last entry */
	bool repeated; /* the key was known with the same act: nothing was appended */
	bool clock_ran_back;
	str text;
};

/* "HOST/g/SLUG" and "HOST/site". */
str log_origin_group(struct arena *a, str host, str slug);
str log_origin_site(struct arena *a, str host);

/*
 * Appends in the open transaction. CONFLICT: the key was used for another act, or
 * the log is not where the caller thought (the message carries its length). INVALID: names the
 * line that would be malformed. Both leave the transaction as it was, so that other acts may
 * go on in it. FAULT: what was read back is not what was written: roll back.
 */
enum rc log_append(struct store *s, struct arena *a, struct rng rng, str origin,
    const struct log_act *act, struct log_done *out, struct err *err) MUST_USE;

/* The end of a log; an unknown log is empty. */
enum rc log_head(struct store *s, str origin, struct store_head *out, struct err *err) MUST_USE;

/* An entry and what is left of its parts. */
struct log_entry {
	struct entry entry; /* borrows from text */
	str text;
	const struct store_part *parts; /* NULL when not asked for */
};

/* ABSENT: there is no such entry. Large bodies are left elsewhere (log_part_read). */
enum rc log_get(struct store *s, struct arena *a, str origin, int64_t seq, struct log_entry *out,
    struct err *err) MUST_USE;
/* Bodies of any size. ABSENT: there is no such part. */
enum rc log_part_read(struct store *s, struct arena *a, str origin, int64_t seq, size_t index,
    struct store_part *out, struct err *err) MUST_USE;

typedef enum rc log_visit(void *ctx, const struct log_entry *e, struct err *err);
/* Calls visit for entries from..to-1 in order, in batches; what visit is shown lives for the call.
 */
enum rc log_each(struct store *s, str origin, int64_t from, int64_t to, enum store_parts with,
    log_visit *visit, void *ctx, struct err *err) MUST_USE;

/* What part.erase takes out: a whole part, or one paragraph of a text. */
struct log_erasure {
	int64_t seq;
	int64_t part;
	int64_t block; /* LOG_WHOLE or the paragraph's index */
	str ground;    /* "art17", "court", "third-party", "safety" or "error" */
};
#define LOG_WHOLE      (-1)
#define LOG_ERASE_TYPE "part.erase"

/* The body of part 0 ("application/json") of a part.erase entry, and its reverse. INVALID. */
str log_erasure_write(struct arena *a, const struct log_erasure *e);
enum rc log_erasure_parse(struct arena *a, const struct entry *entry, str body,
    struct log_erasure *out, struct err *err) MUST_USE;
/*
 * Deletes what an appended part.erase entry names, in the same transaction. After the
 * commit the writer should truncate the WAL (store_sqlite_checkpoint). ABSENT: it is not there.
 */
enum rc log_erase(struct store *s, struct arena *a, str origin, const struct log_erasure *e,
    struct err *err) MUST_USE;

/* Complete subtrees of a log, for proofs and tiles: ctx is a struct log_source. */
struct log_source {
	struct store *store;
	str origin;
};
enum rc log_tree_source(
    void *ctx, int level, uint64_t index, digest *out, struct err *err) MUST_USE;
/*
 * n hashes of tile level `level` (0: leaves, 1: subtrees of 256, ...) from `from` on.
 * ABSENT: the log is not so long.
 */
enum rc log_tile(struct store *s, str origin, int level, uint64_t from, size_t n, digest *out,
    struct err *err) MUST_USE;

/*
 * Signs the log as it stands, outside a transaction: what is signed is remembered on the
 * disk first. REFUSED: it is smaller than, or not a continuation of, what was signed before.
 */
enum rc log_checkpoint(struct store *s, struct arena *a, str origin, const struct note_key *key,
    str *note, struct err *err) MUST_USE;

#endif
