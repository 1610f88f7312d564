/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/part.h"
#include "t.h"

#include "base/poison.h"

static const str paragraph[] = {
    {"First.", 6}, {"", 0}, {"Third,\nwith a line.", 19}, {"block 3\nabc\n", 12}, {"Last.", 5}};
#define PARAGRAPHS 5

static struct sealed sealed_text(struct arena *a)
{
	struct rng_seeded state;
	struct err err;
	struct sealed sealed = {0};
	CHECK_EQ(
	    blocks_seal(a, rng_from_seed(&state, S("part")), paragraph, PARAGRAPHS, &sealed, &err),
	    OK);
	return sealed;
}

TEST(part_plain_opens_only_with_its_salt)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct rng_seeded state;
	struct rng rng = rng_from_seed(&state, S("plain"));
	struct err err;
	struct sealed one;
	struct sealed two;
	digest d;
	NEED(part_seal(a, rng, S("body"), &one, &err) == OK);
	NEED(part_seal(a, rng, S("body"), &two, &err) == OK);
	CHECK(!digest_eq(one.commitment, two.commitment));
	NEED(part_recommit(a, false, S("body"), one.salts, &d, &err) == OK);
	CHECK(digest_eq(d, one.commitment));
	NEED(part_recommit(a, false, S("bodi"), one.salts, &d, &err) == OK);
	CHECK(!digest_eq(d, one.commitment));
	CHECK_EQ(part_recommit(a, false, S("body"), str_head(one.salts, 31), &d, &err), INVALID);
}

TEST(part_blocks_read_back)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct sealed sealed = sealed_text(a);
	struct blocks blocks;
	struct err err;
	NEED(blocks_parse(a, sealed.body, sealed.salts, &blocks, &err) == OK);
	NEED(blocks.n == PARAGRAPHS);
	for (size_t i = 0; i < PARAGRAPHS; i++)
		CHECK_STREQ(blocks.v[i].text, paragraph[i]);
	CHECK(digest_eq(blocks_commitment(&blocks), sealed.commitment));
}

TEST(part_redaction_keeps_the_rest_provable)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct sealed sealed = sealed_text(a);
	struct err err;
	for (size_t gone = 0; gone < PARAGRAPHS; gone++) {
		struct sealed less;
		struct blocks blocks;
		NEED(blocks_redact(a, &sealed, gone, &less, &err) == OK);
		NEED(blocks_parse(a, less.body, less.salts, &blocks, &err) == OK);
		CHECK(digest_eq(blocks_commitment(&blocks), sealed.commitment));
		CHECK_EQ(less.salts.n, 32 * (PARAGRAPHS - 1));
		for (size_t i = 0; i < PARAGRAPHS; i++) {
			CHECK_EQ(blocks.v[i].gone, i == gone);
			CHECK_STREQ(blocks.v[i].text, i == gone ? STR_EMPTY : paragraph[i]);
		}
		CHECK_EQ(blocks_redact(a, &less, gone, &less, &err), ABSENT);
		CHECK_EQ(blocks_redact(a, &less, (gone + 1) % PARAGRAPHS, &less, &err), OK);
	}
	struct sealed all = sealed;
	for (size_t i = 0; i < PARAGRAPHS; i++)
		CHECK_EQ(blocks_redact(a, &all, i, &all, &err), OK);
	CHECK_EQ(all.salts.n, 0);
	digest d;
	NEED(part_recommit(a, true, all.body, all.salts, &d, &err) == OK);
	CHECK(digest_eq(d, sealed.commitment));
}

TEST(part_paragraph_is_proved_alone)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct sealed sealed = sealed_text(a);
	struct blocks blocks;
	struct tree_proof proof;
	struct err err;
	NEED(blocks_parse(a, sealed.body, sealed.salts, &blocks, &err) == OK);
	digest root = blocks_tree_root(&blocks);
	for (size_t i = 0; i < PARAGRAPHS; i++) {
		digest c = blocks.v[i].commitment;
		NEED(blocks_prove(&blocks, i, &proof, &err) == OK);
		CHECK(blocks_check(c, i, PARAGRAPHS, &proof, root, sealed.commitment));
		CHECK(!blocks_check(c, i, PARAGRAPHS + 1, &proof, root, sealed.commitment));
		CHECK(!blocks_check(root, i, PARAGRAPHS, &proof, root, sealed.commitment));
		CHECK(!blocks_check(c, i, PARAGRAPHS, &proof, root, root));
	}
}

TEST(part_blocks_have_one_spelling)
{
	static const char *const bad[] = {"", "block 3\nabc", "block 03\nabc\n", "block 4\nabc\n",
	    "block 2\nabc\n", "block 3\nabc\n\n", "gone x\n", "block 99999999999999\nabc\n",
	    "block 3\nabc\nblock 3\nabc\n", "gone AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"};
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char salts[32] = {1};
	struct blocks blocks;
	struct err err;
	CHECK_EQ(blocks_parse(a, S("block 3\nabc\n"), str_from(salts, 32), &blocks, &err), OK);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (blocks_parse(a, str_of(bad[i]), str_from(salts, 32), &blocks, &err) != INVALID)
			t_fail(__FILE__, __LINE__, "accepted number %zu", i);
}

TEST(part_blocks_bit_flips_change_the_commitment)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct sealed sealed = sealed_text(a);
	struct err err;
	char *body = arena_z(a, sealed.body);
	for (size_t bit = 0; bit < sealed.body.n * 8; bit++) {
		digest d;
		body[bit / 8] ^= (char)(1 << bit % 8);
		if (part_recommit(a, true, str_from(body, sealed.body.n), sealed.salts, &d, &err) ==
		    OK)
			CHECK(!digest_eq(d, sealed.commitment));
		body[bit / 8] ^= (char)(1 << bit % 8);
	}
}
