/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/note.h"
#include "t.h"

#include "base/poison.h"

static struct note_key test_key(const char *seed)
{
	struct rng_seeded state;
	return note_key_new(rng_from_seed(&state, str_of(seed)));
}

static str signed_checkpoint(struct arena *a, const struct note_key *key, str origin)
{
	struct checkpoint c = {origin, 42, sha256(S("root"))};
	struct buf text = buf_in(a, 0);
	struct buf note = buf_in(a, 0);
	checkpoint_write(&text, &c);
	note_sign(&note, buf_str(&text), key, origin);
	return buf_str(&note);
}

TEST(note_signs_and_opens)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct note_key key = test_key("one");
	struct note_verifier v = note_verifier_of(&key, S("a.org/g/x"));
	struct err err;
	struct checkpoint c;
	str note = signed_checkpoint(a, &key, S("a.org/g/x"));
	str text;
	NEED(note_open(a, note, &v, NOTE_REFUSE_UNKNOWN, &text, &err) == OK);
	NEED(checkpoint_parse(text, &c, &err) == OK);
	CHECK_STR(c.origin, "a.org/g/x");
	CHECK_EQ(c.size, 42);
	CHECK(digest_eq(c.root, sha256(S("root"))));
	struct note_key other = test_key("two");
	struct note_verifier wrong = note_verifier_of(&other, S("a.org/g/x"));
	CHECK_EQ(note_open(a, note, &wrong, NOTE_IGNORE_UNKNOWN, &text, &err), INVALID);
}

TEST(note_every_bit_counts_in_an_export)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct note_key key = test_key("one");
	struct note_verifier v = note_verifier_of(&key, S("a.org/g/x"));
	str note = signed_checkpoint(a, &key, S("a.org/g/x"));
	char *p = arena_z(a, note);
	for (size_t bit = 0; bit < note.n * 8; bit++) {
		struct err err;
		str text;
		p[bit / 8] ^= (char)(1 << bit % 8);
		if (note_open(a, str_from(p, note.n), &v, NOTE_REFUSE_UNKNOWN, &text, &err) == OK)
			t_fail(__FILE__, __LINE__, "bit %zu", bit);
		p[bit / 8] ^= (char)(1 << bit % 8);
	}
}

TEST(note_ignores_strangers_unless_told)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct note_key key = test_key("one");
	struct note_key witness = test_key("two");
	struct note_verifier v = note_verifier_of(&key, S("a.org/g/x"));
	struct err err;
	str note = signed_checkpoint(a, &key, S("a.org/g/x"));
	str by_witness = signed_checkpoint(a, &witness, S("a.org/g/x"));
	str line = str_skip(by_witness, str_find(by_witness, S("\n\n")) + 2);
	str both = arena_printf(a, "%.*s%.*s", STR(note), STR(line));
	str twice = arena_printf(
	    a, "%.*s%.*s", STR(note), STR(str_skip(note, str_find(note, S("\n\n")) + 2)));
	str text;
	CHECK_EQ(note_open(a, both, &v, NOTE_IGNORE_UNKNOWN, &text, &err), OK);
	CHECK_EQ(note_open(a, both, &v, NOTE_REFUSE_UNKNOWN, &text, &err), INVALID);
	CHECK_EQ(note_open(a, twice, &v, NOTE_IGNORE_UNKNOWN, &text, &err), INVALID);
}

TEST(note_keys_have_one_form)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct note_key key = test_key("one");
	struct note_key again;
	struct note_verifier v = note_verifier_of(&key, S("a.org/site"));
	struct note_verifier read;
	struct err err;
	str name;
	struct buf secret = buf_in(a, 0);
	struct buf open = buf_in(a, 0);
	note_key_write(&secret, &key, S("a.org/site"));
	note_verifier_write(&open, &v);
	CHECK(str_starts(buf_str(&secret), S("PRIVATE+KEY+a.org/site+")));
	NEED(note_key_parse(a, buf_str(&secret), &again, &name, &err) == OK);
	CHECK_STR(name, "a.org/site");
	CHECK(memcmp(again.public_key, key.public_key, 32) == 0);
	NEED(note_verifier_parse(a, buf_str(&open), &read, &err) == OK);
	CHECK(memcmp(read.public_key, key.public_key, 32) == 0);
	str text = buf_str(&open);
	char *p = arena_z(a, text);
	for (size_t bit = 0; bit < text.n * 8; bit++) {
		p[bit / 8] ^= (char)(1 << bit % 8);
		if (note_verifier_parse(a, str_from(p, text.n), &read, &err) == OK)
			t_fail(__FILE__, __LINE__, "bit %zu", bit);
		p[bit / 8] ^= (char)(1 << bit % 8);
	}
}
