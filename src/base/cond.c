/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/cond.h"

#include <time.h>

#include "base/poison.h"

void cond_init(pthread_cond_t *c)
{
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(c, &attr);
	pthread_condattr_destroy(&attr);
}

bool cond_wait_until(pthread_cond_t *c, pthread_mutex_t *lock, usec t)
{
	struct timespec at = {.tv_sec = t / USEC_SECOND, .tv_nsec = t % USEC_SECOND * 1000};
	return pthread_cond_timedwait(c, lock, &at) == 0;
}
