/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The shortest way against one that is computed by a table; what cleaning may and may not do.
 */
#include "base/buf.h"
#include "t.h"
#include "text/diff.h"

#include "base/poison.h"

#define MOST 60

/* The number of tokens that go or come at least. */
static size_t least_changes(const uint32_t *x, size_t n, const uint32_t *y, size_t m)
{
	size_t d[MOST + 1][MOST + 1];
	for (size_t i = 0; i <= n; i++)
		for (size_t j = 0; j <= m; j++) {
			if (!i || !j) {
				d[i][j] = i + j;
			} else if (x[i - 1] == y[j - 1]) {
				d[i][j] = d[i - 1][j - 1];
			} else {
				size_t goes = d[i - 1][j];
				size_t comes = d[i][j - 1];
				d[i][j] = 1 + (goes < comes ? goes : comes);
			}
		}
	return d[n][m];
}

static size_t changes(const struct text_hunks *h)
{
	size_t n = 0;
	for (size_t i = 0; i < h->list.n; i++)
		n += h->list.p[i].a_to - h->list.p[i].a_from + h->list.p[i].b_to -
		     h->list.p[i].b_from;
	return n;
}

/* True when the hunks are in order, apart, not empty, and all between them is equal. */
static bool right(
    const struct text_hunks *h, const uint32_t *x, size_t n, const uint32_t *y, size_t m)
{
	size_t i = 0;
	size_t j = 0;
	for (size_t k = 0; k <= h->list.n; k++) {
		struct text_hunk end = {n, n, m, m};
		struct text_hunk g = k < h->list.n ? h->list.p[k] : end;
		bool apart = k == 0 || k == h->list.n || g.a_from > i;
		bool empty = k < h->list.n && g.a_from == g.a_to && g.b_from == g.b_to;
		if (!apart || empty || g.a_from < i || g.b_from - j != g.a_from - i)
			return false;
		if (g.a_from > i && memcmp(x + i, y + j, (g.a_from - i) * sizeof *x) != 0)
			return false;
		i = g.a_to;
		j = g.b_to;
		if (i > n || j > m || g.a_to < g.a_from || g.b_to < g.b_from)
			return false;
	}
	return true;
}

TEST(diff_is_the_shortest_way)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct t_rand r = {7};
	for (int k = 0; k < 20000 && !t_failures(); k++) {
		arena_reset(a);
		uint32_t x[MOST];
		uint32_t y[MOST];
		size_t letters = 1 + t_rand_below(&r, k % 2 ? 4 : 30);
		size_t n = t_rand_below(&r, MOST);
		size_t m = t_rand_below(&r, MOST);
		for (size_t i = 0; i < n; i++)
			x[i] = (uint32_t)t_rand_below(&r, letters);
		for (size_t i = 0; i < m; i++)
			y[i] = i < n && t_rand_below(&r, 3) ? x[i]
			                                    : (uint32_t)t_rand_below(&r, letters);
		struct text_hunks h = text_diff(a, x, n, y, m);
		CHECK(right(&h, x, n, y, m));
		CHECK_EQ(changes(&h), least_changes(x, n, y, m));
	}
}

/* Two long sequences with nothing in common but frequent numbers: an answer, and a right one. */
TEST(diff_of_a_hopeless_pair_ends)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct t_rand r = {9};
	size_t n = 400000;
	uint32_t *x = arena_array(a, uint32_t, n);
	uint32_t *y = arena_array(a, uint32_t, n);
	for (size_t i = 0; i < n; i++) {
		x[i] = (uint32_t)t_rand_below(&r, 40);
		y[i] = (uint32_t)t_rand_below(&r, 40);
	}
	struct text_hunks h = text_diff(a, x, n, y, n);
	CHECK(right(&h, x, n, y, n));
	CHECK(changes(&h) < 2 * n * 9 / 10);
}

/* The second text with marks, as text_compare sees it. */
static str marked(struct arena *a, struct text_lexer *l, str x, str y)
{
	struct text_hunks h = text_compare(a, l, x, y);
	struct buf b = buf_in(a, 0);
	size_t at = 0;
	for (size_t i = 0; i < h.list.n; i++) {
		struct text_hunk k = h.list.p[i];
		buf_put(&b, str_from(x.p + at, k.a_from - at));
		if (k.a_to > k.a_from)
			buf_printf(&b, "[-%.*s-]", (int)(k.a_to - k.a_from), x.p + k.a_from);
		if (k.b_to > k.b_from)
			buf_printf(&b, "{+%.*s+}", (int)(k.b_to - k.b_from), y.p + k.b_from);
		at = k.a_to;
	}
	buf_put(&b, str_skip(x, at));
	return buf_str(&b);
}

static void check_marks(const char *x, const char *y, const char *want, const char *file, int line)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_lexer *l = text_lexer_open(a);
	t_check_str(file, line, y, marked(a, l, str_of(x), str_of(y)), str_of(want));
	text_lexer_close(l);
}
#define MARKS(x, y, want) check_marks(x, y, want, __FILE__, __LINE__)

TEST(diff_slides_to_words_and_sentences)
{
	MARKS("the rights", "the human rights", "the {+human +}rights");
	MARKS("of all of them", "of all of all of them", "{+of all +}of all of them");
	MARKS("One. Three.", "One. Two. Three.", "One. {+Two. +}Three.");
	MARKS("One.", "One. Two.", "One.{+ Two.+}");
	MARKS("States shall act", "States act", "States [-shall -]act");
	MARKS("a b", "a b c", "a b{+ c+}");
	MARKS("我们。他们。", "我们。你们。他们。", "我们。{+你们。+}他们。");
}

TEST(diff_joins_what_is_read_together)
{
	MARKS("Parties shall report", "States must report",
	    "[-Parties shall-]{+States must+} report");
	MARKS("the protection of children is", "a promotion of women is",
	    "[-the protection of children-]{+a promotion of women+} is");
	/* Long words, the end of a sentence, and two insertions stay apart. */
	MARKS("one considers two", "three considers four",
	    "[-one-]{+three+} considers [-two-]{+four+}");
	MARKS("We act. They wait.", "We stop. You wait.",
	    "We [-act-]{+stop+}. [-They-]{+You+} wait.");
	MARKS("a, b", "a x, b x", "a{+ x+}, b{+ x+}");
}

TEST(diff_shows_the_characters_that_differ_where_words_are_a_guess)
{
	MARKS("人人有权享有生命", "人人有权享有生活", "人人有权享有生[-命-]{+活+}");
	MARKS("全体人民的权利", "全体公民的权利", "全体[-人-]{+公+}民的权利");
	/* A letter changed is a word changed. */
	MARKS("prohibited", "prohibits", "[-prohibited-]{+prohibits+}");
	MARKS("الحقوق", "والحقوق", "[-الحقوق-]{+والحقوق+}");
}

static const char *const piece[] = {"the ", "of ", "States ", "Parties, ", "shall ", "a", "b ",
    ". ", ", ", " ", "人", "民", "的权利", "，", "。", "ك", "ل ", "\u064e", "\u200f", "ก", "ุ", "é",
    "e\u0301", "👩‍⚖️", "\u200d", "\ufe0f", "not "};

static str random_text(struct arena *a, struct t_rand *r, size_t most)
{
	struct buf b = buf_in(a, 0);
	for (size_t n = t_rand_below(r, most); n; n--)
		buf_put(&b, str_of(piece[t_rand_below(r, sizeof piece / sizeof *piece)]));
	return arena_str(a, buf_str(&b));
}

/* Tokens of x with some taken out, doubled or followed by others. */
static str random_edit(struct arena *a, struct text_lexer *l, struct t_rand *r, str x)
{
	struct text_tokens t = text_cut(a, l, x);
	struct buf b = buf_in(a, 0);
	for (size_t i = 0, at = 0; i < t.n; at = t.end[i++]) {
		str token = str_from(x.p + at, t.end[i] - at);
		size_t what = t_rand_below(r, 12);
		if (what)
			buf_put(&b, token);
		if (what == 1)
			buf_put(&b, token);
		if (what == 2)
			buf_put(&b, random_text(a, r, 5));
	}
	return buf_str(&b);
}

/* Everything of the raw hunks lies in a cleaned one, or was slid as a whole. */
TEST(diff_clean_only_coarsens)
{
	AUTO_ARENA struct arena *keep = arena_new(0);
	struct text_lexer *l = text_lexer_open(keep);
	AUTO_ARENA struct arena *a = arena_new(0);
	struct t_rand r = {11};
	for (int k = 0; k < 10000 && !t_failures(); k++) {
		arena_reset(a);
		str x = random_text(a, &r, 40);
		str y = random_edit(a, l, &r, x);
		struct text_tokens xt = text_cut(a, l, x);
		struct text_tokens yt = text_cut(a, l, y);
		struct text_hunks raw = text_diff(a, xt.id, xt.n, yt.id, yt.n);
		struct text_hunks h = text_diff_clean(a, x, &xt, y, &yt, &raw);
		CHECK(right(&raw, xt.id, xt.n, yt.id, yt.n));
		CHECK(right(&h, xt.id, xt.n, yt.id, yt.n));
		CHECK(h.list.n <= raw.list.n);
		CHECK(changes(&h) >= changes(&raw));
		raw = text_diff_words(a, &xt, &yt);
		CHECK(right(&raw, xt.id, xt.n, yt.id, yt.n));
		h = text_diff_clean(a, x, &xt, y, &yt, &raw);
		CHECK(right(&h, xt.id, xt.n, yt.id, yt.n));
	}
	text_lexer_close(l);
}

TEST(diff_compare_gives_both_texts_at_edges_of_graphemes)
{
	AUTO_ARENA struct arena *keep = arena_new(0);
	struct text_lexer *l = text_lexer_open(keep);
	AUTO_ARENA struct arena *a = arena_new(0);
	struct t_rand r = {13};
	for (int k = 0; k < 10000 && !t_failures(); k++) {
		arena_reset(a);
		str x = random_text(a, &r, 30);
		str y = t_rand_below(&r, 9) ? random_edit(a, l, &r, x) : random_text(a, &r, 30);
		struct text_hunks h = text_compare(a, l, x, y);
		struct buf b = buf_in(a, 0);
		size_t at = 0;
		for (size_t i = 0; i < h.list.n; i++) {
			struct text_hunk g = h.list.p[i];
			buf_put(&b, str_from(x.p + at, g.a_from - at));
			CHECK_EQ(b.n, g.b_from);
			buf_put(&b, str_from(y.p + g.b_from, g.b_to - g.b_from));
			at = g.a_to;
			size_t before = text_graphemes(l, str_head(x, g.a_from));
			CHECK_EQ(text_grapheme_at(l, x, before), g.a_from);
			before = text_graphemes(l, str_head(y, g.b_to));
			CHECK_EQ(text_grapheme_at(l, y, before), g.b_to);
		}
		buf_put(&b, str_skip(x, at));
		CHECK_STREQ(buf_str(&b), y);
	}
	text_lexer_close(l);
}
