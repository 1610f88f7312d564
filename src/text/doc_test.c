/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "t.h"

#include "base/vec.h"
#include "text/doc.h"
#include "text/order.h"

#include "base/poison.h"

/* "ab[cd]ef[gh]": what is in brackets is gone. */
static struct text_par par_of(struct arena *a, str drawn)
{
	struct text_par p = {.gone = arena_array(a, struct text_run, drawn.n + 1)};
	char *z = arena_push(a, drawn.n + 1);
	for (size_t i = 0; i < drawn.n; i++) {
		if (drawn.p[i] == '[')
			p.gone[p.gone_n].from = p.full.n;
		else if (drawn.p[i] == ']')
			p.gone[p.gone_n++].to = p.full.n;
		else
			z[p.full.n++] = drawn.p[i];
	}
	p.full.p = z;
	return p;
}

TEST(what_is_gone_is_not_read)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_par p = par_of(a, S("[xy]ab[cd]ef[gh]"));
	CHECK_STR(text_par_read(a, &p), "abef");
	CHECK_STR(text_par_between(a, &p, 3, 7), "be");
	CHECK_STR(text_par_between(a, &p, 4, 6), "");
	CHECK(text_par_is_gone(&p, 4, 6));
	CHECK(!text_par_is_gone(&p, 4, 7));
	CHECK(text_par_is_gone(&p, 5, 5));
}

TEST(positions_are_found_again)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_par p = par_of(a, S("[xy]ab[cd]ef[gh]"));
	for (size_t at = 0; at <= p.full.n; at++) {
		size_t shown = text_par_shown(&p, at), past = text_par_past(&p, at);
		CHECK_EQ(text_par_at(&p, shown, past), at);
	}
	CHECK_EQ(text_par_at(&p, 5, 0), TEXT_START);
	CHECK_EQ(text_par_at(&p, 1, 1), TEXT_START);
	CHECK_EQ(text_par_at(&p, 2, 3), TEXT_START);
}

TEST(a_key_is_found_between_any_two)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct t_rand r = {7};
	VEC(str) keys = {0};
	*vec_push(a, &keys) = text_order_between(a, STR_EMPTY, STR_EMPTY);
	for (int i = 0; i < 3000; i++) {
		size_t at = t_rand_below(&r, keys.n + 1);
		str lo = at ? keys.p[at - 1] : STR_EMPTY;
		str hi = at < keys.n ? keys.p[at] : STR_EMPTY;
		str key = text_order_between(a, lo, hi);
		CHECK(str_cmp(lo, key) < 0);
		CHECK(hi.n == 0 || str_cmp(key, hi) < 0);
		CHECK(key.p[key.n - 1] != '0');
		(void)vec_push(a, &keys);
		for (size_t k = keys.n - 1; k > at; k--)
			keys.p[k] = keys.p[k - 1];
		keys.p[at] = key;
	}
}

TEST(only_paragraphs_without_a_key_get_one)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_par par[6] = {{.id = S("a")}, {.id = S("b"), .order = S("V")}, {.id = S("c")},
	    {.id = S("d")}, {.id = S("e"), .order = S("W")}, {.id = S("f"), .order = S("C")}};
	struct text_doc d = {.par = par, .n = 6};
	struct err err = {0};
	NEED(text_doc_index(a, &d, &err) == OK);
	for (size_t i = 1; i < 6; i++)
		CHECK(str_cmp(par[i - 1].order, par[i].order) < 0);
	CHECK_STR(par[1].order, "V");
	CHECK_STR(par[4].order, "W");
}

TEST(an_id_stands_once)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str alias = S("a");
	struct text_par par[2] = {
	    {.id = S("a")}, {.id = S("b"), .aliases = &alias, .aliases_n = 1}};
	struct text_doc d = {.par = par, .n = 2};
	struct err err = {0};
	CHECK_EQ(text_doc_index(a, &d, &err), INVALID);
	CHECK_STR(err_text(&err, a), "Two paragraphs have the id a.");
	alias = S("c");
	NEED(text_doc_index(a, &d, &err) == OK);
	CHECK_EQ(text_doc_find(&d, S("c")), 1);
	CHECK_EQ(text_doc_find(&d, S("x")), TEXT_START);
}
