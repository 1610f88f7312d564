/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * comment_rules: who may comment on a draft, withdraw, give a disposition, bring a table.
 *
 * Pure. Errors: INVALID names a field that is wrong in itself (of a table, with row and column),
 * ABSENT a number that does not exist, DENIED somebody who does not speak for the delegation,
 * REFUSED a step out of order. Threads: the caller's group.
 */
#ifndef ROOMS_COMMENT_COMMENT_RULES_H
#define ROOMS_COMMENT_COMMENT_RULES_H

#include "rooms/comment/comment.h"

/* By a seat, the secretariat for a seat, or an observer unless the methods keep them silent. */
decide_fn comment_decide_make;
fold_fn comment_fold_make;
/* By those whom the comment is from, while it has no disposition. */
decide_fn comment_decide_withdraw;
fold_fn comment_fold_withdraw;
/* With a reason, where one is owed; it may be changed until the next revision of the draft. */
decide_fn comment_decide_dispose;
fold_fn comment_fold_dispose;
/* A whole table in one act: by a seat with its own member code, or by the secretariat. */
decide_fn comment_decide_import;
fold_fn comment_fold_import;

/* For the files of the rules: */

/* Adds a comment in the state that is being folded. Texts are copied into the group. */
void comment_add(struct group *g, int64_t draft, const struct comment *c);

#endif
