/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * cut_vfs: a disk in memory for SQLite, whose power can be cut.
 *
 * Writes, truncations and removals that were not synced are kept apart; when the power
 * goes, each is kept, lost or torn at sectors of 512 bytes, in any order, as
 * a seeded stream says. What was synced stays, as a disk promises. After the cut every
 * call fails until cut_vfs_restore. Threads: one; one connection at a time.
 */
#ifndef TEST_CUT_VFS_H
#define TEST_CUT_VFS_H

#include "t.h"

#define CUT_VFS "cut"

/* Registers the VFS under CUT_VFS with an empty disk. */
void cut_vfs_begin(uint64_t seed);
/* Forgets all files. No connection may be open. */
void cut_vfs_wipe(void);
/* The power goes when `calls` more calls that change the disk have begun. */
void cut_vfs_arm(size_t calls);
/* True once it has gone. */
bool cut_vfs_is_cut(void);
/* Cuts now, if it has not happened. */
void cut_vfs_cut(void);
/* Power again: the files are what the disk kept. Connections must have been closed. */
void cut_vfs_restore(void);

/* How often a sync saved something, and what the cuts destroyed: a test's test. */
struct cut_counts {
	size_t syncs, writes_lost, writes_torn, writes_kept;
};
struct cut_counts cut_vfs_counts(void);

#endif
