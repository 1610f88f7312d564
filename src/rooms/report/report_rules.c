/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/report/report_rules.h"

#include "base/must.h"
#include "rooms/document/document.h"
#include "rooms/mandate/mandate.h"
#include "rooms/meeting/meeting.h"
#include "rooms/report/report_text.h"

#include "base/poison.h"

static struct report *at(const struct group *g, int64_t number)
{
	struct report_state *s = report_in(g);
	return number >= 1 && number <= (int64_t)s->v.n ? &s->v.p[number - 1] : NULL;
}

const struct report *report_get(const struct group *g, int64_t number)
{
	return at(g, number);
}

const struct report *report_current(const struct group *g, int64_t *number)
{
	int64_t n = (int64_t)report_in(g)->v.n;
	if (number)
		*number = n;
	return at(g, n);
}

/* The report that a fact is about; the rules have seen to it that there is one. */
static struct report *of_fact(struct group *g, const struct fact *f)
{
	struct report *r = at(g, fact_i64(f, "report"));
	must(r);
	return r;
}

static enum rc find(
    const struct group *g, struct act *act, const struct report **out, struct err *err)
{
	int64_t number = act_i64(act, "report");
	*out = report_get(g, number);
	if (!*out)
		return ERR(err, ABSENT, "report",
		    "There is no report {0} in this group; open one first.",
		    act_digits(act, number));
	return OK;
}

/* A report that is not issued yet. */
static enum rc find_open(
    const struct group *g, struct act *act, const struct report **out, struct err *err)
{
	TRY(find(g, act, out, err));
	if ((*out)->issued)
		return ERR(err, REFUSED, "report",
		    "The report is issued as {0} and never changes; issue a corrigendum as a "
		    "document, or open a further report.",
		    (*out)->symbol);
	return OK;
}

enum rc report_decide_outline(const struct group *g, struct act *act, struct err *err)
{
	int64_t number;
	const struct report *r = report_current(g, &number);
	if (r && !r->issued)
		return ERR(err, REFUSED, "title",
		    "Report {0} is not issued yet; issue it before opening another.",
		    act_digits(act, number));
	act_give_i64(act, "number", number + 1);
	return OK;
}

void report_fold_outline(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &report_in(g)->v) = (struct report){
	    .title = arena_str(g->arena, fact_str(f, "title")),
	    .transmitted = USEC_NONE,
	    .seq = f->seq,
	};
}

enum rc report_decide_section(const struct group *g, struct act *act, struct err *err)
{
	const struct report *r;
	TRY(find_open(g, act, &r, err));
	for (size_t i = 0; i < r->sections.n; i++)
		if (str_eq_nocase(r->sections.p[i].heading, act_str(act, "heading")))
			return ERR(err, REFUSED, "heading",
			    "Section {0} of the outline has this heading already.",
			    act_digits(act, (int64_t)i + 1));
	const struct value *covers = act_value(act, "covers");
	for (size_t i = 0; i < covers->numbers.n; i++)
		if (!mandate_paragraph_get(g, covers->numbers.p[i]))
			return ERR(err, ABSENT, "covers",
			    "No paragraph {0} of the mandate is quoted; quote it first.",
			    act_digits(act, covers->numbers.p[i]));
	act_give_i64(act, "section", (int64_t)r->sections.n + 1);
	act_ref(act, r->seq);
	return OK;
}

void report_fold_section(struct group *g, const struct fact *f)
{
	const struct value *covers = fact_value(f, "covers");
	struct report_section *s = vec_push(g->arena, &of_fact(g, f)->sections);
	s->heading = arena_str(g->arena, fact_str(f, "heading"));
	s->seq = f->seq;
	for (size_t i = 0; i < covers->numbers.n; i++)
		*vec_push(g->arena, &s->covers) = covers->numbers.p[i];
}

enum rc report_decide_draft(const struct group *g, struct act *act, struct err *err)
{
	const struct report *r;
	TRY(find_open(g, act, &r, err));
	const struct value *text = act_value(act, "text");
	struct report_text parsed;
	TRY(report_text_read(act->arena, text->list.p, text->list.n, &parsed, err));
	act_give_i64(act, "draft", (int64_t)r->drafts.n + 1);
	act_ref(act, r->drafts.n ? r->drafts.p[r->drafts.n - 1].seq : r->seq);
	return OK;
}

void report_fold_draft(struct group *g, const struct fact *f)
{
	const struct value *text = fact_value(f, "text");
	struct report_draft *d = vec_push(g->arena, &of_fact(g, f)->drafts);
	d->seq = f->seq;
	for (size_t i = 0; i < text->list.n; i++)
		d->says_adopted = d->says_adopted || report_says_adopted(text->list.p[i]);
}

enum rc report_decide_decide(const struct group *g, struct act *act, struct err *err)
{
	const struct report *r;
	TRY(find_open(g, act, &r, err));
	if (r->outcome != REPORT_UNDECIDED)
		return ERR(err, REFUSED, "outcome",
		    "The decision on this report is recorded in entry {0} and stands.",
		    act_digits(act, r->decided_seq));
	if (str_is(act_str(act, "outcome"), "adopted") && r->drafts.n == 0)
		return ERR(err, REFUSED, "outcome",
		    "There is no draft that the group could have adopted; put a draft first.");
	int64_t meeting = act_i64(act, "meeting");
	if (act_has(act, "meeting") && !meeting_get(g, meeting))
		return ERR(err, ABSENT, "meeting",
		    "There is no meeting {0} in this group; announce it first.",
		    act_digits(act, meeting));
	act_ref(act, r->drafts.n ? r->drafts.p[r->drafts.n - 1].seq : r->seq);
	return OK;
}

void report_fold_decide(struct group *g, const struct fact *f)
{
	struct report *r = of_fact(g, f);
	r->outcome =
	    str_is(fact_str(f, "outcome"), "adopted") ? REPORT_ADOPTED : REPORT_NO_AGREEMENT;
	r->decided_seq = f->seq;
}

/* Without agreement the report is the Chair's own, and claims nothing else. */
static enum rc need_chairs_own(
    struct act *act, const struct report *r, int64_t draft, struct err *err)
{
	if (str_is(act_str(act, "responsibility"), "group"))
		return ERR(err, REFUSED, "responsibility",
		    "The group reached no agreement, so it cannot issue the report; the Chair can, "
		    "under the Chair's own responsibility.");
	if (report_says_adopted(r->title))
		return ERR(err, REFUSED, "report",
		    "The title of the report says \"adopted\", and no agreement was reached.");
	if (r->drafts.p[draft - 1].says_adopted)
		return ERR(err, REFUSED, "draft",
		    "Draft {0} says \"adopted\", and no agreement was reached; put a draft without "
		    "that word and issue it.",
		    act_digits(act, draft));
	return OK;
}

enum rc report_decide_issue(const struct group *g, struct act *act, struct err *err)
{
	int64_t draft = act_i64(act, "draft");
	const struct report *r;
	TRY(find_open(g, act, &r, err));
	if (draft < 1 || draft > (int64_t)r->drafts.n)
		return ERR(err, ABSENT, "draft", "The report has no draft {0}; it has {1}.",
		    act_digits(act, draft), act_digits(act, (int64_t)r->drafts.n));
	if (r->outcome == REPORT_UNDECIDED)
		return ERR(err, REFUSED, "report",
		    "Record first whether the group adopted the report or reached no agreement.");
	if (r->outcome == REPORT_NO_AGREEMENT)
		TRY(need_chairs_own(act, r, draft, err));
	act_give_str(act, "symbol", document_next_symbol(act->arena, g, "report", act->now));
	act_ref(act, r->decided_seq);
	act_ref(act, r->drafts.p[draft - 1].seq);
	return OK;
}

void report_fold_issue(struct group *g, const struct fact *f)
{
	struct report *r = of_fact(g, f);
	r->issued = fact_i64(f, "draft");
	r->by_chair = str_is(fact_str(f, "responsibility"), "chair");
	r->symbol = arena_str(g->arena, fact_str(f, "symbol"));
	r->issued_at = f->time;
	r->issued_seq = f->seq;
	document_fold_other(g, f->seq, S("report"), r->symbol, 0);
}

/* A day that has come, and not before `from`. */
static enum rc need_day(const struct act *act, usec from, const char *too_early, struct err *err)
{
	usec day = act_i64(act, "date");
	if (day > act->now)
		return ERR(err, INVALID, "date", "This day has not come yet.");
	if (day + USEC_DAY <= from)
		return ERR(err, INVALID, "date", too_early);
	return OK;
}

enum rc report_decide_transmit(const struct group *g, struct act *act, struct err *err)
{
	const struct report *r;
	TRY(find(g, act, &r, err));
	if (!r->issued)
		return ERR(err, REFUSED, "report",
		    "Only an issued report can be transmitted; issue it first.");
	if (r->transmitted_seq)
		return ERR(err, REFUSED, "report",
		    "The record says already, in entry {0}, that the report was transmitted.",
		    act_digits(act, r->transmitted_seq));
	TRY(need_day(act, r->issued_at, "The report was not issued yet on that day.", err));
	act_ref(act, r->issued_seq);
	return OK;
}

void report_fold_transmit(struct group *g, const struct fact *f)
{
	struct report *r = of_fact(g, f);
	r->transmitted = fact_i64(f, "date");
	r->transmitted_seq = f->seq;
}

enum rc report_decide_consider(const struct group *g, struct act *act, struct err *err)
{
	const struct report *r;
	TRY(find(g, act, &r, err));
	if (!r->transmitted_seq)
		return ERR(err, REFUSED, "report",
		    "The report was not transmitted yet; record to whom and when first.");
	TRY(need_day(act, r->transmitted, "The report was not transmitted yet on that day.", err));
	act_ref(act, r->transmitted_seq);
	return OK;
}

void report_fold_consider(struct group *g, const struct fact *f)
{
	of_fact(g, f)->considered_seq = f->seq;
}
