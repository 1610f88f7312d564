/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Written statements: what stands at an item for everyone to read, without being spoken. */
#include "base/must.h"
#include "rooms/call/call.h"
#include "rooms/document/document.h"
#include "rooms/meeting/meeting_rules.h"

#include "base/poison.h"

static enum rc check_document(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "document");
	const struct document_item *d = document_find(g, number);
	if (!d)
		return ERR(err, ABSENT, "document",
		    "There is no document {0} in the library; issue it first.",
		    act_digits(act, number));
	act_ref(act, d->seq);
	return OK;
}

static enum rc check_contribution(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "contribution");
	const struct contribution_item *c = contribution_find(g, number);
	if (!c || !contribution_is_public(g, number))
		return ERR(err, ABSENT, "contribution",
		    "There is no published contribution {0}; it is published first.",
		    act_digits(act, number));
	act_ref(act, c->seq);
	return OK;
}

/* The secretariat lists what anybody wrote; others what they sent themselves. */
static enum rc need_own(
    const struct group *g, const struct act *act, int64_t contribution, struct err *err)
{
	const struct contribution_item *c = contribution_find(g, contribution);
	if ((act->roles & ROLE_OFFICE) || (c && contribution_is_by(c, act->actor)))
		return OK;
	return ERR(err, DENIED, "contribution",
	    "The secretariat lists what others wrote; name a contribution that you sent yourself.");
}

static enum rc need_place(const struct meeting *m, struct act *act, int64_t item, struct err *err)
{
	const struct meeting_item *at;
	if (m->status == MEETING_CANCELLED)
		return ERR(err, REFUSED, "meeting", "Meeting {0} was cancelled.",
		    act_digits(act, act_i64(act, "meeting")));
	act_ref(act, m->seq);
	if (!item)
		return OK;
	TRY(meeting_find_item(m, act, &at, err));
	if (at->status == ITEM_WITHDRAWN)
		return ERR(err, REFUSED, "item", "Item {0} was withdrawn from the agenda.",
		    act_digits(act, item));
	act_ref(act, at->seq);
	return OK;
}

enum rc meeting_decide_statement(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	int64_t item = act_i64(act, "item"), document = act_i64(act, "document");
	int64_t contribution = act_i64(act, "contribution");
	TRY(meeting_find(g, act, &m, err));
	if (!document == !contribution)
		return ERR(err, INVALID, "document",
		    "Name either a document or a contribution, and not both.");
	TRY(need_place(m, act, item, err));
	TRY(document ? check_document(g, act, err) : check_contribution(g, act, err));
	TRY(need_own(g, act, contribution, err));
	for (size_t i = 0; i < m->statements.n; i++) {
		const struct meeting_statement *s = &m->statements.p[i];
		if (!s->withdrawn && s->item == item && s->document == document &&
		    s->contribution == contribution)
			return ERR(err, REFUSED, NULL,
			    "It is listed there already, as statement {0}.",
			    act_digits(act, (int64_t)i + 1));
	}
	act_give_i64(act, "statement", (int64_t)m->statements.n + 1);
	return OK;
}

void meeting_fold_statement(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &meeting_of(g, f)->statements) = (struct meeting_statement){
	    .item = fact_i64(f, "item"),
	    .document = fact_i64(f, "document"),
	    .contribution = fact_i64(f, "contribution"),
	    .seq = f->seq,
	};
}

enum rc meeting_decide_withdraw_statement(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	int64_t number = act_i64(act, "statement");
	TRY(meeting_find(g, act, &m, err));
	if (number < 1 || number > (int64_t)m->statements.n)
		return ERR(err, ABSENT, "statement", "Meeting {0} has no written statement {1}.",
		    act_digits(act, act_i64(act, "meeting")), act_digits(act, number));
	const struct meeting_statement *s = &m->statements.p[number - 1];
	TRY(need_own(g, act, s->contribution, err));
	if (s->withdrawn)
		return ERR(err, REFUSED, "statement", "Statement {0} is not listed any more.",
		    act_digits(act, number));
	act_ref(act, s->seq);
	return OK;
}

void meeting_fold_withdraw_statement(struct group *g, const struct fact *f)
{
	struct meeting *m = meeting_of(g, f);
	int64_t number = fact_i64(f, "statement");
	must(number >= 1 && number <= (int64_t)m->statements.n);
	m->statements.p[number - 1].withdrawn = true;
}
