/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/mandate/mandate_rules.h"

#include "base/must.h"

#include "base/poison.h"

static const char *const status_words[] = {
    [MANDATE_NOTED] = "noted",
    [MANDATE_IN_FORCE] = "in_force",
    [MANDATE_REPORTED] = "reported",
    [MANDATE_DISCHARGED] = "discharged",
    [MANDATE_EXTENDED] = "extended",
};

static enum mandate_status status_of(str word)
{
	for (size_t i = 0; i < sizeof status_words / sizeof status_words[0]; i++)
		if (str_is(word, status_words[i]))
			return (enum mandate_status)i;
	must_fail("a state of the table of commands", __FILE__, __LINE__);
}

const struct mandate *mandate_get(const struct group *g, int64_t number)
{
	const struct mandate_state *s = mandate_in(g);
	return number >= 1 && number <= (int64_t)s->mandates.n ? &s->mandates.p[number - 1] : NULL;
}

const struct mandate_paragraph *mandate_paragraph_get(const struct group *g, int64_t number)
{
	const struct mandate_state *s = mandate_in(g);
	return number >= 1 && number <= (int64_t)s->paragraphs.n ? &s->paragraphs.p[number - 1]
	                                                         : NULL;
}

bool mandate_is_in_force(const struct group *g)
{
	const struct mandate_state *s = mandate_in(g);
	for (size_t i = 0; i < s->mandates.n; i++)
		if (s->mandates.p[i].status == MANDATE_IN_FORCE ||
		    s->mandates.p[i].status == MANDATE_EXTENDED)
			return true;
	return false;
}

static enum rc find(
    const struct group *g, const struct act *act, const struct mandate **out, struct err *err)
{
	*out = mandate_get(g, act_i64(act, "mandate"));
	if (!*out)
		return ERR(err, ABSENT, "mandate",
		    "There is no mandate {0} in this group; record the resolution first.",
		    act_digits(act, act_i64(act, "mandate")));
	return OK;
}

enum rc mandate_decide_record(const struct group *g, struct act *act, struct err *err)
{
	const struct mandate_state *s = mandate_in(g);
	str symbol = act_str(act, "symbol");
	for (size_t i = 0; i < s->mandates.n; i++)
		if (str_eq_nocase(s->mandates.p[i].symbol, symbol))
			return ERR(err, REFUSED, "symbol",
			    "{0} is already recorded as mandate {1}; quote its paragraphs there.",
			    symbol, act_digits(act, (int64_t)i + 1));
	/* The day of the resolution may have begun further east: one day of grace. */
	if (act_i64(act, "date") > act->now + USEC_DAY)
		return ERR(err, INVALID, "date",
		    "A resolution is recorded after its adoption; this date is in the future.");
	if (act_has(act, "report_back_date") &&
	    act_i64(act, "report_back_date") < act_i64(act, "date"))
		return ERR(err, INVALID, "report_back_date",
		    "The group cannot be asked to report back before the resolution itself.");
	act_give_i64(act, "number", (int64_t)s->mandates.n + 1);
	return OK;
}

void mandate_fold_record(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &mandate_in(g)->mandates) = (struct mandate){
	    .symbol = arena_str(g->arena, fact_str(f, "symbol")),
	    .date = fact_i64(f, "date"),
	    .status = MANDATE_NOTED,
	    .seq = f->seq,
	    .state_seq = f->seq,
	};
}

enum rc mandate_decide_quote(const struct group *g, struct act *act, struct err *err)
{
	const struct mandate_state *s = mandate_in(g);
	const struct mandate *m;
	TRY(find(g, act, &m, err));
	if (m->status == MANDATE_DISCHARGED)
		return ERR(err, REFUSED, "mandate",
		    "{0} is discharged; what it asked for can no longer be added to.", m->symbol);
	for (size_t i = 0; i < s->paragraphs.n; i++) {
		const struct mandate_paragraph *q = &s->paragraphs.p[i];
		if (q->mandate == act_i64(act, "mandate") &&
		    str_eq_nocase(q->paragraph, act_str(act, "paragraph")) &&
		    str_eq(q->lang, act_str(act, "lang")))
			return ERR(err, REFUSED, "paragraph",
			    "Paragraph {0} of {1} is already quoted in this language.",
			    q->paragraph, m->symbol);
	}
	act_give_i64(act, "number", (int64_t)s->paragraphs.n + 1);
	act_ref(act, m->seq);
	return OK;
}

void mandate_fold_quote(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &mandate_in(g)->paragraphs) = (struct mandate_paragraph){
	    .mandate = fact_i64(f, "mandate"),
	    .paragraph = arena_str(g->arena, fact_str(f, "paragraph")),
	    .lang = arena_str(g->arena, fact_str(f, "lang")),
	    .seq = f->seq,
	};
}

enum rc mandate_decide_line(const struct group *g, struct act *act, struct err *err)
{
	const struct value *bodies = act_value(act, "bodies");
	for (size_t i = 0; i < bodies->list.n; i++)
		for (size_t j = 0; j < i; j++)
			if (str_eq_nocase(bodies->list.p[i], bodies->list.p[j]))
				return ERR(err, INVALID, "bodies",
				    "{0} stands twice in the line; every body reports to the one "
				    "above it.",
				    bodies->list.p[i]);
	if (mandate_in(g)->line_seq)
		act_ref(act, mandate_in(g)->line_seq);
	return OK;
}

void mandate_fold_line(struct group *g, const struct fact *f)
{
	mandate_in(g)->line_seq = f->seq;
}

/* The sentence that refuses a step, or NULL when it is one. {0} is the symbol. */
static const char *step_refused(enum mandate_status from, enum mandate_status to)
{
	if (from == to)
		return "{0} is in this state already.";
	switch (to) {
	case MANDATE_NOTED:
		return "{0} was noted when it was recorded; a mandate does not go back to that.";
	case MANDATE_IN_FORCE:
		return from == MANDATE_NOTED
		           ? NULL
		           : "{0} has come into force before; extend it when the parent body "
		             "prolongs it.";
	case MANDATE_REPORTED:
		return from == MANDATE_IN_FORCE || from == MANDATE_EXTENDED
		           ? NULL
		           : "A report under {0} needs the mandate to be in force or extended.";
	case MANDATE_DISCHARGED:
	case MANDATE_EXTENDED:
		return from == MANDATE_REPORTED ? NULL
		                                : "The parent body discharges or extends {0} once "
		                                  "the group has reported; "
		                                  "mark it as reported first.";
	}
	must_fail("a state of a mandate", __FILE__, __LINE__);
}

enum rc mandate_decide_state(const struct group *g, struct act *act, struct err *err)
{
	const struct mandate *m;
	TRY(find(g, act, &m, err));
	enum mandate_status to = status_of(act_str(act, "state"));
	const char *refused = step_refused(m->status, to);
	if (refused)
		return ERR(err, REFUSED, "state", refused, m->symbol);
	if ((to == MANDATE_DISCHARGED || to == MANDATE_EXTENDED) && !act_has(act, "reason"))
		return ERR(err, INVALID, "reason",
		    "Say by which decision of the parent body {0} was discharged or extended.",
		    m->symbol);
	act_ref(act, m->state_seq);
	return OK;
}

void mandate_fold_state(struct group *g, const struct fact *f)
{
	struct mandate *m = &mandate_in(g)->mandates.p[fact_i64(f, "mandate") - 1];
	m->status = status_of(fact_str(f, "state"));
	m->state_seq = f->seq;
}
