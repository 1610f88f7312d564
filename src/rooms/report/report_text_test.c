/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The text of drafts: headings, numbered paragraphs, footnotes, places of facts. */
#include "rooms/report/report_text.h"

#include <stdarg.h>

#include "base/buf.h"
#include "harness/t.h"

#include "base/poison.h"

static enum rc read(struct arena *a, struct report_text *out, struct err *err, size_t n, ...)
{
	str paragraphs[8];
	va_list ap;
	va_start(ap, n);
	for (size_t i = 0; i < n; i++)
		paragraphs[i] = str_of(va_arg(ap, const char *));
	va_end(ap);
	err_clear(err);
	return report_text_read(a, paragraphs, n, out, err);
}

TEST(report_text_numbers_paragraphs_and_footnotes)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct report_text t;
	struct err err = {0};
	CHECK_EQ(read(a, &t, &err, 6, "# II. Mandate", "One[^9] and[^2] again[^9].", "[[meetings]]",
	             "[^2]: Second.", "Two.", "[^9]: First."),
	    OK);
	CHECK_EQ(t.numbered, 2);
	CHECK_EQ(t.paragraphs.n, 4);
	CHECK_EQ(t.paragraphs.p[0].fact, REPORT_FACT_MANDATE);
	CHECK_EQ(t.paragraphs.p[2].fact, REPORT_FACT_MEETINGS);
	const struct report_paragraph *p = &t.paragraphs.p[1];
	CHECK_EQ(p->pieces.n, 4);
	CHECK_EQ(p->pieces.p[0].note, 1);
	CHECK_EQ(p->pieces.p[1].note, 2);
	CHECK_EQ(p->pieces.p[2].note, 1);
	CHECK(p->pieces.p[0].first && !p->pieces.p[2].first);
	CHECK_STR(p->pieces.p[3].words, ".");
	CHECK_STR(t.notes.p[0].words, "First.");
}

TEST(report_text_refusals)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const struct {
		const char *one, *two, *says;
	} cases[] = {
	    {"A[^1].", "B.",
	        "Footnote 1 is called but not written: add a paragraph that begins with [^1]: and "
	        "its words."},
	    {"A.", "[^3]: Words.",
	        "Footnote 3 is written but no paragraph calls it: put [^3] where it belongs."},
	    {"A[^1].", "[^1]:", "Footnote 1 has no words."},
	    {"[^1]: A.", "[^1]: B.",
	        "Footnote 1 is written twice; give the second another number."},
	    {"# A", "## B", "The draft has no paragraph yet."},
	    {"A.", "[[weather]]",
	        "There are no facts called weather; they are summary, mandate, composition, "
	        "meetings, contributions, proposals, outcome and record."},
	    {"[[record]]", "[[record]]", "The facts called record stand twice in the draft."},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct report_text t;
		struct err err = {0};
		CHECK_EQ(read(a, &t, &err, 2, cases[i].one, cases[i].two), INVALID);
		CHECK_STR(err_text(&err, a), cases[i].says);
	}
}

/* Any bytes: the reader ends, and every piece and note lies inside of the text. */
TEST(report_text_takes_anything)
{
	static const char *const bits[] = {"[^", "1", "]", ":", " ", "# ", "[[", "]]", "meetings",
	    "x", "é", "[^1]", "[^1]: n", "\n"};
	struct t_rand r = {7};
	for (int round = 0; round < 3000; round++) {
		AUTO_ARENA struct arena *a = arena_new(0);
		str paragraphs[4];
		for (size_t i = 0; i < 4; i++) {
			struct buf b = buf_in(a, 0);
			for (size_t k = t_rand_below(&r, 7); k > 0; k--)
				buf_put(&b,
				    str_of(bits[t_rand_below(&r, sizeof bits / sizeof bits[0])]));
			paragraphs[i] = buf_str(&b);
		}
		struct report_text t;
		if (report_text_read(a, paragraphs, 4, &t, NULL) != OK)
			continue;
		CHECK(t.numbered > 0);
		for (size_t i = 0; i < t.notes.n; i++)
			CHECK(t.notes.p[i].words.n > 0);
	}
}
