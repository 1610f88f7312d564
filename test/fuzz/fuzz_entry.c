/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * fuzz_entry: any bytes as an entry, a blocks body, a note and a key. What is taken is
 * exactly what our writer would write: no byte of the record has two spellings.
 */
#include "base/must.h"
#include "record/entry.h"
#include "record/note.h"
#include "record/part.h"

#include "fuzz.h"

#include "base/poison.h"

static void try_entry(struct arena *a, str s)
{
	struct err err;
	struct entry e;
	struct buf again = buf_in(a, 0);
	if (entry_parse(s, &e, &err) != OK)
		return;
	entry_write(&again, &e);
	must(str_eq(buf_str(&again), s));
}

/* A salt for every paragraph that is there; their bytes do not matter. */
static void try_blocks(struct arena *a, str s)
{
	struct err err;
	struct blocks blocks;
	str salts = str_from(arena_push(a, s.n * SALT_BYTES), s.n * SALT_BYTES);
	size_t n = 0;
	while (n < s.n && blocks_parse(a, s, str_head(salts, n * SALT_BYTES), &blocks, &err) != OK)
		n++;
	if (n == s.n)
		return;
	struct sealed sealed = {s, str_head(salts, n * SALT_BYTES), blocks_commitment(&blocks)};
	for (size_t i = 0; i < blocks.n && i < 4; i++) {
		struct sealed less;
		digest d;
		if (blocks.v[i].gone)
			continue;
		must(blocks_redact(a, &sealed, i, &less, &err) == OK);
		must(part_recommit(a, true, less.body, less.salts, &d, &err) == OK);
		must(digest_eq(d, sealed.commitment));
	}
}

static void try_note(struct arena *a, str s)
{
	struct err err;
	struct checkpoint c;
	struct note_verifier v;
	struct buf text = buf_in(a, 0);
	struct buf key = buf_in(a, 0);
	if (checkpoint_parse(s, &c, &err) == OK) {
		checkpoint_write(&text, &c);
		must(str_eq(buf_str(&text), s));
	}
	if (note_verifier_parse(a, s, &v, &err) == OK) {
		note_verifier_write(&key, &v);
		must(str_eq(buf_str(&key), s));
	}
	struct note_verifier any = {.name = S("a.org/site")};
	str inside;
	must(note_open(a, s, &any, NOTE_IGNORE_UNKNOWN, &inside, &err) != OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str s = str_from(data, size);
	try_entry(a, s);
	if (size < 512)
		try_blocks(a, s);
	try_note(a, s);
	return 0;
}
