/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/tiles.h"

#include "base/must.h"
#include "record/entry.h"

#include "base/poison.h"

#define BITS 8

static enum rc emit_level(struct tiles *t, int level, struct err *err)
{
	struct tiles_level *l = &t->level[level];
	struct tile tile = {level, l->index, l->width, l->hash};
	l->index++;
	l->width = 0;
	return t->emit(t->ctx, &tile, err);
}

enum rc tiles_add(struct tiles *t, const struct tree_made *made, struct err *err)
{
	must(made->n <= TILE_LEVELS * BITS);
	for (int level = 0; level * BITS < made->n; level++) {
		struct tiles_level *l = &t->level[level];
		l->hash[l->width++] = made->node[level * BITS];
		if (l->width == TILE_WIDTH)
			TRY(emit_level(t, level, err));
	}
	return OK;
}

enum rc tiles_end(struct tiles *t, struct err *err)
{
	for (int level = 0; level < TILE_LEVELS; level++)
		if (t->level[level].width)
			TRY(emit_level(t, level, err));
	return OK;
}

/* The last three digits, after the groups before them, each with an x. */
static void write_index(struct buf *b, uint64_t index)
{
	char group[8][5];
	int n = 0;
	uint64_t v = index;
	do {
		char *z = group[n++];
		z[0] = 'x';
		z[1] = (char)('0' + v / 100 % 10);
		z[2] = (char)('0' + v / 10 % 10);
		z[3] = (char)('0' + v % 10);
		z[4] = '\0';
		v /= 1000;
	} while (v);
	while (n-- > 0) {
		buf_put(b, str_from(group[n] + (n == 0), n == 0 ? 3 : 4));
		if (n)
			buf_putc(b, '/');
	}
}

void tile_path_write(struct buf *b, int level, uint64_t index, size_t width)
{
	buf_put(b, S("tile/"));
	if (level == TILE_ENTRIES)
		buf_put(b, S("entries"));
	else
		buf_put_i64(b, level);
	buf_putc(b, '/');
	write_index(b, index);
	if (width < TILE_WIDTH) {
		buf_put(b, S(".p/"));
		buf_put_u64(b, width);
	}
}

size_t tile_width(int level, uint64_t index, uint64_t size)
{
	uint64_t hashes = size >> (BITS * (level == TILE_ENTRIES ? 0 : level));
	uint64_t full = hashes / TILE_WIDTH;
	if (index < full)
		return TILE_WIDTH;
	return index == full ? (size_t)(hashes % TILE_WIDTH) : 0;
}

/* Reads an index out of "x001/x234/067"; whether it is spelt right is found by writing it again. */
static bool read_index(str s, uint64_t *out)
{
	uint64_t v = 0;
	for (size_t i = 0; i < s.n && s.p[i] != '.'; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			continue;
		if (v > UINT64_MAX / 100)
			return false;
		v = v * 10 + (uint64_t)(s.p[i] - '0');
	}
	*out = v;
	return true;
}

bool tile_path_expected(str path, uint64_t size)
{
	int64_t level;
	uint64_t index;
	str rest = path;
	str first;
	str second;
	if (!str_cut(&rest, '/', &first) || !str_cut(&rest, '/', &second) || !rest.n)
		return false;
	if (str_is(second, "entries"))
		level = TILE_ENTRIES;
	else if (!entry_number_parse(second, &level) || level >= TILE_LEVELS)
		return false;
	if (!read_index(rest, &index))
		return false;
	size_t width = tile_width((int)level, index, size);
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf again = buf_in(a, 0);
	tile_path_write(&again, (int)level, index, width);
	return width > 0 && str_eq(buf_str(&again), path);
}
