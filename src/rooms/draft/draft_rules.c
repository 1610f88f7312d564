/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/draft/draft_rules.h"

#include "base/must.h"
#include "rooms/document/document.h"
#include "rooms/draft/draft_text.h"
#include "rooms/members/members.h"
#include "rooms/reading/reading.h"
#include "text/rebase.h"
#include "text/relate.h"

#include "base/poison.h"

static const char *const status_words[] = {
    [AMENDMENT_TABLED] = "tabled",
    [AMENDMENT_ACCEPTED] = "accepted",
    [AMENDMENT_SATISFIED] = "satisfied",
    [AMENDMENT_NOT_ACCEPTED] = "not_accepted",
    [AMENDMENT_WITHDRAWN] = "withdrawn",
};

const char *amendment_status_word(enum amendment_status s)
{
	return status_words[s];
}

static struct draft *at(const struct group *g, int64_t number)
{
	struct draft_state *s = draft_in(g);
	return number >= 1 && number <= (int64_t)s->v.n ? &s->v.p[number - 1] : NULL;
}

const struct draft *draft_get(const struct group *g, int64_t number)
{
	return at(g, number);
}

static struct amendment *amendment_at(const struct draft *d, int64_t number)
{
	return number >= 1 && number <= (int64_t)d->amendments.n ? &d->amendments.p[number - 1]
	                                                         : NULL;
}

const struct amendment *draft_amendment(const struct draft *d, int64_t number)
{
	return amendment_at(d, number);
}

bool amendment_needs_author(const struct amendment *m)
{
	return m->status == AMENDMENT_TABLED && m->text.outcome == TEXT_IN_CONFLICT;
}

bool amendment_is_ready(const struct amendment *m)
{
	return m->status == AMENDMENT_TABLED && !amendment_needs_author(m);
}

const struct amendment_sponsor *amendment_sponsor_of(const struct amendment *m, int64_t seat)
{
	for (size_t i = 0; i < m->sponsors.n; i++)
		if (m->sponsors.p[i].seat == seat)
			return &m->sponsors.p[i];
	return NULL;
}

str draft_symbol(struct arena *a, str symbol, int64_t revision)
{
	if (!symbol.n || revision < 2)
		return symbol;
	return arena_printf(a, "%.*s/Rev.%lld", STR(symbol), (long long)revision - 1);
}

struct draft *draft_of_fact(struct group *g, const struct fact *f)
{
	struct draft *d = at(g, fact_i64(f, "draft"));
	must(d);
	return d;
}

struct amendment *draft_amendment_of_fact(struct group *g, const struct fact *f)
{
	struct amendment *m = amendment_at(draft_of_fact(g, f), fact_i64(f, "amendment"));
	must(m);
	m->last_seq = f->seq;
	return m;
}

enum rc draft_need(
    const struct group *g, struct act *act, const struct draft **out, struct err *err)
{
	int64_t number = act_i64(act, "draft");
	*out = draft_get(g, number);
	return *out ? OK
	            : ERR(err, ABSENT, "draft", "There is no draft {0} in this group.",
	                  act_digits(act, number));
}

enum rc draft_need_amendment(const struct group *g, struct act *act, const struct draft **d,
    const struct amendment **out, struct err *err)
{
	int64_t number = act_i64(act, "amendment");
	TRY(draft_need(g, act, d, err));
	*out = draft_amendment(*d, number);
	if (!*out)
		return ERR(err, ABSENT, "amendment", "Draft {0} has no amendment {1}.",
		    act_digits(act, act_i64(act, "draft")), act_digits(act, number));
	act_ref(act, (*out)->seq);
	return OK;
}

enum rc draft_need_tabled(struct act *act, const struct amendment *m, struct err *err)
{
	str n = act_digits(act, act_i64(act, "amendment"));
	switch (m->status) {
	case AMENDMENT_TABLED:
		return OK;
	case AMENDMENT_ACCEPTED:
		return ERR(err, REFUSED, "amendment",
		    "Amendment {0} was accepted: its words stand in revision {1}. To change them, "
		    "table a new amendment.",
		    n, act_digits(act, m->accepted));
	case AMENDMENT_SATISFIED:
		return ERR(err, REFUSED, "amendment",
		    "What amendment {0} asks for has been accepted already.", n);
	case AMENDMENT_NOT_ACCEPTED:
		return ERR(err, REFUSED, "amendment",
		    "Amendment {0} was not accepted; table a new one to take it up again.", n);
	case AMENDMENT_WITHDRAWN:
		return ERR(err, REFUSED, "amendment",
		    "Amendment {0} was withdrawn; table a new one to take it up again.", n);
	}
	must_fail("a status of an amendment", __FILE__, __LINE__);
}

enum rc draft_give_seat(
    const struct group *g, struct act *act, int64_t *seat, str *party, struct err *err)
{
	const struct seat *own = members_seat_of(g, act->actor, NULL);
	bool office = act->roles & ROLE_OFFICE;
	*seat = act_i64(act, "seat");
	if (!act_has(act, "seat")) {
		if (!own)
			return ERR(err, REFUSED, "seat",
			    "You have no seat of your own: say for which seat you enter this.");
		*seat = own->number;
	}
	const struct seat *s = members_seat(g, *seat);
	if (!s || !s->delegation.n)
		return ERR(err, ABSENT, "seat", "There is no delegation in seat {0} of this group.",
		    act_digits(act, *seat));
	if (!office && (!own || own->number != *seat))
		return ERR(err, DENIED, "seat",
		    "You do not belong to seat {0}; name your own seat, or leave it empty.",
		    act_digits(act, *seat));
	*party = s->delegation;
	act_give_i64(act, "for_seat", *seat);
	act_give_str(act, "party", s->delegation);
	return OK;
}

enum rc draft_decide_open(const struct group *g, struct act *act, struct err *err)
{
	str symbol = act_str(act, "symbol");
	if (symbol.n && document_by_symbol(g, symbol))
		return ERR(err, REFUSED, "symbol",
		    "{0} is the symbol of a document in the library already; give the draft "
		    "another "
		    "one, or none.",
		    symbol);
	act_give_i64(act, "number", (int64_t)draft_in(g)->v.n + 1);
	return OK;
}

/* The revision of now enters the library with its symbol, and replaces the one before. */
static void issue(struct group *g, const struct draft *d, int64_t seq)
{
	str symbol = draft_symbol(g->arena, d->symbol, d->revision);
	if (!symbol.n || document_by_symbol(g, symbol))
		return;
	const struct document_item *before =
	    d->revision > 1
	        ? document_by_symbol(g, draft_symbol(g->arena, d->symbol, d->revision - 1))
	        : NULL;
	document_fold_other(g, seq, str_of(document_kind_of_symbol(d->symbol)), symbol,
	    before ? before->number : 0);
}

void draft_fold_open(struct group *g, const struct fact *f)
{
	struct draft *d = vec_push(g->arena, &draft_in(g)->v);
	must(draft_text_open(g->arena, f, d, NULL) == OK);
	issue(g, d, f->seq);
}

/* --- accepting --- */

/* What stands against it is said in the language of the reader, as on its page. */
static enum rc refuse_waiting(str number, str why, struct err *err)
{
	str with, against;
	if (!text_why_apart(why, &with, &against))
		return ERR(
		    err, REFUSED, "amendments", "Amendment {0} waits for its author.", number);
	return err_says(err, 2,
	    ERR(err, REFUSED, "amendments",
	        "Amendment {0} waits for its author: {1} has been adopted. {2} Its author must say "
	        "what remains of it.",
	        number, with, against));
}

/* Every amendment that the Chair named can be accepted, and they go together. */
static enum rc check_set(
    struct act *act, const struct draft *d, const struct draft_numbers *set, struct err *err)
{
	for (size_t i = 0; i < set->v.n; i++) {
		const struct amendment *m = draft_amendment(d, set->v.p[i]);
		str n = act_digits(act, set->v.p[i]);
		if (!m)
			return ERR(err, ABSENT, "amendments", "Draft {0} has no amendment {1}.",
			    act_digits(act, act_i64(act, "draft")), n);
		if (m->status != AMENDMENT_TABLED)
			return ERR(err, REFUSED, "amendments",
			    "Amendment {0} is not before the group any more.", n);
		if (amendment_needs_author(m))
			return refuse_waiting(n, m->text.why, err);
	}
	return OK;
}

/* Those that stand against another one before the group. */
static bool *clashing(struct arena *a, const struct draft *d)
{
	struct text_amendment *all = arena_array(a, struct text_amendment, d->amendments.n + 1);
	bool *out = arena_array(a, bool, d->amendments.n + 1);
	for (size_t i = 0; i < d->amendments.n; i++)
		if (amendment_is_ready(&d->amendments.p[i]))
			all[i] = d->amendments.p[i].text;
	struct text_clashes c = text_find_clashes(a, &d->doc, all, d->amendments.n);
	for (size_t i = 0; i < c.list.n; i++)
		out[c.list.p[i].a] = out[c.list.p[i].b] = true;
	return out;
}

struct draft_numbers draft_uncontested(struct arena *a, const struct draft *d)
{
	struct draft_numbers out = {0};
	bool *clashes = clashing(a, d);
	for (size_t i = 0; i < d->amendments.n; i++) {
		const struct amendment *m = &d->amendments.p[i];
		bool against = clashes[i] || !amendment_is_ready(m);
		for (size_t k = 0; k < m->stances.n; k++)
			against = against || m->stances.p[k].kind != TEXT_SUPPORT;
		if (!against && !draft_stands_against(d, m))
			*vec_push(a, &out.v) = (int64_t)i + 1;
	}
	return out;
}

static int by_number(const void *x, const void *y)
{
	int64_t p = *(const int64_t *)x, q = *(const int64_t *)y;
	return (p > q) - (p < q);
}

/* The uncontested ones that would change nothing that is agreed. */
static struct draft_numbers open_to_all(
    const struct group *g, struct act *act, const struct draft *d)
{
	struct draft_numbers out = {0}, all = draft_uncontested(act->arena, d);
	for (size_t i = 0; i < all.v.n; i++)
		if (!reading_is_settled(g, act_i64(act, "draft"), draft_amendment(d, all.v.p[i])))
			*vec_push(act->arena, &out.v) = all.v.p[i];
	return out;
}

/* The numbers that were named, each once and in order, or all uncontested ones. */
static enum rc wanted(const struct group *g, struct act *act, const struct draft *d,
    struct draft_numbers *out, struct err *err)
{
	const struct value *named = act_value(act, "amendments");
	if (act_bool(act, "uncontested")) {
		if (named->numbers.n)
			return ERR(err, INVALID, "amendments",
			    "Either name the amendments or take all that are uncontested.");
		*out = open_to_all(g, act, d);
		return out->v.n ? OK
		                : ERR(err, REFUSED, "uncontested",
		                      "Somebody is against each amendment before the group.");
	}
	if (!named->numbers.n)
		return ERR(err, INVALID, "amendments", "Name the amendments that are accepted.");
	struct draft_numbers all = {0};
	for (size_t i = 0; i < named->numbers.n; i++)
		*vec_push(act->arena, &all.v) = named->numbers.p[i];
	vec_sort(&all.v, by_number);
	for (size_t i = 0; i < all.v.n; i++)
		if (i == 0 || all.v.p[i] != all.v.p[i - 1])
			*vec_push(act->arena, &out->v) = all.v.p[i];
	return OK;
}

/* The whole text of the new revision goes into the record, paragraph by paragraph. */
static void give_text(struct act *act, const struct text_doc *doc)
{
	struct value *v = act_give_list(act, "text");
	for (size_t i = 0; i < doc->n; i++)
		if (!doc->par[i].is_gone)
			*vec_push(act->arena, &v->list) = text_par_read(act->arena, &doc->par[i]);
}

enum rc draft_decide_accept(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	struct draft_numbers set = {0};
	struct text_revision r;
	TRY(draft_need(g, act, &d, err));
	TRY(wanted(g, act, d, &set, err));
	TRY(check_set(act, d, &set, err));
	TRY(reading_may_accept(g, act, act_i64(act, "draft"), set.v.p, set.v.n, err));
	TRY(draft_text_try(act->arena, d, set.v.p, set.v.n, &r, err));
	struct value *accepted = act_give_list(act, "accepted");
	for (size_t i = 0; i < set.v.n; i++)
		*vec_push(act->arena, &accepted->numbers) = set.v.p[i];
	act_give_i64(act, "revision", d->revision + 1);
	act_give_str(act, "symbol", draft_symbol(act->arena, d->symbol, d->revision + 1));
	give_text(act, &r.doc);
	act_ref(act, d->last_seq);
	return OK;
}

void draft_fold_accept(struct group *g, const struct fact *f)
{
	must(draft_text_accept(g->arena, draft_of_fact(g, f), f, NULL) == OK);
	issue(g, draft_of_fact(g, f), f->seq);
	reading_fold_accepted(g, fact_i64(f, "draft"), f->seq);
}

enum rc draft_decide_decline(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	const struct amendment *m;
	TRY(draft_need_amendment(g, act, &d, &m, err));
	return draft_need_tabled(act, m, err);
}

void draft_fold_decline(struct group *g, const struct fact *f)
{
	draft_amendment_of_fact(g, f)->status = AMENDMENT_NOT_ACCEPTED;
}
