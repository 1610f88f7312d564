/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * record: the log itself as a room: browsing entries, proofs, erasure. RECORD 3. Threads: any.
 */
#ifndef ROOMS_RECORD_RECORD_H
#define ROOMS_RECORD_RECORD_H

#include "rooms/rooms.h"

/* "opened call 1: Input" from the command's sentence and the values of a fact. In arena. */
str record_said(struct arena *a, const struct fact *f);

#endif
