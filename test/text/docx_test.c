/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * P15 over the generated cases: all amendments of a revision, those that exclude each other, those
 * that others' adoption has moved and words that are gone among them, go into one Word file and
 * come back as they were. (P15 from the changes alone, and P7: src/docx/trip_test.c.)
 */
#include "docx/docx.h"
#include "world.h"

#include "harness/t.h"
#include "base/poison.h"

static const struct text_amendment *find(const struct docx_read *r, str id)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->list[i].id, id))
			return &r->list[i];
	return NULL;
}

static int by_op(const void *x, const void *y)
{
	return text_op_order(x, y);
}

struct live {
	VEC(struct text_op) list;
};

/* The operations that still do something, in order (a rebase leaves them as it finds them). */
static struct live live_of(struct arena *a, const struct text_amendment *m)
{
	struct live out = {0};
	for (size_t i = 0; i < m->ops_n; i++)
		if (text_op_is_live(&m->ops[i]))
			*vec_push(a, &out.list) = m->ops[i];
	vec_sort(&out.list, by_op);
	return out;
}

static bool same_live(
    struct arena *a, const struct text_amendment *x, const struct text_amendment *y)
{
	struct live p = live_of(a, x), q = live_of(a, y);
	for (size_t i = 0; i < p.list.n && i < q.list.n; i++)
		if (!text_op_same(&p.list.p[i], &q.list.p[i]) ||
		    p.list.p[i].outcome != q.list.p[i].outcome)
			return false;
	return p.list.n == q.list.n;
}

static bool came_back(
    struct arena *a, const struct text_amendment *m, const struct docx_read *r, struct buf *why)
{
	const struct text_amendment *back = find(r, m->id);
	if (!back)
		return SAY(why, "%.*s is lost", STR(m->id));
	bool same = same_live(a, m, back) && str_eq(m->party, back->party) &&
	            m->cosponsors_n == back->cosponsors_n;
	for (size_t i = 0; same && i < m->cosponsors_n; i++)
		same = str_eq(m->cosponsors[i], back->cosponsors[i]);
	if (same)
		return true;
	buf_printf(why, "it was\n");
	gen_print_amendment(why, m);
	buf_printf(why, "and came back as\n");
	gen_print_amendment(why, back);
	return false;
}

static bool goes_and_comes(struct world *w, struct buf *why)
{
	static const struct docx_options options = {0};
	struct err err = {0};
	struct docx_read r;
	struct docx_against against = {.doc = w->d};
	str bytes;
	if (docx_write(w->a, w->lexer, w->d, w->list, w->n, &options, &bytes, &err) != OK ||
	    docx_read(w->a, w->lexer, bytes, &against, &r, &err) != OK)
		return SAY(why, "%.*s", STR(err_text(&err, w->a)));
	if (r.waiting || r.unexplained || r.untracked.n || r.looks.n)
		buf_printf(why, "%zu wait, %zu are not explained, %zu untracked: %.*s\n", r.waiting,
		    r.unexplained, r.untracked.n,
		    STR(json_str(w->a, docx_report_json(w->a, S("-"), &r))));
	for (size_t i = 0; i < w->n; i++)
		if (world_has_live(&w->list[i]) && !came_back(w->a, &w->list[i], &r, why)) {
			gen_print_doc(why, w->d);
			return false;
		}
	w->useful = w->n > 0;
	return !why->n;
}

TEST(p15_a_word_file_brings_everything_back)
{
	static const size_t cases[PROP_SHAPES] = {1000, 3000, 1500, 500};
	prop_run_all("P15 Word files", goes_and_comes, 15, cases, 80);
}
