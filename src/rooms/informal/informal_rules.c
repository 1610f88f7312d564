/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/informal/informal_rules.h"

#include "base/must.h"
#include "rooms/draft/draft.h"
#include "rooms/meeting/meeting.h"
#include "rooms/people/people.h"
#include "rooms/reading/reading.h"

#include "base/poison.h"

/* Whose words the result is, where an amendment names its delegation. */
#define PARTY "Facilitator"

const char *informal_end_word(enum informal_end e)
{
	static const char *const words[] = {
	    [INFORMAL_OPEN] = "open", [INFORMAL_RESULT] = "result", [INFORMAL_CLOSED] = "closed"};
	return words[e];
}

static struct informal_session *at(const struct group *g, int64_t number)
{
	struct informal_state *s = informal_in(g);
	return number >= 1 && number <= (int64_t)s->v.n ? &s->v.p[number - 1] : NULL;
}

const struct informal_session *informal_get(const struct group *g, int64_t number)
{
	return at(g, number);
}

int64_t informal_on(const struct group *g, int64_t draft, str par)
{
	const struct informal_state *s = informal_in(g);
	for (size_t i = 0; i < s->v.n; i++)
		if (s->v.p[i].end == INFORMAL_OPEN && s->v.p[i].draft == draft &&
		    str_eq(s->v.p[i].par, par))
			return (int64_t)i + 1;
	return 0;
}

/* The paragraph of that id in the revision of now, or NULL. */
static const struct text_par *par_of(const struct draft *d, str id)
{
	size_t i = text_doc_find(&d->doc, id);
	return i == TEXT_START || d->doc.par[i].is_gone ? NULL : &d->doc.par[i];
}

static enum rc check_place(
    const struct group *g, struct act *act, const struct text_par *par, struct err *err)
{
	int64_t meeting = act_i64(act, "meeting");
	if (!par)
		return ERR(err, ABSENT, "paragraph", "This draft has no paragraph {0}.",
		    act_str(act, "paragraph"));
	if (act_has(act, "meeting") && !meeting_get(g, meeting))
		return ERR(err, ABSENT, "meeting", "There is no meeting {0} of this group.",
		    act_digits(act, meeting));
	int64_t other = informal_on(g, act_i64(act, "draft"), par->id);
	const struct informal_session *there = other ? at(g, other) : NULL;
	if (there)
		return ERR(err, REFUSED, "paragraph",
		    "{0} edits this paragraph in session {1}: one editor for a paragraph. Follow "
		    "it, or "
		    "ask that it is handed over to you.",
		    people_name(g, there->editor), act_digits(act, other));
	return OK;
}

enum rc informal_decide_open(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	bool leads = act->roles & ROLE_OFFICE;
	if (!leads && !people_holds(g, act->actor, PERSON_FACILITATOR, STR_EMPTY))
		return ERR(err, DENIED, NULL,
		    "The Chair, the secretariat and facilitators open informal drafting; ask one "
		    "of "
		    "them.");
	TRY(draft_need(g, act, &d, err));
	const struct text_par *par = par_of(d, act_str(act, "paragraph"));
	TRY(check_place(g, act, par, err));
	act_give_i64(act, "session", (int64_t)informal_in(g)->v.n + 1);
	act_give_str(act, "shown", reading_par_shown(act->arena, par));
	act_give_i64(act, "revision", d->revision);
	act_give_actor(act, "editor", act->actor);
	act_ref(act, d->last_seq);
	return OK;
}

void informal_fold_open(struct group *g, const struct fact *f)
{
	const struct draft *d = draft_get(g, fact_i64(f, "draft"));
	must(d);
	const struct text_par *par = par_of(d, fact_str(f, "paragraph"));
	must(par);
	*vec_push(g->arena, &informal_in(g)->v) =
	    (struct informal_session){.draft = fact_i64(f, "draft"),
	        .par = arena_str(g->arena, par->id),
	        .shown = arena_str(g->arena, fact_str(f, "shown")),
	        .base = arena_str(g->arena, text_par_read(g->arena, par)),
	        .editor = fact_actor(f, "editor"),
	        .seq = f->seq};
}

/* The open session that the act is about, for its editor and for these roles; gives its place. */
static enum rc need(const struct group *g, struct act *act, unsigned others,
    const struct informal_session **out, struct err *err)
{
	int64_t number = act_i64(act, "session");
	const struct informal_session *s = at(g, number);
	if (!s)
		return ERR(err, ABSENT, "session",
		    "There is no informal session {0} in this group.", act_digits(act, number));
	if (!(act->roles & others) && !actor_eq(act->actor, s->editor))
		return ERR(err, DENIED, "session",
		    "{0} edits this paragraph; ask that it is handed over to you.",
		    people_name(g, s->editor));
	if (s->end != INFORMAL_OPEN)
		return ERR(err, REFUSED, "session",
		    "Session {0} has ended. Open another one to draft on.",
		    act_digits(act, number));
	act_give_i64(act, "draft", s->draft);
	act_give_str(act, "shown", s->shown);
	act_ref(act, s->seq);
	*out = s;
	return OK;
}

static struct informal_session *of_fact(struct group *g, const struct fact *f)
{
	struct informal_session *s = at(g, fact_i64(f, "session"));
	must(s);
	return s;
}

enum rc informal_decide_hand_over(const struct group *g, struct act *act, struct err *err)
{
	const struct informal_session *s;
	actor_id to = act_actor(act, "to");
	TRY(need(g, act, ROLE_CHAIR, &s, err));
	if (!people_person(g, to))
		return ERR(err, ABSENT, "to", "This person is not registered in this group.");
	if (actor_eq(to, s->editor))
		return ERR(
		    err, REFUSED, "to", "{0} edits this paragraph already.", people_name(g, to));
	return OK;
}

void informal_fold_hand_over(struct group *g, const struct fact *f)
{
	of_fact(g, f)->editor = fact_actor(f, "to");
}

/* What was typed is about words that are not there any more: others were accepted meanwhile. */
static enum rc check_base(
    struct act *act, const struct informal_session *s, const struct draft *d, struct err *err)
{
	const struct text_par *par = par_of(d, s->par);
	if (par && str_eq(text_par_read(act->arena, par), s->base))
		return OK;
	return ERR(err, REFUSED, "text",
	    "Paragraph {0} has changed since the session was opened, now in revision {1}. Close "
	    "the "
	    "session and open another one on the new words.",
	    s->shown, act_digits(act, d->revision));
}

enum rc informal_decide_result(const struct group *g, struct act *act, struct err *err)
{
	const struct informal_session *s;
	TRY(need(g, act, ROLE_CHAIR, &s, err));
	const struct draft *d = draft_get(g, s->draft);
	must(d);
	TRY(check_base(act, s, d, err));
	act_give_str(act, "paragraph", s->par);
	act_give_i64(act, "for_seat", 0);
	act_give_str(act, "party", S(PARTY));
	return draft_settle_words(act, d, s->par, act_str(act, "text"), S(PARTY), err);
}

void informal_fold_result(struct group *g, const struct fact *f)
{
	of_fact(g, f)->end = INFORMAL_RESULT;
	draft_fold_words(g, f);
}

enum rc informal_decide_close(const struct group *g, struct act *act, struct err *err)
{
	const struct informal_session *s;
	return need(g, act, ROLE_OFFICE, &s, err);
}

void informal_fold_close(struct group *g, const struct fact *f)
{
	of_fact(g, f)->end = INFORMAL_CLOSED;
}
