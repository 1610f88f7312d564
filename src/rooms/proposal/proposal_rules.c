/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/proposal/proposal_rules.h"

#include "base/must.h"
#include "rooms/call/call.h"
#include "rooms/meeting/meeting.h"
#include "rooms/members/members.h"

#include "base/poison.h"

static const char *const status_words[] = {
    [PROPOSAL_OPEN] = "open",
    [PROPOSAL_MERGED] = "merged",
    [PROPOSAL_SPLIT] = "split",
    [PROPOSAL_WITHDRAWN] = "withdrawn",
    [PROPOSAL_INCLUDED] = "included",
    [PROPOSAL_NOT_INCLUDED] = "not_included",
    [PROPOSAL_ANNEXED] = "annexed",
};

const char *proposal_status_word(enum proposal_status s)
{
	return status_words[s];
}

static struct proposal *at(const struct group *g, int64_t number)
{
	struct proposal_state *s = proposal_in(g);
	return number >= 1 && number <= (int64_t)s->v.n ? &s->v.p[number - 1] : NULL;
}

const struct proposal *proposal_get(const struct group *g, int64_t number)
{
	return at(g, number);
}

bool proposal_is_open(const struct proposal *p)
{
	return p->status == PROPOSAL_OPEN;
}

static const struct proposal_sponsor *sponsor_of(const struct proposal *p, str delegation)
{
	for (size_t i = 0; i < p->sponsors.n; i++)
		if (str_eq_nocase(p->sponsors.p[i].delegation, delegation))
			return &p->sponsors.p[i];
	return NULL;
}

bool proposal_has_sponsor(const struct proposal *p, str delegation)
{
	return sponsor_of(p, delegation) != NULL;
}

static enum rc find(const struct group *g, struct act *act, int64_t number, const char *field,
    const struct proposal **out, struct err *err)
{
	*out = proposal_get(g, number);
	if (!*out)
		return ERR(err, ABSENT, field, "There is no proposal {0} in this group.",
		    act_digits(act, number));
	return OK;
}

/* OK while it is open; else REFUSED with where to go instead. */
static enum rc need_open(
    struct act *act, const struct proposal *p, int64_t number, const char *field, struct err *err)
{
	str n = act_digits(act, number);
	switch (p->status) {
	case PROPOSAL_OPEN:
		return OK;
	case PROPOSAL_MERGED:
		return ERR(err, REFUSED, field,
		    "Proposal {0} was merged into proposal {1}; work on that one.", n,
		    act_digits(act, p->into));
	case PROPOSAL_SPLIT:
		return ERR(err, REFUSED, field,
		    "Proposal {0} was split into proposals {1} and {2}; work on those.", n,
		    act_digits(act, p->into), act_digits(act, p->into + 1));
	case PROPOSAL_WITHDRAWN:
		return ERR(err, REFUSED, field,
		    "Proposal {0} was withdrawn; submit it anew to take it up again.", n);
	case PROPOSAL_INCLUDED:
	case PROPOSAL_NOT_INCLUDED:
	case PROPOSAL_ANNEXED:
		return ERR(err, REFUSED, field,
		    "The group has disposed of proposal {0}; submit a new proposal instead.", n);
	}
	must_fail("a status of a proposal", __FILE__, __LINE__);
}

static enum rc find_open(const struct group *g, struct act *act, int64_t number, const char *field,
    const struct proposal **out, struct err *err)
{
	TRY(find(g, act, number, field, out, err));
	return need_open(act, *out, number, field, err);
}

/* True if the person represents the seat now, in any role. */
static bool represents(const struct group *g, actor_id who, int64_t seat)
{
	const struct seat *s = members_seat_of(g, who, NULL);
	return s && s->number == seat;
}

/*
 * True if the person speaks for this sponsor: represents its seat, or the delegation of that
 * name. Without either, whoever entered the sponsor does.
 */
static bool speaks_for(const struct group *g, actor_id who, const struct proposal_sponsor *s)
{
	const struct seat *seat = members_seat_of(g, who, NULL);
	if (seat && (seat->number == s->seat || str_eq_nocase(seat->delegation, s->delegation)))
		return true;
	return !s->seat && actor_eq(who, s->by);
}

bool proposal_speaks_for(
    const struct group *g, actor_id who, const struct proposal *p, str delegation)
{
	const struct proposal_sponsor *s = sponsor_of(p, delegation);
	return s && speaks_for(g, who, s);
}

static enum rc need_sponsor(const struct group *g, struct act *act, const struct proposal *p,
    int64_t number, struct err *err)
{
	if (act->roles & ROLE_SECRETARIAT)
		return OK;
	for (size_t i = 0; i < p->sponsors.n; i++)
		if (speaks_for(g, act->actor, &p->sponsors.p[i]))
			return OK;
	return ERR(err, DENIED, "proposal",
	    "Only a sponsor of proposal {0} or the secretariat can do this.",
	    act_digits(act, number));
}

/* A member names its own seat or none; the secretariat any seat that there is. */
static enum rc need_seat(const struct group *g, struct act *act, struct err *err)
{
	int64_t seat = act_i64(act, "seat");
	if (!act_has(act, "seat"))
		return OK;
	if (!members_seat(g, seat))
		return ERR(err, ABSENT, "seat", "There is no seat {0} in this group.",
		    act_digits(act, seat));
	if (act->roles & ROLE_SECRETARIAT)
		return OK;
	if (!represents(g, act->actor, seat))
		return ERR(err, DENIED, "seat",
		    "You do not belong to seat {0}; name your own seat, or leave it empty.",
		    act_digits(act, seat));
	return OK;
}

static struct proposal *push(
    struct group *g, const struct fact *f, str section, str title, str lang)
{
	struct proposal *p = vec_push(g->arena, &proposal_in(g)->v);
	*p = (struct proposal){
	    .section = arena_str(g->arena, section),
	    .title = arena_str(g->arena, title),
	    .lang = arena_str(g->arena, lang),
	    .revision = 1,
	    .seq = f->seq,
	    .last_seq = f->seq,
	};
	return p;
}

static void add_sponsor(
    struct group *g, struct proposal *p, str delegation, int64_t seat, actor_id by)
{
	if (proposal_has_sponsor(p, delegation))
		return;
	*vec_push(g->arena, &p->sponsors) = (struct proposal_sponsor){
	    .delegation = arena_str(g->arena, delegation), .seat = seat, .by = by};
}

static void add_sponsors_of(struct group *g, struct proposal *p, const struct proposal *source)
{
	for (size_t i = 0; i < source->sponsors.n; i++) {
		const struct proposal_sponsor *s = &source->sponsors.p[i];
		add_sponsor(g, p, s->delegation, s->seat, s->by);
	}
}

/* The proposal that a fact is about; the rules have seen to it that there is one. */
static struct proposal *of_fact(struct group *g, const struct fact *f)
{
	struct proposal *p = at(g, fact_i64(f, "proposal"));
	must(p);
	p->last_seq = f->seq;
	return p;
}

static int64_t next_number(const struct group *g)
{
	return (int64_t)proposal_in(g)->v.n + 1;
}

enum rc proposal_decide_submit(const struct group *g, struct act *act, struct err *err)
{
	bool secretariat = (act->roles & ROLE_SECRETARIAT) && !(act->roles & ROLE_MEMBER);
	if (secretariat && !act_bool(act, "on_behalf"))
		return ERR(err, REFUSED, "on_behalf",
		    "The secretariat has no proposals of its own: say that you enter it on behalf "
		    "of the sponsor.");
	TRY(need_seat(g, act, err));
	int64_t contribution = act_i64(act, "contribution");
	if (act_has(act, "contribution")) {
		const struct contribution_item *c = contribution_find(g, contribution);
		if (!c)
			return ERR(err, ABSENT, "contribution",
			    "There is no contribution {0} in this group.",
			    act_digits(act, contribution));
		act_ref(act, c->seq);
	}
	act_give_i64(act, "number", next_number(g));
	return OK;
}

void proposal_fold_submit(struct group *g, const struct fact *f)
{
	struct proposal *p =
	    push(g, f, fact_str(f, "section"), fact_str(f, "title"), fact_str(f, "lang"));
	if (!fact_bool(f, "on_behalf"))
		p->by = f->actor;
	add_sponsor(g, p, fact_str(f, "sponsor"), fact_i64(f, "seat"), f->actor);
}

enum rc proposal_decide_revise(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "proposal");
	const struct proposal *p;
	TRY(find_open(g, act, number, "proposal", &p, err));
	TRY(need_sponsor(g, act, p, number, err));
	act_give_i64(act, "revision", p->revision + 1);
	act_ref(act, p->last_seq);
	return OK;
}

void proposal_fold_revise(struct group *g, const struct fact *f)
{
	struct proposal *p = of_fact(g, f);
	p->revision = fact_i64(f, "revision");
	if (fact_has(f, "title"))
		p->title = arena_str(g->arena, fact_str(f, "title"));
}

enum rc proposal_decide_cosponsor(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "proposal");
	str delegation = act_str(act, "delegation");
	const struct proposal *p;
	TRY(find_open(g, act, number, "proposal", &p, err));
	if (proposal_has_sponsor(p, delegation))
		return ERR(err, REFUSED, "delegation", "{0} sponsors proposal {1} already.",
		    delegation, act_digits(act, number));
	TRY(need_seat(g, act, err));
	act_ref(act, p->seq);
	return OK;
}

void proposal_fold_cosponsor(struct group *g, const struct fact *f)
{
	add_sponsor(g, of_fact(g, f), fact_str(f, "delegation"), fact_i64(f, "seat"), f->actor);
}

enum rc proposal_decide_leave(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "proposal");
	str delegation = act_str(act, "delegation");
	const struct proposal *p;
	TRY(find_open(g, act, number, "proposal", &p, err));
	const struct proposal_sponsor *s = sponsor_of(p, delegation);
	if (!s)
		return ERR(err, REFUSED, "delegation", "{0} is not a sponsor of proposal {1}.",
		    delegation, act_digits(act, number));
	if (!(act->roles & ROLE_SECRETARIAT) && !speaks_for(g, act->actor, s))
		return ERR(err, DENIED, "delegation",
		    "Only {0} itself or the secretariat can take it off the sponsors.", delegation);
	if (p->sponsors.n == 1)
		return ERR(err, REFUSED, "delegation",
		    "{0} is the only sponsor of proposal {1}; withdraw the proposal instead, or "
		    "let another delegation join first.",
		    delegation, act_digits(act, number));
	act_ref(act, p->seq);
	return OK;
}

void proposal_fold_leave(struct group *g, const struct fact *f)
{
	struct proposal *p = of_fact(g, f);
	size_t kept = 0;
	for (size_t i = 0; i < p->sponsors.n; i++)
		if (!str_eq_nocase(p->sponsors.p[i].delegation, fact_str(f, "delegation")))
			p->sponsors.p[kept++] = p->sponsors.p[i];
	p->sponsors.n = kept;
}

enum rc proposal_decide_present(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "proposal");
	int64_t meeting = act_i64(act, "meeting");
	const struct proposal *p;
	TRY(find_open(g, act, number, "proposal", &p, err));
	if (!meeting_get(g, meeting))
		return ERR(err, ABSENT, "meeting",
		    "There is no meeting {0} in this group; announce it first.",
		    act_digits(act, meeting));
	if (!meeting_has_begun(g, meeting))
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} has not begun; presentations are recorded once it is open.",
		    act_digits(act, meeting));
	for (size_t i = 0; i < p->presented.n; i++)
		if (p->presented.p[i].meeting == meeting &&
		    str_eq_nocase(p->presented.p[i].by, act_str(act, "by")))
			return ERR(err, REFUSED, "by",
			    "The record says already that {0} presented proposal {1} at meeting "
			    "{2}.",
			    act_str(act, "by"), act_digits(act, number), act_digits(act, meeting));
	act_ref(act, p->last_seq);
	return OK;
}

void proposal_fold_present(struct group *g, const struct fact *f)
{
	struct proposal *p = of_fact(g, f);
	*vec_push(g->arena, &p->presented) = (struct proposal_presented){
	    .meeting = fact_i64(f, "meeting"), .by = arena_str(g->arena, fact_str(f, "by"))};
}

enum rc proposal_decide_merge(const struct group *g, struct act *act, struct err *err)
{
	const struct value *sources = act_value(act, "sources");
	if (sources->numbers.n < 2)
		return ERR(err, INVALID, "sources",
		    "A merge needs two proposals at least; to change one, revise it.");
	if (sources->numbers.n > ACT_REFS)
		return ERR(err, INVALID, "sources",
		    "No more than {0} proposals can be merged at once; merge in two steps.",
		    act_digits(act, ACT_REFS));
	for (size_t i = 0; i < sources->numbers.n; i++) {
		int64_t number = sources->numbers.p[i];
		const struct proposal *p;
		TRY(find_open(g, act, number, "sources", &p, err));
		for (size_t k = 0; k < i; k++)
			if (sources->numbers.p[k] == number)
				return ERR(err, INVALID, "sources", "Proposal {0} is named twice.",
				    act_digits(act, number));
		act_ref(act, p->last_seq);
	}
	act_give_i64(act, "number", next_number(g));
	return OK;
}

void proposal_fold_merge(struct group *g, const struct fact *f)
{
	const struct value *sources = fact_value(f, "sources");
	int64_t number = fact_i64(f, "number");
	/* Before any pointer into the vector is taken: pushing may move it. */
	push(g, f, fact_str(f, "section"), fact_str(f, "title"), fact_str(f, "lang"));
	struct proposal *result = at(g, number);
	must(result);
	for (size_t i = 0; i < sources->numbers.n; i++) {
		struct proposal *p = at(g, sources->numbers.p[i]);
		must(p);
		p->status = PROPOSAL_MERGED;
		p->into = number;
		p->merged = f->time;
		p->last_seq = f->seq;
		add_sponsors_of(g, result, p);
	}
}

enum rc proposal_decide_answer(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "proposal");
	str delegation = act_str(act, "delegation");
	const struct proposal *p;
	TRY(find(g, act, number, "proposal", &p, err));
	if (p->status != PROPOSAL_MERGED)
		return ERR(err, REFUSED, "proposal",
		    "Proposal {0} is not merged, so there is no merge to answer.",
		    act_digits(act, number));
	const struct proposal_sponsor *s = sponsor_of(p, delegation);
	if (!s)
		return ERR(err, REFUSED, "delegation",
		    "{0} is not a sponsor of proposal {1}; only its sponsors are asked.",
		    delegation, act_digits(act, number));
	if (!(act->roles & ROLE_SECRETARIAT) && !speaks_for(g, act->actor, s))
		return ERR(err, DENIED, "delegation",
		    "Only {0} itself or the secretariat can give its answer.", delegation);
	if (act->now > p->merged + PROPOSAL_ANSWER_DAYS * USEC_DAY)
		return ERR(err, REFUSED, "answer",
		    "The {0} days for answering the merge of proposal {1} are over; revise "
		    "proposal {2} or submit a new one.",
		    act_digits(act, PROPOSAL_ANSWER_DAYS), act_digits(act, number),
		    act_digits(act, p->into));
	act_ref(act, p->last_seq);
	return OK;
}

void proposal_fold_answer(struct group *g, const struct fact *f)
{
	struct proposal *p = of_fact(g, f);
	if (!str_is(fact_str(f, "answer"), "object"))
		return;
	p->status = PROPOSAL_OPEN;
	p->objected = true;
}

enum rc proposal_decide_split(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "proposal");
	const struct proposal *p;
	TRY(find_open(g, act, number, "proposal", &p, err));
	if (!(act->roles & ROLE_CHAIR))
		TRY(need_sponsor(g, act, p, number, err));
	if (str_eq(act_str(act, "first_text"), act_str(act, "second_text")))
		return ERR(err, INVALID, "second_text",
		    "Both parts have the same text; to keep one text, revise the proposal.");
	act_give_i64(act, "first", next_number(g));
	act_give_i64(act, "second", next_number(g) + 1);
	act_ref(act, p->last_seq);
	return OK;
}

void proposal_fold_split(struct group *g, const struct fact *f)
{
	struct proposal source = *of_fact(g, f);
	struct proposal *first =
	    push(g, f, source.section, fact_str(f, "first_title"), source.lang);
	add_sponsors_of(g, first, &source);
	struct proposal *second =
	    push(g, f, source.section, fact_str(f, "second_title"), source.lang);
	add_sponsors_of(g, second, &source);
	struct proposal *p = of_fact(g, f);
	p->status = PROPOSAL_SPLIT;
	p->into = fact_i64(f, "first");
}

enum rc proposal_decide_withdraw(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "proposal");
	const struct proposal *p;
	TRY(find_open(g, act, number, "proposal", &p, err));
	TRY(need_sponsor(g, act, p, number, err));
	act_ref(act, p->last_seq);
	return OK;
}

void proposal_fold_withdraw(struct group *g, const struct fact *f)
{
	of_fact(g, f)->status = PROPOSAL_WITHDRAWN;
}

static enum proposal_status disposition_of(str word)
{
	if (str_is(word, "included"))
		return PROPOSAL_INCLUDED;
	return str_is(word, "annexed") ? PROPOSAL_ANNEXED : PROPOSAL_NOT_INCLUDED;
}

enum rc proposal_decide_dispose(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "proposal");
	enum proposal_status to = disposition_of(act_str(act, "disposition"));
	const struct proposal *p;
	TRY(find(g, act, number, "proposal", &p, err));
	if (p->status < PROPOSAL_INCLUDED)
		TRY(need_open(act, p, number, "proposal", err));
	if (p->status == to)
		return ERR(err, REFUSED, "disposition",
		    "The record says so already about proposal {0}.", act_digits(act, number));
	if (to == PROPOSAL_INCLUDED && act_str(act, "paragraph").n == 0)
		return ERR(err, INVALID, "paragraph",
		    "Name the paragraph of the text that carries the proposal.");
	if (to == PROPOSAL_NOT_INCLUDED && act_str(act, "reason").n == 0)
		return ERR(err, INVALID, "reason",
		    "Give the reason: the sponsor is told why the proposal is not included.");
	act_ref(act, p->last_seq);
	return OK;
}

void proposal_fold_dispose(struct group *g, const struct fact *f)
{
	of_fact(g, f)->status = disposition_of(fact_str(f, "disposition"));
}
