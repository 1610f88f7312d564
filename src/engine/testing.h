/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * testing: acts in memory, for unit and property tests of rules: checked by their rows, decided
 * and folded, without a log. Threads: the test's.
 */
#ifndef ENGINE_TESTING_H
#define ENGINE_TESTING_H

#include <stdarg.h>

#include "engine/room.h"

/* A group of its own, with the state of every room in the list. Freed with arena_free(g->arena). */
struct group *try_group(const struct rooms *rooms);
/*
 * Carries out one act by somebody with these roles at g->time (or later) and folds it. Fields
 * follow as name, value pairs of C strings (several values of a list: the name again), ended by
 * NULL. The code of the refusal otherwise; err may be NULL.
 */
enum rc try_act(const struct rooms *rooms, struct group *g, const char *command, actor_id who,
    unsigned roles, usec now, struct err *err, ...) __attribute__((sentinel));

/* The same for helpers of tests; *fact (may be NULL) gets what was folded, borrowed from the group.
 */
enum rc try_act_with(const struct rooms *rooms, struct group *g, const char *command, actor_id who,
    unsigned roles, usec now, struct fact *fact, struct err *err, va_list fields);

#endif
