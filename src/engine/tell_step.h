/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * tell_step: how a page became what it is, in few bytes.
 *
 * A piece of a page is markup; its values are its attributes and the texts between its tags, in the
 * order of the markup, from 0. A piece whose tags stayed is told as the values that changed; a new
 * one as those in which it differs from another piece that was there. doc/format/live.md says what
 * a step holds. Threads: any.
 */
#ifndef ENGINE_TELL_STEP_H
#define ENGINE_TELL_STEP_H

#include "base/buf.h"

/* A piece (or, key "", the keys of a part with a blank between them), before and now. */
struct step_slot {
	str part, key;
	str before, now; /* p NULL: it was not, or is not, on the page */
};

/* [FROM,{"PART":[AT,GONE,"KEY",...],...},{"KEY":"MARKUP" or [VALUES],...}]. In arena. */
str tell_step(struct arena *a, int64_t from, const struct step_slot *v, size_t n);

#endif
