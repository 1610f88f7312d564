/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * tiles: the tree as files of 256 hashes (C2SP tlog-tiles), made while it grows.
 *
 * Tile level 0 holds leaf hashes, level 1 the roots of full tiles of level 0, and so
 * on. A full tile is emitted as soon as it is full, the partial ones at the end.
 * Threads: one at a time.
 */
#ifndef RECORD_TILES_H
#define RECORD_TILES_H

#include "record/tree.h"

#define TILE_WIDTH  256
#define TILE_LEVELS 6 /* enough for 2^48 entries */

/* One finished tile of `width` hashes. */
struct tile {
	int level;
	uint64_t index;
	size_t width;
	const digest *hash;
};

typedef enum rc tiles_emit(void *ctx, const struct tile *tile, struct err *err);

struct tiles {
	tiles_emit *emit;
	void *ctx;
	struct tiles_level {
		uint64_t index;
		size_t width;
		digest hash[TILE_WIDTH];
	} level[TILE_LEVELS];
};

/* Takes the subtrees that one append completed (tree_append). Errors: those of emit. */
enum rc tiles_add(struct tiles *t, const struct tree_made *made, struct err *err) MUST_USE;
/* Emits the partial tiles. */
enum rc tiles_end(struct tiles *t, struct err *err) MUST_USE;

#define TILE_ENTRIES (-1) /* the level of the bundles of entries, in paths */

/* "tile/0/x001/x234/067" and ".p/17" when it is partial; "tile/entries/..." */
void tile_path_write(struct buf *b, int level, uint64_t index, size_t width);
/* True if a tree of `size` has exactly this file. */
bool tile_path_expected(str path, uint64_t size);
/* Width of a tile in a tree of `size`; 0 when it has no such tile. */
size_t tile_width(int level, uint64_t index, uint64_t size);

#endif
