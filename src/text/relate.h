/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * relate: how two operations, and two amendments, of one revision stand to each other.
 *
 * The table of TEXT-ENGINE.md, 2. The relation is symmetric. What it does not name is decided
 * so that nothing is placed by a guess: two things that would both come directly behind the same
 * paragraph are alternatives, and what stands behind a paragraph that is moved away conflicts.
 * Pure. Threads: any.
 */
#ifndef TEXT_RELATE_H
#define TEXT_RELATE_H

#include "base/vec.h"
#include "text/op.h"

enum text_relation {
	TEXT_APART,        /* both can be adopted */
	TEXT_THE_SAME,     /* one proposal with several sponsors */
	TEXT_OVERLAP,      /* two deletions: both can be adopted, what is common goes once */
	TEXT_ALTERNATIVES, /* two different texts for one place: the Chair may say "both" */
	TEXT_CONFLICT,     /* one takes away what the other needs */
};

/* *why (NULL allowed): an English sentence, static; set when the two cannot both be adopted. */
enum text_relation text_relate(
    const struct text_doc *d, const struct text_op *x, const struct text_op *y, const char **why);

/* Two amendments that cannot both be adopted, and the first pair of operations that shows it. */
struct text_clash {
	size_t a, b; /* places in the list of amendments, a < b */
	const struct text_op *x, *y;
	enum text_relation relation; /* TEXT_ALTERNATIVES or TEXT_CONFLICT */
	const char *why;
};

struct text_clashes {
	VEC(struct text_clash) list; /* by a, then b */
};

/*
 * All pairs among n amendments that cannot both be adopted, each pair once. Operations that are
 * not live are passed over. Cost: n log n and the number of pairs of operations that meet.
 */
struct text_clashes text_find_clashes(
    struct arena *a, const struct text_doc *d, const struct text_amendment *list, size_t n);

/* Amendments that do the same: groups of two and more, each and all in the order of the list. */
struct text_group {
	size_t *member; /* places in the list */
	size_t n;
};
struct text_groups {
	VEC(struct text_group) list;
};
struct text_groups text_unify(struct arena *a, const struct text_amendment *list, size_t n);

#endif
