/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * export: a log as a plain folder that anyone can keep, serve and verify.
 *
 * Written are the signed checkpoint, the verifier key, the tiles, the entries and the
 * parts that are public: not ";private", not ";held" before their publication, not
 * erased (doc/format/record.md). The checkpoint comes last, so that a broken export
 * is never taken for a whole one. Threads: the thread of the store.
 */
#ifndef RECORD_EXPORT_H
#define RECORD_EXPORT_H

#include "record/log.h"

struct export_counts {
	uint64_t entries;
	uint64_t parts;    /* written */
	uint64_t withheld; /* private or held */
	uint64_t erased;
	uint64_t bytes; /* of bodies */
};

/*
 * Writes into `out`, a folder that is made or is empty. The note is what log_checkpoint
 * gave for the log as it stands. CONFLICT: the log has moved on since: sign again.
 * REFUSED: the folder is not empty. Outside a transaction.
 */
enum rc export_log(struct store *s, str origin, str note, const struct note_verifier *verifier,
    str out, struct export_counts *counts, struct err *err) MUST_USE;

#endif
