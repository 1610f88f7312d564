/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * janus_cage: what Janus may open. It reads what strangers send, so it sees its program, libraries
 * and own folder, and neither our data nor any TCP port.
 *
 * Threads: any.
 */
#ifndef ENGINE_JANUS_CAGE_H
#define ENGINE_JANUS_CAGE_H

#include "base/arena.h"

#define JANUS_CAGE_NONE   (-1) /* this system has no such thing */
#define JANUS_CAGE_BROKEN (-2) /* it has, and it did not work */

/* A descriptor for janus_cage_enter, made before the fork, or one of the two. */
int janus_cage_new(struct arena *a, str program, str folder);
/* In the child, for good: only system calls. False: it must not go on. */
bool janus_cage_enter(int cage);

#endif
