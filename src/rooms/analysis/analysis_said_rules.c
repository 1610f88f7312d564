/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Passages of what was said at meetings. */
#include "rooms/analysis/analysis_rules.h"
#include "rooms/call/call.h"
#include "rooms/caption/caption.h"

#include "base/poison.h"

static enum rc need_question(const struct group *g, struct act *act, struct err *err)
{
	const struct call_item *c = call_find(g, act_i64(act, "call"));
	if (!c)
		return ERR(err, ABSENT, "call", "There is no call {0}.",
		    act_digits(act, act_i64(act, "call")));
	if (act_i64(act, "question") > c->questions)
		return ERR(err, INVALID, "question", "Call {0} has {1} questions.",
		    act_digits(act, c->number), act_digits(act, c->questions));
	act_ref(act, c->seq);
	return OK;
}

static struct passage passage_typed(const struct act *act)
{
	return (struct passage){
	    .source = PASSAGE_TRANSCRIPT,
	    .meeting = act_i64(act, "meeting"),
	    .segment = act_i64(act, "segment"),
	    .call = act_i64(act, "call"),
	    .question = act_i64(act, "question"),
	    .theme = act_i64(act, "theme"),
	};
}

enum rc analysis_decide_mark_said(const struct group *g, struct act *act, struct err *err)
{
	const struct analysis_theme *theme;
	struct passage p = passage_typed(act);
	const struct utterance *u = caption_utterance(g, p.meeting, p.segment);
	str segment = act_digits(act, p.segment);
	if (!u || !utterance_words(u, 0).n)
		return ERR(err, ABSENT, "segment",
		    "The transcript of meeting {0} has no utterance {1}, or it was erased.",
		    act_digits(act, p.meeting), segment);
	p.version = (int64_t)u->versions.n;
	act_ref(act, u->versions.p[u->versions.n - 1].seq);
	TRY(need_question(g, act, err));
	TRY(analysis_need_theme(g, act, &theme, err));
	TRY(analysis_find_words(act, utterance_words(u, 0), segment, &p, err));
	TRY(analysis_need_new_passage(g, act, &p, err));
	act_give_i64(act, "version", p.version);
	analysis_give_passage(g, act, &p);
	return OK;
}

void analysis_fold_mark_said(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &analysis_in(g)->passages) = (struct passage){
	    .number = fact_i64(f, "passage"),
	    .seq = f->seq,
	    .source = PASSAGE_TRANSCRIPT,
	    .meeting = fact_i64(f, "meeting"),
	    .segment = fact_i64(f, "segment"),
	    .version = fact_i64(f, "version"),
	    .call = fact_i64(f, "call"),
	    .question = fact_i64(f, "question"),
	    .from = fact_i64(f, "from"),
	    .to = fact_i64(f, "to"),
	    .theme = fact_i64(f, "theme"),
	};
}
