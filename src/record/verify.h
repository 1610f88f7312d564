/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * verify: whether a record is whole and unchanged, and where it is not.
 *
 * An export is verified from its files alone, in a stream, with no database and memory
 * that grows by 32 bytes an entry; every byte and every file of it is covered. A store
 * is verified in place. Neither stops at the first finding. Threads: any, one
 * verification each. Errors are about reading (exit 2); what was changed is a finding (exit 1).
 */
#ifndef RECORD_VERIFY_H
#define RECORD_VERIFY_H

#include "record/log.h"

#define VERIFY_FINDINGS_MAX 1000 /* after so many the verification ends */

/* One thing that is not as it should be. */
struct verify_finding {
	str what;    /* an English sentence */
	str file;    /* within the export; empty for a store */
	int64_t seq; /* the entry, or -1 */
	int part;    /* or -1 */
};

struct verify_how {
	/* The verifier key one trusts; NULL: the one in the export, which then proves only itself.
	 */
	const struct note_verifier *trusted;
	/* Called for each finding. May be NULL. What it is shown lives for the call. */
	void (*tell)(void *ctx, const struct verify_finding *finding);
	/*
	 * Called for each sound entry in order, with its parts as far as they are there and
	 * public (erased otherwise; large ones elsewhere): the place to replay the record and
	 * compare `state`. A finding of its own is told by returning REFUSED with err filled. May
	 * be NULL.
	 */
	log_visit *visit;
	void *ctx;
};

struct verify_result {
	str origin; /* in arena */
	str key;    /* the verifier key that the signature was checked with; in arena */
	uint64_t entries;
	uint64_t parts_verified;
	uint64_t parts_withheld;
	uint64_t parts_erased;
	uint64_t blocks_erased;
	uint64_t bytes; /* of bodies */
	uint64_t findings;
};

/* ABSENT: there is no export there. FAULT: it cannot be read. */
enum rc verify_export(struct arena *a, str folder, const struct verify_how *how,
    struct verify_result *out, struct err *err) MUST_USE;
/* One log of a store, private and held parts included. ABSENT: no such log. Outside a transaction.
 */
enum rc verify_store(struct arena *a, struct store *s, str origin, const struct verify_how *how,
    struct verify_result *out, struct err *err) MUST_USE;
/* 0 whole, 1 changed, 2 unreadable. */
int verify_exit(enum rc code, const struct verify_result *result);

#endif
