/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "model.h"

#include "base/must.h"

#include "base/poison.h"

/* --- text against text: every byte, every gap --- */

static bool takes(const struct text_op *x, size_t byte)
{
	return x->kind == TEXT_EDIT && x->from <= byte && byte < x->to;
}

/* The gap lies strictly inside of what x takes out. */
static bool swallows(const struct text_op *x, size_t gap)
{
	return gap > 0 && takes(x, gap - 1) && takes(x, gap);
}

static bool pure_insertion(const struct text_op *x)
{
	return x->kind == TEXT_EDIT && x->from == x->to;
}

static enum text_relation edits(
    const struct text_doc *d, const struct text_op *x, const struct text_op *y)
{
	size_t common = 0;
	for (size_t i = 0; i < d->par[x->par].full.n; i++)
		common += takes(x, i) && takes(y, i);
	if (common)
		return x->text.n || y->text.n ? TEXT_CONFLICT : TEXT_OVERLAP;
	if (pure_insertion(x) && pure_insertion(y))
		return x->from == y->from ? TEXT_ALTERNATIVES : TEXT_APART;
	if (pure_insertion(x) && swallows(y, x->from))
		return TEXT_CONFLICT;
	if (pure_insertion(y) && swallows(x, y->from))
		return TEXT_CONFLICT;
	return TEXT_APART;
}

/* --- paragraphs --- */

/* Whose words or shape the operation needs to be there. */
static bool bears_on(const struct text_op *x, size_t par)
{
	switch (x->kind) {
	case TEXT_EDIT:
	case TEXT_SPLIT:
	case TEXT_DELETE_PAR:
		return x->par == par;
	case TEXT_JOIN:
		return x->par == par || x->last == par;
	case TEXT_MOVE:
		return x->par <= par && par <= x->last;
	case TEXT_INSERT_PARS:
	case TEXT_RESTORE:
	case TEXT_RESTORE_PAR:
		return false;
	}
	return false;
}

static bool carries(const struct text_op *move, size_t par)
{
	return move->kind == TEXT_MOVE && par != TEXT_START && move->par <= par &&
	       par <= move->last;
}

/* Something is to come directly behind this paragraph. */
static bool puts_behind(const struct text_op *x, size_t par)
{
	return (x->kind == TEXT_INSERT_PARS || x->kind == TEXT_MOVE) && x->after == par;
}

/* The gap behind par is closed. */
static bool closes(const struct text_op *join, size_t par)
{
	return join->kind == TEXT_JOIN && par != TEXT_START && join->par <= par && par < join->last;
}

static bool deletes_what_is_needed(
    const struct text_doc *d, const struct text_op *x, const struct text_op *y)
{
	for (size_t p = 0; p < d->n; p++)
		if (x->kind == TEXT_DELETE_PAR && x->par == p && bears_on(y, p))
			return true;
	return false;
}

/* A move against whatever hangs on the places that it changes. */
static bool move_upsets(const struct text_doc *d, const struct text_op *x, const struct text_op *y)
{
	if (x->kind != TEXT_MOVE)
		return false;
	for (size_t p = 0; p < d->n; p++) {
		if (y->kind == TEXT_MOVE && carries(x, p) && (carries(y, p) || y->after == p))
			return true;
		if (y->kind == TEXT_INSERT_PARS && y->after == p && x->last == p && x->after != p)
			return true;
	}
	return y->kind == TEXT_JOIN && carries(x, y->par) != carries(x, y->last);
}

static bool in_a_seam(const struct text_doc *d, const struct text_op *x, const struct text_op *y)
{
	for (size_t p = 0; p < d->n; p++)
		if (closes(x, p) && puts_behind(y, p))
			return true;
	return false;
}

static bool split_upsets(const struct text_doc *d, const struct text_op *x, const struct text_op *y)
{
	if (x->kind != TEXT_SPLIT)
		return false;
	const struct text_par *p = &d->par[x->par];
	if (y->kind == TEXT_EDIT && y->par == x->par)
		return swallows(y, x->from);
	if (y->kind != TEXT_JOIN)
		return false;
	return (y->par == x->par && x->from == p->full.n) || (y->last == x->par && x->from == 0);
}

static bool joins_cross(const struct text_op *x, const struct text_op *y)
{
	return x->kind == TEXT_JOIN && y->kind == TEXT_JOIN &&
	       (x->par == y->par || x->last == y->last);
}

static bool one_way(const struct text_doc *d, const struct text_op *x, const struct text_op *y)
{
	return deletes_what_is_needed(d, x, y) || move_upsets(d, x, y) || in_a_seam(d, x, y) ||
	       split_upsets(d, x, y) || joins_cross(x, y);
}

static bool one_place(const struct text_doc *d, const struct text_op *x, const struct text_op *y)
{
	if (puts_behind(x, TEXT_START) && puts_behind(y, TEXT_START))
		return true;
	for (size_t p = 0; p < d->n; p++)
		if (puts_behind(x, p) && puts_behind(y, p))
			return true;
	return false;
}

/* --- the same --- */

static bool same_news(const struct text_op *x, const struct text_op *y)
{
	bool same = x->news_n == y->news_n;
	for (size_t i = 0; same && i < x->news_n; i++)
		same = str_eq(x->news[i].text, y->news[i].text) &&
		       x->news[i].kind == y->news[i].kind && x->news[i].level == y->news[i].level;
	return same;
}

static bool same_op(const struct text_op *x, const struct text_op *y)
{
	if (x->kind != y->kind)
		return false;
	bool same_range = x->par == y->par && x->from == y->from && x->to == y->to;
	switch (x->kind) {
	case TEXT_EDIT:
		return same_range && str_eq(x->text, y->text);
	case TEXT_SPLIT:
	case TEXT_RESTORE:
		return same_range;
	case TEXT_INSERT_PARS:
		return x->after == y->after && same_news(x, y);
	case TEXT_DELETE_PAR:
	case TEXT_RESTORE_PAR:
		return x->par == y->par;
	case TEXT_MOVE:
		return x->par == y->par && x->last == y->last && x->after == y->after;
	case TEXT_JOIN:
		return x->par == y->par && x->last == y->last && str_eq(x->text, y->text);
	}
	return false;
}

enum text_relation model_relate(
    const struct text_doc *d, const struct text_op *x, const struct text_op *y)
{
	if (same_op(x, y))
		return TEXT_THE_SAME;
	if (x->kind == TEXT_EDIT && y->kind == TEXT_EDIT)
		return x->par == y->par ? edits(d, x, y) : TEXT_APART;
	if (one_way(d, x, y) || one_way(d, y, x))
		return TEXT_CONFLICT;
	return one_place(d, x, y) ? TEXT_ALTERNATIVES : TEXT_APART;
}

/* The worst that two of their operations are to each other. */
static enum text_relation worst(
    const struct text_doc *d, const struct text_amendment *x, const struct text_amendment *y)
{
	enum text_relation worst = TEXT_APART;
	for (size_t i = 0; i < x->ops_n; i++)
		for (size_t j = 0; j < y->ops_n; j++) {
			if (!text_op_is_live(&x->ops[i]) || !text_op_is_live(&y->ops[j]))
				continue;
			enum text_relation r = model_relate(d, &x->ops[i], &y->ops[j]);
			worst = r > worst ? r : worst;
		}
	return worst;
}

bool model_fits(
    const struct text_doc *d, const struct text_amendment *x, const struct text_amendment *y)
{
	return worst(d, x, y) < TEXT_ALTERNATIVES;
}

bool model_conflicts(
    const struct text_doc *d, const struct text_amendment *x, const struct text_amendment *y)
{
	return worst(d, x, y) == TEXT_CONFLICT;
}

static bool all_in(const struct text_amendment *x, const struct text_amendment *y)
{
	for (size_t i = 0; i < x->ops_n; i++) {
		bool found = !text_op_is_live(&x->ops[i]);
		for (size_t j = 0; !found && j < y->ops_n; j++)
			found = text_op_is_live(&y->ops[j]) && same_op(&x->ops[i], &y->ops[j]);
		if (!found)
			return false;
	}
	return true;
}

bool model_same(const struct text_amendment *x, const struct text_amendment *y)
{
	return all_in(x, y) && all_in(y, x);
}
