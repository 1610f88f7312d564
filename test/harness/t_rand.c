/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "t_rand.h"

#include "base/poison.h"

/* splitmix64 */
uint64_t t_rand_next(struct t_rand *r)
{
	uint64_t z = r->s += 0x9E3779B97F4A7C15u;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

size_t t_rand_below(struct t_rand *r, size_t n)
{
	return (size_t)(t_rand_next(r) % n);
}
