/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/rebase.h"

#include "text/touch.h"
#include "text/trace.h"

#include "base/buf.h"
#include "base/must.h"
#include "base/poison.h"

str text_outcome_name(enum text_outcome o)
{
	switch (o) {
	case TEXT_UNCHANGED:
		return S("unchanged");
	case TEXT_PARTLY_SATISFIED:
		return S("partly satisfied");
	case TEXT_SATISFIED:
		return S("satisfied");
	case TEXT_IN_CONFLICT:
		return S("conflict");
	}
	must(false);
	return STR_EMPTY;
}

/* One operation against everything that was adopted. */
struct meeting {
	struct arena *arena;
	const struct text_revision *r;
	const struct text_touch *adopted;
	const struct text_op *op;
	size_t same;          /* the class that does the same, or SIZE_MAX */
	VEC(size_t) against;  /* classes that stand against it */
	VEC(size_t) overlaps; /* deletions of some of its words */
	const char *why;
};

static void met(void *ctx, size_t k)
{
	struct meeting *m = ctx;
	const char *why;
	switch (text_relate(m->r->old, m->op, m->adopted->list[k].op, &why)) {
	case TEXT_APART:
		break;
	case TEXT_THE_SAME:
		m->same = k;
		break;
	case TEXT_OVERLAP:
		*vec_push(m->arena, &m->overlaps) = k;
		break;
	case TEXT_ALTERNATIVES:
	case TEXT_CONFLICT:
		m->why = m->against.n ? m->why : why;
		*vec_push(m->arena, &m->against) = k;
		break;
	}
}

static int by_size(const void *x, const void *y)
{
	size_t p = *(const size_t *)x, q = *(const size_t *)y;
	return (p > q) - (p < q);
}

/* The ids of those who have one of these classes, each once, in the order of the set. */
static str names(struct meeting *m, const size_t *class, size_t n)
{
	VEC(size_t) who = {0};
	struct buf b = buf_in(m->arena, 0);
	for (size_t i = 0; i < n; i++) {
		const struct text_class *c = &m->adopted->list[class[i]];
		for (size_t k = 0; k < c->owners_n; k++)
			*vec_push(m->arena, &who) = c->owner[k];
	}
	vec_sort(&who, by_size);
	for (size_t i = 0; i < who.n; i++)
		if (i == 0 || who.p[i] != who.p[i - 1]) {
			buf_sep(&b, S(", "));
			buf_put(&b, m->r->set[who.p[i]].id);
		}
	return buf_str(&b);
}

static void map_range(const struct text_trace *t, struct text_op *op)
{
	struct text_spot first = text_trace_byte(t, op->from),
	                 last = text_trace_byte(t, op->to - 1);
	must(first.par == last.par);
	op->par = first.par;
	op->from = first.at;
	op->to = last.at + 1;
}

static void map_point(struct text_spot s, struct text_op *op)
{
	op->par = s.par;
	op->from = op->to = s.at;
}

static size_t end_of(const struct text_revision *r, size_t par)
{
	return par == TEXT_START ? TEXT_START : r->trace[par].end;
}

/*
 * Another amendment may have brought in the id that this one had in mind. (One that is an alias is
 * meant: text/inverse.h splits off what was joined.)
 */
static struct text_new *free_ids(
    struct arena *a, const struct text_doc *d, struct text_new *news, size_t n)
{
	struct text_new *out = news;
	for (size_t i = 0; i < n; i++) {
		size_t taken = text_doc_find(d, news[i].id);
		if (taken == TEXT_START || !str_eq(d->par[taken].id, news[i].id))
			continue;
		if (out == news) {
			out = arena_array(a, struct text_new, n);
			for (size_t k = 0; k < n; k++)
				out[k] = news[k];
		}
		for (unsigned k = 2; text_doc_find(d, out[i].id) != TEXT_START; k++)
			out[i].id = arena_printf(a, "%.*s.%u", STR(news[i].id), k);
	}
	return out;
}

/* The same operation in the new revision; nothing adopted stands against it. */
static struct text_op carry(
    struct arena *a, const struct text_revision *r, const struct text_op *in)
{
	struct text_op op = *in;
	const struct text_trace *t = in->kind == TEXT_INSERT_PARS ? NULL : &r->trace[in->par];
	switch (in->kind) {
	case TEXT_EDIT:
	case TEXT_RESTORE:
		if (op.from < op.to) {
			map_range(t, &op);
			break;
		}
		map_point(text_trace_insertion(t, in->from), &op);
		break;
	case TEXT_SPLIT:
		map_point(text_trace_gap(t, in->from), &op);
		break;
	case TEXT_INSERT_PARS:
		op.after = end_of(r, in->after);
		break;
	case TEXT_DELETE_PAR:
	case TEXT_RESTORE_PAR:
		op.par = t->par;
		break;
	case TEXT_MOVE:
		op.par = t->par;
		op.last = end_of(r, in->last);
		op.after = end_of(r, in->after);
		break;
	case TEXT_JOIN:
		op.par = t->end;
		op.last = r->trace[in->last].par;
		break;
	}
	op.news = free_ids(a, &r->doc, op.news, op.news_n);
	return op;
}

/* The words that the operation was about, as they stood when it was filed. */
static str words(struct arena *a, const struct text_doc *d, const struct text_op *op)
{
	if (op->kind == TEXT_INSERT_PARS)
		return STR_EMPTY;
	if (op->kind == TEXT_EDIT && op->from < op->to)
		return text_par_between(a, &d->par[op->par], op->from, op->to);
	return text_par_read(a, &d->par[op->par]);
}

static struct text_op settled(struct meeting *m, enum text_outcome outcome, str with)
{
	struct text_op op = *m->op;
	size_t home = text_op_home(&op);
	op.outcome = outcome;
	op.with = with;
	op.was = words(m->arena, m->r->old, &op);
	op.where = home == TEXT_START ? STR_EMPTY : m->r->old->par[home].id;
	return op;
}

static struct text_op rebase_op(struct meeting *m)
{
	text_touch_find(m->adopted, m->op, met, m);
	if (m->same != SIZE_MAX)
		return settled(m, TEXT_SATISFIED, names(m, &m->same, 1));
	if (m->against.n)
		return settled(m, TEXT_IN_CONFLICT, names(m, m->against.p, m->against.n));
	struct text_op op = carry(m->arena, m->r, m->op);
	if (!m->overlaps.n)
		return op;
	str with = names(m, m->overlaps.p, m->overlaps.n);
	if (op.with.n) /* an earlier adoption took out some of it already */
		with = arena_printf(m->arena, "%.*s, %.*s", STR(op.with), STR(with));
	if (text_par_is_gone(&m->r->doc.par[op.par], op.from, op.to))
		return settled(m, TEXT_SATISFIED, with);
	op.outcome = TEXT_PARTLY_SATISFIED;
	op.with = with;
	return op;
}

/* What the outcomes of the operations come to. */
static enum text_outcome sum(const struct text_amendment *m)
{
	size_t count[TEXT_IN_CONFLICT + 1] = {0};
	for (size_t i = 0; i < m->ops_n; i++)
		count[m->ops[i].outcome]++;
	if (count[TEXT_IN_CONFLICT])
		return TEXT_IN_CONFLICT;
	if (count[TEXT_UNCHANGED] == m->ops_n)
		return TEXT_UNCHANGED;
	return count[TEXT_SATISFIED] == m->ops_n ? TEXT_SATISFIED : TEXT_PARTLY_SATISFIED;
}

/* "a3" "Both change the same words." in one: text_why_apart takes it apart again. */
static const char adopted[] = " has been adopted. ",
                  author[] = " Its author must say what remains of it.";

static str because(struct arena *a, const struct text_amendment *m, str with, const char *why)
{
	switch (m->outcome) {
	case TEXT_UNCHANGED:
		return STR_EMPTY;
	case TEXT_PARTLY_SATISFIED:
		return arena_printf(a,
		    "Some of it has been adopted with %.*s; what remains can still be adopted.",
		    STR(with));
	case TEXT_SATISFIED:
		return arena_printf(a, "All of it has been adopted with %.*s.", STR(with));
	case TEXT_IN_CONFLICT:
		break;
	}
	return arena_printf(a, "%.*s%s%s%s", STR(with), adopted, why, author);
}

bool text_why_apart(str why, str *with, str *against)
{
	str middle = str_of(adopted), end = str_of(author);
	size_t at = str_find(why, middle), stop = str_find(why, end);
	if (at == SIZE_MAX || stop == SIZE_MAX || stop < at + middle.n || stop + end.n != why.n)
		return false;
	*with = str_head(why, at);
	*against = (str){why.p + at + middle.n, stop - at - middle.n};
	return true;
}

/* The amendments named by operations with the amendment's own outcome, each once. */
static str all_with(struct arena *a, const struct text_amendment *m)
{
	struct buf b = buf_in(a, 0);
	struct map seen = map_in(a);
	for (size_t i = 0; i < m->ops_n; i++) {
		const struct text_op *op = &m->ops[i];
		bool counts = m->outcome == TEXT_IN_CONFLICT ? op->outcome == TEXT_IN_CONFLICT
		                                             : op->outcome != TEXT_UNCHANGED;
		str rest = op->with, name;
		while (counts && op->with.n && str_cut(&rest, ',', &name)) {
			name = str_trim(name);
			if (map_get(&seen, name))
				continue;
			map_put(&seen, name, &b);
			buf_sep(&b, S(", "));
			buf_put(&b, name);
		}
	}
	return buf_str(&b);
}

struct text_amendment text_rebase(
    struct arena *a, const struct text_revision *r, const struct text_amendment *in)
{
	struct text_amendment out = *in;
	const char *why = NULL;
	bool touched = false;
	out.ops = arena_array(a, struct text_op, in->ops_n + 1);
	for (size_t i = 0; i < in->ops_n; i++) {
		out.ops[i] = in->ops[i];
		if (!text_op_is_live(&in->ops[i]))
			continue;
		struct meeting m = {
		    .arena = a, .r = r, .adopted = r->index, .op = &in->ops[i], .same = SIZE_MAX};
		out.ops[i] = rebase_op(&m);
		why = why ? why : m.why;
		touched = touched || m.same != SIZE_MAX || m.against.n || m.overlaps.n;
	}
	if (!touched)
		return out;
	out.outcome = sum(&out);
	/* What stood against it before still does, in the words of then. */
	bool again = out.outcome == TEXT_IN_CONFLICT && !why;
	out.why = again ? in->why : because(a, &out, all_with(a, &out), why);
	return out;
}
