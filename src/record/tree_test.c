/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/tree.h"
#include "t.h"

#include "base/poison.h"

#define LEAVES 200

/* The definition in RFC 6962 2.1, word for word. */
static digest brute(const digest *leaf, size_t n)
{
	if (n == 0)
		return sha256(STR_EMPTY);
	if (n == 1)
		return leaf[0];
	size_t k = 1;
	while (k * 2 < n)
		k *= 2;
	return tree_node(brute(leaf, k), brute(leaf + k, n - k));
}

static enum rc source(void *ctx, int level, uint64_t index, digest *out, struct err *err)
{
	(void)err;
	*out = brute((const digest *)ctx + (index << level), (size_t)1 << level);
	return OK;
}

static void make_leaves(digest *leaf, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint8_t b[2] = {(uint8_t)i, (uint8_t)(i >> 8)};
		leaf[i] = tree_leaf(str_from(b, 2));
	}
}

TEST(tree_known_answer)
{
	static const char *const input[] = {"", "00", "10", "2021", "3031", "40414243",
	    "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
	AUTO_ARENA struct arena *a = arena_new(0);
	struct tree t = {0};
	for (size_t i = 0; i < 8; i++) {
		str bytes;
		NEED(hex_decode(a, str_of(input[i]), &bytes));
		tree_append(&t, tree_leaf(bytes), NULL);
	}
	struct buf b = buf_in(a, 0);
	digest root = tree_root(&t);
	buf_put_hex(&b, str_from(root.b, sizeof root.b));
	CHECK_STR(buf_str(&b), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST(tree_range_equals_definition)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static digest leaf[LEAVES];
	make_leaves(leaf, LEAVES);
	struct tree t = {0};
	for (size_t n = 0; n < LEAVES; n++) {
		CHECK(digest_eq(tree_root(&t), brute(leaf, n)));
		struct buf b = buf_in(a, 0);
		struct tree again;
		struct tree collected;
		tree_write(&b, &t);
		CHECK_EQ(buf_str(&b).n, 32 * (size_t)__builtin_popcountll(n));
		NEED(tree_parse(n, buf_str(&b), &again));
		CHECK(digest_eq(tree_root(&again), tree_root(&t)));
		CHECK(!tree_parse(n + 1, buf_str(&b), &again) ||
		      __builtin_popcountll(n) == __builtin_popcountll(n + 1));
		struct err err;
		NEED(tree_collect(source, leaf, n, &collected, &err) == OK);
		CHECK(digest_eq(tree_root(&collected), tree_root(&t)));
		struct tree_made made;
		tree_append(&t, leaf[n], &made);
		for (int level = 0; level < made.n; level++)
			CHECK(digest_eq(made.node[level],
			    brute(leaf + n + 1 - ((size_t)1 << level), (size_t)1 << level)));
	}
}

TEST(tree_inclusion_proofs)
{
	static digest leaf[LEAVES];
	struct tree_proof proof;
	struct err err;
	make_leaves(leaf, LEAVES);
	for (size_t n = 1; n < 80; n++) {
		digest root = brute(leaf, n);
		for (size_t i = 0; i < n; i++) {
			NEED(tree_prove_inclusion(source, leaf, i, n, &proof, &err) == OK);
			CHECK(tree_check_inclusion(leaf[i], i, n, &proof, root));
			CHECK(!tree_check_inclusion(leaf[i + 1], i, n, &proof, root));
			CHECK(!tree_check_inclusion(leaf[i], n, n, &proof, root));
			if (n > 1)
				CHECK(!tree_check_inclusion(leaf[i], i ^ 1, n, &proof, root));
			if (proof.n == 0)
				continue;
			proof.hash[i % proof.n].b[i % 32] ^= 1;
			CHECK(!tree_check_inclusion(leaf[i], i, n, &proof, root));
			proof.hash[i % proof.n].b[i % 32] ^= 1;
			proof.n--;
			CHECK(!tree_check_inclusion(leaf[i], i, n, &proof, root));
			proof.n += 2;
			CHECK(!tree_check_inclusion(leaf[i], i, n, &proof, root));
		}
		CHECK_EQ(tree_prove_inclusion(source, leaf, n, n, &proof, &err), INVALID);
	}
}

TEST(tree_consistency_proofs)
{
	static digest leaf[LEAVES];
	struct tree_proof proof;
	struct err err;
	make_leaves(leaf, LEAVES);
	for (size_t n = 0; n < 80; n++) {
		digest root = brute(leaf, n);
		for (size_t m = 0; m <= n; m++) {
			digest old = brute(leaf, m);
			NEED(tree_prove_consistency(source, leaf, m, n, &proof, &err) == OK);
			CHECK(tree_check_consistency(m, old, n, root, &proof));
			CHECK(!tree_check_consistency(m, leaf[199], n, root, &proof));
			if (m > 0)
				CHECK(!tree_check_consistency(m, old, n, leaf[199], &proof));
			if (proof.n == 0)
				continue;
			proof.hash[m % proof.n].b[n % 32] ^= 1;
			CHECK(!tree_check_consistency(m, old, n, root, &proof));
			proof.hash[m % proof.n].b[n % 32] ^= 1;
			proof.n--;
			CHECK(!tree_check_consistency(m, old, n, root, &proof));
		}
		CHECK_EQ(tree_prove_consistency(source, leaf, n + 1, n, &proof, &err), INVALID);
	}
}
