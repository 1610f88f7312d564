/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * screen_rules: what may be put on the screen of a meeting.
 *
 * Pure. Errors: ABSENT a number that does not exist, REFUSED a step out of order, each with the way
 * out. Threads: the caller's group.
 */
#ifndef ROOMS_SCREEN_SCREEN_RULES_H
#define ROOMS_SCREEN_SCREEN_RULES_H

#include "rooms/screen/screen.h"

/* A paragraph of the revision of now, in a meeting that is in session. */
decide_fn screen_decide_show;
fold_fn screen_fold_show;
decide_fn screen_decide_clear;
fold_fn screen_fold_clear;

#endif
