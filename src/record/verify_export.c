/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/must.h"
#include "record/media.h"
#include "record/verify_check.h"
#include "record/verify_files.h"

#include <fcntl.h>
#include <sys/mman.h>

#include "base/poison.h"

#define BUNDLE_SPACE (TILE_WIDTH * (ENTRY_MAX + 2) + 1)
#define BODY_SPACE   (BLOCKS_BODY_MAX + 1)
#define SALTS_SPACE  (BLOCKS_MAX * SALT_BYTES + 1)
#define TILE_SPACE   (TILE_WIDTH * sizeof(digest) + 1)
#define SPACE_TOTAL  (BUNDLE_SPACE + BODY_SPACE + SALTS_SPACE + TILE_SPACE)
#define SHOWN_MAX    (1u << 20) /* bodies that a visitor is shown */
#define SHOWN_TOTAL  (8u << 20) /* of one entry */
#define WALK_DEPTH   8

struct export
{
	struct check check;
	struct arena *arena;
	struct arena *scratch; /* reset for each entry, bundle or tile */
	int root;
	int parts; /* descriptor of part/, or -1 */
	struct checkpoint checkpoint;
	struct file_space bundle, body, salts, tile;
	uint8_t *has_parts; /* a bit for each entry that has a folder of parts */
	bool broken;        /* the entries cannot be followed to their end */
};

/* ---- small things ---- */

static struct file_space space_of(struct arena *a, size_t cap)
{
	return (struct file_space){arena_push(a, cap), cap};
}

/* Address space for the largest files there can be; only the pages that are read into count. */
static char *reserve(void)
{
	void *p = mmap(NULL, SPACE_TOTAL, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	must(p != MAP_FAILED);
	return p;
}

static void auto_release(char **space)
{
	if (*space)
		munmap(*space, SPACE_TOTAL);
}

static void divide(struct export *x, char *space)
{
	x->bundle = (struct file_space){space, BUNDLE_SPACE};
	x->body = (struct file_space){x->bundle.p + BUNDLE_SPACE, BODY_SPACE};
	x->salts = (struct file_space){x->body.p + BODY_SPACE, SALTS_SPACE};
	x->tile = (struct file_space){x->salts.p + SALTS_SPACE, TILE_SPACE};
}

/* A file that cannot be larger than its space. */
static enum rc read_whole(struct export *x, int dir, const char *path, struct file_space space,
    str *out, bool *there, const struct check_place *at, struct err *err)
{
	enum file_found found;
	AUTO_FD int fd = -1;
	TRY(file_read(dir, path, space, out, &found, &fd, err));
	*there = found == FILE_READ;
	switch (found) {
	case FILE_READ:
		return OK;
	case FILE_MISSING:
		return check_tell(&x->check, at, err, "The file is missing.");
	case FILE_STRANGE:
		return check_tell(&x->check, at, err, "This is not a regular file.");
	case FILE_LARGE:
		return check_tell(&x->check, at, err, "The file is too long.");
	}
	return OK;
}

static str bundle_path(struct export *x, uint64_t index)
{
	struct buf path = buf_in(x->scratch, 0);
	tile_path_write(
	    &path, TILE_ENTRIES, index, tile_width(TILE_ENTRIES, index, x->checkpoint.size));
	return buf_str(&path);
}

/* ---- the statement: key and checkpoint ---- */

static enum rc read_key(struct export *x, struct note_verifier *v, bool *sound, struct err *err)
{
	struct check_place at = {S("key"), -1, -1};
	struct file_space space = space_of(x->arena, 1024);
	str text;
	struct err why;
	TRY(read_whole(x, x->root, "key", space, &text, sound, &at, err));
	if (!*sound)
		return OK;
	*sound = str_ends(text, S("\n")) &&
	         note_verifier_parse(x->arena, str_head(text, text.n - 1), v, &why) == OK;
	if (!*sound)
		return check_tell(&x->check, &at, err, "The key is malformed.");
	const struct note_verifier *trusted = x->check.how->trusted;
	*sound = !trusted || (str_eq(trusted->name, v->name) &&
	                         memcmp(trusted->public_key, v->public_key, 32) == 0);
	if (!*sound)
		return check_tell(&x->check, &at, err, "The key is not the one that is trusted.");
	x->check.result->key = str_head(text, text.n - 1);
	return OK;
}

static enum rc read_checkpoint(struct export *x, bool *sound, struct err *err)
{
	struct check_place at = {S("checkpoint"), -1, -1};
	struct file_space space = space_of(x->arena, NOTE_MAX + 1);
	struct note_verifier v;
	struct err why;
	str note;
	str text;
	TRY(read_key(x, &v, sound, err));
	if (!*sound)
		return OK;
	TRY(read_whole(x, x->root, "checkpoint", space, &note, sound, &at, err));
	if (!*sound)
		return OK;
	*sound = note_open(x->arena, note, &v, NOTE_REFUSE_UNKNOWN, &text, &why) == OK &&
	         checkpoint_parse(text, &x->checkpoint, &why) == OK &&
	         str_eq(x->checkpoint.origin, v.name);
	if (!*sound)
		return check_tell(&x->check, &at, err,
		    "The checkpoint is malformed or its signature does not verify.");
	x->check.origin = x->check.result->origin = x->checkpoint.origin;
	return OK;
}

/* ---- entries ---- */

/* Cuts the next entry, with its two bytes of length, off *rest. */
static bool cut_entry(str *rest, str *text)
{
	if (rest->n < 2)
		return false;
	size_t n = (size_t)(uint8_t)rest->p[0] << 8 | (uint8_t)rest->p[1];
	if (n > ENTRY_MAX || n > rest->n - 2)
		return false;
	*text = str_head(str_skip(*rest, 2), n);
	*rest = str_skip(*rest, n + 2);
	return true;
}

static enum rc check_erasing(struct export *x, const struct entry *e, struct err *err)
{
	str path = arena_printf(x->scratch, "part/%lld/0", (long long)e->seq);
	struct check_place at = {path, e->seq, 0};
	bool there;
	str body;
	TRY(read_whole(x, x->root, path.p, x->body, &body, &there, &at, err));
	return there ? check_erasure(&x->check, path, e, body, err) : OK;
}

static enum rc check_bundle(struct export *x, uint64_t index, struct err *err)
{
	size_t width = tile_width(TILE_ENTRIES, index, x->checkpoint.size);
	str path = bundle_path(x, index);
	struct check_place at = {path, (int64_t)(index * TILE_WIDTH), -1};
	bool there;
	str rest;
	TRY(read_whole(x, x->root, path.p, x->bundle, &rest, &there, &at, err));
	for (size_t i = 0; there && i < width; i++, at.seq++) {
		str text;
		struct entry e;
		bool sound;
		if (!cut_entry(&rest, &text)) {
			there = false;
			TRY(check_tell(&x->check, &at, err, "The file breaks off at this entry."));
			break;
		}
		TRY(check_entry(&x->check, path, text, &e, &sound, err));
		if (sound && fate_is_erasure(&e))
			TRY(check_erasing(x, &e, err));
	}
	x->broken = !there;
	if (there && rest.n) {
		at.seq--;
		return check_tell(&x->check, &at, err, "The file goes on after its last entry.");
	}
	return OK;
}

/* Says of each hash in a tile whether it is that of the entries. */
static enum rc check_tile(void *ctx, const struct tile *tile, struct err *err)
{
	struct export *x = ctx;
	struct buf buf = buf_in(x->arena, 0);
	tile_path_write(&buf, tile->level, tile->index, tile->width);
	str path = buf_str(&buf);
	struct check_place at = {path, -1, -1};
	bool there;
	str bytes;
	TRY(read_whole(x, x->root, arena_z(x->arena, path), x->tile, &bytes, &there, &at, err));
	if (!there || str_eq(bytes, str_from(tile->hash, tile->width * sizeof(digest))))
		return OK;
	if (bytes.n != tile->width * sizeof(digest))
		return check_tell(&x->check, &at, err, "The tile has not the right length.");
	for (size_t i = 0; i < tile->width; i++) {
		str hash = str_head(str_skip(bytes, i * sizeof(digest)), sizeof(digest));
		if (str_eq(hash, str_from(tile->hash[i].b, sizeof(digest))))
			continue;
		at.seq = (int64_t)((tile->index * TILE_WIDTH + i) << (8 * tile->level));
		TRY(check_tell(
		    &x->check, &at, err, "The tile and the entries do not agree from here on."));
	}
	return OK;
}

static enum rc check_entries(struct export *x, struct err *err)
{
	uint64_t bundles = (x->checkpoint.size + TILE_WIDTH - 1) / TILE_WIDTH;
	struct check_place at = {S("checkpoint"), -1, -1};
	for (uint64_t i = 0; i < bundles && !x->broken; i++) {
		arena_reset(x->scratch);
		TRY(check_bundle(x, i, err));
	}
	if (x->broken)
		return OK;
	TRY(check_end_entries(&x->check, err));
	if (!digest_eq(tree_root(&x->check.tree), x->checkpoint.root))
		return check_tell(
		    &x->check, &at, err, "The entries do not have the root that was signed.");
	return OK;
}

/* ---- parts ---- */

/* What is expected of an entry's parts: bit i for part i. */
struct expected {
	const struct export *x;
	const struct entry *entry;
	uint64_t there;
};

static bool names_part(const struct expected *w, str name)
{
	int64_t index;
	str number = str_ends(name, S(".salt")) ? str_head(name, name.n - 5) : name;
	return entry_number_parse(number, &index) && index < ENTRY_PARTS && w->there >> index & 1;
}

struct listing {
	struct export *x;
	struct expected wanted;
};

static enum rc visit_part_file(void *ctx, str name, bool is_folder, struct err *err)
{
	struct listing *l = ctx;
	struct export *x = l->x;
	long long seq = (long long)l->wanted.entry->seq;
	if (!is_folder && names_part(&l->wanted, name))
		return OK;
	struct check_place at = {
	    arena_printf(x->scratch, "part/%lld/%.*s", seq, STR(name)), seq, -1};
	return check_tell(&x->check, &at, err, "This should not be here.");
}

/* A plain body of any length, hashed as it is read. */
static enum rc commit_long(
    struct export *x, int fd, str salts, str begin, digest *out, size_t *size, struct err *err)
{
	struct sha256 *h = part_commitment_begin(salts);
	enum rc code = OK;
	*size = 0;
	for (str piece = begin; code == OK && piece.n;) {
		sha256_add(h, piece);
		*size += piece.n;
		code = file_read_on(fd, x->body, &piece, err);
	}
	*out = sha256_end(h);
	return code;
}

static enum rc check_body(struct export *x, const struct check_place *at,
    const struct entry_part *part, str body, int more, str salts, struct store_part *shown,
    struct err *err)
{
	digest commitment;
	size_t size = body.n;
	struct check_place salt_at = {
	    arena_printf(x->scratch, "%.*s.salt", STR(at->file)), at->seq, at->part};
	shown->erased = false;
	shown->elsewhere = true;
	if (x->check.how->visit && more < 0 && body.n <= SHOWN_MAX &&
	    arena_used(x->scratch) < SHOWN_TOTAL) {
		shown->elsewhere = false;
		shown->body = arena_str(x->scratch, body);
		shown->salts = arena_str(x->scratch, salts);
	}
	if (media_is_blocks(part->media)) {
		if (more >= 0)
			return check_tell(&x->check, at, err, "The text is too long.");
		return check_blocks(&x->check, at, part, body, salts, err);
	}
	if (salts.n != SALT_BYTES)
		return check_tell(&x->check, &salt_at, err, "A salt is 32 bytes long.");
	if (more >= 0)
		TRY(commit_long(x, more, salts, body, &commitment, &size, err));
	else
		TRY(part_recommit(x->scratch, false, body, salts, &commitment, err));
	return check_plain(&x->check, at, part, commitment, size, err);
}

static enum rc check_part(struct export *x, int folder, const struct entry *e, size_t index,
    struct store_part *shown, struct err *err)
{
	str name = arena_printf(x->scratch, "%zu", index);
	str salt_name = arena_printf(x->scratch, "%zu.salt", index);
	long long seq = (long long)e->seq;
	struct check_place at = {
	    arena_printf(x->scratch, "part/%lld/%zu", seq, index), seq, (int)index};
	struct check_place salt_at = at;
	salt_at.file = arena_printf(x->scratch, "part/%lld/%zu.salt", seq, index);
	enum file_found found;
	AUTO_FD int more = -1;
	str body;
	str salts;
	bool salt_there;
	TRY(read_whole(x, folder, salt_name.p, x->salts, &salts, &salt_there, &salt_at, err));
	TRY(file_read(folder, name.p, x->body, &body, &found, &more, err));
	if (found == FILE_MISSING)
		return check_tell(
		    &x->check, &at, err, "The part is missing and no entry erased it.");
	if (found == FILE_STRANGE)
		return check_tell(&x->check, &at, err, "This is not a regular file.");
	return salt_there ? check_body(x, &at, &e->part[index], body, more, salts, shown, err) : OK;
}

/* Sorts an entry's parts into those that must be there and those that must not. */
static uint64_t expect_parts(struct export *x, const struct entry *e)
{
	uint64_t there = 0;
	for (size_t i = 0; i < e->parts; i++) {
		if (fate_erased_by(&x->check.fate, e->seq, i, LOG_WHOLE) >= 0)
			x->check.result->parts_erased++;
		else if (!fate_is_public(&x->check.fate, e->seq, e->part[i].media))
			x->check.result->parts_withheld++;
		else
			there |= (uint64_t)1 << i;
	}
	return there;
}

static enum rc check_parts(
    struct export *x, const struct entry *e, struct store_part *shown, struct err *err)
{
	struct listing l = {x, {x, e, expect_parts(x, e)}};
	AUTO_FD int folder = -1;
	if (l.wanted.there == 0)
		return OK;
	x->has_parts[e->seq / 8] |= (uint8_t)(1 << e->seq % 8);
	str name = arena_printf(x->scratch, "%lld", (long long)e->seq);
	if (x->parts >= 0)
		TRY(folder_open(x->parts, name.p, &folder, err));
	if (folder >= 0)
		TRY(folder_list(folder, visit_part_file, &l, err));
	for (size_t i = 0; i < e->parts; i++) {
		struct check_place at = {
		    arena_printf(x->scratch, "part/%lld/%zu", (long long)e->seq, i), e->seq,
		    (int)i};
		if (!(l.wanted.there >> i & 1))
			continue;
		if (folder < 0)
			TRY(check_tell(
			    &x->check, &at, err, "The part is missing and no entry erased it."));
		else
			TRY(check_part(x, folder, e, i, &shown[i], err));
	}
	return OK;
}

static enum rc show(struct export *x, str path, const struct log_entry *e, struct err *err)
{
	struct err why;
	if (!x->check.how->visit)
		return OK;
	enum rc code = x->check.how->visit(x->check.how->ctx, e, &why);
	struct check_place at = {path, e->entry.seq, -1};
	if (code == REFUSED)
		return check_tell(&x->check, &at, err, "%.*s", STR(err_text(&why, x->scratch)));
	if (code != OK && err)
		*err = why;
	return code;
}

static enum rc check_bundle_parts(struct export *x, uint64_t index, struct err *err)
{
	AUTO_ARENA struct arena *path_arena = arena_new(0);
	struct check_place at = {arena_str(path_arena, bundle_path(x, index)), -1, -1};
	size_t width = tile_width(TILE_ENTRIES, index, x->checkpoint.size);
	bool there;
	str rest;
	str text;
	TRY(read_whole(
	    x, x->root, arena_z(path_arena, at.file), x->bundle, &rest, &there, &at, err));
	for (size_t i = 0; there && i < width && cut_entry(&rest, &text); i++) {
		struct log_entry e = {.text = text};
		struct store_part shown[ENTRY_PARTS];
		struct err why;
		if (entry_parse(text, &e.entry, &why) != OK)
			continue;
		e.entry.seq = (int64_t)(index * TILE_WIDTH + i);
		arena_reset(x->scratch);
		for (size_t p = 0; p < e.entry.parts; p++)
			shown[p] = (struct store_part){.erased = true};
		e.parts = shown;
		TRY(check_parts(x, &e.entry, shown, err));
		TRY(show(x, at.file, &e, err));
	}
	return OK;
}

static enum rc check_all_parts(struct export *x, struct err *err)
{
	uint64_t bundles = (x->checkpoint.size + TILE_WIDTH - 1) / TILE_WIDTH;
	x->has_parts = arena_push(x->arena, x->checkpoint.size / 8 + 1);
	for (uint64_t i = 0; i < bundles; i++)
		TRY(check_bundle_parts(x, i, err));
	return OK;
}

/* ---- what else lies in the folder ---- */

struct walk {
	struct export *x;
	str path; /* with a slash at its end, or empty */
	int fd;
	int depth;
};

static enum rc unexpected(struct export *x, str path, struct err *err)
{
	struct check_place at = {path, -1, -1};
	return check_tell(&x->check, &at, err, "This should not be here.");
}

static enum rc visit_tile_name(void *ctx, str name, bool is_folder, struct err *err)
{
	struct walk *w = ctx;
	AUTO_ARENA struct arena *a = arena_new(0);
	str path = arena_printf(a, "%.*s%.*s", STR(w->path), STR(name));
	if (!is_folder)
		return tile_path_expected(path, w->x->checkpoint.size)
		           ? OK
		           : unexpected(w->x, path, err);
	struct walk below = {w->x, arena_printf(a, "%.*s/", STR(path)), -1, w->depth + 1};
	if (below.depth > WALK_DEPTH)
		return unexpected(w->x, path, err);
	AUTO_FD int fd = -1;
	TRY(folder_open(w->fd, arena_z(a, name), &fd, err));
	below.fd = fd;
	return fd < 0 ? OK : folder_list(fd, visit_tile_name, &below, err);
}

static enum rc visit_part_folder(void *ctx, str name, bool is_folder, struct err *err)
{
	struct walk *w = ctx;
	int64_t seq;
	AUTO_ARENA struct arena *a = arena_new(0);
	if (is_folder && entry_number_parse(name, &seq) && (uint64_t)seq < w->x->checkpoint.size &&
	    w->x->has_parts[seq / 8] >> seq % 8 & 1)
		return OK;
	return unexpected(w->x, arena_printf(a, "part/%.*s", STR(name)), err);
}

static enum rc visit_top(void *ctx, str name, bool is_folder, struct err *err)
{
	struct walk *w = ctx;
	struct export *x = w->x;
	if (!is_folder && (str_is(name, "key") || str_is(name, "checkpoint")))
		return OK;
	if (is_folder && str_is(name, "tile")) {
		AUTO_FD int fd = -1;
		TRY(folder_open(x->root, "tile", &fd, err));
		struct walk below = {x, S("tile/"), fd, 1};
		return fd < 0 ? OK : folder_list(fd, visit_tile_name, &below, err);
	}
	if (is_folder && str_is(name, "part")) {
		AUTO_FD int fd = -1;
		TRY(folder_open(x->root, "part", &fd, err));
		return fd < 0 ? OK : folder_list(fd, visit_part_folder, w, err);
	}
	return unexpected(x, name, err);
}

/* ---- the whole ---- */

static enum rc check_export(struct export *x, struct err *err)
{
	bool sound;
	TRY(read_checkpoint(x, &sound, err));
	if (!sound)
		return OK;
	TRY(check_entries(x, err));
	if (x->broken)
		return OK;
	TRY(check_all_parts(x, err));
	struct walk top = {x, STR_EMPTY, x->root, 0};
	AUTO_FD int fd = -1;
	TRY(folder_open(x->root, ".", &fd, err));
	return folder_list(fd, visit_top, &top, err);
}

/* A folder with nothing of an export in it is a wrong path, not a forgery. */
static enum rc visit_any(void *ctx, str name, bool is_folder, struct err *err)
{
	(void)is_folder;
	(void)err;
	static const char *const ours[] = {"key", "checkpoint", "tile", "part"};
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (str_is(name, ours[i]))
			*(bool *)ctx = true;
	return OK;
}

static enum rc open_export(struct arena *a, str folder, int *root, struct err *err)
{
	bool any = false;
	AUTO_FD int fd = -1;
	TRY(folder_open(AT_FDCWD, arena_z(a, folder), root, err));
	if (*root >= 0)
		TRY(folder_open(*root, ".", &fd, err));
	if (fd >= 0)
		TRY(folder_list(fd, visit_any, &any, err));
	if (!any)
		return ERR(err, ABSENT, NULL, "There is no export at {0}.", folder);
	return OK;
}

enum rc verify_export(struct arena *a, str folder, const struct verify_how *how,
    struct verify_result *out, struct err *err)
{
	AUTO_ARENA struct arena *work = arena_new(0);
	AUTO_ARENA struct arena *scratch = arena_new(0);
	AUTO_FD int root = -1;
	AUTO_FD int parts = -1;
	__attribute__((cleanup(auto_release))) char *space = reserve();
	*out = (struct verify_result){0};
	TRY(open_export(work, folder, &root, err));
	TRY(folder_open(root, "part", &parts, err));
	struct export *x = arena_new_of(work, struct export);
	check_begin(&x->check, how, out, work, scratch);
	x->check.tiles.emit = check_tile;
	x->check.tiles.ctx = x;
	x->arena = work;
	x->scratch = scratch;
	x->root = root;
	x->parts = parts;
	divide(x, space);
	enum rc code = check_export(x, err);
	out->origin = arena_str(a, out->origin);
	out->key = arena_str(a, out->key);
	/* Too many findings end the walk early, which is an answer. */
	return code == REFUSED && out->findings >= VERIFY_FINDINGS_MAX ? OK : code;
}
