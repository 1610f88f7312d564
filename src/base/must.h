/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * must: an invariant that stops the process when it is broken.
 *
 * The log makes stopping safe, so a broken invariant is never papered over.
 * Asserts stay on in release builds. Threads: any.
 */
#ifndef BASE_MUST_H
#define BASE_MUST_H

#include <stdnoreturn.h>

/* Prints the place and the broken expression to stderr and aborts. */
noreturn void must_fail(const char *expr, const char *file, int line);

#define must(x) ((x) ? (void)0 : must_fail(#x, __FILE__, __LINE__))

#endif
