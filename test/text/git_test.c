/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * libgit2 as oracle: a paragraph with a token a line, and what two amendments of its words make of
 * it. Wherever git_merge_file merges the two cleanly, text_merge of both gives the same text.
 */
#include <git2.h>

#include "base/must.h"
#include "harness/t.h"
#include "model.h"
#include "world.h"

#include "base/poison.h"

/* The words of the paragraph, and where they are in its full text. */
struct lines {
	struct world *w;
	const struct text_par *p;
	str base;
	struct text_tokens t;
};

static size_t start_of(const struct lines *l, size_t k)
{
	return k ? l->t.end[k - 1] : 0;
}

/* The token that begins at a byte of the text that is read, or SIZE_MAX. */
static size_t token_at(const struct lines *l, size_t byte)
{
	for (size_t k = 0; k <= l->t.n; k++)
		if (start_of(l, k) == byte)
			return k;
	return SIZE_MAX;
}

static void put_base(const struct lines *l, struct buf *b, size_t from, size_t to)
{
	for (size_t k = from; k < to; k++) {
		size_t at = start_of(l, k);
		buf_printf(b, "%zu\t%.*s\n", k, STR(((str){l->base.p + at, l->t.end[k] - at})));
	}
}

static void put_new(const struct lines *l, struct buf *b, str text)
{
	struct text_tokens t = text_cut(l->w->a, l->w->lexer, text);
	size_t at = 0;
	for (size_t i = 0; i < t.n; at = t.end[i++])
		buf_printf(b, "+\t%.*s\n", STR(((str){text.p + at, t.end[i] - at})));
}

/*
 * A token a line, what one amendment makes of the paragraph. A token of the base has its number,
 * so that libgit2, too, knows which of several equal words is meant. p == NULL: the amendment
 * does not bear on whole words alone (it may have been carried over a revision).
 */
static str lines_with(const struct lines *l, const struct text_amendment *m)
{
	struct buf b = buf_in(l->w->a, 0);
	size_t done = 0;
	for (size_t i = 0; i < m->ops_n; i++) {
		const struct text_op *o = &m->ops[i];
		if (!text_op_is_live(o) || o->kind != TEXT_EDIT)
			return (str){0};
		size_t from = token_at(l, text_par_shown(l->p, o->from));
		size_t to = token_at(l, text_par_shown(l->p, o->to));
		if (from == SIZE_MAX || to == SIZE_MAX || from < done || to < from)
			return (str){0};
		put_base(l, &b, done, from);
		put_new(l, &b, o->text);
		done = to;
	}
	put_base(l, &b, done, l->t.n);
	return b.n ? buf_str(&b) : STR_EMPTY;
}

static git_merge_file_input input_of(str lines)
{
	git_merge_file_input in;
	must(git_merge_file_input_init(&in, GIT_MERGE_FILE_INPUT_VERSION) == 0);
	in.ptr = lines.p;
	in.size = lines.n;
	return in;
}

/* The merged text; p == NULL: libgit2 sees a conflict. */
static str git_merged(struct world *w, str base, str x, str y)
{
	git_merge_file_input in[3] = {input_of(base), input_of(x), input_of(y)};
	git_merge_file_result result = {0};
	must(git_merge_file(&result, &in[0], &in[1], &in[2], NULL) == 0);
	struct buf b = buf_in(w->a, 0);
	str lines = {result.ptr, result.len}, line, token;
	buf_put(&b, STR_EMPTY);
	while (result.automergeable && result.len && str_cut(&lines, '\n', &line))
		if (str_cut(&line, '\t', &token) && line.p)
			buf_put(&b, line);
	bool clean = result.automergeable;
	git_merge_file_result_free(&result);
	return clean ? (str){b.n ? b.p : "", b.n} : (str){0};
}

static bool as_git(struct lines *l, const struct text_amendment pair[2], struct buf *why)
{
	struct world *w = l->w;
	struct text_revision r;
	struct err err = {0};
	struct buf base = buf_in(w->a, 0);
	str x = lines_with(l, &pair[0]), y = lines_with(l, &pair[1]);
	if (!x.p || !y.p)
		return true;
	put_base(l, &base, 0, l->t.n);
	str want = git_merged(w, base.n ? buf_str(&base) : STR_EMPTY, x, y);
	if (!want.p)
		return true;
	w->useful++;
	enum rc rc = text_merge(w->a, w->d, pair, 2, false, &r, &err);
	str got = rc == OK ? text_par_read(w->a, &r.doc.par[0]) : S("(conflict)");
	if (str_eq(got, want))
		return true;
	buf_printf(why, "base \"%.*s\"\n# git \"%.*s\"\n# we \"%.*s\"\n", STR(l->base), STR(want),
	    STR(got));
	gen_print_amendment(why, &pair[0]);
	gen_print_amendment(why, &pair[1]);
	return false;
}

static bool oracle(struct world *w, struct buf *why)
{
	struct lines l = {.w = w, .p = &w->d->par[0]};
	l.base = text_par_read(w->a, l.p);
	l.t = text_cut(w->a, w->lexer, l.base);
	for (size_t i = 0; i < w->n; i++)
		for (size_t j = i + 1; j < w->n; j++) {
			struct text_amendment pair[2] = {w->list[i], w->list[j]};
			if (!as_git(&l, pair, why))
				return false;
		}
	return true;
}

TEST(git_merges_cleanly_the_same)
{
	git_libgit2_init();
	struct prop p[] = {
	    {"libgit2, tiny", oracle, {GEN_TINY, 1, 6, 2, 0, 30, 20}, 5001, 10000, 60},
	    {"libgit2, prose", oracle, {GEN_PROSE, 1, 6, 2, 0, 30, 20}, 5002, 3000, 60},
	    {"libgit2, scripts", oracle, {GEN_SCRIPTS, 1, 6, 2, 0, 30, 20}, 5003, 2000, 60},
	};
	for (size_t i = 0; i < sizeof p / sizeof p[0]; i++)
		prop_run(&p[i]);
	git_libgit2_shutdown();
}
