/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as text, as Markdown, as pages of pdftotext, and in a guessed character set. */
#include "base/must.h"
#include "base/utf8.h"
#include "engine/intake_convert.h"
#include "engine/intake_text.h"

#include "fuzz.h"

#include "base/poison.h"

static void check(const struct intake *in)
{
	for (size_t i = 0; i < in->paragraphs.n; i++) {
		must(in->paragraphs.p[i].text.n > 0);
		must(utf8_is_text(in->paragraphs.p[i].text));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str s = str_from(data, size), text;
	struct intake plain = {0}, markdown = {0}, pages = {0};
	if (intake_text_decode(a, s, &text)) {
		must(utf8_is_text(text));
		intake_text_paragraphs(a, text, INTAKE_TEXT, &plain);
		intake_text_paragraphs(a, text, INTAKE_MARKDOWN, &markdown);
	}
	intake_text_pages(a, s, &pages);
	check(&plain);
	check(&markdown);
	check(&pages);
	struct buf reply = buf_in(a, REPLY_MAX);
	intake_convert_charset(a, s, &reply);
	enum intake_no no;
	must(intake_reply_read(a, buf_str(&reply), &plain, &no));
	return 0;
}
