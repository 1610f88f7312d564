/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/minutes/minutes_rules.h"

#include "rooms/meeting/meeting.h"

#include "base/poison.h"

int64_t minutes_latest(const struct group *g, int64_t meeting)
{
	const struct minutes_state *s = minutes_in(g);
	for (size_t i = s->drafts.n; i-- > 0;)
		if (s->drafts.p[i].meeting == meeting)
			return (int64_t)i + 1;
	return 0;
}

enum rc minutes_decide_file(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "meeting"), last = minutes_latest(g, number);
	const struct meeting *m = meeting_get(g, number);
	if (!m)
		return ERR(err, ABSENT, "meeting", "There is no meeting {0}; announce it first.",
		    act_digits(act, number));
	if (!meeting_has_begun(g, number))
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} has not begun; its summary is drafted when it is under way or "
		    "over.",
		    act_digits(act, number));
	if (!str_trim(act_str(act, "text")).n)
		return ERR(err, INVALID, "text",
		    "The draft has no words; begin from what the record has assembled.");
	act_give_i64(act, "draft", (int64_t)minutes_in(g)->drafts.n + 1);
	act_ref(act, m->state_seq);
	if (last)
		act_ref(act, minutes_in(g)->drafts.p[last - 1].seq);
	return OK;
}

void minutes_fold_file(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &minutes_in(g)->drafts) =
	    (struct minutes_draft){.meeting = fact_i64(f, "meeting"), .seq = f->seq};
}
