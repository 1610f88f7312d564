/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * call_rules_inside: what the two files of this room's rules share. Nobody else includes it.
 *
 * Pure. Threads: as the group. Texts are in act->arena.
 */
#ifndef ROOMS_CALL_CALL_RULES_INSIDE_H
#define ROOMS_CALL_CALL_RULES_INSIDE_H

#include "rooms/call/call_rules.h"

/* For messages: "2016-12-07 22:59 UTC". */
str call_utc(const struct act *act, usec t);
/* The call of that number, or NULL. Borrowed from the state. */
struct call_item *call_at(const struct group *g, int64_t number);
/* The call that a field names; the entry then refers to its draft. ABSENT: no such call. */
enum rc call_named(const struct group *g, struct act *act, const char *field,
    struct call_item **out, struct err *err) MUST_USE;

#endif
