/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What authors are told, what they say of it, and what the Chair answers. */
#include "rooms/analysis/analysis_rules.h"

#include "base/must.h"
#include "rooms/call/call.h"
#include "rooms/caption/caption.h"

#include "base/poison.h"

const struct misreading *analysis_misreading(const struct group *g, int64_t number)
{
	const struct analysis_state *s = analysis_in(g);
	return number >= 1 && number <= (int64_t)s->misreadings.n ? &s->misreadings.p[number - 1]
	                                                          : NULL;
}

static enum rc need_contribution(
    const struct group *g, struct act *act, const struct contribution_item **out, struct err *err)
{
	*out = contribution_find(g, act_i64(act, "contribution"));
	if (!*out)
		return ERR(err, ABSENT, "contribution", "There is no contribution {0}.",
		    act_digits(act, act_i64(act, "contribution")));
	act_ref(act, (*out)->seq);
	return OK;
}

/* --- notices --- */

enum rc analysis_decide_notify(const struct group *g, struct act *act, struct err *err)
{
	const struct synthesis *y;
	const struct contribution_item *c;
	TRY(analysis_need_synthesis(g, act, &y, err));
	TRY(need_contribution(g, act, &c, err));
	if (!y->issued)
		return ERR(err, REFUSED, "synthesis",
		    "Synthesis {0} is not issued yet; authors are told once it is.",
		    act_digits(act, y->number));
	if (!synthesis_cites(g, y, c->number))
		return ERR(err, REFUSED, "contribution",
		    "Synthesis {0} does not cite contribution {1}.", act_digits(act, y->number),
		    act_digits(act, c->number));
	for (size_t i = 0; i < y->told.n; i++)
		if (y->told.p[i].contribution == c->number)
			return ERR(err, REFUSED, "contribution",
			    "The author of contribution {0} was told already (entry {1} of the "
			    "record).",
			    act_digits(act, c->number), act_digits(act, y->told.p[i].seq));
	return OK;
}

void analysis_fold_notify(struct group *g, const struct fact *f)
{
	struct analysis_state *s = analysis_in(g);
	struct synthesis *y = &s->syntheses.p[fact_i64(f, "synthesis") - 1];
	*vec_push(g->arena, &y->told) =
	    (struct synthesis_told){fact_i64(f, "contribution"), f->seq};
}

/* --- misreadings --- */

static enum rc need_author(struct act *act, const struct contribution_item *c, struct err *err)
{
	bool secretariat = act->roles & ROLE_SECRETARIAT;
	if (act_bool(act, "on_behalf") && !secretariat)
		return ERR(err, DENIED, "on_behalf",
		    "Only the secretariat enters what an author wrote; leave this empty.");
	if (act_bool(act, "on_behalf") || contribution_is_by(c, act->actor))
		return OK;
	return ERR(err, DENIED, "contribution",
	    "Only the author of contribution {0} can say this. Whoever contributed without an "
	    "account writes to the secretariat, which enters it.",
	    act_digits(act, c->number));
}

static enum rc need_speaker(
    const struct group *g, struct act *act, const struct passage *p, struct err *err)
{
	const struct utterance *u = caption_utterance(g, p->meeting, p->segment);
	bool secretariat = act->roles & ROLE_SECRETARIAT;
	if (act_bool(act, "on_behalf") && !secretariat)
		return ERR(err, DENIED, "on_behalf",
		    "Only the secretariat enters what an author wrote; leave this empty.");
	if (act_bool(act, "on_behalf") || (u && utterance_is_by(g, u, act->actor)))
		return OK;
	return ERR(err, DENIED, "passage",
	    "Only who spoke these words can say this: utterance {0} of meeting {1}. Whoever has no "
	    "account writes to the secretariat, which enters it.",
	    act_digits(act, p->segment), act_digits(act, p->meeting));
}

/* What was written, or what was said: the one that the statement cites. */
static enum rc need_written(
    const struct group *g, struct act *act, const struct statement *s, struct err *err)
{
	const struct contribution_item *c;
	TRY(need_contribution(g, act, &c, err));
	TRY(need_author(act, c, err));
	if (!statement_cites(g, s, c->number))
		return ERR(err, REFUSED, "contribution",
		    "Statement {0} does not cite contribution {1}.", act_digits(act, s->number),
		    act_digits(act, c->number));
	return OK;
}

static enum rc need_spoken(
    const struct group *g, struct act *act, const struct statement *s, struct err *err)
{
	const struct passage *p = analysis_passage(g, act_i64(act, "passage"));
	str number = act_digits(act, act_i64(act, "passage"));
	if (!p || p->dropped)
		return ERR(err, ABSENT, "passage", "There is no passage {0}.", number);
	act_ref(act, p->seq);
	if (p->source != PASSAGE_TRANSCRIPT)
		return ERR(err, INVALID, "passage",
		    "Passage {0} was written, not said; name its contribution instead, which is "
		    "{1}.",
		    number, act_digits(act, p->contribution));
	TRY(need_speaker(g, act, p, err));
	if (!statement_cites_passage(s, p->number))
		return ERR(err, REFUSED, "passage", "Statement {0} does not cite passage {1}.",
		    act_digits(act, s->number), number);
	act_give_i64(act, "meeting", p->meeting);
	act_give_i64(act, "segment", p->segment);
	return OK;
}

enum rc analysis_decide_misread(const struct group *g, struct act *act, struct err *err)
{
	const struct analysis_state *all = analysis_in(g);
	const struct statement *s;
	bool said = act_has(act, "passage");
	TRY(analysis_need_statement(g, act, &s, err));
	if (said == act_has(act, "contribution"))
		return ERR(err, INVALID, "contribution",
		    "Name the contribution that is misread, or the passage of what was said: one "
		    "of "
		    "them.");
	TRY(said ? need_spoken(g, act, s, err) : need_written(g, act, s, err));
	for (size_t i = 0; i < all->misreadings.n; i++) {
		const struct misreading *m = &all->misreadings.p[i];
		if (m->statement == s->number && m->contribution == act_i64(act, "contribution") &&
		    m->passage == act_i64(act, "passage") && !m->answered)
			return ERR(err, REFUSED, "statement",
			    "You have said so already (entry {0} of the record); the Chair has "
			    "not answered yet.",
			    act_digits(act, m->seq));
	}
	act_give_i64(act, "misreading", (int64_t)all->misreadings.n + 1);
	return OK;
}

void analysis_fold_misread(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &analysis_in(g)->misreadings) = (struct misreading){
	    .number = fact_i64(f, "misreading"),
	    .seq = f->seq,
	    .statement = fact_i64(f, "statement"),
	    .contribution = fact_i64(f, "contribution"),
	    .passage = fact_i64(f, "passage"),
	};
}

/* Also of a statement that was struck out since: that is an answer in itself, and is said. */
enum rc analysis_decide_answer(const struct group *g, struct act *act, struct err *err)
{
	const struct misreading *m = analysis_misreading(g, act_i64(act, "misreading"));
	str number = act_digits(act, act_i64(act, "misreading"));
	if (!m)
		return ERR(err, ABSENT, "misreading", "There is no misreading {0}.", number);
	act_ref(act, m->seq);
	if (m->answered)
		return ERR(err, REFUSED, "misreading",
		    "Misreading {0} was answered already (entry {1} of the record).", number,
		    act_digits(act, m->answered));
	const struct statement *s = analysis_statement(g, m->statement);
	act_give_i64(act, "synthesis", s->synthesis);
	act_give_i64(act, "statement", s->number);
	if (str_is(act_str(act, "outcome"), "corrected") && s->changed < m->seq)
		return ERR(err, REFUSED, "outcome",
		    "Statement {0} has not changed since; restate it, take the passage out or "
		    "strike it out first.",
		    act_digits(act, s->number));
	return OK;
}

void analysis_fold_answer(struct group *g, const struct fact *f)
{
	analysis_in(g)->misreadings.p[fact_i64(f, "misreading") - 1].answered = f->seq;
}
