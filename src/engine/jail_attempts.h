/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * jail_attempts: the acts that jail_test tries in each kind of jail, and what must come of them.
 *
 * Threads: one. Errors: an act answers below zero when it failed.
 */
#ifndef ENGINE_JAIL_ATTEMPTS_H
#define ENGINE_JAIL_ATTEMPTS_H

#include <stddef.h>

/* The end that is expected of an attempt. */
enum fate { DIES, FAILS, WORKS };

struct attempt {
	const char *name;
	long (*act)(void);
	enum fate pure;
	enum fate program;
};

extern const struct attempt jail_attempts[];
extern const size_t jail_attempts_n;

#endif
