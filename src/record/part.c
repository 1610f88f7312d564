/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/part.h"

#include "base/vec.h"
#include "record/entry.h"

#include "base/poison.h"

#define PART_DOMAIN   "comity-part/v1\n"
#define BLOCKS_DOMAIN "comity-blocks/v1\n"

/* Only bytes, so that the compiler puts nothing between them. */
struct count_bytes {
	uint8_t b[8];
};

static str salt_str(const salt *r)
{
	return str_from(r->b, sizeof r->b);
}

/* The i-th salt of a row of them. */
static salt salt_at(str salts, size_t i)
{
	salt r;
	mem_copy(r.b, sizeof r.b, salts.p + i * SALT_BYTES, SALT_BYTES);
	return r;
}

digest part_commitment(const salt *r, str body)
{
	return sha256_of((const str[]){S(PART_DOMAIN), salt_str(r), body}, 3);
}

struct sha256 *part_commitment_begin(str salt_bytes)
{
	struct sha256 *h = sha256_begin();
	sha256_add(h, S(PART_DOMAIN));
	sha256_add(h, salt_bytes);
	return h;
}

enum rc part_seal(struct arena *a, struct rng rng, str body, struct sealed *out, struct err *err)
{
	if (body.n > PART_MAX)
		return ERR(err, INVALID, "part", "The part is too large.");
	salt r;
	rng_fill(rng, r.b, sizeof r.b);
	*out = (struct sealed){body, arena_str(a, salt_str(&r)), part_commitment(&r, body)};
	return OK;
}

static void write_block(struct buf *b, str text)
{
	buf_put(b, S("block "));
	buf_put_u64(b, text.n);
	buf_putc(b, '\n');
	buf_put(b, text);
	buf_putc(b, '\n');
}

static void write_gone(struct buf *b, digest commitment)
{
	buf_put(b, S("gone "));
	digest_write(b, commitment);
	buf_putc(b, '\n');
}

static void tree_of(const struct blocks *b, struct tree *t)
{
	t->size = 0;
	for (size_t i = 0; i < b->n; i++)
		tree_append(t, tree_leaf(str_from(b->v[i].commitment.b, sizeof(digest))), NULL);
}

digest blocks_tree_root(const struct blocks *b)
{
	struct tree t;
	tree_of(b, &t);
	return tree_root(&t);
}

/* The number of paragraphs is hashed too, so that a tree of fewer cannot pass for one of more. */
static digest commit_to(size_t n, digest root)
{
	struct count_bytes count;
	for (int i = 0; i < 8; i++)
		count.b[i] = (uint8_t)((uint64_t)n >> (56 - 8 * i));
	return sha256_of((const str[]){S(BLOCKS_DOMAIN), str_from(count.b, sizeof count.b),
	                     str_from(root.b, sizeof root.b)},
	    3);
}

digest blocks_commitment(const struct blocks *b)
{
	return commit_to(b->n, blocks_tree_root(b));
}

enum rc blocks_seal(
    struct arena *a, struct rng rng, const str *text, size_t n, struct sealed *out, struct err *err)
{
	if (n == 0 || n > BLOCKS_MAX)
		return ERR(err, INVALID, "part", "A text has between 1 and 65536 paragraphs.");
	struct blocks blocks = {arena_array(a, struct block, n), n};
	struct buf body = buf_in(a, BLOCKS_BODY_MAX);
	struct buf salts = buf_in(a, 0);
	for (size_t i = 0; i < n; i++) {
		salt r;
		rng_fill(rng, r.b, sizeof r.b);
		buf_put(&salts, salt_str(&r));
		write_block(&body, text[i]);
		blocks.v[i] = (struct block){false, text[i], part_commitment(&r, text[i])};
	}
	if (!buf_ok(&body))
		return ERR(err, INVALID, "part", "The text is too large.");
	*out = (struct sealed){buf_str(&body), buf_str(&salts), blocks_commitment(&blocks)};
	return OK;
}

/* Takes "WORD VALUE\n" off *rest. */
static bool take_line(str *rest, str word, str *value)
{
	if (!str_starts(*rest, word))
		return false;
	str after = str_skip(*rest, word.n);
	size_t end = str_find_char(str_head(after, 64), '\n');
	if (end == SIZE_MAX)
		return false;
	*value = str_head(after, end);
	*rest = str_skip(after, end + 1);
	return true;
}

static bool take_block(str *rest, str *salts, struct block *out)
{
	str v;
	if (take_line(rest, S("gone "), &v)) {
		out->gone = true;
		out->text = STR_EMPTY;
		return digest_parse(v, &out->commitment);
	}
	int64_t length;
	if (!take_line(rest, S("block "), &v) || !entry_number_parse(v, &length) ||
	    (uint64_t)length >= rest->n || rest->p[length] != '\n' || salts->n < SALT_BYTES)
		return false;
	salt r = salt_at(*salts, 0);
	out->gone = false;
	out->text = str_head(*rest, (size_t)length);
	out->commitment = part_commitment(&r, out->text);
	*salts = str_skip(*salts, SALT_BYTES);
	*rest = str_skip(*rest, (size_t)length + 1);
	return true;
}

enum rc blocks_parse(struct arena *a, str body, str salts, struct blocks *out, struct err *err)
{
	VEC(struct block) found = {0};
	*out = (struct blocks){0};
	if (body.n > BLOCKS_BODY_MAX)
		return ERR(err, INVALID, "part", "The text is too large.");
	while (body.n) {
		if (found.n == BLOCKS_MAX || !take_block(&body, &salts, vec_push(a, &found)))
			return ERR(err, INVALID, "part", "The text's paragraphs are malformed.");
	}
	if (found.n == 0 || salts.n)
		return ERR(err, INVALID, "part", "The text and its salts do not fit together.");
	*out = (struct blocks){found.p, found.n};
	return OK;
}

enum rc part_recommit(
    struct arena *a, bool is_blocks, str body, str salts, digest *out, struct err *err)
{
	if (is_blocks) {
		struct blocks blocks;
		TRY(blocks_parse(a, body, salts, &blocks, err));
		*out = blocks_commitment(&blocks);
		return OK;
	}
	if (salts.n != SALT_BYTES)
		return ERR(err, INVALID, "salt", "A salt is 32 bytes long.");
	salt r = salt_at(salts, 0);
	*out = part_commitment(&r, body);
	return OK;
}

enum rc blocks_redact(
    struct arena *a, const struct sealed *from, size_t index, struct sealed *out, struct err *err)
{
	struct blocks blocks;
	TRY(blocks_parse(a, from->body, from->salts, &blocks, err));
	if (index >= blocks.n || blocks.v[index].gone)
		return ERR(err, ABSENT, "block", "The text has no such paragraph any more.");
	blocks.v[index].gone = true;
	struct buf body = buf_in(a, 0);
	struct buf salts = buf_in(a, 0);
	size_t open = 0; /* salts seen so far, that of the paragraph to go included */
	for (size_t i = 0; i < blocks.n; i++) {
		const struct block *block = &blocks.v[i];
		if (block->gone) {
			write_gone(&body, block->commitment);
			open += i == index;
			continue;
		}
		salt r = salt_at(from->salts, open++);
		buf_put(&salts, salt_str(&r));
		write_block(&body, block->text);
	}
	*out = (struct sealed){buf_str(&body), buf_str(&salts), from->commitment};
	return OK;
}

/* A hash source over a part's paragraphs; short enough to be computed anew for every question. */
static enum rc blocks_source(void *ctx, int level, uint64_t index, digest *out, struct err *err)
{
	(void)err;
	const struct blocks *all = ctx;
	size_t begin = (size_t)index << level;
	struct blocks some = {all->v + begin, (size_t)1 << level};
	*out = blocks_tree_root(&some);
	return OK;
}

enum rc blocks_prove(const struct blocks *b, size_t index, struct tree_proof *out, struct err *err)
{
	struct blocks source = *b;
	return tree_prove_inclusion(blocks_source, &source, index, b->n, out, err);
}

bool blocks_check(digest paragraph, size_t index, size_t n, const struct tree_proof *proof,
    digest root, digest part)
{
	digest leaf = tree_leaf(str_from(paragraph.b, sizeof paragraph.b));
	return tree_check_inclusion(leaf, index, n, proof, root) &&
	       digest_eq(commit_to(n, root), part);
}
