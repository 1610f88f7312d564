/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * fuzz_text: drafts as files, any bytes. What can be read is settled, related, adopted as far as
 * it goes together, carried over, rolled and written; P1, P2, P5 and P8 must hold, and what is
 * written must be read again as the same.
 */
#include "base/must.h"
#include "text/json_write.h"
#include "text/merge.h"
#include "text/rebase.h"
#include "text/redline.h"
#include "text/rolling.h"

#include "fuzz/fuzz.h"

#include "base/poison.h"

#define AMENDMENTS_MOST 24 /* larger files are read and no more: pairs take time */

struct trial {
	struct arena *a;
	struct text_lexer *lexer;
	struct text_file f;
	struct text_amendment *fit, *rest;
	size_t fit_n, rest_n;
};

static bool same_gone(const struct text_par *x, const struct text_par *y)
{
	for (size_t i = 0; i < x->gone_n && i < y->gone_n; i++)
		if (x->gone[i].from != y->gone[i].from || x->gone[i].to != y->gone[i].to)
			return false;
	return x->gone_n == y->gone_n;
}

/* Ids are compared where both ways to the same text must give the same ones. */
static bool same_doc(const struct text_doc *x, const struct text_doc *y, bool ids)
{
	size_t i = TEXT_START, k = TEXT_START;
	if (x->n != y->n)
		return false;
	do {
		i = text_doc_next(x, i);
		k = text_doc_next(y, k);
		if (i == TEXT_START || k == TEXT_START)
			return i == k;
	} while ((!ids || str_eq(x->par[i].id, y->par[k].id)) &&
	         str_eq(x->par[i].full, y->par[k].full) && same_gone(&x->par[i], &y->par[k]));
	return false;
}

static struct text_revision merge(
    struct trial *t, const struct text_doc *d, const struct text_amendment *set, size_t n)
{
	struct text_revision r;
	struct err err = {0};
	must(text_merge(t->a, d, set, n, false, &r, &err) == OK);
	return r;
}

static void choose(struct trial *t)
{
	struct text_clashes c = text_find_clashes(t->a, &t->f.doc, t->f.list, t->f.n);
	bool *out = arena_array(t->a, bool, t->f.n + 1);
	t->fit = arena_array(t->a, struct text_amendment, t->f.n + 1);
	t->rest = arena_array(t->a, struct text_amendment, t->f.n + 1);
	for (size_t i = 0; i < t->f.n; i++) {
		for (size_t k = 0; k < c.list.n; k++)
			out[i] |= c.list.p[k].b == i && !out[c.list.p[k].a];
		if (out[i])
			t->rest[t->rest_n++] = t->f.list[i];
		else
			t->fit[t->fit_n++] = t->f.list[i];
	}
}

/* P1 */
static void turn_round(struct trial *t, const struct text_revision *r)
{
	struct text_amendment *turned = arena_array(t->a, struct text_amendment, t->fit_n + 1);
	for (size_t i = 0; i < t->fit_n; i++)
		turned[t->fit_n - 1 - i] = t->fit[i];
	struct text_revision other = merge(t, &t->f.doc, turned, t->fit_n);
	must(same_doc(&r->doc, &other.doc, true));
}

/* P2: the first of two, then the second as it stands then. */
static struct text_revision one_by_one(
    struct trial *t, const struct text_amendment *x, const struct text_amendment *y)
{
	struct text_revision *r = arena_new_of(t->a, struct text_revision);
	*r = merge(t, &t->f.doc, x, 1);
	struct text_amendment then = text_rebase(t->a, r, y);
	for (size_t i = 0; i < y->ops_n; i++)
		must(!text_op_is_live(&y->ops[i]) || then.ops[i].outcome != TEXT_IN_CONFLICT);
	return merge(t, &r->doc, &then, 1);
}

static void commute(struct trial *t)
{
	for (size_t i = 0; i + 1 < t->fit_n; i++) {
		struct text_revision both = merge(t, &t->f.doc, &t->fit[i], 2);
		struct text_revision xy = one_by_one(t, &t->fit[i], &t->fit[i + 1]);
		struct text_revision yx = one_by_one(t, &t->fit[i + 1], &t->fit[i]);
		must(same_doc(&both.doc, &xy.doc, false) && same_doc(&both.doc, &yx.doc, false));
	}
}

static void reads_as(
    struct trial *t, const struct text_rolling *roll, size_t who, const struct text_doc *want)
{
	struct text_reads got = text_roll_read(t->a, roll, who);
	size_t p = TEXT_START;
	for (size_t i = 0; i < got.list.n; i++) {
		p = text_doc_next(want, p);
		must(p != TEXT_START && str_eq(got.list.p[i].id, want->par[p].id));
		must(str_eq(got.list.p[i].text, text_par_read(t->a, &want->par[p])));
	}
	must(text_doc_next(want, p) == TEXT_START || !want->n);
}

/* P5, P8 */
static void roll(struct trial *t)
{
	struct text_rolling r = text_roll(t->a, &t->f.doc, t->f.list, t->f.n);
	reads_as(t, &r, TEXT_START, &t->f.doc);
	for (size_t i = 0; i < t->f.n; i++) {
		struct text_revision own = merge(t, &t->f.doc, &t->f.list[i], 1);
		reads_as(t, &r, i, &own.doc);
	}
}

static void write_and_read(struct trial *t, const struct text_revision *r)
{
	struct text_file again;
	struct err err = {0};
	for (size_t i = 0; i < t->rest_n; i++)
		t->rest[i] = text_rebase(t->a, r, &t->rest[i]);
	struct json *v = text_json_file(t->a, t->lexer, &t->f, &r->doc, t->rest, t->rest_n);
	must(text_json_read(t->a, t->lexer, json_str(t->a, v), &again, &err) == OK);
	must(same_doc(&r->doc, &again.doc, true) && again.n == t->rest_n);
	for (size_t i = 0; i < again.n; i++)
		must(again.list[i].outcome == t->rest[i].outcome);
}

static void try_all(struct trial *t)
{
	choose(t);
	struct text_revision r = merge(t, &t->f.doc, t->fit, t->fit_n);
	turn_round(t, &r);
	commute(t);
	roll(t);
	(void)text_redline(t->a, t->lexer, &t->f.doc, &r.doc, true);
	write_and_read(t, &r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct trial t = {.a = a, .lexer = text_lexer_open(a)};
	struct err err = {0};
	enum rc rc = text_json_read(a, t.lexer, str_from(data, size), &t.f, &err);
	must(rc == OK || rc == INVALID);
	must(rc == OK || err_text(&err, a).n);
	if (rc == OK && t.f.n <= AMENDMENTS_MOST)
		try_all(&t);
	text_lexer_close(t.lexer);
	return 0;
}
