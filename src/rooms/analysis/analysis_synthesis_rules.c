/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Syntheses, their statements, and what these rest on. */
#include "rooms/analysis/analysis_rules.h"

#include "base/must.h"
#include "rooms/call/call.h"

#include "base/poison.h"

/* --- what others ask --- */

#define FIND(vec, number) \
	((number) >= 1 && (number) <= (int64_t)(vec).n ? &(vec).p[(number)-1] : NULL)

const struct synthesis *analysis_synthesis(const struct group *g, int64_t number)
{
	return FIND(analysis_in(g)->syntheses, number);
}

const struct statement *analysis_statement(const struct group *g, int64_t number)
{
	return FIND(analysis_in(g)->statements, number);
}

str citation_side_word(enum citation_side s)
{
	switch (s) {
	case CITATION_SO:
		return S("so");
	case CITATION_OTHERWISE:
		return S("otherwise");
	}
	must_fail("side of a citation", __FILE__, __LINE__);
}

bool statement_cites(const struct group *g, const struct statement *s, int64_t contribution)
{
	for (size_t i = 0; i < s->citations.n && !s->struck; i++)
		if (analysis_passage(g, s->citations.p[i].passage)->contribution == contribution)
			return true;
	return false;
}

bool statement_cites_passage(const struct statement *s, int64_t passage)
{
	for (size_t i = 0; i < s->citations.n && !s->struck; i++)
		if (s->citations.p[i].passage == passage)
			return true;
	return false;
}

bool synthesis_cites(const struct group *g, const struct synthesis *s, int64_t contribution)
{
	const struct analysis_state *all = analysis_in(g);
	for (size_t i = 0; i < all->statements.n; i++)
		if (all->statements.p[i].synthesis == s->number &&
		    statement_cites(g, &all->statements.p[i], contribution))
			return true;
	return false;
}

/* --- finding --- */

enum rc analysis_need_synthesis(
    const struct group *g, struct act *act, const struct synthesis **out, struct err *err)
{
	*out = analysis_synthesis(g, act_i64(act, "synthesis"));
	if (!*out)
		return ERR(err, ABSENT, "synthesis", "There is no synthesis {0}.",
		    act_digits(act, act_i64(act, "synthesis")));
	act_ref(act, (*out)->seq);
	return OK;
}

enum rc analysis_need_statement(
    const struct group *g, struct act *act, const struct statement **out, struct err *err)
{
	*out = analysis_statement(g, act_i64(act, "statement"));
	if (!*out)
		return ERR(err, ABSENT, "statement", "There is no statement {0}.",
		    act_digits(act, act_i64(act, "statement")));
	act_ref(act, (*out)->seq);
	if ((*out)->struck)
		return ERR(err, REFUSED, "statement", "Statement {0} was struck out.",
		    act_digits(act, (*out)->number));
	act_give_i64(act, "synthesis", (*out)->synthesis);
	return OK;
}

enum rc analysis_need_reason(
    const struct group *g, struct act *act, const struct statement *s, struct err *err)
{
	const struct synthesis *y = analysis_synthesis(g, s->synthesis);
	if (!y->issued || act_has(act, "reason"))
		return OK;
	return ERR(err, REFUSED, "reason",
	    "Synthesis {0} is issued (entry {1} of the record): please say why it changes.",
	    act_digits(act, y->number), act_digits(act, y->issued));
}

struct statement *analysis_statement_of(struct group *g, const struct fact *f)
{
	struct statement *s = FIND(analysis_in(g)->statements, fact_i64(f, "statement"));
	must(s);
	return s;
}

/* --- the synthesis --- */

enum rc analysis_decide_open(const struct group *g, struct act *act, struct err *err)
{
	const struct analysis_state *s = analysis_in(g);
	const struct call_item *c = call_find(g, act_i64(act, "call"));
	if (!c)
		return ERR(err, ABSENT, "call", "There is no call {0}.",
		    act_digits(act, act_i64(act, "call")));
	act_ref(act, c->seq);
	if (c->status == CALL_DRAFT)
		return ERR(
		    err, REFUSED, "call", "Call {0} is not open yet.", act_digits(act, c->number));
	for (size_t i = 0; i < s->syntheses.n; i++)
		if (s->syntheses.p[i].call == c->number && !s->syntheses.p[i].issued)
			return ERR(err, REFUSED, "call",
			    "Synthesis {0} of call {1} is not issued yet; please go on with it.",
			    act_digits(act, s->syntheses.p[i].number), act_digits(act, c->number));
	act_give_i64(act, "synthesis", (int64_t)s->syntheses.n + 1);
	return OK;
}

void analysis_fold_open(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &analysis_in(g)->syntheses) = (struct synthesis){
	    .number = fact_i64(f, "synthesis"), .seq = f->seq, .call = fact_i64(f, "call")};
}

enum rc analysis_decide_state(const struct group *g, struct act *act, struct err *err)
{
	const struct synthesis *y;
	const struct analysis_theme *theme;
	TRY(analysis_need_synthesis(g, act, &y, err));
	if (y->issued)
		return ERR(err, REFUSED, "synthesis",
		    "Synthesis {0} is issued (entry {1} of the record): its statements can be "
		    "restated, but none is added.",
		    act_digits(act, y->number), act_digits(act, y->issued));
	if (act_has(act, "theme"))
		TRY(analysis_need_theme(g, act, &theme, err));
	int64_t questions = call_find(g, y->call)->questions;
	if (act_i64(act, "question") > questions)
		return ERR(err, INVALID, "question", "Call {0} has {1} questions.",
		    act_digits(act, y->call), act_digits(act, questions));
	act_give_i64(act, "statement", (int64_t)analysis_in(g)->statements.n + 1);
	return OK;
}

void analysis_fold_state(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &analysis_in(g)->statements) = (struct statement){
	    .number = fact_i64(f, "statement"),
	    .synthesis = fact_i64(f, "synthesis"),
	    .seq = f->seq,
	    .changed = f->seq,
	    .version = 1,
	};
}

enum rc analysis_decide_restate(const struct group *g, struct act *act, struct err *err)
{
	const struct statement *s;
	TRY(analysis_need_statement(g, act, &s, err));
	TRY(analysis_need_reason(g, act, s, err));
	act_give_i64(act, "version", s->version + 1);
	return OK;
}

void analysis_fold_restate(struct group *g, const struct fact *f)
{
	struct statement *s = analysis_statement_of(g, f);
	s->version = fact_i64(f, "version");
	s->changed = f->seq;
}

enum rc analysis_decide_strike(const struct group *g, struct act *act, struct err *err)
{
	const struct statement *s;
	return analysis_need_statement(g, act, &s, err);
}

/* What is struck rests on nothing: its passages can be unmarked. */
void analysis_fold_strike(struct group *g, const struct fact *f)
{
	struct statement *s = analysis_statement_of(g, f);
	s->struck = true;
	s->changed = f->seq;
	s->citations.n = 0;
}

/* --- citations --- */

static struct citation *citation_find(const struct statement *s, int64_t passage)
{
	for (size_t i = 0; i < s->citations.n; i++)
		if (s->citations.p[i].passage == passage)
			return &s->citations.p[i];
	return NULL;
}

static enum rc need_citable(const struct group *g, struct act *act, const struct statement *s,
    int64_t number, struct err *err)
{
	const struct passage *p;
	int64_t call = analysis_synthesis(g, s->synthesis)->call;
	TRY(analysis_need_passage(g, act, number, &p, err));
	if (citation_find(s, number))
		return ERR(err, REFUSED, "passages", "Statement {0} cites passage {1} already.",
		    act_digits(act, s->number), act_digits(act, number));
	const struct contribution_item *c = contribution_find(g, p->contribution);
	if ((c ? c->call : p->call) != call)
		return ERR(err, REFUSED, "passages",
		    "Passage {0} was not contributed to call {1}, of which this is a synthesis.",
		    act_digits(act, number), act_digits(act, call));
	if (!passage_words(g, p).n)
		return ERR(err, REFUSED, "passages",
		    "The words of passage {0} were erased, so nothing can rest on them.",
		    act_digits(act, number));
	return OK;
}

enum rc analysis_decide_cite(const struct group *g, struct act *act, struct err *err)
{
	const struct statement *s;
	const struct value *passages = act_value(act, "passages");
	TRY(analysis_need_statement(g, act, &s, err));
	TRY(analysis_need_reason(g, act, s, err));
	if (passages->numbers.n > ANALYSIS_CITED_MAX)
		return ERR(err, INVALID, "passages", "At most {0} passages at a time.",
		    act_digits(act, ANALYSIS_CITED_MAX));
	for (size_t i = 0; i < passages->numbers.n; i++) {
		TRY(need_citable(g, act, s, passages->numbers.p[i], err));
		for (size_t k = 0; k < i; k++)
			if (passages->numbers.p[k] == passages->numbers.p[i])
				return ERR(err, INVALID, "passages", "Passage {0} is there twice.",
				    act_digits(act, passages->numbers.p[i]));
	}
	return OK;
}

void analysis_fold_cite(struct group *g, const struct fact *f)
{
	struct statement *s = analysis_statement_of(g, f);
	const struct value *passages = fact_value(f, "passages");
	bool otherwise = str_is(fact_str(f, "side"), "otherwise");
	for (size_t i = 0; i < passages->numbers.n; i++)
		*vec_push(g->arena, &s->citations) = (struct citation){
		    passages->numbers.p[i], otherwise ? CITATION_OTHERWISE : CITATION_SO};
	s->changed = f->seq;
}

enum rc analysis_decide_uncite(const struct group *g, struct act *act, struct err *err)
{
	const struct statement *s;
	const struct passage *p;
	TRY(analysis_need_statement(g, act, &s, err));
	TRY(analysis_need_passage(g, act, act_i64(act, "passage"), &p, err));
	if (!citation_find(s, p->number))
		return ERR(err, INVALID, "passage", "Statement {0} does not cite passage {1}.",
		    act_digits(act, s->number), act_digits(act, p->number));
	TRY(analysis_need_reason(g, act, s, err));
	if (s->citations.n == 1 && analysis_synthesis(g, s->synthesis)->issued)
		return ERR(err, REFUSED, "passage",
		    "Without passage {0} statement {1} would rest on nothing; strike it out "
		    "instead.",
		    act_digits(act, p->number), act_digits(act, s->number));
	return OK;
}

void analysis_fold_uncite(struct group *g, const struct fact *f)
{
	struct statement *s = analysis_statement_of(g, f);
	struct citation *c = citation_find(s, fact_i64(f, "passage"));
	must(c);
	for (size_t i = (size_t)(c - s->citations.p); i + 1 < s->citations.n; i++)
		s->citations.p[i] = s->citations.p[i + 1];
	s->citations.n--;
	s->changed = f->seq;
}

/* --- issuing --- */

/* A contribution that may only be used together with others is not used alone. */
static enum rc need_support(
    const struct group *g, struct act *act, const struct statement *s, struct err *err)
{
	int64_t alone = 0;
	bool several = false, named = false, any = false;
	for (size_t i = 0; i < s->citations.n; i++) {
		const struct passage *p = analysis_passage(g, s->citations.p[i].passage);
		if (!passage_words(g, p).n)
			continue;
		any = true;
		/* What was said in public was said by name. */
		if (p->source == PASSAGE_TRANSCRIPT) {
			named = true;
			continue;
		}
		named |= contribution_find(g, p->contribution)->cite;
		several |= alone && alone != p->contribution;
		alone = p->contribution;
	}
	if (!any)
		return ERR(err, REFUSED, NULL,
		    "Statement {0} rests on no passage; cite what it rests on, or strike it out.",
		    act_digits(act, s->number));
	if (!named && !several)
		return ERR(err, REFUSED, NULL,
		    "Statement {0} rests on contribution {1} alone, whose author wants it used "
		    "only together with others; cite another beside it.",
		    act_digits(act, s->number), act_digits(act, alone));
	return OK;
}

enum rc analysis_decide_issue(const struct group *g, struct act *act, struct err *err)
{
	const struct analysis_state *all = analysis_in(g);
	const struct synthesis *y;
	int64_t statements = 0;
	TRY(analysis_need_synthesis(g, act, &y, err));
	if (y->issued)
		return ERR(err, REFUSED, "synthesis",
		    "Synthesis {0} is issued already (entry {1} of the record).",
		    act_digits(act, y->number), act_digits(act, y->issued));
	for (size_t i = 0; i < all->statements.n; i++) {
		const struct statement *s = &all->statements.p[i];
		if (s->synthesis != y->number || s->struck)
			continue;
		TRY(need_support(g, act, s, err));
		statements++;
	}
	if (!statements)
		return ERR(err, REFUSED, "synthesis", "Synthesis {0} has no statement yet.",
		    act_digits(act, y->number));
	act_give_i64(act, "statements", statements);
	return OK;
}

void analysis_fold_issue(struct group *g, const struct fact *f)
{
	struct synthesis *y = FIND(analysis_in(g)->syntheses, fact_i64(f, "synthesis"));
	must(y);
	y->issued = f->seq;
}
