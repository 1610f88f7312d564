/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/record/record_files.h"

#include "base/utf8.h"
#include "engine/house.h"
#include "record/media.h"
#include "record/note.h"
#include "record/part.h"
#include "record/tiles.h"
#include "record_view.sql.h"

#include "base/poison.h"

static void file_text(struct page *p, str name, str bytes)
{
	p->file_name = name;
	p->file_type = S("text/plain; charset=utf-8");
	p->file_bytes = bytes;
}

static void file_bytes(struct page *p, str name, str bytes)
{
	p->file_name = name;
	p->file_type = S("application/octet-stream");
	p->file_bytes = bytes;
	p->file_untrusted = true;
}

/* The newest signed checkpoint and the length of the log that it speaks of. */
static enum rc read_note(struct page *p, str *note, struct checkpoint *c, struct err *err)
{
	bool found;
	TRY(house_note(p->db, p->arena, p->origin, note, &found, err));
	if (!found)
		return ERR(
		    err, ABSENT, NULL, "The record is not signed yet. Try again in a second.");
	size_t blank = str_find(*note, S("\n\n"));
	return checkpoint_parse(str_head(*note, blank == SIZE_MAX ? note->n : blank + 1), c, err);
}

enum rc record_checkpoint_file(struct page *p, struct err *err)
{
	str note;
	struct checkpoint c;
	TRY(read_note(p, &note, &c, err));
	file_text(p, S("checkpoint"), note);
	return OK;
}

enum rc record_key_file(struct page *p, struct err *err)
{
	struct buf b = buf_in(p->arena, 0);
	struct note_key key;
	str host;
	TRY(house_key_of(p->db, p->arena, &key, &host, err));
	struct note_verifier v = note_verifier_of(&key, p->origin);
	note_verifier_write(&b, &v);
	buf_putc(&b, '\n');
	file_text(p, S("key"), buf_str(&b));
	return OK;
}

/* C2SP tlog-proof: the index, the hashes on the way to the root, the checkpoint. */
enum rc record_proof_file(struct page *p, struct err *err)
{
	str note;
	struct checkpoint c;
	struct tree_proof proof;
	struct log_source source = {p->store, p->origin};
	struct buf b = buf_in(p->arena, 0);
	int64_t seq;
	TRY(page_arg_i64(p, "seq", &seq, err));
	TRY(read_note(p, &note, &c, err));
	if ((uint64_t)seq >= c.size)
		return ERR(err, ABSENT, NULL, "Entry {0} is not signed yet.", page_i64(p, seq));
	TRY(tree_prove_inclusion(log_tree_source, &source, (uint64_t)seq, c.size, &proof, err));
	buf_printf(&b, "c2sp.org/tlog-proof@v1\nindex %lld\n", (long long)seq);
	for (size_t i = 0; i < proof.n; i++) {
		digest_write(&b, proof.hash[i]);
		buf_putc(&b, '\n');
	}
	buf_putc(&b, '\n');
	buf_put(&b, note);
	file_text(p, arena_printf(p->arena, "entry-%lld.tlog-proof", (long long)seq), buf_str(&b));
	return OK;
}

static enum rc may_see(struct page *p, const struct entry *e, size_t part, struct err *err)
{
	int64_t published;
	str media = e->part[part].media;
	TRY(record_is_published(p->db, p->arena, p->group.id, e->seq, &published, err));
	if (media_is_private(media) || (media_is_held(media) && !published))
		return ERR(err, ABSENT, NULL, "This part of entry {0} is not published.",
		    page_i64(p, e->seq));
	return OK;
}

/* "2" is the body of part 2, "2.salt" its salt. */
enum rc record_part_file(struct page *p, struct err *err)
{
	str name = page_arg(p, "part");
	bool is_salt = str_ends(name, S(".salt"));
	struct log_entry e;
	struct store_part part;
	int64_t seq, index;
	TRY(page_arg_i64(p, "seq", &seq, err));
	if (!str_to_i64(is_salt ? str_head(name, name.n - 5) : name, &index) || index < 0)
		return ERR(err, ABSENT, NULL, "There is no page at this address.");
	TRY(log_get(p->store, p->arena, p->origin, seq, &e, err));
	if ((size_t)index >= e.entry.parts)
		return ERR(err, ABSENT, NULL, "Entry {0} has no such part.", page_i64(p, seq));
	TRY(may_see(p, &e.entry, (size_t)index, err));
	TRY(log_part_read(p->store, p->arena, p->origin, seq, (size_t)index, &part, err));
	if (part.erased)
		return ERR(err, ABSENT, NULL, "This was erased from the record; entry {0} remains.",
		    page_i64(p, seq));
	file_bytes(p, arena_printf(p->arena, "part-%lld-%.*s", (long long)seq, STR(name)),
	    is_salt ? part.salts : part.body);
	return OK;
}

/* The tile of that number in the tree that is signed; the last one may be partial. */
static enum rc tile_at(struct page *p, int level, uint64_t *index, size_t *width, struct err *err)
{
	str n = page_arg(p, "n"), note;
	struct checkpoint c;
	int64_t v;
	TRY(read_note(p, &note, &c, err));
	if (!str_to_i64(n, &v) || v < 0 || !(*width = tile_width(level, (uint64_t)v, c.size)))
		return ERR(err, ABSENT, NULL, "The record has no such tile yet.");
	*index = (uint64_t)v;
	return OK;
}

enum rc record_tile_file(struct page *p, struct err *err)
{
	int64_t level;
	uint64_t index;
	size_t width;
	digest hash[TILE_WIDTH];
	TRY(page_arg_i64(p, "level", &level, err));
	if (level >= TILE_LEVELS)
		return ERR(err, ABSENT, NULL, "The record has no such tile yet.");
	TRY(tile_at(p, (int)level, &index, &width, err));
	TRY(log_tile(p->store, p->origin, (int)level, index * TILE_WIDTH, width, hash, err));
	file_bytes(p, S("tile"), arena_str(p->arena, str_from(hash, width * sizeof hash[0])));
	return OK;
}

/* Each entry with its length in two bytes, as tlog-tiles says. */
enum rc record_entries_file(struct page *p, struct err *err)
{
	uint64_t index;
	size_t width, n;
	struct store_entry *entries;
	struct buf b = buf_in(p->arena, 0);
	TRY(tile_at(p, 0, &index, &width, err));
	TRY(p->store->ops->read(p->store, p->arena, p->origin, (int64_t)(index * TILE_WIDTH), width,
	    STORE_NO_PARTS, &entries, &n, err));
	for (size_t i = 0; i < n; i++) {
		buf_putc(&b, (char)(entries[i].text.n >> 8));
		buf_putc(&b, (char)(entries[i].text.n & 255));
		buf_put(&b, entries[i].text);
	}
	file_bytes(p, S("entries"), buf_str(&b));
	return OK;
}

static str cut(const struct page *p, str s, size_t most)
{
	if (s.n <= most)
		return s;
	size_t n = most;
	while (n && ((unsigned char)s.p[n] & 0xC0) == 0x80) /* not inside a character */
		n--;
	return arena_printf(p->arena, "%.*s\xE2\x80\xA6", (int)n, s.p);
}

enum rc record_part_text(const struct page *p, str media, const struct store_part *part,
    size_t most, str *out, struct err *err)
{
	struct blocks blocks;
	struct buf b = buf_in(p->arena, 0);
	*out = STR_EMPTY;
	if (part->elsewhere ||
	    (!str_starts(media, S("text/")) && !str_starts(media, S("application/json"))))
		return OK;
	if (!media_is_blocks(media)) {
		*out = utf8_is_text(part->body) ? cut(p, part->body, most) : STR_EMPTY;
		return OK;
	}
	TRY(blocks_parse(p->arena, part->body, part->salts, &blocks, err));
	for (size_t i = 0; i < blocks.n && b.n <= most; i++) {
		buf_sep(&b, S("\n\n"));
		buf_put(&b, blocks.v[i].gone ? S("[\xE2\x80\xA6]") : blocks.v[i].text);
	}
	*out = cut(p, buf_str(&b), most);
	return OK;
}
