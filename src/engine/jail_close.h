/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * jail_close: how a child shuts itself in. Irreversible; only for jail_child.c and its tests.
 *
 * Threads: the process must have one. Errors: false, and then the child must end: a jail that
 * cannot be closed is never entered.
 */
#ifndef ENGINE_JAIL_CLOSE_H
#define ENGINE_JAIL_CLOSE_H

#include "engine/jail.h"

/* User, capabilities, limits, Landlock and seccomp, in this order. */
bool jail_close(const struct jail_kind *kind);

#endif
