/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/compilation/compilation_rules.h"

#include "base/must.h"
#include "rooms/document/document.h"
#include "rooms/meeting/meeting.h"
#include "rooms/proposal/proposal.h"

#include "base/poison.h"

/* ---- reading ---- */

static struct compilation *at(const struct group *g, int64_t number)
{
	struct compilation_state *s = compilation_in(g);
	return number >= 1 && number <= (int64_t)s->v.n ? &s->v.p[number - 1] : NULL;
}

const struct compilation *compilation_get(const struct group *g, int64_t number)
{
	return at(g, number);
}

const struct compilation *compilation_current(const struct group *g, int64_t *number)
{
	int64_t n = (int64_t)compilation_in(g)->v.n;
	if (number)
		*number = n;
	return at(g, n);
}

static struct compilation_section *section_at(const struct compilation *c, int64_t number)
{
	return number >= 1 && number <= (int64_t)c->sections.n ? &c->sections.p[number - 1] : NULL;
}

int64_t compilation_section_now(const struct compilation *c, int64_t section)
{
	const struct compilation_section *s = section_at(c, section);
	/* A section is only merged into one that stands, so this ends. */
	while (s && s->into) {
		section = s->into;
		s = section_at(c, section);
	}
	return s ? section : 0;
}

int64_t compilation_version_of(const struct group *g, const struct compilation *c, int64_t proposal)
{
	if (c->closed && proposal <= (int64_t)c->versions.n)
		return c->versions.p[proposal - 1];
	return proposal_get(g, proposal)->revision;
}

/* True if the proposal went into the other by merge or split, whatever became of it then. */
static bool went_into(const struct proposal *p, int64_t other)
{
	return p->into == other || (p->status == PROPOSAL_SPLIT && p->into + 1 == other);
}

/* What was last said about its place, or NULL. */
static const struct compilation_place *said_of(const struct compilation *c, int64_t proposal)
{
	if (proposal > (int64_t)c->places.n || !c->places.p[proposal - 1].seq)
		return NULL;
	return &c->places.p[proposal - 1];
}

/* Where it stands by what was said about it or, before anybody said anything, its sources. */
static int64_t placed_in(const struct group *g, const struct compilation *c, int64_t proposal)
{
	/* What a proposal was made from is older than it, so this goes down. */
	for (int64_t n = proposal; n >= 1;) {
		const struct compilation_place *said = said_of(c, n);
		if (said)
			return compilation_section_now(c, said->section);
		int64_t source = 0;
		for (int64_t k = 1; k < n && !source; k++)
			if (went_into(proposal_get(g, k), n) && placed_in(g, c, k))
				source = k;
		n = source;
	}
	return 0;
}

int64_t compilation_section_of(const struct group *g, const struct compilation *c, int64_t proposal)
{
	const struct proposal *p = proposal_get(g, proposal);
	int64_t section = placed_in(g, c, proposal);
	if (section || said_of(c, proposal) || !p->objected)
		return section;
	/* After an objection it stands beside what was made of it. */
	int64_t result = p->into;
	while (proposal_get(g, result)->status == PROPOSAL_MERGED ||
	       proposal_get(g, result)->status == PROPOSAL_SPLIT)
		result = proposal_get(g, result)->into;
	return proposal_get(g, result)->status == PROPOSAL_WITHDRAWN ? 0 : placed_in(g, c, result);
}

/* ---- what several acts need ---- */

static str utc(const struct act *act, usec t)
{
	struct civil c = when_civil(t);
	return arena_printf(
	    act->arena, "%04d-%02d-%02d %02d:%02d UTC", c.year, c.month, c.day, c.hour, c.minute);
}

/* The compilation that is worked on: an earlier one is history. */
static enum rc find(
    const struct group *g, struct act *act, const struct compilation **out, struct err *err)
{
	int64_t number = act_i64(act, "compilation");
	int64_t last;
	*out = compilation_get(g, number);
	if (!*out)
		return ERR(err, ABSENT, "compilation",
		    "There is no compilation {0} in this group; open one first.",
		    act_digits(act, number));
	compilation_current(g, &last);
	if (number != last)
		return ERR(err, REFUSED, "compilation",
		    "Compilation {0} was followed by compilation {1}; work on that one.",
		    act_digits(act, number), act_digits(act, last));
	act_ref(act, (*out)->seq);
	return OK;
}

static enum rc find_section(struct act *act, const struct compilation *c, const char *field,
    const struct compilation_section **out, struct err *err)
{
	int64_t number = act_i64(act, field);
	*out = section_at(c, number);
	if (!*out)
		return ERR(err, ABSENT, field,
		    "The compilation has no section {0}; add the section first.",
		    act_digits(act, number));
	if ((*out)->into)
		return ERR(err, REFUSED, field,
		    "Section {0} was merged into section {1}; work on that one.",
		    act_digits(act, number), act_digits(act, compilation_section_now(c, number)));
	return OK;
}

static enum rc need_new_heading(
    struct act *act, const struct compilation *c, int64_t but, struct err *err)
{
	for (size_t i = 0; i < c->sections.n; i++)
		if ((int64_t)i + 1 != but && !c->sections.p[i].into &&
		    str_eq_nocase(c->sections.p[i].heading, act_str(act, "heading")))
			return ERR(err, REFUSED, "heading",
			    "Section {0} has this heading already; place the entries there, or "
			    "choose another heading.",
			    act_digits(act, (int64_t)i + 1));
	return OK;
}

/* What went into another proposal has no place of its own any more. */
static enum rc need_own_place(const struct group *g, struct act *act, int64_t number,
    const char *field, const struct proposal **out, struct err *err)
{
	const struct proposal *p = proposal_get(g, number);
	*out = p;
	if (!p)
		return ERR(err, ABSENT, field, "There is no proposal {0} in this group.",
		    act_digits(act, number));
	if (p->status == PROPOSAL_MERGED || p->status == PROPOSAL_SPLIT)
		return ERR(err, REFUSED, field,
		    "Proposal {0} went into proposal {1}; name that one.", act_digits(act, number),
		    act_digits(act, p->into));
	return OK;
}

static enum rc need_future(struct act *act, struct err *err)
{
	usec deadline = act_i64(act, "deadline");
	if (deadline > act->now)
		return OK;
	return ERR(err, REFUSED, "deadline", "The deadline {0} has passed; choose a later one.",
	    utc(act, deadline));
}

static struct compilation *of_fact(struct group *g, const struct fact *f)
{
	struct compilation *c = at(g, fact_i64(f, "compilation"));
	must(c);
	return c;
}

/* ---- opening and the deadline ---- */

enum rc compilation_decide_open(const struct group *g, struct act *act, struct err *err)
{
	int64_t last;
	const struct compilation *c = compilation_current(g, &last);
	if (c && c->issues.n == 0)
		return ERR(err, REFUSED, "title",
		    "Compilation {0} is not issued yet; issue it before opening another.",
		    act_digits(act, last));
	TRY(need_future(act, err));
	act_give_i64(act, "number", last + 1);
	return OK;
}

void compilation_fold_open(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &compilation_in(g)->v) = (struct compilation){
	    .title = arena_str(g->arena, fact_str(f, "title")),
	    .zone = arena_str(g->arena, fact_str(f, "zone")),
	    .deadline = fact_i64(f, "deadline"),
	    .seq = f->seq,
	};
}

enum rc compilation_decide_extend(const struct group *g, struct act *act, struct err *err)
{
	const struct compilation *c;
	TRY(find(g, act, &c, err));
	TRY(need_future(act, err));
	if (act_i64(act, "deadline") <= c->deadline)
		return ERR(err, REFUSED, "deadline",
		    "The deadline is {0}, and contributors rely on it; choose a later one.",
		    utc(act, c->deadline));
	return OK;
}

void compilation_fold_extend(struct group *g, const struct fact *f)
{
	struct compilation *c = of_fact(g, f);
	c->deadline = fact_i64(f, "deadline");
	if (fact_has(f, "zone"))
		c->zone = arena_str(g->arena, fact_str(f, "zone"));
	c->closed = false;
}

enum rc compilation_decide_close(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "number");
	const struct compilation *c = compilation_get(g, number);
	if (!c)
		return ERR(err, ABSENT, "number",
		    "There is no compilation {0} in this group; open one first.",
		    act_digits(act, number));
	if (c->closed)
		return ERR(err, REFUSED, "number",
		    "The deadline of compilation {0} has passed already; extend it to take in "
		    "revisions again.",
		    act_digits(act, number));
	if (act->now < c->deadline)
		return ERR(err, REFUSED, "number",
		    "Contributors may revise their entries until {0}; wait for the deadline.",
		    utc(act, c->deadline));
	act_ref(act, c->seq);
	return OK;
}

void compilation_fold_close(struct group *g, const struct fact *f)
{
	struct compilation *c = at(g, fact_i64(f, "number"));
	const struct proposal_state *all = proposal_in(g);
	must(c);
	c->closed = true;
	c->versions.n = 0;
	for (size_t i = 0; i < all->v.n; i++)
		*vec_push(g->arena, &c->versions) = all->v.p[i].revision;
}

bool compilation_due(const struct group *g, usec *at_time, const char **name, int64_t *number)
{
	const struct compilation_state *s = compilation_in(g);
	bool any = false;
	for (size_t i = 0; i < s->v.n; i++) {
		if (s->v.p[i].closed || (any && s->v.p[i].deadline >= *at_time))
			continue;
		any = true;
		*at_time = s->v.p[i].deadline;
		*name = "compilation.close";
		*number = (int64_t)i + 1;
	}
	return any;
}

/* ---- sections ---- */

enum rc compilation_decide_section(const struct group *g, struct act *act, struct err *err)
{
	const struct compilation *c;
	TRY(find(g, act, &c, err));
	TRY(need_new_heading(act, c, 0, err));
	act_give_i64(act, "section", (int64_t)c->sections.n + 1);
	return OK;
}

void compilation_fold_section(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &of_fact(g, f)->sections) = (struct compilation_section){
	    .heading = arena_str(g->arena, fact_str(f, "heading")), .seq = f->seq};
}

enum rc compilation_decide_rename(const struct group *g, struct act *act, struct err *err)
{
	const struct compilation *c;
	const struct compilation_section *s;
	TRY(find(g, act, &c, err));
	TRY(find_section(act, c, "section", &s, err));
	if (str_eq(s->heading, act_str(act, "heading")) && !act_has(act, "order"))
		return ERR(err, REFUSED, "heading",
		    "Section {0} has this heading; change the heading or its place.",
		    act_digits(act, act_i64(act, "section")));
	TRY(need_new_heading(act, c, act_i64(act, "section"), err));
	act_ref(act, s->seq);
	return OK;
}

void compilation_fold_rename(struct group *g, const struct fact *f)
{
	struct compilation_section *s = section_at(of_fact(g, f), fact_i64(f, "section"));
	must(s);
	s->heading = arena_str(g->arena, fact_str(f, "heading"));
	s->seq = f->seq;
}

enum rc compilation_decide_merge_sections(const struct group *g, struct act *act, struct err *err)
{
	const struct compilation *c;
	const struct compilation_section *from;
	const struct compilation_section *into;
	TRY(find(g, act, &c, err));
	TRY(find_section(act, c, "section", &from, err));
	TRY(find_section(act, c, "into", &into, err));
	if (from == into)
		return ERR(
		    err, INVALID, "into", "A section cannot go into itself; choose another one.");
	act_ref(act, from->seq);
	act_ref(act, into->seq);
	return OK;
}

void compilation_fold_merge_sections(struct group *g, const struct fact *f)
{
	struct compilation_section *s = section_at(of_fact(g, f), fact_i64(f, "section"));
	must(s);
	s->into = fact_i64(f, "into");
	s->seq = f->seq;
}

/* ---- placing ---- */

enum rc compilation_decide_place(const struct group *g, struct act *act, struct err *err)
{
	const struct value *proposals = act_value(act, "proposals");
	const struct compilation *c;
	const struct compilation_section *s;
	TRY(find(g, act, &c, err));
	TRY(find_section(act, c, "section", &s, err));
	for (size_t i = 0; i < proposals->numbers.n; i++) {
		const struct proposal *p;
		TRY(need_own_place(g, act, proposals->numbers.p[i], "proposals", &p, err));
		if (p->status == PROPOSAL_WITHDRAWN)
			return ERR(err, REFUSED, "proposals",
			    "Proposal {0} was withdrawn by its sponsor; it stays in the list of "
			    "proposals that are not placed.",
			    act_digits(act, proposals->numbers.p[i]));
	}
	act_ref(act, s->seq);
	return OK;
}

static void put(struct group *g, struct compilation *c, const struct fact *f, int64_t section)
{
	const struct value *proposals = fact_value(f, "proposals");
	for (size_t i = 0; i < proposals->numbers.n; i++) {
		while ((int64_t)c->places.n < proposals->numbers.p[i])
			(void)vec_push(g->arena, &c->places);
		c->places.p[proposals->numbers.p[i] - 1] =
		    (struct compilation_place){.section = section, .seq = f->seq};
	}
}

void compilation_fold_place(struct group *g, const struct fact *f)
{
	put(g, of_fact(g, f), f, fact_i64(f, "section"));
}

enum rc compilation_decide_unplace(const struct group *g, struct act *act, struct err *err)
{
	const struct value *proposals = act_value(act, "proposals");
	const struct compilation *c;
	TRY(find(g, act, &c, err));
	for (size_t i = 0; i < proposals->numbers.n; i++) {
		const struct proposal *p;
		TRY(need_own_place(g, act, proposals->numbers.p[i], "proposals", &p, err));
	}
	return OK;
}

void compilation_fold_unplace(struct group *g, const struct fact *f)
{
	put(g, of_fact(g, f), f, 0);
}

/* ---- what sponsors say ---- */

static struct compilation_answer *answer_of(
    const struct compilation *c, int64_t proposal, str delegation)
{
	for (size_t i = 0; i < c->answers.n; i++)
		if (c->answers.p[i].proposal == proposal &&
		    str_eq_nocase(c->answers.p[i].delegation, delegation))
			return &c->answers.p[i];
	return NULL;
}

static enum rc need_sponsor(const struct group *g, struct act *act, const struct proposal *p,
    int64_t number, struct err *err)
{
	str delegation = act_str(act, "delegation");
	if (!proposal_has_sponsor(p, delegation))
		return ERR(err, REFUSED, "delegation",
		    "{0} is not a sponsor of proposal {1}; only its sponsors are asked.",
		    delegation, act_digits(act, number));
	if (!(act->roles & ROLE_SECRETARIAT) && !proposal_speaks_for(g, act->actor, p, delegation))
		return ERR(err, DENIED, "delegation",
		    "Only {0} itself or the secretariat can give its answer.", delegation);
	return OK;
}

enum rc compilation_decide_confirm(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "proposal");
	str delegation = act_str(act, "delegation");
	bool reflected = str_is(act_str(act, "answer"), "reflected");
	const struct compilation *c;
	const struct proposal *p;
	TRY(find(g, act, &c, err));
	TRY(need_own_place(g, act, number, "proposal", &p, err));
	if (!compilation_section_of(g, c, number))
		return ERR(err, REFUSED, "proposal",
		    "Proposal {0} is not in the compilation; the list of proposals not placed "
		    "says why.",
		    act_digits(act, number));
	TRY(need_sponsor(g, act, p, number, err));
	if (!reflected && act_str(act, "note").n == 0)
		return ERR(err, INVALID, "note",
		    "Say what is not reflected, so that the secretariat can put it right.");
	const struct compilation_answer *a = answer_of(c, number, delegation);
	int64_t version = compilation_version_of(g, c, number);
	if (a && a->reflected && reflected && a->revision == version)
		return ERR(err, REFUSED, "answer",
		    "{0} has confirmed version {1} already; nothing is to be done.", delegation,
		    act_digits(act, version));
	act_give_i64(act, "revision", version);
	act_ref(act, p->last_seq);
	return OK;
}

void compilation_fold_confirm(struct group *g, const struct fact *f)
{
	struct compilation *c = of_fact(g, f);
	str delegation = fact_str(f, "delegation");
	struct compilation_answer *a = answer_of(c, fact_i64(f, "proposal"), delegation);
	if (!a)
		a = vec_push(g->arena, &c->answers);
	*a = (struct compilation_answer){
	    .proposal = fact_i64(f, "proposal"),
	    .delegation = arena_str(g->arena, delegation),
	    .revision = fact_i64(f, "revision"),
	    .reflected = str_is(fact_str(f, "answer"), "reflected"),
	    .seq = f->seq,
	};
}

/* ---- issuing ---- */

static bool has_entry(const struct group *g, const struct compilation *c)
{
	int64_t n = (int64_t)proposal_in(g)->v.n;
	for (int64_t i = 1; i <= n; i++)
		if (compilation_section_of(g, c, i))
			return true;
	return false;
}

/* The newest document in the line of the last issue. */
static const struct document_item *issued_last(const struct group *g, const struct compilation *c)
{
	const struct document_item *d = document_find(g, c->issues.p[c->issues.n - 1].document);
	while (d && d->revised_by)
		d = document_find(g, d->revised_by);
	return d;
}

/* The document whose text the first revision replaces; NULL: it stands by itself. */
static enum rc following(
    const struct group *g, struct act *act, const struct document_item **out, struct err *err)
{
	*out = NULL;
	if (!act_has(act, "revises"))
		return OK;
	const struct document_item *d = document_find(g, act_i64(act, "revises"));
	if (!d)
		return ERR(err, ABSENT, "revises", "There is no such document.");
	const struct document_item *newer = document_find(g, d->revised_by);
	if (newer)
		return ERR(err, REFUSED, "revises",
		    "{0} was already revised by {1}; revise that one.", d->symbol, newer->symbol);
	if (!str_is(d->kind, "compilation"))
		return ERR(err, REFUSED, "revises",
		    "{0} is not a compilation; choose one, or leave this empty.", d->symbol);
	act_ref(act, d->seq);
	*out = d;
	return OK;
}

static enum rc next_revision(const struct group *g, struct act *act, const struct compilation *c,
    const struct document_item **out, struct err *err)
{
	const struct compilation_issue *last = &c->issues.p[c->issues.n - 1];
	if (act_has(act, "revises"))
		return ERR(err, REFUSED, "revises",
		    "This revision follows {0}; leave the field empty.", last->symbol);
	if (g->touched[ROOM_compilation] <= last->seq && g->touched[ROOM_proposal] <= last->seq)
		return ERR(err, REFUSED, "compilation",
		    "Nothing has changed since {0} was issued; that document holds.", last->symbol);
	act_ref(act, last->seq);
	*out = issued_last(g, c);
	return OK;
}

enum rc compilation_decide_issue(const struct group *g, struct act *act, struct err *err)
{
	const struct compilation *c;
	const struct document_item *before;
	TRY(find(g, act, &c, err));
	if (!has_entry(g, c))
		return ERR(err, REFUSED, "compilation",
		    "Nothing is placed in the compilation yet; place proposals in its sections "
		    "first.");
	if (act_has(act, "meeting") && !meeting_get(g, act_i64(act, "meeting")))
		return ERR(err, ABSENT, "meeting", "There is no meeting {0}.",
		    act_digits(act, act_i64(act, "meeting")));
	TRY(c->issues.n ? next_revision(g, act, c, &before, err) : following(g, act, &before, err));
	act_give_i64(act, "number", document_total(g) + 1);
	act_give_i64(act, "issue", (int64_t)c->issues.n + 1);
	act_give_str(act, "symbol",
	    before ? document_next_after(act->arena, g, before, S("rev"))
	           : document_next_symbol(act->arena, g, "compilation", act->now));
	return OK;
}

/* The document whose place the fact takes; as decided, from what was issued before. */
static int64_t replaced(const struct group *g, const struct compilation *c, const struct fact *f)
{
	if (c->issues.n == 0)
		return fact_i64(f, "revises");
	const struct document_item *d = issued_last(g, c);
	return d ? d->number : 0;
}

void compilation_fold_issue(struct group *g, const struct fact *f)
{
	struct compilation *c = of_fact(g, f);
	str symbol = fact_str(f, "symbol");
	document_fold_other(g, f->seq, S("compilation"), symbol, replaced(g, c, f));
	*vec_push(g->arena, &c->issues) = (struct compilation_issue){
	    .seq = f->seq,
	    .document = fact_i64(f, "number"),
	    .symbol = arena_str(g->arena, symbol),
	};
}
