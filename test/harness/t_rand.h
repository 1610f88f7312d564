/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * t_rand: the pseudo-random stream of the tests, also for programs with their own main().
 */
#ifndef T_RAND_H
#define T_RAND_H

#include <stddef.h>
#include <stdint.h>

/* A repeatable pseudo-random stream for property tests. */
struct t_rand {
	uint64_t s;
};
uint64_t t_rand_next(struct t_rand *r);
/* 0..n-1 */
size_t t_rand_below(struct t_rand *r, size_t n);

#endif
