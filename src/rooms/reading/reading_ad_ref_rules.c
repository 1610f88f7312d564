/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Agreed ad referendum: by those present, until the seats that were named have spoken. */
#include "rooms/reading/reading_rules.h"

#include "base/must.h"
#include "rooms/members/members.h"

#include "base/poison.h"

static const char *const state_words[] = {
    [AD_REF_PENDING] = "pending",
    [AD_REF_CONFIRMED] = "confirmed",
    [AD_REF_OBJECTED] = "objected",
    [AD_REF_REOPENED] = "reopened",
};

const char *ad_ref_state_word(enum ad_ref_state s)
{
	return state_words[s];
}

static struct ad_ref *at(const struct group *g, int64_t number)
{
	struct reading_state *s = reading_in(g);
	return number >= 1 && number <= (int64_t)s->ad_refs.n ? &s->ad_refs.p[number - 1] : NULL;
}

const struct ad_ref *reading_ad_ref(const struct group *g, int64_t number)
{
	return at(g, number);
}

/* Every seat that must confirm has a delegation; each once. */
static enum rc check_seats(const struct group *g, struct act *act, struct err *err)
{
	const struct value *seats = act_value(act, "seats");
	struct value *named = act_give_list(act, "must_confirm");
	struct value *parties = act_give_list(act, "parties");
	for (size_t i = 0; i < seats->numbers.n; i++) {
		const struct seat *s = members_seat(g, seats->numbers.p[i]);
		bool twice = false;
		if (!s || !s->delegation.n)
			return ERR(err, ABSENT, "seats",
			    "There is no delegation in seat {0} of this group.",
			    act_digits(act, seats->numbers.p[i]));
		for (size_t k = 0; k < named->numbers.n; k++)
			twice = twice || named->numbers.p[k] == s->number;
		if (twice)
			continue;
		*vec_push(act->arena, &named->numbers) = s->number;
		*vec_push(act->arena, &parties->list) = s->delegation;
	}
	return OK;
}

enum rc reading_decide_agree_ad_ref(const struct group *g, struct act *act, struct err *err)
{
	struct reading_place place;
	struct reading_against over = {0};
	size_t par;
	TRY(reading_need_paragraphs(g, act, &place, err));
	TRY(reading_need_par(act, &place, "paragraph", &par, err));
	TRY(reading_need_agreeable(g, act, &place, par, &over, err));
	TRY(check_seats(g, act, err));
	if (act_i64(act, "until") <= act->now)
		return ERR(err, INVALID, "until", "The time to confirm must lie in the future.");
	reading_give_against(act, &over);
	act_give_i64(act, "ad_ref", (int64_t)reading_in(g)->ad_refs.n + 1);
	act_give_str(act, "shown", reading_par_shown(act->arena, &place.draft->doc.par[par]));
	return OK;
}

void reading_fold_agree_ad_ref(struct group *g, const struct fact *f)
{
	const struct value *seats = fact_value(f, "must_confirm");
	const struct value *parties = fact_value(f, "parties");
	const struct draft *d = draft_get(g, fact_i64(f, "draft"));
	struct ad_ref *x = vec_push(g->arena, &reading_in(g)->ad_refs);
	must(d);
	size_t par = text_doc_find(&d->doc, fact_str(f, "paragraph"));
	must(par != TEXT_START && parties->list.n == seats->numbers.n);
	x->draft = fact_i64(f, "draft");
	x->par = d->doc.par[par].id;
	x->shown = arena_str(g->arena, fact_str(f, "shown"));
	x->until = fact_i64(f, "until");
	x->seq = f->seq;
	for (size_t i = 0; i < seats->numbers.n; i++)
		*vec_push(g->arena, &x->seats) = (struct ad_ref_seat){
		    .seat = seats->numbers.p[i], .party = arena_str(g->arena, parties->list.p[i])};
	struct reading_mark m = {.par = x->par,
	    .status = PAR_AGREED_AD_REF,
	    .ad_ref = (int64_t)reading_in(g)->ad_refs.n,
	    .seq = f->seq};
	reading_set_mark(g, x->draft, &m);
}

/* The agreement that a field names; gives its draft and paragraph. */
static enum rc need_pending(const struct group *g, struct act *act, const char *field,
    const struct ad_ref **out, struct err *err)
{
	str n = act_digits(act, act_i64(act, field));
	const struct ad_ref *x = *out = at(g, act_i64(act, field));
	if (!x)
		return ERR(err, ABSENT, field,
		    "There is no agreement ad referendum {0} in this group.", n);
	if (x->state == AD_REF_CONFIRMED)
		return ERR(err, REFUSED, field,
		    "Paragraph {0} is agreed; the group must consent to reopen it.", x->shown);
	if (x->state != AD_REF_PENDING)
		return ERR(err, REFUSED, field,
		    "Paragraph {0} was reopened; this agreement ad referendum is over.", x->shown);
	act_give_i64(act, "draft", x->draft);
	act_give_str(act, "paragraph", x->par);
	act_give_str(act, "shown", x->shown);
	act_ref(act, x->seq);
	return OK;
}

/* The seat that the actor speaks for, when it is one of those that were named. */
static enum rc need_named(const struct group *g, struct act *act, const struct ad_ref **out,
    size_t *which, struct err *err)
{
	int64_t seat;
	str party;
	TRY(need_pending(g, act, "ad_ref", out, err));
	TRY(draft_give_seat(g, act, &seat, &party, err));
	for (*which = 0; *which < (*out)->seats.n; ++*which)
		if ((*out)->seats.p[*which].seat == seat)
			break;
	if (*which == (*out)->seats.n)
		return ERR(err, DENIED, "seat",
		    "{0} is not among those who must confirm paragraph {1}.", party, (*out)->shown);
	if (act->now >= (*out)->until)
		return ERR(err, REFUSED, "ad_ref",
		    "The time to confirm paragraph {0} has passed: it counts as agreed.",
		    (*out)->shown);
	return OK;
}

enum rc reading_decide_confirm(const struct group *g, struct act *act, struct err *err)
{
	const struct ad_ref *x;
	size_t which, open = 0;
	TRY(need_named(g, act, &x, &which, err));
	if (x->seats.p[which].confirmed)
		return ERR(err, REFUSED, "seat", "{0} has confirmed paragraph {1} already.",
		    x->seats.p[which].party, x->shown);
	for (size_t i = 0; i < x->seats.n; i++)
		open += !x->seats.p[i].confirmed;
	act_give_str(
	    act, "status", str_of(par_status_word(open == 1 ? PAR_AGREED : PAR_AGREED_AD_REF)));
	return OK;
}

static void settle(
    struct group *g, int64_t number, enum ad_ref_state state, enum par_status status, int64_t seq)
{
	struct ad_ref *x = at(g, number);
	must(x);
	x->state = state;
	struct reading_mark m = {.par = x->par, .status = status, .ad_ref = number, .seq = seq};
	reading_set_mark(g, x->draft, &m);
}

void reading_fold_confirm(struct group *g, const struct fact *f)
{
	int64_t number = fact_i64(f, "ad_ref");
	struct ad_ref *x = at(g, number);
	bool all = true;
	must(x);
	for (size_t i = 0; i < x->seats.n; i++) {
		struct ad_ref_seat *s = &x->seats.p[i];
		s->confirmed = s->confirmed || s->seat == fact_i64(f, "for_seat");
		all = all && s->confirmed;
	}
	if (all)
		settle(g, number, AD_REF_CONFIRMED, PAR_AGREED, f->seq);
}

enum rc reading_decide_object(const struct group *g, struct act *act, struct err *err)
{
	const struct ad_ref *x;
	size_t which;
	return need_named(g, act, &x, &which, err);
}

void reading_fold_object(struct group *g, const struct fact *f)
{
	settle(g, fact_i64(f, "ad_ref"), AD_REF_OBJECTED, PAR_OPEN, f->seq);
}

enum rc reading_decide_lapse(const struct group *g, struct act *act, struct err *err)
{
	const struct ad_ref *x;
	TRY(need_pending(g, act, "number", &x, err));
	if (act->now < x->until)
		return ERR(err, REFUSED, "number",
		    "The time to confirm paragraph {0} has not passed yet.", x->shown);
	struct value *silent = act_give_list(act, "silent");
	for (size_t i = 0; i < x->seats.n; i++)
		if (!x->seats.p[i].confirmed)
			*vec_push(act->arena, &silent->list) = x->seats.p[i].party;
	return OK;
}

void reading_fold_lapse(struct group *g, const struct fact *f)
{
	settle(g, fact_i64(f, "number"), AD_REF_CONFIRMED, PAR_AGREED, f->seq);
}

/* Of several whose time ends at the same moment the first one comes first. */
bool reading_due(const struct group *g, usec *when, const char **name, int64_t *number)
{
	const struct reading_state *s = reading_in(g);
	const struct ad_ref *next = NULL;
	for (size_t i = 0; i < s->ad_refs.n; i++) {
		const struct ad_ref *x = &s->ad_refs.p[i];
		if (x->state != AD_REF_PENDING || (next && next->until <= x->until))
			continue;
		next = x;
		*number = (int64_t)i + 1;
	}
	if (!next)
		return false;
	*when = next->until;
	*name = "reading.lapse";
	return true;
}
