/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Files: a draft in JSON is what was generated, and what is written after each adoption is read
 * again as the very same: every position, whatever is gone, every operation.
 */
#include "base/must.h"
#include "harness/t.h"
#include "text/json_write.h"
#include "world.h"

#include "base/poison.h"

#define ADOPTIONS 3

static bool same_news(const struct text_op *x, const struct text_op *y)
{
	bool same = x->news_n == y->news_n;
	for (size_t i = 0; same && i < x->news_n; i++)
		same = str_eq(x->news[i].id, y->news[i].id) &&
		       str_eq(x->news[i].text, y->news[i].text);
	return same;
}

static bool same_op(const struct text_op *x, const struct text_op *y)
{
	if (x->kind != y->kind || x->outcome != y->outcome || !str_eq(x->with, y->with))
		return false;
	return text_op_is_live(x) ? text_op_same(x, y) && same_news(x, y)
	                          : str_eq(x->was, y->was) && str_eq(x->where, y->where);
}

/* New paragraphs that wait for their author are written one by one. */
static struct text_amendment one_by_one(struct world *w, const struct text_amendment *m)
{
	struct text_amendment out = *m;
	VEC(struct text_op) ops = {0};
	for (size_t i = 0; i < m->ops_n; i++) {
		bool many = !text_op_is_live(&m->ops[i]) && m->ops[i].news_n > 1;
		for (size_t k = 0; k < (many ? m->ops[i].news_n : 1); k++) {
			struct text_op *o = vec_push(w->a, &ops);
			*o = m->ops[i];
			o->news += k;
			o->news_n = many ? 1 : o->news_n;
		}
	}
	out.ops = ops.p;
	out.ops_n = ops.n;
	return out;
}

/* Each operation of the one in the other; those that are not live may have changed places. */
static bool same_ops(
    struct world *w, const struct text_amendment *before, const struct text_amendment *y)
{
	struct text_amendment all = one_by_one(w, before), *x = &all;
	bool *taken = arena_array(w->a, bool, y->ops_n + 1);
	for (size_t i = 0; i < x->ops_n; i++) {
		size_t k = 0;
		while (k < y->ops_n && (taken[k] || !same_op(&x->ops[i], &y->ops[k])))
			k++;
		if (k == y->ops_n)
			return false;
		taken[k] = true;
	}
	return x->ops_n == y->ops_n;
}

/* Of what is unchanged the file says so in words, where the engine says nothing. */
static bool same_list(struct world *w, const struct text_amendment *x, size_t n,
    const struct text_file *f, const char *what, struct buf *why)
{
	if (f->n != n)
		return SAY(why, "%s: %zu amendments, want %zu", what, f->n, n);
	for (size_t i = 0; i < n; i++) {
		const struct text_amendment *y = &f->list[i];
		bool same = str_eq(x[i].id, y->id) && str_eq(x[i].party, y->party) &&
		            x[i].outcome == y->outcome &&
		            (str_eq(x[i].why, y->why) || y->outcome == TEXT_UNCHANGED) &&
		            same_ops(w, &x[i], y);
		if (same)
			continue;
		buf_printf(why, "%s differs:\n", what);
		gen_print_amendment(why, &x[i]);
		gen_print_amendment(why, y);
		gen_print_doc(why, &f->doc);
		return false;
	}
	return true;
}

static bool read(struct world *w, str bytes, struct text_file *out, struct buf *why)
{
	struct err err = {0};
	if (text_json_read(w->a, w->lexer, bytes, out, &err) == OK)
		return true;
	return SAY(why, "refused: %.*s\n#   %.*s", STR(err_text(&err, w->a)), STR(bytes));
}

/* Some of the list that go together are adopted, the others carried over, written, read. */
static bool adopt_some(
    struct world *w, const struct text_file *f, struct text_file *out, struct buf *why)
{
	struct text_revision *r = arena_new_of(w->a, struct text_revision);
	struct text_clashes c = text_find_clashes(w->a, &f->doc, f->list, f->n);
	struct text_amendment *in = arena_array(w->a, struct text_amendment, f->n + 1);
	struct text_amendment *rest = arena_array(w->a, struct text_amendment, f->n + 1);
	bool *no = arena_array(w->a, bool, f->n + 1);
	size_t in_n = 0, rest_n = 0;
	for (size_t i = 0; i < f->n; i++) {
		for (size_t k = 0; k < c.list.n; k++)
			no[i] |= c.list.p[k].b == i && !no[c.list.p[k].a];
		no[i] |= t_rand_below(&w->chance, 2) || f->list[i].outcome == TEXT_IN_CONFLICT;
		if (!no[i])
			in[in_n++] = f->list[i];
		else
			rest[rest_n++] = f->list[i];
	}
	if (!world_merge(w, &f->doc, in, in_n, r, why))
		return false;
	for (size_t i = 0; i < rest_n; i++)
		rest[i] = text_rebase(w->a, r, &rest[i]);
	struct json *written = text_json_file(w->a, w->lexer, f, &r->doc, rest, rest_n);
	w->useful |= in_n && rest_n;
	if (!read(w, json_str(w->a, written), out, why))
		return false;
	return world_same(&r->doc, &out->doc, "the revision, and as it is read again", why) &&
	       same_list(w, rest, rest_n, out, "what is carried over, and read again", why);
}

static bool files(struct world *w, struct buf *why)
{
	struct text_file f[ADOPTIONS + 1];
	if (!read(w, gen_json(w->a, w->c, w->list, w->n), &f[0], why) ||
	    !world_same(w->d, &f[0].doc, "the draft, and as it is read", why) ||
	    !same_list(w, w->list, w->n, &f[0], "what is filed, and read", why))
		return false;
	for (size_t i = 0; i < ADOPTIONS; i++)
		if (!adopt_some(w, &f[i], &f[i + 1], why))
			return false;
	return true;
}

TEST(files_are_read_as_they_are_written)
{
	struct prop p[] = {
	    {"files, words", files, {GEN_TINY, 2, 8, 2, 0, 20, 0}, 7001, 3000, 50},
	    {"files, paragraphs", files, {GEN_TINY, 5, 9, 3, 35, 20, 0}, 7002, 3000, 50},
	    {"files, prose", files, {GEN_PROSE, 4, 12, 3, 20, 30, 0}, 7003, 300, 50},
	    {"files, scripts", files, {GEN_SCRIPTS, 3, 8, 2, 20, 30, 0}, 7004, 3000, 50},
	};
	for (size_t i = 0; i < sizeof p / sizeof p[0]; i++)
		prop_run(&p[i]);
}
