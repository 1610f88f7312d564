/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/must.h"
#include "rooms/document/document.h"
#include "rooms/meeting/meeting_rules.h"

#include "base/poison.h"

static struct meeting_item *item_of(struct group *g, const struct fact *f)
{
	struct meeting *m = meeting_of(g, f);
	int64_t item = fact_i64(f, "item");
	must(item >= 1 && item <= (int64_t)m->items.n);
	return &m->items.p[item - 1];
}

static enum rc need_running(const struct act *act, const struct meeting *m, struct err *err)
{
	str number = act_digits(act, act_i64(act, "meeting"));
	if (m->status == MEETING_SUSPENDED)
		return ERR(
		    err, REFUSED, "meeting", "Meeting {0} is suspended; resume it first.", number);
	if (m->status != MEETING_OPEN)
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} is not open; this is done in the meeting.", number);
	return OK;
}

/* Until the agenda is adopted the secretariat prepares it; then it is the group's. */
static enum rc need_agenda_in_hand(const struct act *act, const struct meeting *m, struct err *err)
{
	str number = act_digits(act, act_i64(act, "meeting"));
	if (m->status == MEETING_CLOSED || m->status == MEETING_CANCELLED)
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} is over, and its agenda with it; announce the item for another "
		    "one.",
		    number);
	if (m->agenda != AGENDA_PROVISIONAL && !(act->roles & ROLE_CHAIR))
		return ERR(err, REFUSED, "meeting",
		    "The agenda of meeting {0} is adopted; only the Chair changes it now, with the "
		    "consent of the group.",
		    number);
	return OK;
}

enum rc meeting_decide_agenda_item(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	TRY(meeting_find(g, act, &m, err));
	TRY(need_agenda_in_hand(act, m, err));
	for (size_t i = 0; i < m->items.n; i++)
		if (m->items.p[i].status != ITEM_WITHDRAWN &&
		    str_eq_nocase(m->items.p[i].title, act_str(act, "title")))
			return ERR(err, REFUSED, "title", "Item {0} has this title already.",
			    act_digits(act, (int64_t)i + 1));
	act_give_i64(act, "item", (int64_t)m->items.n + 1);
	act_ref(act, m->agenda_seq ? m->agenda_seq : m->seq);
	return OK;
}

void meeting_fold_agenda_item(struct group *g, const struct fact *f)
{
	struct meeting *m = meeting_of(g, f);
	if (m->agenda != AGENDA_PROVISIONAL)
		m->agenda = AGENDA_AMENDED;
	*vec_push(g->arena, &m->items) = (struct meeting_item){
	    .title = arena_str(g->arena, fact_str(f, "title")),
	    .status = ITEM_PENDING,
	    .seq = f->seq,
	    .state_seq = f->seq,
	};
}

enum rc meeting_decide_withdraw_item(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	const struct meeting_item *item;
	TRY(meeting_find(g, act, &m, err));
	TRY(meeting_find_item(m, act, &item, err));
	TRY(need_agenda_in_hand(act, m, err));
	if (item->status != ITEM_PENDING)
		return ERR(err, REFUSED, "item",
		    "Item {0} has been taken up or withdrawn; only a pending item leaves the "
		    "agenda.",
		    act_digits(act, act_i64(act, "item")));
	act_ref(act, item->seq);
	return OK;
}

void meeting_fold_withdraw_item(struct group *g, const struct fact *f)
{
	struct meeting *m = meeting_of(g, f);
	struct meeting_item *item = item_of(g, f);
	if (m->agenda != AGENDA_PROVISIONAL)
		m->agenda = AGENDA_AMENDED;
	item->status = ITEM_WITHDRAWN;
	item->state_seq = f->seq;
}

enum rc meeting_decide_adopt_agenda(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	TRY(meeting_find(g, act, &m, err));
	TRY(need_running(act, m, err));
	if (m->agenda != AGENDA_PROVISIONAL)
		return ERR(err, REFUSED, "meeting",
		    "The agenda of meeting {0} is adopted already; items can still be added.",
		    act_digits(act, act_i64(act, "meeting")));
	size_t live = 0;
	for (size_t i = 0; i < m->items.n; i++)
		live += m->items.p[i].status != ITEM_WITHDRAWN;
	if (!live)
		return ERR(err, REFUSED, "meeting",
		    "The agenda of meeting {0} has no item; add one first.",
		    act_digits(act, act_i64(act, "meeting")));
	for (size_t i = 0; i < m->items.n && act->refs_n < ACT_REFS; i++)
		if (m->items.p[i].status != ITEM_WITHDRAWN)
			act_ref(act, m->items.p[i].seq);
	return OK;
}

void meeting_fold_adopt_agenda(struct group *g, const struct fact *f)
{
	struct meeting *m = meeting_of(g, f);
	m->agenda = AGENDA_ADOPTED;
	m->agenda_seq = f->seq;
}

enum rc meeting_decide_document(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	const struct meeting_item *item;
	TRY(meeting_find(g, act, &m, err));
	if (m->status == MEETING_CANCELLED)
		return ERR(err, REFUSED, "meeting", "Meeting {0} was cancelled.",
		    act_digits(act, act_i64(act, "meeting")));
	const struct document_item *d = document_find(g, act_i64(act, "document"));
	if (!d)
		return ERR(err, ABSENT, "document",
		    "There is no document {0} in the library; issue it first.",
		    act_digits(act, act_i64(act, "document")));
	act_ref(act, m->seq);
	act_ref(act, d->seq);
	if (!act_has(act, "item"))
		return OK;
	TRY(meeting_find_item(m, act, &item, err));
	if (item->status == ITEM_WITHDRAWN)
		return ERR(err, REFUSED, "item", "Item {0} was withdrawn from the agenda.",
		    act_digits(act, act_i64(act, "item")));
	act_ref(act, item->seq);
	return OK;
}

enum rc meeting_decide_consider(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	const struct meeting_item *item;
	TRY(meeting_find(g, act, &m, err));
	TRY(meeting_find_item(m, act, &item, err));
	TRY(need_running(act, m, err));
	str number = act_digits(act, act_i64(act, "item"));
	if (m->agenda == AGENDA_PROVISIONAL)
		return ERR(err, REFUSED, "meeting",
		    "The agenda is provisional; the meeting adopts it before item {0} is taken up.",
		    number);
	switch (item->status) {
	case ITEM_PENDING:
	case ITEM_DEFERRED:
		break;
	case ITEM_UNDER_CONSIDERATION:
		return ERR(
		    err, REFUSED, "item", "Item {0} is under consideration already.", number);
	case ITEM_CONCLUDED:
		return ERR(err, REFUSED, "item",
		    "Item {0} is concluded; to return to the matter, add a new item.", number);
	case ITEM_WITHDRAWN:
		return ERR(err, REFUSED, "item", "Item {0} was withdrawn from the agenda.", number);
	}
	act_ref(act, item->state_seq);
	return OK;
}

void meeting_fold_consider(struct group *g, const struct fact *f)
{
	struct meeting_item *item = item_of(g, f);
	item->status = ITEM_UNDER_CONSIDERATION;
	item->state_seq = f->seq;
}

/* An outcome that leaves the item to a later sitting or meeting. */
static bool is_deferral(str outcome)
{
	return str_is(outcome, "deferred") || str_is(outcome, "agreed_to_revert");
}

enum rc meeting_decide_conclude(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	const struct meeting_item *item;
	TRY(meeting_find(g, act, &m, err));
	TRY(meeting_find_item(m, act, &item, err));
	TRY(need_running(act, m, err));
	str number = act_digits(act, act_i64(act, "item"));
	bool deferral = is_deferral(act_str(act, "outcome"));
	if (m->agenda == AGENDA_PROVISIONAL)
		return ERR(err, REFUSED, "meeting",
		    "The agenda is provisional; the meeting adopts it before item {0} is "
		    "concluded.",
		    number);
	if (item->status == ITEM_CONCLUDED || item->status == ITEM_WITHDRAWN)
		return ERR(err, REFUSED, "item",
		    "Item {0} is concluded or withdrawn; to return to the matter, add a new item.",
		    number);
	if (item->status != ITEM_UNDER_CONSIDERATION && !deferral)
		return ERR(err, REFUSED, "item",
		    "Item {0} is not under consideration; take it up first, or defer it.", number);
	if (str_trim(act_str(act, "text")).n == 0)
		return ERR(err, INVALID, "text",
		    "A conclusion needs its words, for example: the group took note of the "
		    "report.");
	if (str_is(act_str(act, "outcome"), "decided"))
		act_give_i64(act, "decision", meeting_decisions(g) + 1);
	act_ref(act, item->state_seq);
	return OK;
}

void meeting_fold_conclude(struct group *g, const struct fact *f)
{
	struct meeting_item *item = item_of(g, f);
	item->status = is_deferral(fact_str(f, "outcome")) ? ITEM_DEFERRED : ITEM_CONCLUDED;
	item->state_seq = f->seq;
	if (fact_has(f, "decision"))
		*vec_push(g->arena, &meeting_in(g)->decisions) = (struct meeting_decision){
		    .meeting = fact_i64(f, "meeting"),
		    .item = fact_i64(f, "item"),
		    .seq = f->seq,
		};
}
