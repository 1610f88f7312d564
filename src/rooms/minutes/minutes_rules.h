/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * minutes_rules: when a draft of the Chair's summary can be filed.
 *
 * Pure. Errors: ABSENT a meeting that does not exist, REFUSED one that has not begun, INVALID a
 * draft without words, each with the way out. Threads: the caller's group.
 */
#ifndef ROOMS_MINUTES_MINUTES_RULES_H
#define ROOMS_MINUTES_MINUTES_RULES_H

#include "rooms/minutes/minutes.h"

decide_fn minutes_decide_file;
fold_fn minutes_fold_file;

#endif
