/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * informal_rules: who edits which paragraph, and how it ends.
 *
 * Pure. Errors: ABSENT a number that does not exist, DENIED somebody whose part this is not,
 * REFUSED a step out of order. Threads: the caller's group.
 */
#ifndef ROOMS_INFORMAL_INFORMAL_RULES_H
#define ROOMS_INFORMAL_INFORMAL_RULES_H

#include "rooms/informal/informal.h"

/* The Chair, the secretariat or a facilitator; who opens it edits. One editor a paragraph. */
decide_fn informal_decide_open;
fold_fn informal_fold_open;
/* The editor or the Chair gives the paragraph to another person of the group. */
decide_fn informal_decide_hand_over;
fold_fn informal_fold_hand_over;
/* The editor or the Chair: an amendment to the draft. Refused when its paragraph has changed. */
decide_fn informal_decide_result;
fold_fn informal_fold_result;
/* The editor, the Chair or the secretariat. */
decide_fn informal_decide_close;
fold_fn informal_fold_close;

#endif
