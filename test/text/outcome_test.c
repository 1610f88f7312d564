/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * P14: no conflict is silent. What every live operation comes to when others are adopted is worked
 * out byte by byte from the model's relations, and compared; what the engine claims to stand in
 * the new text is looked for there.
 */
#include "base/must.h"
#include "harness/t.h"
#include "model.h"
#include "world.h"

#include "base/poison.h"

/* One operation against all that was adopted. */
struct meeting {
	size_t same, conflicts;
	size_t needed, taken; /* bytes that a deletion takes out; of these, taken out already */
};

static struct meeting meet(
    struct world *w, const struct text_op *x, const struct text_amendment *set, size_t n)
{
	struct meeting m = {0};
	bool *gone = NULL;
	if (text_op_is_deletion(x))
		gone = arena_array(w->a, bool, x->to - x->from);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < set[i].ops_n; k++) {
			const struct text_op *y = &set[i].ops[k];
			if (!text_op_is_live(y))
				continue;
			enum text_relation r = model_relate(w->d, x, y);
			m.same += r == TEXT_THE_SAME;
			m.conflicts += r >= TEXT_ALTERNATIVES;
			for (size_t b = x->from; gone && r == TEXT_OVERLAP && b < x->to; b++)
				gone[b - x->from] |= y->from <= b && b < y->to;
		}
	for (size_t b = x->from; gone && b < x->to; b++) {
		bool needed = !text_par_is_gone(&w->d->par[x->par], b, b + 1);
		m.needed += needed;
		m.taken += needed && gone[b - x->from];
	}
	return m;
}

static enum text_outcome expected(const struct text_op *x, const struct meeting *m)
{
	if (m->conflicts)
		return TEXT_IN_CONFLICT;
	if (m->same)
		return TEXT_SATISFIED;
	if (!m->taken)
		return x->outcome;
	return m->taken == m->needed ? TEXT_SATISFIED : TEXT_PARTLY_SATISFIED;
}

/* ", " between ids: each of them was adopted. */
static bool names_adopted(str with, const struct text_amendment *set, size_t n)
{
	size_t names = 0;
	for (size_t at = 0; at < with.n; names++) {
		str rest = str_skip(with, at);
		size_t len = str_find(rest, S(", "));
		str id = str_head(rest, len);
		bool found = false;
		for (size_t i = 0; i < n; i++)
			found |= str_eq(set[i].id, id);
		if (!found)
			return false;
		at += id.n + 2;
	}
	return names > 0;
}

static bool says_why(
    struct world *w, const struct text_op *x, const struct text_op *now, struct buf *why)
{
	if (now->outcome == TEXT_UNCHANGED || now->outcome == x->outcome)
		return true;
	if (!names_adopted(now->with, w->fit, w->fit_n))
		return SAY(why, "%.*s is not who was adopted", STR(now->with));
	if (now->outcome != TEXT_IN_CONFLICT)
		return true;
	if (x->kind != TEXT_INSERT_PARS && !str_eq(now->where, w->d->par[x->par].id))
		return SAY(why, "it says that it was at %.*s", STR(now->where));
	/* The words that were to go; of all else the paragraph. */
	const struct text_par *p = x->kind == TEXT_INSERT_PARS ? NULL : &w->d->par[x->par];
	bool words = x->kind == TEXT_EDIT && x->from < x->to;
	if (p && !str_eq(now->was,
	             words ? text_par_between(w->a, p, x->from, x->to) : text_par_read(w->a, p)))
		return SAY(why, "the words as they stood are lost: \"%.*s\"", STR(now->was));
	return true;
}

/* An operation that has not changed bears on the same words. */
static bool same_words(struct world *w, const struct text_op *x, const struct text_revision *r,
    const struct text_op *now, struct buf *why)
{
	if (x->kind != TEXT_EDIT || now->outcome != TEXT_UNCHANGED)
		return true;
	str then = text_par_between(w->a, &w->d->par[x->par], x->from, x->to);
	str here = text_par_between(w->a, &r->doc.par[now->par], now->from, now->to);
	if (str_eq(then, here) && str_eq(x->text, now->text))
		return true;
	return SAY(why, "unchanged, but on \"%.*s\" instead of \"%.*s\"", STR(here), STR(then));
}

static bool op_is_told(struct world *w, const struct text_op *x, const struct text_revision *r,
    const struct text_op *now, struct buf *why)
{
	struct meeting m = meet(w, x, w->fit, w->fit_n);
	enum text_outcome want = expected(x, &m);
	if (want != now->outcome)
		return SAY(why, "outcome is %.*s, want %.*s", STR(text_outcome_name(now->outcome)),
		    STR(text_outcome_name(want)));
	return says_why(w, x, now, why) && same_words(w, x, r, now, why);
}

static bool told(struct world *w, const struct text_revision *r, const struct text_amendment *m,
    const struct text_amendment *now, struct buf *why)
{
	enum text_outcome worst = TEXT_UNCHANGED;
	bool all_satisfied = true;
	if (now->ops_n != m->ops_n || !str_eq(now->id, m->id))
		return SAY(why, "%zu operations of %zu", now->ops_n, m->ops_n);
	for (size_t i = 0; i < m->ops_n; i++) {
		enum text_outcome o = now->ops[i].outcome;
		worst = o > worst ? o : worst;
		all_satisfied &= o == TEXT_SATISFIED;
		if (!text_op_is_live(&m->ops[i])) {
			if (o != m->ops[i].outcome)
				return SAY(why, "what was settled is open again");
		} else if (!op_is_told(w, &m->ops[i], r, &now->ops[i], why))
			return false;
	}
	/* Some satisfied and the rest as it was: the amendment is partly satisfied. */
	if (worst == TEXT_SATISFIED && !all_satisfied)
		worst = TEXT_PARTLY_SATISFIED;
	if (now->outcome != worst)
		return SAY(why, "of all: %.*s, want %.*s", STR(text_outcome_name(now->outcome)),
		    STR(text_outcome_name(worst)));
	if (worst != TEXT_UNCHANGED && !now->why.n)
		return SAY(why, "no reason is given");
	return true;
}

static bool nothing_is_silent(struct world *w, struct buf *why)
{
	struct text_revision r;
	if (!world_merge(w, w->d, w->fit, w->fit_n, &r, why))
		return false;
	for (size_t i = 0; i < w->n; i++) {
		struct text_amendment now = text_rebase(w->a, &r, &w->list[i]);
		w->useful |= w->n > w->fit_n;
		if (told(w, &r, &w->list[i], &now, why))
			continue;
		buf_putc(why, '\n');
		gen_print_amendment(why, &w->list[i]);
		gen_print_amendment(why, &now);
		for (size_t k = 0; k < w->fit_n; k++) {
			buf_put(why, S("#   adopted"));
			gen_print_amendment(why, &w->fit[k]);
		}
		gen_print_doc(why, w->d);
		return false;
	}
	return true;
}

TEST(p14_nothing_is_silent)
{
	prop_run_all("P14", nothing_is_silent, 14, (size_t[]){5000, 5000, 500, 1000}, 25);
}
