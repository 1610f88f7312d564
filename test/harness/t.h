/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * t: the test harness. A test registers itself, runs in a process of its own, so
 * that a crash or a leak is one failed test, and answers in TAP.
 *
 *     TEST(call_closes_at_deadline)
 *     {
 *             CHECK(call.closed);
 *             CHECK_EQ(call.n, 37);
 *             CHECK_STR(call.title, "Input");
 *     }
 *
 * A test program is linked with t.c, which holds main(): arguments are substrings
 * of the names to run; -l lists; -n runs in this process (for debuggers).
 */
#ifndef T_H
#define T_H

#include "base/arena.h"
#include "t_rand.h"

typedef void (*t_fn)(void);
void t_register(const char *name, t_fn fn, const char *file, int line);
/* Notes a failure and goes on; the test fails at its end. */
void t_fail(const char *file, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The number of failures so far in this test. */
int t_failures(void);
/* A folder that is removed after the test. Borrowed. */
const char *t_tmpdir(void);
/* A file below test/fixtures or ../shared, as bytes. In arena; stops the test when absent. */
str t_read_file(struct arena *a, const char *path);
/* The root of the checkout. */
const char *t_root(void);
#define TEST(name)                                                  \
	static void t_##name(void);                                 \
	__attribute__((constructor)) static void t_reg_##name(void) \
	{                                                           \
		t_register(#name, t_##name, __FILE__, __LINE__);    \
	}                                                           \
	static void t_##name(void)

#define CHECK(x)          ((x) ? (void)0 : t_fail(__FILE__, __LINE__, "not true: %s", #x))
#define CHECK_EQ(a, b)    t_check_eq(__FILE__, __LINE__, #a, (int64_t)(a), (int64_t)(b))
#define CHECK_STR(s, z)   t_check_str(__FILE__, __LINE__, #s, (s), str_of(z))
#define CHECK_STREQ(s, u) t_check_str(__FILE__, __LINE__, #s, (s), (u))
/* Stops the test when false. */
#define NEED(x)                                                       \
	do {                                                          \
		if (!(x)) {                                           \
			t_fail(__FILE__, __LINE__, "needed: %s", #x); \
			return;                                       \
		}                                                     \
	} while (0)

void t_check_eq(const char *file, int line, const char *what, int64_t got, int64_t want);
void t_check_str(const char *file, int line, const char *what, str got, str want);

#endif
