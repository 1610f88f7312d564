/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * house_inner: what the files of the house share; nobody else includes it.
 */
#ifndef ENGINE_HOUSE_INNER_H
#define ENGINE_HOUSE_INNER_H

#include "base/map.h"
#include "engine/codec.h"
#include "engine/house.h"

struct house {
	struct arena *arena;
	struct house_conf conf;
	struct store *store;
	struct db *db;
	struct note_key key;
	int lock; /* descriptor of the lock file */
	str host;
	VEC(str) slugs;             /* of group i+1 */
	VEC(struct group *) groups; /* [0] is the instance; NULL: not folded yet */
	struct store_tx tx;
	VEC(size_t) changed; /* groups whose state is ahead of the last commit */
	VEC(size_t) to_sign; /* groups whose checkpoint is behind */
	bool truncate;       /* what was deleted may still stand in the WAL */
	bool erased;         /* in this transaction something was deleted */
	bool stale;          /* an erasure was committed, but the views still show what is gone */
};

/* An entry on its way into state and views. */
struct house_entry {
	const struct entry *entry;
	digest leaf;
	const plain_parts *parts;
};

/* What becomes of the views when an entry is folded. */
enum house_views {
	HOUSE_NO_VIEWS, /* they have it already */
	HOUSE_APPLY,
	HOUSE_REBUILD, /* what can be made of the tables at the end waits for it */
};

/* Decodes, folds and applies one entry of g. */
enum rc house_take(struct house *h, struct group *g, const struct house_entry *e,
    enum house_views how, struct arena *a, struct err *err) MUST_USE;
/* The parts of a logged entry, opened. In arena. */
enum rc house_open_parts(struct house *h, struct arena *a, str origin, const struct log_entry *e,
    plain_parts *out, struct err *err) MUST_USE;
/* A new, empty state. */
struct group *house_new_group(struct house *h, int64_t id, str slug);
/* Folds what the log has beyond g->n. */
enum rc house_catch_up(
    struct house *h, struct group *g, enum house_views how, struct err *err) MUST_USE;
/* Forgets the state of group i: it is folded anew when it is needed. */
void house_forget(struct house *h, size_t i);
/* Forgets the states of all groups and the list of groups. */
void house_forget_all(struct house *h);
/* Its checkpoint is behind from now on. */
void house_must_sign(struct house *h, size_t i);
/* After the commit of an erasure: views, states and WAL without what was erased. */
void house_forget_erased(struct house *h);
enum rc house_sign(struct house *h, struct err *err) MUST_USE;
enum rc house_check_views(struct house *h, struct err *err) MUST_USE;

#endif
