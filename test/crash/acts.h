/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * acts: what the crash tests append, and the list of what was acknowledged.
 *
 * Act number n always has the same content and the key "act-n", so that after a crash
 * anyone can tell whether it is there, once, and whole. Threads: one.
 */
#ifndef TEST_ACTS_H
#define TEST_ACTS_H

#include "record/log.h"

#define ACTS_LOG "a.org/g/crash"

/* Appends acts first..first+n-1 in one transaction. */
enum rc acts_append(
    struct store *s, struct arena *a, int64_t first, int64_t n, struct err *err) MUST_USE;
/* True if acts 0..n-1 are all there, each with the number's content, and none twice. */
bool acts_are_there(struct store *s, struct arena *a, int64_t n);
/* Verifies the whole log; findings go to stderr. */
bool acts_verify(struct store *s);

#endif
