/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * P10 of TEXT-ENGINE.md: taking all changes gives the second version, taking none the first, byte
 * for byte; on edits of every kind in six languages. And what people should see, by hand.
 */
#include "text/redline.h"

#include "base/buf.h"
#include "t.h"

#include "base/poison.h"

/* --- documents -------------------------------------------------------------------------------- */

struct par {
	str id, text, split_from, alias;
};

struct pars {
	VEC(struct par) list;
};

static struct text_doc doc_of(struct arena *a, const struct pars *p)
{
	struct text_doc d = {.n = p->list.n, .par = arena_array(a, struct text_par, p->list.n)};
	struct err err;
	for (size_t i = 0; i < d.n; i++) {
		struct par *q = &p->list.p[i];
		d.par[i] = (struct text_par){.id = q->id,
		    .full = q->text,
		    .split_from = q->split_from,
		    .aliases = &q->alias,
		    .aliases_n = q->alias.n > 0};
	}
	CHECK_EQ(text_doc_index(a, &d, &err), OK);
	return d;
}

/* "id text" each, up to NULL. "id<from text": split from; "id+alias text": joined. */
static struct text_doc written(struct arena *a, const char *const *line)
{
	struct pars p = {0};
	for (; *line; line++) {
		str text = str_of(*line);
		str id;
		str_cut(&text, ' ', &id);
		struct par q = {.id = id, .text = text.p ? text : STR_EMPTY};
		size_t mark = str_find_char(id, '<');
		if (mark != SIZE_MAX) {
			q.id = str_head(id, mark);
			q.split_from = str_skip(id, mark + 1);
		}
		mark = str_find_char(id, '+');
		if (mark != SIZE_MAX) {
			q.id = str_head(id, mark);
			q.alias = str_skip(id, mark + 1);
		}
		*vec_push(a, &p.list) = q;
	}
	return doc_of(a, &p);
}
#define DOC(a, ...) written((a), (const char *const[]){__VA_ARGS__, NULL})

/* "m [-one-]{+two+}" a paragraph: the first letter of what happened; borders as ¶. */
static str drawn(struct arena *a, const struct text_redline *r)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < r->n; i++) {
		buf_sep(&b, S("\n"));
		buf_put(&b, str_head(text_change_name(r->par[i].change), 1));
		buf_putc(&b, ' ');
		for (size_t k = 0; k < r->par[i].spans_n; k++) {
			struct text_span s = r->par[i].span[k];
			if (s.border)
				buf_put(&b, S("¶"));
			else if (s.op == '=')
				buf_put(&b, s.text);
			else
				buf_printf(&b, s.op == '-' ? "[-%.*s-]" : "{+%.*s+}", STR(s.text));
		}
	}
	return buf_str(&b);
}

static void check_drawn(struct arena *a, struct text_doc x, struct text_doc y, bool ids,
    const char *want, const char *file, int line)
{
	struct text_lexer *l = text_lexer_open(a);
	struct text_redline r = text_redline(a, l, &x, &y, ids);
	t_check_str(file, line, "redline", drawn(a, &r), str_of(want));
	text_lexer_close(l);
}
#define DRAWN(x, y, ids, want) check_drawn(a, x, y, ids, want, __FILE__, __LINE__)

TEST(redline_of_paragraphs_with_ids)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	DRAWN(DOC(a, "1 We agree.", "2 We act."), DOC(a, "1 We agree.", "2 We act."), true,
	    "s We agree.\ns We act.");
	DRAWN(DOC(a, "1 We agree.", "2 We act."), DOC(a, "1 We all agree.", "3 More."), true,
	    "c We {+all +}agree.\nd [-We act.-]\ni {+More.+}");
	/* An id is for ever: the words go, the paragraph stays. */
	DRAWN(DOC(a, "1 Entirely different words here."), DOC(a, "1 Nothing of that remains now"),
	    true, "c [-Entirely different words here.-]{+Nothing of that remains now+}");
	DRAWN(DOC(a, "1 One.", "2 Two.", "3 Three."), DOC(a, "3 Three.", "1 One.", "2 Two."), true,
	    "m Three.\ns One.\ns Two.");
	DRAWN(DOC(a, "1 ", "2 x"), DOC(a, "1 y", "2 "), true, "c {+y+}\nc [-x-]");
}

TEST(redline_of_splits_and_joins)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	DRAWN(DOC(a, "1 We agree. We act."), DOC(a, "1 We agree.", "2<1 We act now."), true,
	    "c We agree.[- -]\ns We act{+ now+}.");
	/* Also when nobody wrote down that it was a split. */
	DRAWN(DOC(a, "1 The rights of all. The duties of some."),
	    DOC(a, "1 The rights of all.", "2 The duties of some."), false,
	    "c The rights of all.[- -]\ns The duties of some.");
	DRAWN(DOC(a, "1 The rights of all.", "2 The many duties of some."),
	    DOC(a, "1+2 The rights of all. The duties of some."), true,
	    "j The rights of all.{+ +}¶The [-many -]duties of some.");
	DRAWN(DOC(a, "1 The rights of all.", "2 The many duties of some."),
	    DOC(a, "9 The rights of all. The many duties of some."), false,
	    "j The rights of all.{+ +}¶The many duties of some.");
	DRAWN(DOC(a, "1 First come the aims.", "2 Then the means."),
	    DOC(a, "3 First come", "4 the aims.", "5 Then the means."), false,
	    "c First come[- -]\ns the aims.\ns Then the means.");
}

TEST(redline_of_texts_without_ids)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	DRAWN(DOC(a, "1 Alpha", "2 Beta", "3 Gamma"), DOC(a, "1 Gamma", "2 Alpha", "3 Beta"), false,
	    "m Gamma\ns Alpha\ns Beta");
	DRAWN(DOC(a, "1 We recall the Charter.", "2 We thank the Chair."),
	    DOC(a, "1 New words at the beginning.", "2 We recall the whole Charter.",
	        "3 We thank the Chair."),
	    false,
	    "i {+New words at the beginning.+}\nc We recall the {+whole +}Charter.\n"
	    "s We thank the Chair.");
	DRAWN(DOC(a, "1 Everyone has the right to life."), DOC(a, "1 Sea beds must stay untouched"),
	    false, "d [-Everyone has the right to life.-]\ni {+Sea beds must stay untouched+}");
	DRAWN(
	    DOC(a, "1 Recalling the Charter of the United Nations,",
	        "2 Deciding to remain seized of the matter,", "3 Requests the Secretary-General,"),
	    DOC(a, "1 Deciding to remain seized of the matter,",
	        "2 Requests the Secretary-General,",
	        "3 Recalling the Charter of the old United Nations,"),
	    false,
	    "s Deciding to remain seized of the matter,\ns Requests the Secretary-General,\n"
	    "m Recalling the Charter of the {+old +}United Nations,");
}

TEST(redline_passes_over_what_is_gone)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_doc x = DOC(a, "1 We all agree.", "2 Gone before.", "3 We act.");
	struct text_doc y = DOC(a, "1 We all agree.", "2 Gone before.", "3 We act.");
	struct text_run all = {3, 7};
	x.par[1].is_gone = true;
	y.par[1].is_gone = true;
	y.par[0].gone = &all;
	y.par[0].gone_n = 1;
	y.par[2].is_gone = true;
	DRAWN(x, y, true, "c We [-all -]agree.\nd [-We act.-]");
	DRAWN(x, y, false, "c We [-all -]agree.\nd [-We act.-]");
}

TEST(redline_as_text)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_lexer *l = text_lexer_open(a);
	struct text_doc x =
	    DOC(a, "1 We agree.", "2 We act.", "3 Old.", "4 Two parts. Here.", "5 One", "6 Two");
	struct text_doc y = DOC(a, "2 We act.", "1 We all agree.", "7 New.", "4 Two parts.",
	    "8<4 Here.", "5+6 One Two");
	struct text_redline r = text_redline(a, l, &x, &y, true);
	CHECK_STREQ(text_redline_text(a, &r),
	    S("(moved here; it was paragraph 2)\nWe act.\n\nWe {+all +}agree.\n\n[-Old.-]\n\n"
	      "{+New.+}\n\nTwo parts.[- -]\n\n"
	      "(split from the paragraph before; both were paragraph 4)\nHere.\n\n"
	      "(joined from paragraphs 5, 6)\nOne{+ +}[-¶-]Two\n"));
	text_lexer_close(l);
}

TEST(redline_as_html)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_lexer *l = text_lexer_open(a);
	struct text_doc x = DOC(a, "1 Aims & <means>", "2 a \"b\"");
	struct text_doc y = DOC(a, "2 a \"b\"", "1 Aims & <ways>");
	x.par[0].kind = y.par[1].kind = TEXT_HEADING;
	x.par[0].level = y.par[1].level = 2;
	struct text_redline r = text_redline(a, l, &x, &y, true);
	CHECK_STREQ(text_redline_html(a, &r),
	    S("<div class=\"redline\">\n<p class=\"what-happened\">"
	      "<span class=\"change\" id=\"change-1\" tabindex=\"0\">(moved here; it was paragraph "
	      "2)</span></p>\n<p class=\"para is-moved\" dir=\"auto\">a &quot;b&quot;</p>\n"
	      "<h3 class=\"heading is-changed level-2\" dir=\"auto\">Aims &amp; &lt;"
	      "<span class=\"change\" id=\"change-2\" tabindex=\"0\">"
	      "<del><span class=\"visually-hidden\">deleted: </span>means</del>"
	      "<ins><span class=\"visually-hidden\">inserted: </span>ways</ins></span>&gt;</h3>\n"
	      "</div>\n"));
	text_lexer_close(l);
}

TEST(redline_as_json)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_lexer *l = text_lexer_open(a);
	struct text_doc x = DOC(a, "1 Aims.", "2 B.", "3 C.", "4 D.");
	struct text_doc y = DOC(a, "2 B.", "1 Aims.", "3+4 C. D.");
	struct text_redline r = text_redline(a, l, &x, &y, true);
	CHECK_STREQ(json_str(a, text_redline_json(a, &r)),
	    S("{\"paragraphs\":[{\"id\":\"2\",\"op\":\"moved\",\"old\":[1],\"from\":\"1\","
	      "\"spans\":["
	      "{\"op\":\"=\",\"text\":\"B.\"}]},{\"id\":\"1\",\"op\":\"same\",\"old\":[0],"
	      "\"spans\":["
	      "{\"op\":\"=\",\"text\":\"Aims.\"}]},{\"id\":\"3\",\"op\":\"joined\",\"old\":[2,3],"
	      "\"of\":[\"3\",\"4\"],\"spans\":[{\"op\":\"=\",\"text\":\"C.\"},"
	      "{\"op\":\"+\",\"text\":\" \"},{\"op\":\"-\",\"text\":\"\\n\\n\",\"border\":true},"
	      "{\"op\":\"=\",\"text\":\"D.\"}]}]}"));
	text_lexer_close(l);
}

/* --- P10 -------------------------------------------------------------------------------------- */

struct world {
	struct arena *keep;
	struct arena *a; /* of one case */
	struct text_lexer *l;
	struct t_rand r;
	VEC(str) pool; /* paragraphs of the Declaration */
	unsigned ids;
};

static void read_pool(struct world *w)
{
	static const char *const file[] = {"arb", "cmn_hans", "eng", "fra", "rus", "spa"};
	for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
		str path =
		    arena_printf(w->keep, "../shared/data/udhr-six-languages/%s.html", file[i]);
		str rest = t_read_file(w->keep, arena_z(w->keep, path));
		for (str piece; str_cut(&rest, '>', &piece);) {
			str text = str_trim(str_head(piece, str_find_char(piece, '<')));
			if (text.n > 40)
				*vec_push(w->keep, &w->pool) = text;
		}
	}
}

static const char *const odd[] = {"", " ", "a", "the same", "e\u0301", "\u200d", "\u200f",
    "👩‍⚖️", "人", "ก\u0e38", ".", "\u0301", " of the ", "\n", "x y z", "\u064e", "[-",
    "&lt;"};

static str some_text(struct world *w)
{
	if (t_rand_below(&w->r, 6) == 0)
		return str_of(odd[t_rand_below(&w->r, sizeof odd / sizeof *odd)]);
	str s = w->pool.p[t_rand_below(&w->r, w->pool.n)];
	if (t_rand_below(&w->r, 2))
		return s;
	/* A part of it, from one grapheme to another. */
	size_t n = text_graphemes(w->l, s);
	size_t from = t_rand_below(&w->r, n);
	size_t begin = text_grapheme_at(w->l, s, from);
	size_t end = text_grapheme_at(w->l, s, from + t_rand_below(&w->r, n - from));
	return str_from(s.p + begin, end - begin);
}

static str new_id(struct world *w)
{
	return arena_printf(w->a, "p%u", ++w->ids);
}

/* A place in a text where a grapheme ends. */
static size_t some_edge(struct world *w, str s)
{
	return text_grapheme_at(w->l, s, t_rand_below(&w->r, text_graphemes(w->l, s) + 1));
}

static str edited(struct world *w, str s)
{
	size_t at = some_edge(w, s);
	str rest = str_skip(s, at);
	struct buf b = buf_in(w->a, 0);
	buf_put(&b, str_head(s, at));
	if (t_rand_below(&w->r, 2))
		rest = str_skip(rest, text_grapheme_at(w->l, rest,
		                          t_rand_below(&w->r, text_graphemes(w->l, rest) + 1) / 3));
	if (t_rand_below(&w->r, 8) == 0)
		buf_put(&b, some_text(w));
	buf_put(&b, str_of(odd[t_rand_below(&w->r, sizeof odd / sizeof *odd)]));
	buf_put(&b, rest);
	return buf_str(&b);
}

static void remove_at(struct pars *p, size_t i)
{
	for (; i + 1 < p->list.n; i++)
		p->list.p[i] = p->list.p[i + 1];
	p->list.n--;
}

static void insert_at(struct world *w, struct pars *p, size_t i, struct par q)
{
	vec_push(w->a, &p->list);
	for (size_t k = p->list.n - 1; k > i; k--)
		p->list.p[k] = p->list.p[k - 1];
	p->list.p[i] = q;
}

static void split_at(struct world *w, struct pars *p, size_t i)
{
	struct par *q = &p->list.p[i];
	size_t at = some_edge(w, q->text);
	struct par half = {.id = new_id(w), .text = str_skip(q->text, at), .split_from = q->id};
	q->text = str_head(q->text, at);
	if (t_rand_below(&w->r, 2))
		half.text = str_trim(half.text);
	insert_at(w, p, i + 1, half);
}

static void join_at(struct world *w, struct pars *p, size_t i)
{
	struct par *q = &p->list.p[i];
	struct par next = p->list.p[i + 1];
	struct buf b = buf_in(w->a, 0);
	if (q->alias.n) /* one is enough for the test */
		return;
	buf_put(&b, q->text);
	buf_put(&b, t_rand_below(&w->r, 3) ? S(" ") : STR_EMPTY);
	buf_put(&b, next.text);
	q->text = buf_str(&b);
	q->alias = next.id;
	remove_at(p, i + 1);
}

static void change_one(struct world *w, struct pars *p)
{
	size_t n = p->list.n;
	size_t i = n ? t_rand_below(&w->r, n) : 0;
	size_t what = t_rand_below(&w->r, 10);
	if (!n || what == 0) {
		insert_at(w, p, i, (struct par){.id = new_id(w), .text = some_text(w)});
	} else if (what == 1) {
		remove_at(p, i);
	} else if (what <= 3) {
		struct par q = p->list.p[i];
		remove_at(p, i);
		insert_at(w, p, t_rand_below(&w->r, n), q);
	} else if (what == 4) {
		split_at(w, p, i);
	} else if (what == 5 && i + 1 < n) {
		join_at(w, p, i);
	} else if (what == 6) {
		insert_at(w, p, i, (struct par){.id = new_id(w), .text = p->list.p[i].text});
	} else {
		p->list.p[i].text = edited(w, p->list.p[i].text);
	}
}

static bool sorted_so_far(const struct text_redline *r, size_t i, size_t *young)
{
	const struct text_red *p = &r->par[i];
	if (p->change == TEXT_IS_DELETED)
		return p->young == TEXT_START;
	bool right = p->young == *young;
	++*young;
	return right;
}

/* What the header promises, taken at its word. */
static void check_accept(struct world *w, const struct text_redline *r, const struct text_doc *y)
{
	size_t young = 0;
	for (size_t i = 0; i < r->n; i++) {
		const struct text_red *p = &r->par[i];
		struct buf b = buf_in(w->a, 0);
		CHECK(sorted_so_far(r, i, &young));
		for (size_t k = 0; k < p->spans_n; k++)
			if (p->span[k].op != '-')
				buf_put(&b, p->span[k].text);
		if (p->young != TEXT_START && p->young < y->n)
			CHECK_STREQ(buf_str(&b), y->par[p->young].full);
		else
			CHECK_EQ(b.n, 0);
	}
	CHECK_EQ(young, y->n);
}

static void check_old(
    const struct text_doc *x, const struct text_red *p, size_t k, bool *seen, struct buf *b)
{
	if (p->olds_n || b->n) {
		CHECK(k < p->olds_n);
		if (k >= p->olds_n)
			return;
		CHECK(!seen[p->old[k]]);
		seen[p->old[k]] = true;
		CHECK_STREQ(buf_str(b), x->par[p->old[k]].full);
	}
	buf_clear(b);
}

/* Adds the spans of one paragraph to the old paragraphs of p, of which k have been checked. */
static size_t reject_one(const struct text_doc *x, const struct text_red *p,
    const struct text_red *q, size_t k, bool *seen, struct buf *b)
{
	for (size_t s = 0; s < q->spans_n; s++) {
		if (q->span[s].border)
			check_old(x, p, k++, seen, b);
		else if (q->span[s].op != '+')
			buf_put(b, q->span[s].text);
	}
	return k;
}

static void check_reject(struct world *w, const struct text_redline *r, const struct text_doc *x)
{
	bool *seen = arena_array(w->a, bool, x->n + 1);
	for (size_t i = 0; i < r->n;) {
		const struct text_red *p = &r->par[i];
		struct buf b = buf_in(w->a, 0);
		size_t k = 0;
		CHECK(p->change != TEXT_IS_SPLIT);
		do
			k = reject_one(x, p, &r->par[i++], k, seen, &b);
		while (i < r->n && r->par[i].change == TEXT_IS_SPLIT);
		check_old(x, p, k++, seen, &b);
		CHECK(!p->olds_n || k == p->olds_n);
	}
	for (size_t i = 0; i < x->n; i++)
		if (!seen[i])
			CHECK_STREQ(drawn(w->a, r), x->par[i].full);
}

static void check_both(
    struct world *w, const struct text_doc *x, const struct text_doc *y, bool has_ids)
{
	struct text_redline r = text_redline(w->a, w->l, x, y, has_ids);
	check_accept(w, &r, y);
	check_reject(w, &r, x);
	CHECK(text_redline_html(w->a, &r).n > 0);
	CHECK_EQ(text_redline_json(w->a, &r)->first->count, r.n);
	/* Tokens cut beforehand change nothing. */
	struct text_redline c = text_redline_cut(
	    w->a, w->l, x, text_cut_all(w->a, w->l, x), y, text_cut_all(w->a, w->l, y), has_ids);
	CHECK_STREQ(text_redline_text(w->a, &c), text_redline_text(w->a, &r));
}

static void run_cases(int cases, uint64_t seed, bool has_ids)
{
	AUTO_ARENA struct arena *keep = arena_new(0);
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world w = {.keep = keep, .a = a, .l = text_lexer_open(keep), .r = {seed}};
	read_pool(&w);
	CHECK(w.pool.n > 200);
	for (int i = 0; i < cases && !t_failures(); i++) {
		arena_reset(a);
		struct pars p = {0};
		w.ids = 0;
		for (size_t n = t_rand_below(&w.r, 8); n; n--)
			*vec_push(a, &p.list) =
			    (struct par){.id = new_id(&w), .text = some_text(&w)};
		struct text_doc x = doc_of(a, &p);
		struct pars q = {0};
		for (size_t k = 0; k < p.list.n; k++)
			*vec_push(a, &q.list) = p.list.p[k];
		for (size_t n = t_rand_below(&w.r, 6); n; n--)
			change_one(&w, &q);
		struct text_doc y = doc_of(a, &q);
		check_both(&w, &x, &y, has_ids);
		check_both(&w, &y, &x, has_ids);
	}
	text_lexer_close(w.l);
}

TEST(redline_p10_with_ids)
{
	run_cases(3000, 21, true);
}

TEST(redline_p10_without_ids)
{
	run_cases(3000, 22, false);
}
