/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * cond: condition variables that wait by the steady clock (clock_monotonic), which no correction of
 * the time of day moves. Threads: any.
 */
#ifndef BASE_COND_H
#define BASE_COND_H

#include <pthread.h>

#include "base/when.h"

/* Destroyed with pthread_cond_destroy. */
void cond_init(pthread_cond_t *c);
/*
 * Gives the lock back until c is signalled or the steady clock shows t, and takes it again. False:
 * the time has come. As with any, it may return true for no reason: ask again in a loop.
 */
bool cond_wait_until(pthread_cond_t *c, pthread_mutex_t *lock, usec t);

#endif
