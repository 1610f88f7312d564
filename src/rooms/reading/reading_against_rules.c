/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * What stands against agreeing a paragraph as it is: amendments to it before the group, and the
 * stances of delegations on its words (DOMAIN.md, 10, rule iii). A delegation that wants its words
 * retained is not against it.
 */
#include "rooms/reading/reading_rules.h"

#include "base/poison.h"

#define SHOWN_MAX 6 /* of a list in a sentence */

/* It would change the paragraph; or would have, and its author must say what remains of it. */
static bool is_to(const struct draft *d, const struct amendment *m, size_t par)
{
	bool found = m->status == AMENDMENT_TABLED && reading_touches(m, par);
	for (size_t i = 0; amendment_needs_author(m) && i < m->text.ops_n; i++) {
		const struct text_op *op = &m->text.ops[i];
		found = found || (op->outcome == TEXT_IN_CONFLICT &&
		                     text_doc_find(&d->doc, op->where) == par);
	}
	return found;
}

static bool is_on(const struct draft_stand *s, size_t par)
{
	enum text_stance_kind kind = s->text.stances[0].kind;
	return draft_stand_holds(s) && s->text.ops[0].par == par && kind != TEXT_RETAIN &&
	       kind != TEXT_SUPPORT;
}

static void add_party(struct arena *a, struct reading_against *out, str party)
{
	for (size_t i = 0; i < out->parties.n; i++)
		if (str_eq(out->parties.p[i], party))
			return;
	*vec_push(a, &out->parties) = party;
}

static void add_amendment(struct arena *a, struct reading_against *out, int64_t number)
{
	for (size_t i = 0; i < out->amendments.n; i++)
		if (out->amendments.p[i] == number)
			return;
	*vec_push(a, &out->amendments) = number;
}

void reading_find_against(
    struct arena *a, const struct draft *d, size_t par, struct reading_against *out)
{
	for (size_t i = 0; i < d->amendments.n; i++)
		if (is_to(d, &d->amendments.p[i], par))
			add_amendment(a, out, (int64_t)i + 1);
	for (size_t i = 0; i < d->stands.n; i++)
		if (is_on(&d->stands.p[i], par))
			add_party(a, out, d->stands.p[i].party);
}

static str amendments_of(struct arena *a, const struct reading_against *x)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < x->amendments.n && i < SHOWN_MAX; i++) {
		buf_sep(&b, S(", "));
		buf_put_i64(&b, x->amendments.p[i]);
	}
	if (x->amendments.n > SHOWN_MAX)
		buf_put(&b, S(", …"));
	return buf_str(&b);
}

static str parties_of(struct arena *a, const struct reading_against *x)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < x->parties.n && i < SHOWN_MAX; i++) {
		buf_sep(&b, S(", "));
		buf_put(&b, x->parties.p[i]);
	}
	if (x->parties.n > SHOWN_MAX)
		buf_put(&b, S(", …"));
	return buf_str(&b);
}

enum rc reading_refuse_against(
    const struct act *act, str shown, const struct reading_against *x, struct err *err)
{
	str amendments = amendments_of(act->arena, x), parties = parties_of(act->arena, x);
	if (!x->parties.n)
		return ERR(err, REFUSED, "ruling",
		    "Before the group on paragraph {0}: amendment {1}. Accept them, or say that "
		    "they "
		    "are not accepted; or give the ruling by which the paragraph is agreed all the "
		    "same.",
		    shown, amendments);
	if (!x->amendments.n)
		return ERR(err, REFUSED, "ruling",
		    "With a stance against words of paragraph {0}: {1}. Let them remove it; or "
		    "give the ruling by which the paragraph is agreed all the same.",
		    shown, parties);
	return ERR(err, REFUSED, "ruling",
	    "Before the group on paragraph {0}: amendment {1}; with a stance against its words: "
	    "{2}. Settle both; or give the ruling by which the paragraph is agreed all the same.",
	    shown, amendments, parties);
}

void reading_give_against(struct act *act, const struct reading_against *x)
{
	struct value *over = act_give_list(act, "over");
	for (size_t i = 0; i < x->amendments.n; i++)
		*vec_push(act->arena, &over->numbers) = x->amendments.p[i];
	struct value *against = act_give_list(act, "against");
	for (size_t i = 0; i < x->parties.n; i++)
		*vec_push(act->arena, &against->list) = x->parties.p[i];
}
