/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * proposal_rules: what may be done with a proposal, and by whom.
 *
 * Pure. Errors: INVALID names a field that is wrong in itself, ABSENT a number that does not
 * exist, DENIED somebody who does not speak for a sponsor, REFUSED a step out of order. Threads:
 * the caller's group.
 */
#ifndef ROOMS_PROPOSAL_PROPOSAL_RULES_H
#define ROOMS_PROPOSAL_PROPOSAL_RULES_H

#include "rooms/proposal/proposal.h"

/* The secretariat enters proposals on behalf of others only. */
decide_fn proposal_decide_submit;
fold_fn proposal_fold_submit;
/* By a sponsor or the secretariat, while it is open. */
decide_fn proposal_decide_revise;
fold_fn proposal_fold_revise;
/* A delegation sponsors a proposal once. */
decide_fn proposal_decide_cosponsor;
fold_fn proposal_fold_cosponsor;
/* The only sponsor cannot leave; it withdraws the proposal instead. */
decide_fn proposal_decide_leave;
fold_fn proposal_fold_leave;
/* Once at one meeting by one presenter. */
decide_fn proposal_decide_present;
fold_fn proposal_fold_present;
/* Two open sources at least. Their sponsors become the sponsors of the result. */
decide_fn proposal_decide_merge;
fold_fn proposal_fold_merge;
/* A sponsor of a source, within seven days; an objection opens the source again. */
decide_fn proposal_decide_answer;
fold_fn proposal_fold_answer;
decide_fn proposal_decide_split;
fold_fn proposal_fold_split;
decide_fn proposal_decide_withdraw;
fold_fn proposal_fold_withdraw;
/* Included names a paragraph, not included a reason. It can be corrected, and the record shows it.
 */
decide_fn proposal_decide_dispose;
fold_fn proposal_fold_dispose;

#endif
