/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/buf.h"
#include "base/must.h"
#include "text/number.h"

#include "t.h"

#include "base/poison.h"

/* A paragraph as one word: "P" a paragraph, "S1" a sub-paragraph of level 1, "H", "N"; then =NUMBER
 * where it has one; '-' before it: gone. */
static struct text_doc doc_of(struct arena *a, const char *words)
{
	struct text_doc d = {0};
	d.par = arena_array(a, struct text_par, 64);
	str rest = str_of(words), word;
	while (str_cut(&rest, '|', &word)) {
		must(d.n < 64);
		struct text_par *p = &d.par[d.n++];
		p->is_gone = str_starts(word, S("-"));
		word = str_skip(word, p->is_gone);
		p->kind = word.p[0] == 'H'   ? TEXT_HEADING
		          : word.p[0] == 'S' ? TEXT_SUB
		          : word.p[0] == 'N' ? TEXT_NOTE
		                             : TEXT_PARA;
		if (word.n > 1 && word.p[1] != '=')
			p->level = (unsigned)(word.p[1] - '0');
		size_t at = str_find_char(word, '=');
		p->number = at == SIZE_MAX ? STR_EMPTY : str_skip(word, at + 1);
	}
	return d;
}

static str said(struct arena *a, const str *numbers, size_t n)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_putc(&b, '|');
		buf_put(&b, numbers[i]);
	}
	return buf_str(&b);
}

static str anew(struct arena *a, const char *words, enum text_headings headings)
{
	struct text_doc d = doc_of(a, words);
	return said(a, text_number_anew(a, &d, headings), d.n);
}

static str kept(struct arena *a, const char *words)
{
	struct text_doc d = doc_of(a, words);
	return said(a, text_number_kept(a, &d), d.n);
}

TEST(paragraphs_are_numbered_anew_through_the_text)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(anew(a, "H1|P|P|H1|P|-P|P", TEXT_HEADINGS_PLAIN), "|1|2||3||4");
	CHECK_STR(anew(a, "H1|P|H2|P|H2|H1|H2|P", TEXT_HEADINGS_ROMAN), "I|1|A|2|B|II|A|3");
	CHECK_STR(anew(a, "P|S1|S1|S2|S2|S3|S4|S1|P|S1|N|S1|N", TEXT_HEADINGS_PLAIN),
	    "1|(a)|(b)|(i)|(ii)|a|i|(c)|2|(a)|1|(b)|2");
}

TEST(letters_go_on_after_z)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_doc d = {.n = 53};
	d.par = arena_array(a, struct text_par, d.n);
	for (size_t i = 0; i < d.n; i++)
		d.par[i].kind = TEXT_SUB;
	str *n = text_number_anew(a, &d, TEXT_HEADINGS_PLAIN);
	CHECK_STR(n[25], "(z)");
	CHECK_STR(n[26], "(aa)");
	CHECK_STR(n[27], "(bb)");
	CHECK_STR(n[52], "(aaa)");
}

TEST(a_paragraph_that_comes_in_is_bis_then_ter)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(kept(a, "P=4|P=5|P|P=6"), "4|5|5 bis|6");
	CHECK_STR(kept(a, "P=5|P|P|P|P|P=6"), "5|5 bis|5 ter|5 quater|5 quinquies|6");
	CHECK_STR(kept(a, "P=5|P"), "5|5 bis");
	/* Behind a bis that is there; before one; before the first. */
	CHECK_STR(kept(a, "P=5|P=5 bis|P|P=6"), "5|5 bis|5 ter|6");
	CHECK_STR(kept(a, "P=5|P|P|P=5 bis|P=6"), "5|5 bis ante|5 bis ante bis|5 bis|6");
	CHECK_STR(kept(a, "P|P|P=1"), "1 ante|1 ante bis|1");
	/* Who went keeps the number from others; who moved keeps it. */
	CHECK_STR(kept(a, "P=4|-P=5|P|P=6"), "4|5|5 bis|6");
	CHECK_STR(kept(a, "P=5|P=7|P=5 bis|P=6"), "5|7|5 bis|6");
	CHECK_STR(kept(a, "P=5|P|P=7|P=5 bis"), "5|7 ante|7|5 bis");
}

TEST(subparagraphs_keep_to_their_paragraph)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(kept(a, "P=1|S1=(a)|S1|S1=(b)|P=2|S1|S1|P=3"), "1|(a)|(a) bis|(b)|2|(a)|(b)|3");
	CHECK_STR(kept(a, "P=1|S1|S1=(a)|S2|S2|S1=(b)"), "1|(a) ante|(a)|(i)|(ii)|(b)");
	CHECK_STR(kept(a, "P=1|S1=(a)|P|S1|S1|P=2"), "1|(a)|1 bis|(a)|(b)|2");
}

TEST(what_has_no_numbers_stays_without)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(kept(a, "H|P=1|H|P"), "|1||1 bis");
	CHECK_STR(kept(a, "P|P|H|P"), "1|2||3");
	CHECK_STR(kept(a, "H=I|P|H|P"), "I||I bis|");
	CHECK_STR(kept(a, "P=1|-P|P=2"), "1||2");
}

static str shown(struct arena *a, const char *words)
{
	struct text_doc d = doc_of(a, words);
	return said(a, text_number_shown(a, &d), d.n);
}

TEST(a_revision_is_shown_with_the_numbers_that_it_has)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(shown(a, "P|P|P=1|P=2|P"), "||1|2|");
	CHECK_STR(shown(a, "H|P|P=1|H|P|P=2"), "||1|||2");
	CHECK_STR(shown(a, "P=1|S1=(a)|S1|P=2|S1"), "1|(a)||2|");
	/* Without any number it is numbered anew, and so are sub-paragraphs. */
	CHECK_STR(shown(a, "H|P|P|S1|S1"), "|1|2|(a)|(b)");
	CHECK_STR(shown(a, "P=1|S1|S1|P"), "1|(a)|(b)|");
	CHECK_STR(shown(a, "P=4|P=4 bis|-P=5|P=6"), "4|4 bis|5|6");
}

TEST(latin_goes_on)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(text_number_latin(a, 2), "bis");
	CHECK_STR(text_number_latin(a, 6), "sexies");
	CHECK_STR(text_number_latin(a, 10), "decies");
	CHECK_STR(text_number_latin(a, 11), "undecies");
	CHECK_STR(text_number_latin(a, 15), "quindecies");
	CHECK_STR(text_number_latin(a, 20), "vicies");
	CHECK_STR(text_number_latin(a, 32), "duotricies");
	CHECK_STR(text_number_latin(a, 100), "(100)");
	/* None twice. */
	for (size_t i = 2; i < 120; i++)
		for (size_t j = 2; j < i; j++)
			CHECK(!str_eq(text_number_latin(a, i), text_number_latin(a, j)));
}

TEST(alternatives_and_points)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(text_number_alt(a, S("5"), 0), "5 alt");
	CHECK_STR(text_number_alt(a, S("5"), 1), "5 alt 2");
	CHECK_STR(text_number_alt(a, S("5 bis"), 2), "5 bis alt 3");
	CHECK_STR(text_number_point(a, S("5 bis")), "5 bis.");
	CHECK_STR(text_number_point(a, S("(a)")), "(a)");
	CHECK_STR(text_number_point(a, S("")), "");
}

static str proposed(struct arena *a, const char *words, size_t after, const char *news)
{
	struct text_doc d = doc_of(a, words), e = doc_of(a, news);
	struct text_new *n = arena_array(a, struct text_new, e.n);
	for (size_t i = 0; i < e.n; i++) {
		n[i].kind = e.par[i].kind;
		n[i].level = e.par[i].level;
	}
	return said(a, text_number_new(a, &d, text_number_kept(a, &d), after, n, e.n), e.n);
}

TEST(what_is_proposed_gets_the_number_it_would_have)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(proposed(a, "P=1|P=2|P=3", 1, "P|P"), "2 bis|2 ter");
	CHECK_STR(proposed(a, "P=1|P=2|P=3", TEXT_START, "P"), "1 ante");
	CHECK_STR(proposed(a, "P=1|S1=(a)|S1=(b)|P=2", 1, "S1"), "(a) bis");
	CHECK_STR(proposed(a, "P=1|S1=(a)|S1=(b)|P=2", 0, "S1"), "(a) ante");
	CHECK_STR(proposed(a, "P=1|S1=(a)|P=2", 2, "S1|S1|P|S1"), "(a)|(b)|2 bis|(a)");
	CHECK_STR(proposed(a, "H|P=1|H|P=2", 1, "H|P"), "|1 bis");
	CHECK_STR(proposed(a, "H|P=1|P=1 bis", 1, "P"), "1 bis ante");
	CHECK_STR(proposed(a, "H", 0, "P|P|S1"), "1|2|(a)");
}
