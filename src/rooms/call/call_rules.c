/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/call/call_rules_inside.h"

#include "base/must.h"
#include "rooms/meeting/meeting.h"

#include "base/poison.h"

/* "7 December 2016" would need the reader's language; rules speak to everyone. */
str call_utc(const struct act *act, usec t)
{
	struct civil c = when_civil(t);
	return arena_printf(
	    act->arena, "%04d-%02d-%02d %02d:%02d UTC", c.year, c.month, c.day, c.hour, c.minute);
}

struct call_item *call_at(const struct group *g, int64_t number)
{
	struct call_state *s = call_in(g);
	return number >= 1 && number <= (int64_t)s->calls.n ? &s->calls.p[number - 1] : NULL;
}

const struct call_item *call_find(const struct group *g, int64_t number)
{
	return call_at(g, number);
}

bool call_is_open(const struct group *g, int64_t number)
{
	const struct call_item *c = call_at(g, number);
	return c && c->status == CALL_OPEN;
}

str call_status_word(enum call_status s)
{
	switch (s) {
	case CALL_DRAFT:
		return S("draft");
	case CALL_OPEN:
		return S("open");
	case CALL_CLOSED:
		return S("closed");
	}
	must_fail("status of a call", __FILE__, __LINE__);
}

enum rc call_named(const struct group *g, struct act *act, const char *field,
    struct call_item **out, struct err *err)
{
	*out = call_at(g, act_i64(act, field));
	if (!*out)
		return ERR(err, ABSENT, field, "There is no call {0}.",
		    act_digits(act, act_i64(act, field)));
	act_ref(act, (*out)->seq);
	return OK;
}

static enum rc need_future(struct act *act, struct err *err)
{
	usec deadline = act_i64(act, "deadline");
	if (deadline > act->now)
		return OK;
	return ERR(err, REFUSED, "deadline", "The deadline {0} has passed; choose a later one.",
	    call_utc(act, deadline));
}

enum rc call_decide_draft(const struct group *g, struct act *act, struct err *err)
{
	TRY(need_future(act, err));
	if (act_has(act, "meeting") && !meeting_get(g, act_i64(act, "meeting")))
		return ERR(err, ABSENT, "meeting", "There is no meeting {0}.",
		    act_digits(act, act_i64(act, "meeting")));
	act_give_i64(act, "number", (int64_t)call_in(g)->calls.n + 1);
	return OK;
}

void call_fold_draft(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &call_in(g)->calls) = (struct call_item){
	    .number = fact_i64(f, "number"),
	    .seq = f->seq,
	    .status = CALL_DRAFT,
	    .members_only = str_is(fact_str(f, "audience"), "members"),
	    .refuse_late = str_is(fact_str(f, "late"), "refuse"),
	    .has_text = fact_has(f, "text"),
	    .title = arena_str(g->arena, fact_str(f, "title")),
	    .zone = arena_str(g->arena, fact_str(f, "zone")),
	    .deadline = fact_i64(f, "deadline"),
	    .word_limit = fact_i64(f, "word_limit"),
	};
}

enum rc call_decide_question(const struct group *g, struct act *act, struct err *err)
{
	struct call_item *c;
	TRY(call_named(g, act, "call", &c, err));
	if (c->status != CALL_DRAFT)
		return ERR(err, REFUSED, "call",
		    "Call {0} is {1}, so its questions are fixed; draft a new call to ask others.",
		    act_digits(act, c->number), call_status_word(c->status));
	if (c->questions == CALL_QUESTIONS_MAX)
		return ERR(err, REFUSED, "call",
		    "Call {0} has {1} questions, which is the most; draft a second call for more.",
		    act_digits(act, c->number), act_digits(act, CALL_QUESTIONS_MAX));
	act_give_i64(act, "question", c->questions + 1);
	return OK;
}

void call_fold_question(struct group *g, const struct fact *f)
{
	call_at(g, fact_i64(f, "call"))->questions++;
}

enum rc call_decide_open(const struct group *g, struct act *act, struct err *err)
{
	struct call_item *c;
	TRY(call_named(g, act, "call", &c, err));
	if (c->status == CALL_OPEN)
		return ERR(
		    err, REFUSED, "call", "Call {0} is already open.", act_digits(act, c->number));
	if (c->status == CALL_CLOSED)
		return ERR(err, REFUSED, "call",
		    "Call {0} is closed; reopen it with a new deadline instead.",
		    act_digits(act, c->number));
	if (c->questions == 0 && !c->has_text)
		return ERR(err, REFUSED, "call",
		    "Call {0} asks nothing yet; add a guiding question first.",
		    act_digits(act, c->number));
	if (c->deadline <= act->now)
		return ERR(err, REFUSED, "call",
		    "The deadline of call {0}, {1}, has passed; extend it before opening the call.",
		    act_digits(act, c->number), call_utc(act, c->deadline));
	return OK;
}

void call_fold_open(struct group *g, const struct fact *f)
{
	struct call_item *c = call_at(g, fact_i64(f, "call"));
	c->status = CALL_OPEN;
	c->opened_seq = f->seq;
}

/* People plan with a deadline that was announced: it may come later, never earlier. */
enum rc call_decide_extend(const struct group *g, struct act *act, struct err *err)
{
	struct call_item *c;
	TRY(call_named(g, act, "call", &c, err));
	if (c->status == CALL_CLOSED)
		return ERR(err, REFUSED, "call",
		    "Call {0} is closed; reopen it with a new deadline instead.",
		    act_digits(act, c->number));
	TRY(need_future(act, err));
	if (act_i64(act, "deadline") <= c->deadline)
		return ERR(err, REFUSED, "deadline",
		    "The deadline of call {0} is {1}; an extension must be later than that.",
		    act_digits(act, c->number), call_utc(act, c->deadline));
	return OK;
}

static void fold_deadline(struct group *g, struct call_item *c, const struct fact *f)
{
	c->deadline = fact_i64(f, "deadline");
	if (fact_has(f, "zone"))
		c->zone = arena_str(g->arena, fact_str(f, "zone"));
}

void call_fold_extend(struct group *g, const struct fact *f)
{
	struct call_item *c = call_at(g, fact_i64(f, "call"));
	fold_deadline(g, c, f);
	c->extended = true;
}

enum rc call_decide_close(const struct group *g, struct act *act, struct err *err)
{
	struct call_item *c;
	TRY(call_named(g, act, "number", &c, err));
	if (c->status != CALL_OPEN)
		return ERR(err, REFUSED, "number", "Call {0} is not open, so it cannot be closed.",
		    act_digits(act, c->number));
	if (act->now >= c->deadline)
		return OK;
	if (actor_eq(act->actor, ACTOR_SYSTEM))
		return ERR(err, REFUSED, "number",
		    "The deadline of call {0} is {1}, which is still to come.",
		    act_digits(act, c->number), call_utc(act, c->deadline));
	if (!act_has(act, "reason"))
		return ERR(err, REFUSED, "reason",
		    "Call {0} was announced to close at {1}; closing it earlier needs a reason.",
		    act_digits(act, c->number), call_utc(act, c->deadline));
	return OK;
}

void call_fold_close(struct group *g, const struct fact *f)
{
	call_at(g, fact_i64(f, "number"))->status = CALL_CLOSED;
}

enum rc call_decide_reopen(const struct group *g, struct act *act, struct err *err)
{
	struct call_item *c;
	TRY(call_named(g, act, "call", &c, err));
	if (c->status != CALL_CLOSED)
		return ERR(err, REFUSED, "call",
		    "Call {0} is not closed; extend its deadline instead.",
		    act_digits(act, c->number));
	return need_future(act, err);
}

void call_fold_reopen(struct group *g, const struct fact *f)
{
	struct call_item *c = call_at(g, fact_i64(f, "call"));
	fold_deadline(g, c, f);
	c->status = CALL_OPEN;
	c->opened_seq = f->seq;
	c->reopened = true;
}

/* Of several calls that end at the same moment the first drafted comes first. */
bool call_due(const struct group *g, usec *at, const char **name, int64_t *number)
{
	const struct call_state *s = call_in(g);
	const struct call_item *next = NULL;
	for (size_t i = 0; i < s->calls.n; i++) {
		const struct call_item *c = &s->calls.p[i];
		if (c->status == CALL_OPEN && (!next || c->deadline < next->deadline))
			next = c;
	}
	if (!next)
		return false;
	*at = next->deadline;
	*name = "call.close";
	*number = next->number;
	return true;
}
