/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * compilation_rules: what may be done with a compilation, and by whom.
 *
 * Pure. Errors: INVALID names a field that is wrong in itself, ABSENT a number that does not
 * exist, DENIED somebody who does not speak for a sponsor, REFUSED a step out of order. Threads:
 * the caller's group.
 */
#ifndef ROOMS_COMPILATION_COMPILATION_RULES_H
#define ROOMS_COMPILATION_COMPILATION_RULES_H

#include "rooms/compilation/compilation.h"

/* One at a time: the one before must have been issued. */
decide_fn compilation_decide_open;
fold_fn compilation_fold_open;
/* A later deadline; after it has passed this opens the entries for revision again. */
decide_fn compilation_decide_extend;
fold_fn compilation_fold_extend;
/* By the clock, when the deadline is there. */
decide_fn compilation_decide_close;
fold_fn compilation_fold_close;
/* No two sections that stand have the same heading. */
decide_fn compilation_decide_section;
fold_fn compilation_fold_section;
decide_fn compilation_decide_rename;
fold_fn compilation_fold_rename;
/* The entries keep their numbers, and which section they were placed in. */
decide_fn compilation_decide_merge_sections;
fold_fn compilation_fold_merge_sections;
/* Not what was withdrawn, nor what went into another proposal. */
decide_fn compilation_decide_place;
fold_fn compilation_fold_place;
decide_fn compilation_decide_unplace;
fold_fn compilation_fold_unplace;
/* By a sponsor of an entry, or the secretariat for it; "not reflected" says what is not. */
decide_fn compilation_decide_confirm;
fold_fn compilation_fold_confirm;
/* Something must have changed since the last revision. */
decide_fn compilation_decide_issue;
fold_fn compilation_fold_issue;

/* The deadline of the earliest compilation that is open; see struct room_commands. */
bool compilation_due(const struct group *g, usec *at, const char **name, int64_t *number);

#endif
