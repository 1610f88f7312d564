/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/tree.h"

#include "base/must.h"

#include "base/poison.h"

/* Only bytes, so that the compiler puts nothing between them. */
struct node_bytes {
	uint8_t tag;
	digest left, right;
};
_Static_assert(sizeof(struct node_bytes) == 65, "a node is hashed as 65 bytes");

digest tree_leaf(str entry)
{
	return sha256_of((const str[]){{"\0", 1}, entry}, 2);
}

digest tree_node(digest left, digest right)
{
	struct node_bytes bytes = {1, left, right};
	return sha256(str_from(&bytes, sizeof bytes));
}

void tree_append(struct tree *t, digest leaf, struct tree_made *made)
{
	int level = 0;
	digest node = leaf;
	if (made)
		made->node[0] = node;
	for (; t->size >> level & 1; level++) {
		node = tree_node(t->node[level], node);
		if (made)
			made->node[level + 1] = node;
	}
	t->node[level] = node;
	t->size++;
	if (made)
		made->n = level + 1;
}

digest tree_root(const struct tree *t)
{
	if (t->size == 0)
		return sha256(STR_EMPTY);
	int level = __builtin_ctzll(t->size);
	digest root = t->node[level];
	for (level++; level < TREE_LEVELS; level++)
		if (t->size >> level & 1)
			root = tree_node(t->node[level], root);
	return root;
}

void tree_write(struct buf *b, const struct tree *t)
{
	for (int level = TREE_LEVELS - 1; level >= 0; level--)
		if (t->size >> level & 1)
			buf_put(b, str_from(t->node[level].b, sizeof(digest)));
}

bool tree_parse(uint64_t size, str bytes, struct tree *out)
{
	*out = (struct tree){.size = size};
	if (bytes.n != (size_t)__builtin_popcountll(size) * sizeof(digest))
		return false;
	for (int level = TREE_LEVELS - 1; level >= 0; level--) {
		if (!(size >> level & 1))
			continue;
		mem_copy(out->node[level].b, sizeof(digest), bytes.p, sizeof(digest));
		bytes = str_skip(bytes, sizeof(digest));
	}
	return true;
}

enum rc tree_collect(
    tree_source *source, void *ctx, uint64_t size, struct tree *out, struct err *err)
{
	*out = (struct tree){.size = size};
	uint64_t begin = 0;
	for (int level = TREE_LEVELS - 1; level >= 0; level--) {
		if (!(size >> level & 1))
			continue;
		TRY(source(ctx, level, begin >> level, &out->node[level], err));
		begin += (uint64_t)1 << level;
	}
	return OK;
}

/* Hash of the leaves begin..end-1, where begin is a multiple of a power of two >= end - begin. */
static enum rc subtree(
    tree_source *source, void *ctx, uint64_t begin, uint64_t end, digest *out, struct err *err)
{
	uint64_t size = end - begin;
	bool first = true;
	for (int level = 0; level < TREE_LEVELS && size >> level; level++) {
		if (!(size >> level & 1))
			continue;
		end -= (uint64_t)1 << level;
		digest left;
		TRY(source(ctx, level, end >> level, &left, err));
		*out = first ? left : tree_node(left, *out);
		first = false;
	}
	return OK;
}

/* The largest power of two below n (n >= 2). */
static uint64_t split(uint64_t n)
{
	return (uint64_t)1 << (63 - __builtin_clzll(n - 1));
}

static void turn(struct tree_proof *proof)
{
	for (size_t i = 0, j = proof->n; i + 1 < j; i++) {
		digest swap = proof->hash[--j];
		proof->hash[j] = proof->hash[i];
		proof->hash[i] = swap;
	}
}

enum rc tree_prove_inclusion(tree_source *source, void *ctx, uint64_t index, uint64_t size,
    struct tree_proof *out, struct err *err)
{
	out->n = 0;
	if (index >= size)
		return ERR(err, INVALID, "index", "The tree has no such leaf.");
	uint64_t begin = 0;
	uint64_t end = size;
	while (end - begin > 1) {
		uint64_t middle = begin + split(end - begin);
		must(out->n < TREE_PROOF_MAX);
		digest *hash = &out->hash[out->n++];
		if (index < middle) {
			TRY(subtree(source, ctx, middle, end, hash, err));
			end = middle;
		} else {
			TRY(subtree(source, ctx, begin, middle, hash, err));
			begin = middle;
		}
	}
	turn(out);
	return OK;
}

enum rc tree_prove_consistency(tree_source *source, void *ctx, uint64_t old, uint64_t size,
    struct tree_proof *out, struct err *err)
{
	out->n = 0;
	if (old > size)
		return ERR(err, INVALID, "old", "The older tree is the larger one.");
	if (old == 0 || old == size)
		return OK;
	uint64_t begin = 0;
	uint64_t end = size;
	while (end != old) {
		uint64_t middle = begin + split(end - begin);
		must(out->n < TREE_PROOF_MAX);
		digest *hash = &out->hash[out->n++];
		if (old <= middle) {
			TRY(subtree(source, ctx, middle, end, hash, err));
			end = middle;
		} else {
			TRY(subtree(source, ctx, begin, middle, hash, err));
			begin = middle;
		}
	}
	if (begin > 0) {
		must(out->n < TREE_PROOF_MAX);
		TRY(subtree(source, ctx, begin, end, &out->hash[out->n++], err));
	}
	turn(out);
	return OK;
}

bool tree_check_inclusion(
    digest leaf, uint64_t index, uint64_t size, const struct tree_proof *proof, digest root)
{
	if (index >= size)
		return false;
	uint64_t at = index;
	uint64_t last = size - 1;
	digest node = leaf;
	for (size_t i = 0; i < proof->n; i++) {
		if (last == 0)
			return false;
		if (at & 1 || at == last) {
			node = tree_node(proof->hash[i], node);
			for (; !(at & 1) && at; at >>= 1)
				last >>= 1;
		} else {
			node = tree_node(node, proof->hash[i]);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && digest_eq(node, root);
}

bool tree_check_consistency(
    uint64_t old, digest old_root, uint64_t size, digest root, const struct tree_proof *proof)
{
	if (old > size)
		return false;
	if (old == size)
		return proof->n == 0 && digest_eq(old_root, root);
	if (old == 0)
		return proof->n == 0 && digest_eq(old_root, sha256(STR_EMPTY));
	bool power = (old & (old - 1)) == 0;
	if (proof->n == 0 && !power)
		return false;
	size_t next = power ? 0 : 1;
	digest from = power ? old_root : proof->hash[0];
	digest to = from;
	uint64_t at = old - 1;
	uint64_t last = size - 1;
	for (; at & 1; at >>= 1)
		last >>= 1;
	for (; next < proof->n; next++) {
		if (last == 0)
			return false;
		if (at & 1 || at == last) {
			from = tree_node(proof->hash[next], from);
			to = tree_node(proof->hash[next], to);
			for (; !(at & 1) && at; at >>= 1)
				last >>= 1;
		} else {
			to = tree_node(to, proof->hash[next]);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && digest_eq(from, old_root) && digest_eq(to, root);
}
