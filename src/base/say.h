/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * say: the operator's log, one line a fact, key=value, on stderr.
 *
 * Never log the content of contributions, names or addresses: ids only. Threads: any.
 */
#ifndef BASE_SAY_H
#define BASE_SAY_H

#include "base/err.h"

enum say_level { SAY_ERROR, SAY_NOTICE, SAY_DEBUG };

/* The most detailed level that is written (default SAY_NOTICE). Set once, at start. */
void say_set_level(enum say_level most);
/* True if that level is written, for those whose words cost time to find. */
bool say_wants(enum say_level level);
/* say(SAY_NOTICE, "serve", "addr=%s port=%d", ...): "level=notice event=serve addr=.. port=.." */
void say(enum say_level level, const char *event, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* An error at the door, with its way up. */
void say_err(const char *event, const struct err *e);

#endif
