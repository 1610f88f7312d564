/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Any bytes as a Word file with tracked changes. What is read must be sound: the numbers add up,
 * and every amendment can be adopted alone. What was read is written, and read again as it was.
 */
#include "base/must.h"
#include "docx/docx.h"
#include "docx/pack.h"

#include "fuzz.h"

#include "base/poison.h"

static void write_again(struct arena *a, struct text_lexer *l, const struct docx_read *r)
{
	static const struct docx_options options = {0};
	struct err err = {0};
	struct docx_read back;
	struct docx_against against = {.doc = &r->doc, .known = r->list, .known_n = r->n};
	str bytes;
	if (docx_write(a, l, &r->doc, r->list, r->n, &options, &bytes, &err) != OK)
		return;
	enum rc rc = docx_read(a, l, bytes, &against, &back, &err);
	must(rc == OK || rc == BUSY);
	must(rc == BUSY || back.untracked.n == 0);
	for (size_t i = 0; rc == OK && i < back.n; i++)
		must(back.known[i]);
}

/* Sums of bytes in a package guard it against small changes: a bare document is put into one. */
static str packed(struct arena *a, str bytes)
{
	const struct pack_part part = {"word/document.xml", bytes};
	str out;
	if (str_starts(bytes, S("PK")) || pack_write(a, &part, 1, &out, NULL) != OK)
		return bytes;
	return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA struct arena *a = arena_new((size_t)128 << 20);
	struct text_lexer *l = text_lexer_open(a);
	struct docx_read r;
	struct err err = {0};
	if (docx_read(a, l, packed(a, str_from(data, size)), NULL, &r, &err) == OK) {
		must(r.seen == r.imported + r.ignored + r.waiting + r.unexplained);
		for (size_t i = 0; i < r.n; i++) {
			struct text_revision rev;
			must(text_merge(a, &r.doc, &r.list[i], 1, false, &rev, &err) == OK);
		}
		write_again(a, l, &r);
	} else {
		must(err.msg);
	}
	text_lexer_close(l);
	return 0;
}
