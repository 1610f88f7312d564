/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * P4: the canonical operation does what was wished, grapheme by grapheme, and two single edits of
 * one paragraph have the same operation exactly when they have the same result.
 */
#include "base/must.h"
#include "harness/t.h"
#include "world.h"

#include "base/poison.h"

#define TRIES 6

struct edit {
	struct text_wish wish;
	str naive; /* what it should come to */
	bool settled;
	struct text_amendment m;
};

static str naive(struct world *w, str text, const struct text_wish *wish)
{
	struct gen_cuts c = gen_graphemes(w->a, w->tools, text);
	return arena_printf(w->a, "%.*s%.*s%.*s", STR(str_head(text, c.at[wish->from])),
	    STR(wish->text), STR(str_skip(text, c.at[wish->to])));
}

/* The same result by another wish: some of what stands around it is replaced by itself. */
static struct text_wish widened(struct world *w, str text, const struct text_wish *wish)
{
	struct gen_cuts c = gen_graphemes(w->a, w->tools, text);
	struct text_wish out = *wish;
	size_t left = t_rand_below(&w->chance, 4), right = t_rand_below(&w->chance, 4);
	out.verb = TEXT_DO_REPLACE;
	out.from = wish->from > left ? wish->from - left : 0;
	out.to = c.n - wish->to > right ? wish->to + right : c.n;
	str before = str_head(str_skip(text, c.at[out.from]), c.at[wish->from] - c.at[out.from]);
	str after = str_head(str_skip(text, c.at[wish->to]), c.at[out.to] - c.at[wish->to]);
	out.text = arena_printf(w->a, "%.*s%.*s%.*s", STR(before), STR(wish->text), STR(after));
	return out;
}

static struct text_wish any_wish(struct world *w, const struct text_par *p, str text)
{
	struct gen_cuts c = gen_graphemes(w->a, w->tools, text);
	size_t x = t_rand_below(&w->chance, c.n + 1);
	size_t y = x + t_rand_below(&w->chance, 1 + (c.n - x < 5 ? c.n - x : 5));
	struct text_wish wish = {.verb = TEXT_DO_REPLACE, .par = p->id, .from = x, .to = y};
	if (x == y || t_rand_below(&w->chance, 3))
		wish.text = gen_words(w->a, w->tools, &w->chance, &w->c->voice);
	if (x == y)
		wish.verb = TEXT_DO_INSERT;
	return wish;
}

/* Settles the edit, adopts it, and reads. */
static bool does_it(struct world *w, size_t par, str text, struct edit *e, struct buf *why)
{
	struct err err = {0};
	struct text_revision r;
	e->naive = naive(w, text, &e->wish);
	e->m.id = S("x");
	enum rc rc = text_settle(w->a, w->lexer, w->d, &e->wish, 1, NULL, 0, &e->m, &err);
	e->settled = rc == OK;
	if (rc != OK)
		return gen_same_text(w->a, text, e->naive) ||
		       SAY(why, "refused: %.*s", STR(err_text(&err, w->a)));
	if (gen_same_text(w->a, text, e->naive))
		return SAY(why, "it changes nothing, but is taken");
	if (e->m.ops_n != 1 || e->m.ops[0].kind != TEXT_EDIT)
		return SAY(why, "%zu operations for one edit", e->m.ops_n);
	/* A range begins and ends with what is read: what is gone beside it is not its matter. */
	const struct text_op *o = &e->m.ops[0];
	const struct text_par *p = &w->d->par[par];
	if (o->from < o->to &&
	    (text_par_is_gone(p, o->from, o->from + 1) || text_par_is_gone(p, o->to - 1, o->to)))
		return SAY(why, "its range goes over what is gone beside it");
	if (!world_merge(w, w->d, &e->m, 1, &r, why))
		return false;
	str got = text_par_read(w->a, &r.doc.par[par]);
	return gen_same_text(w->a, got, e->naive) ||
	       SAY(why, "gives \"%.*s\", want \"%.*s\"", STR(got), STR(e->naive));
}

static bool explain(struct world *w, const struct edit *e, size_t n, struct buf *why)
{
	buf_putc(why, '\n');
	for (size_t i = 0; i < n; i++) {
		buf_printf(why, "#   %.*s [%zu,%zu) \"%.*s\" gives \"%.*s\"\n", STR(e[i].wish.par),
		    e[i].wish.from, e[i].wish.to, STR(e[i].wish.text), STR(e[i].naive));
		gen_print_amendment(why, &e[i].m);
	}
	gen_print_doc(why, w->d);
	return false;
}

static bool canonical(struct world *w, struct buf *why)
{
	size_t par = text_doc_next(w->d, t_rand_below(&w->chance, w->d->n) - 1);
	if (par == TEXT_START)
		return true;
	str text = text_par_read(w->a, &w->d->par[par]);
	struct edit e[TRIES] = {0};
	for (size_t i = 0; i < TRIES; i++) {
		e[i].wish =
		    i % 2 ? widened(w, text, &e[i - 1].wish) : any_wish(w, &w->d->par[par], text);
		if (!does_it(w, par, text, &e[i], why))
			return explain(w, &e[i], 1, why);
	}
	for (size_t i = 0; i < TRIES; i++)
		for (size_t j = i + 1; j < TRIES; j++) {
			if (!e[i].settled || !e[j].settled)
				continue;
			bool same = gen_same_text(w->a, e[i].naive, e[j].naive);
			w->useful = 1;
			if (same == text_op_same(&e[i].m.ops[0], &e[j].m.ops[0]))
				continue;
			buf_printf(why, "results %s, operations %s", same ? "the same" : "differ",
			    same ? "differ" : "the same");
			struct edit two[2] = {e[i], e[j]};
			return explain(w, two, 2, why);
		}
	return true;
}

TEST(p4_canonical_operations)
{
	prop_run_all("P4", canonical, 4, (size_t[]){9000, 0, 1000, 3000}, 70);
}
