/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * call_rules: what may happen to calls and contributions, and the state that follows from it.
 *
 * call_decide_x: REFUSED or DENIED by a rule, INVALID for a value that does not fit the call,
 * ABSENT for a number that does not exist; each message names the way out. call_fold_x cannot fail.
 * Pure. Threads: as the group.
 */
#ifndef ROOMS_CALL_CALL_RULES_H
#define ROOMS_CALL_CALL_RULES_H

#include "rooms/call/call.h"

decide_fn call_decide_draft, call_decide_question, call_decide_open, call_decide_extend,
    call_decide_close, call_decide_reopen;
decide_fn call_decide_submit, call_decide_publish, call_decide_withhold, call_decide_reject,
    call_decide_withdraw, call_decide_replace;
fold_fn call_fold_draft, call_fold_question, call_fold_open, call_fold_extend, call_fold_close,
    call_fold_reopen;
fold_fn call_fold_submit, call_fold_publish, call_fold_withhold, call_fold_reject,
    call_fold_withdraw, call_fold_replace;

/* The next deadline that the clock has to act on; as struct room_commands says. */
bool call_due(const struct group *g, usec *at, const char **name, int64_t *number);

#endif
