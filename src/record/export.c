/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/export.h"

#include "base/must.h"
#include "record/fate.h"
#include "record/tiles.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/poison.h"

struct exporting {
	struct store *store;
	str origin;
	struct fate fate;
	struct arena *scratch; /* reset for each entry and tile */
	int root;              /* descriptor of the folder */
	struct tree tree;
	struct tiles tiles;
	struct buf bundle; /* the entries of the current bundle, in bundle_arena */
	struct arena *bundle_arena;
	struct export_counts *counts;
};

static void auto_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}
#define AUTO_FD __attribute__((cleanup(auto_close)))

static enum rc disk_fault(struct err *err, const char *what)
{
	return ERR(err, FAULT, NULL, "The disk failed: {0}: {1}.", str_of(what),
	    str_of(strerrordesc_np(errno)));
}

/* ---- writing files ---- */

/* Makes the folders that a path needs. The path is changed and changed back. */
static enum rc make_folders(int root, char *path, struct err *err)
{
	for (char *p = path; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		int failed = mkdirat(root, path, 0755);
		*p = '/';
		if (failed && errno != EEXIST)
			return disk_fault(err, "mkdir");
	}
	return OK;
}

static enum rc write_file(struct exporting *x, str path, str bytes, struct err *err)
{
	char *z = arena_z(x->scratch, path);
	int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
	AUTO_FD int fd = openat(x->root, z, flags, 0644);
	if (fd < 0 && errno == ENOENT) {
		TRY(make_folders(x->root, z, err));
		fd = openat(x->root, z, flags, 0644);
	}
	if (fd < 0)
		return disk_fault(err, "open");
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return disk_fault(err, "write");
		bytes = str_skip(bytes, (size_t)n);
	}
	return OK;
}

static enum rc write_tile(void *ctx, const struct tile *tile, struct err *err)
{
	struct exporting *x = ctx;
	struct buf path = buf_in(x->scratch, 0);
	tile_path_write(&path, tile->level, tile->index, tile->width);
	return write_file(
	    x, buf_str(&path), str_from(tile->hash, tile->width * sizeof(digest)), err);
}

/* Writes the entries gathered so far, up to (not including) `end`. */
static enum rc write_bundle(struct exporting *x, uint64_t end, struct err *err)
{
	if (x->bundle.n == 0)
		return OK;
	uint64_t index = (end - 1) / TILE_WIDTH;
	struct buf path = buf_in(x->scratch, 0);
	tile_path_write(&path, TILE_ENTRIES, index, (size_t)(end - index * TILE_WIDTH));
	TRY(write_file(x, buf_str(&path), buf_str(&x->bundle), err));
	arena_reset(x->bundle_arena);
	x->bundle = buf_in(x->bundle_arena, 0);
	return OK;
}

/* ---- the two walks over the log ---- */

static enum rc note_fate(void *ctx, const struct log_entry *e, struct err *err)
{
	struct exporting *x = ctx;
	fate_add_entry(&x->fate, &e->entry);
	if (!fate_is_erasure(&e->entry))
		return OK;
	struct store_part said;
	struct log_erasure erasure;
	arena_reset(x->scratch);
	TRY(log_part_read(x->store, x->scratch, x->origin, e->entry.seq, 0, &said, err));
	TRY(log_erasure_parse(x->scratch, &e->entry, said.body, &erasure, err));
	fate_add_erasure(&x->fate, &erasure, e->entry.seq);
	return OK;
}

static enum rc write_part(
    struct exporting *x, const struct log_entry *e, size_t index, struct err *err)
{
	struct store_part part = e->parts[index];
	long long seq = (long long)e->entry.seq;
	if (part.erased) {
		x->counts->erased++;
		return OK;
	}
	if (!fate_is_public(&x->fate, e->entry.seq, e->entry.part[index].media)) {
		x->counts->withheld++;
		return OK;
	}
	if (part.elsewhere)
		TRY(log_part_read(
		    x->store, x->scratch, x->origin, e->entry.seq, index, &part, err));
	x->counts->parts++;
	x->counts->bytes += part.body.n;
	TRY(write_file(x, arena_printf(x->scratch, "part/%lld/%zu", seq, index), part.body, err));
	return write_file(
	    x, arena_printf(x->scratch, "part/%lld/%zu.salt", seq, index), part.salts, err);
}

static enum rc write_entry(void *ctx, const struct log_entry *e, struct err *err)
{
	struct exporting *x = ctx;
	struct tree_made made;
	arena_reset(x->scratch);
	buf_putc(&x->bundle, (char)(e->text.n >> 8));
	buf_putc(&x->bundle, (char)e->text.n);
	buf_put(&x->bundle, e->text);
	tree_append(&x->tree, tree_leaf(e->text), &made);
	TRY(tiles_add(&x->tiles, &made, err));
	if (x->tree.size % TILE_WIDTH == 0)
		TRY(write_bundle(x, x->tree.size, err));
	for (size_t i = 0; i < e->entry.parts; i++)
		TRY(write_part(x, e, i, err));
	x->counts->entries++;
	return OK;
}

static enum rc write_log(struct exporting *x, const struct checkpoint *c, struct err *err)
{
	int64_t size = (int64_t)c->size;
	TRY(log_each(x->store, x->origin, 0, size, STORE_NO_PARTS, note_fate, x, err));
	fate_sort(&x->fate);
	TRY(log_each(x->store, x->origin, 0, size, STORE_WITH_PARTS, write_entry, x, err));
	arena_reset(x->scratch);
	TRY(write_bundle(x, x->tree.size, err));
	TRY(tiles_end(&x->tiles, err));
	if (x->tree.size != c->size || !digest_eq(tree_root(&x->tree), c->root))
		return ERR(
		    err, FAULT, NULL, "The log in the database is not the one that was signed.");
	return OK;
}

/* ---- the folder ---- */

static void auto_closedir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

static enum rc open_folder(str out, int *fd, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	char *z = arena_z(a, out);
	if (mkdir(z, 0755) != 0 && errno != EEXIST)
		return disk_fault(err, "mkdir");
	__attribute__((cleanup(auto_closedir))) DIR *dir = opendir(z);
	if (!dir)
		return disk_fault(err, "opendir");
	for (struct dirent *e; (e = readdir(dir));)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			return ERR(err, REFUSED, "out", "The folder {0} is not empty.", out);
	*fd = open(z, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return *fd < 0 ? disk_fault(err, "open") : OK;
}

static enum rc write_key(struct exporting *x, const struct note_verifier *verifier, struct err *err)
{
	struct buf key = buf_in(x->scratch, 0);
	note_verifier_write(&key, verifier);
	buf_putc(&key, '\n');
	return write_file(x, S("key"), buf_str(&key), err);
}

static enum rc check_note(struct arena *a, struct store *s, str origin, str note,
    const struct note_verifier *verifier, struct checkpoint *c, struct err *err)
{
	str text;
	struct store_head head;
	TRY(note_open(a, note, verifier, NOTE_REFUSE_UNKNOWN, &text, err));
	TRY(checkpoint_parse(text, c, err));
	if (!str_eq(c->origin, origin))
		return ERR(err, INVALID, "note", "The checkpoint is that of another log.");
	TRY(log_head(s, origin, &head, err));
	if (head.tree.size != c->size)
		return ERR(err, CONFLICT, "note", "The log has moved on since the checkpoint.");
	return OK;
}

enum rc export_log(struct store *s, str origin, str note, const struct note_verifier *verifier,
    str out, struct export_counts *counts, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_ARENA struct arena *scratch = arena_new(0);
	AUTO_ARENA struct arena *bundle_arena = arena_new(0);
	AUTO_FD int root = -1;
	AUTO_TX struct store_tx tx = {0};
	struct checkpoint checkpoint;
	*counts = (struct export_counts){0};
	TRY(store_begin(s, &tx, err));
	TRY(check_note(a, s, origin, note, verifier, &checkpoint, err));
	TRY(open_folder(out, &root, err));
	struct exporting *x = arena_new_of(a, struct exporting);
	x->store = s;
	x->origin = origin;
	x->fate = fate_in(a);
	x->scratch = scratch;
	x->root = root;
	x->tiles.emit = write_tile;
	x->tiles.ctx = x;
	x->bundle_arena = bundle_arena;
	x->bundle = buf_in(bundle_arena, 0);
	x->counts = counts;
	TRY(write_log(x, &checkpoint, err));
	TRY(write_key(x, verifier, err));
	return write_file(x, S("checkpoint"), note, err);
}
