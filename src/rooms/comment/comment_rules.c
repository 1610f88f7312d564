/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/comment/comment_rules.h"

#include "base/must.h"
#include "rooms/members/members.h"
#include "rooms/methods/methods.h"

#include "base/poison.h"

static const struct {
	const char *word, *label;
} dispositions[COMMENT_DISPOSITIONS] = {
    [COMMENT_OPEN] = {"", ""},
    [COMMENT_ACCEPTED] = {"accepted", "Accepted"},
    [COMMENT_ACCEPTED_IN_PRINCIPLE] = {"accepted_in_principle", "Accepted in principle"},
    [COMMENT_NOTED] = {"noted", "Noted"},
    [COMMENT_REJECTED] = {"rejected", "Rejected"},
    [COMMENT_ALREADY_COVERED] = {"already_covered", "Already covered"},
};

const char *comment_disposition_word(enum comment_disposition d)
{
	return dispositions[d].word;
}

const char *comment_disposition_label(enum comment_disposition d)
{
	return dispositions[d].label;
}

enum comment_disposition comment_disposition_of(str word)
{
	for (int d = COMMENT_ACCEPTED; d < COMMENT_DISPOSITIONS; d++)
		if (str_is(word, dispositions[d].word))
			return (enum comment_disposition)d;
	return COMMENT_OPEN;
}

static struct comment_list *list_of(const struct group *g, int64_t draft)
{
	struct comment_state *s = comment_in(g);
	return draft >= 1 && draft <= (int64_t)s->drafts.n ? &s->drafts.p[draft - 1] : NULL;
}

static struct comment *at(const struct group *g, int64_t draft, int64_t number)
{
	struct comment_list *l = list_of(g, draft);
	return l && number >= 1 && number <= (int64_t)l->v.n ? &l->v.p[number - 1] : NULL;
}

const struct comment *comment_get(const struct group *g, int64_t draft, int64_t number)
{
	return at(g, draft, number);
}

int64_t comment_total(const struct group *g, int64_t draft)
{
	const struct comment_list *l = list_of(g, draft);
	return l ? (int64_t)l->v.n : 0;
}

void comment_add(struct group *g, int64_t draft, const struct comment *c)
{
	struct comment_state *s = comment_in(g);
	while ((int64_t)s->drafts.n < draft)
		(void)vec_push(g->arena, &s->drafts);
	struct comment *own = vec_push(g->arena, &s->drafts.p[draft - 1].v);
	*own = *c;
	own->party = arena_str(g->arena, c->party);
	own->code = arena_str(g->arena, c->code);
	own->par = arena_str(g->arena, c->par);
}

static enum rc need_comment(const struct group *g, struct act *act, const struct draft **d,
    const struct comment **out, struct err *err)
{
	int64_t draft = act_i64(act, "draft"), number = act_i64(act, "comment");
	TRY(draft_need(g, act, d, err));
	*out = comment_get(g, draft, number);
	if (!*out)
		return ERR(err, ABSENT, "comment", "Draft {0} has no comment {1}.",
		    act_digits(act, draft), act_digits(act, number));
	if ((*out)->withdrawn)
		return ERR(err, REFUSED, "comment",
		    "Comment {0} was withdrawn; make a new one to take it up again.",
		    act_digits(act, number));
	act_ref(act, (*out)->seq);
	return OK;
}

/* --- from whom --- */

static const struct observer *observer_of(const struct group *g, actor_id who)
{
	const struct members_state *s = members_in(g);
	for (size_t i = 0; i < s->observers.n; i++)
		if (!s->observers.p[i].ended && actor_eq(s->observers.p[i].person, who))
			return &s->observers.p[i];
	return NULL;
}

/* The observer whose act it is, who has no seat to comment for; NULL: somebody else's. */
static const struct observer *by_observer(const struct group *g, const struct act *act)
{
	return act->roles & (ROLE_MEMBER | ROLE_OFFICE) ? NULL : observer_of(g, act->actor);
}

/* Gives for_seat (0: none) and party. */
static enum rc give_author(
    const struct group *g, struct act *act, int64_t *seat, str *party, struct err *err)
{
	const struct observer *observer = by_observer(g, act);
	if (!observer)
		return draft_give_seat(g, act, seat, party, err);
	if (methods_now(g)->observers_speak == METHODS_OBSERVERS_SILENT)
		return ERR(err, DENIED, NULL,
		    "By the methods of work, observers do not take part in the discussion. Ask a "
		    "member to make the comment.");
	*seat = 0;
	*party = observer->organisation;
	act_give_i64(act, "for_seat", 0);
	act_give_str(act, "party", *party);
	return OK;
}

/* --- making --- */

enum rc comment_decide_make(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	int64_t seat;
	str party, par = act_str(act, "paragraph");
	TRY(draft_need(g, act, &d, err));
	TRY(give_author(g, act, &seat, &party, err));
	if (par.n) {
		size_t i = text_doc_find(&d->doc, par);
		if (i == TEXT_START || d->doc.par[i].is_gone)
			return ERR(err, ABSENT, "paragraph",
			    "Paragraph {0} is not in the text any more. Choose another one, or "
			    "none "
			    "for a comment on the whole text.",
			    par);
		const struct text_par *p = &d->doc.par[i];
		act_give_str(act, "place", p->number.n ? p->number : p->id);
	}
	act_give_i64(act, "comment", comment_total(g, act_i64(act, "draft")) + 1);
	act_give_i64(act, "revision", d->revision);
	act_ref(act, d->last_seq);
	return OK;
}

void comment_fold_make(struct group *g, const struct fact *f)
{
	comment_add(g, fact_i64(f, "draft"),
	    &(struct comment){.seat = fact_i64(f, "for_seat"),
	        .party = fact_str(f, "party"),
	        .par = fact_str(f, "paragraph"),
	        .seq = f->seq});
}

/* --- withdrawing --- */

enum rc comment_decide_withdraw(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	const struct comment *c;
	const struct seat *own = members_seat_of(g, act->actor, NULL);
	TRY(need_comment(g, act, &d, &c, err));
	const struct observer *observer = by_observer(g, act);
	bool theirs = c->seat ? own && own->number == c->seat
	                      : observer && str_eq(observer->organisation, c->party);
	if (!theirs && !(act->roles & ROLE_OFFICE))
		return ERR(err, DENIED, "comment",
		    "Comment {0} is from {1}, which alone withdraws it.",
		    act_digits(act, act_i64(act, "comment")), c->party);
	if (c->disposition != COMMENT_OPEN)
		return ERR(err, REFUSED, "comment",
		    "Comment {0} has a disposition and stays in the table with it.",
		    act_digits(act, act_i64(act, "comment")));
	act_give_str(act, "party", c->party);
	return OK;
}

static struct comment *comment_of_fact(struct group *g, const struct fact *f)
{
	struct comment *c = at(g, fact_i64(f, "draft"), fact_i64(f, "comment"));
	must(c);
	return c;
}

void comment_fold_withdraw(struct group *g, const struct fact *f)
{
	comment_of_fact(g, f)->withdrawn = true;
}

/* --- disposing --- */

static bool owes_reason(enum comment_disposition d)
{
	return d == COMMENT_REJECTED || d == COMMENT_ALREADY_COVERED ||
	       d == COMMENT_ACCEPTED_IN_PRINCIPLE;
}

enum rc comment_decide_dispose(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	const struct comment *c;
	enum comment_disposition wanted = comment_disposition_of(act_str(act, "disposition"));
	TRY(need_comment(g, act, &d, &c, err));
	if (c->disposition != COMMENT_OPEN && c->disposed < d->revision)
		return ERR(err, REFUSED, "comment",
		    "The disposition of comment {0} was given before revision {1} was issued, and "
		    "stays "
		    "as it is.",
		    act_digits(act, act_i64(act, "comment")), act_digits(act, d->revision));
	if (owes_reason(wanted) && !act_has(act, "reason"))
		return ERR(err, INVALID, "reason",
		    "Say why: {0} is owed a reason with this disposition.", c->party);
	act_give_i64(act, "revision", d->revision);
	return OK;
}

void comment_fold_dispose(struct group *g, const struct fact *f)
{
	struct comment *c = comment_of_fact(g, f);
	c->disposition = comment_disposition_of(fact_str(f, "disposition"));
	c->disposed = fact_i64(f, "revision");
}
