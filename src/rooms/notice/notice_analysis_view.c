/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Notices of the analysis: to every author and speaker, where the own words were used. */
#include "rooms/analysis/analysis.h"
#include "rooms/call/call.h"
#include "rooms/caption/caption.h"
#include "rooms/members/members.h"
#include "rooms/notice/notice_view.h"

#include "base/must.h"

#include "base/poison.h"

static struct notice of_use(
    const struct telling *t, const char *what, int64_t number, int64_t contribution)
{
	return (struct notice){.what = what,
	    .a = notice_digits(t, number),
	    .b = notice_digits(t, contribution),
	    .path = arena_printf(t->v->arena, "contributions/%lld", (long long)contribution),
	    .about = notice_pair(t, "use", number, contribution)};
}

/*
 * Who said a passage of a transcript: the person when it is known, else those who speak for the
 * seat. Each is told once of a meeting, by the first of its words there.
 */
static enum rc tell_speaker(
    struct telling *t, const char *what, int64_t number, const struct passage *p, struct err *err)
{
	const struct utterance *u = caption_utterance(t->v->group, p->meeting, p->segment);
	struct notice x = {.what = what,
	    .a = notice_digits(t, number),
	    .b = notice_digits(t, p->meeting),
	    .path = utterance_path(t->v->arena, p->meeting, p->segment),
	    .about = notice_pair(t, "said", number, p->meeting)};
	if (!u)
		return OK;
	return actor_is_none(u->person) ? notice_tell_seat(t, u->seat, &x, err)
	                                : notice_tell(t, u->person, STR_EMPTY, &x, err);
}

/* Whose spoken words a statement rests on. */
static enum rc tell_speakers(
    struct telling *t, const char *what, int64_t number, const struct statement *s, struct err *err)
{
	for (size_t i = 0; i < s->citations.n && !s->struck; i++) {
		const struct passage *p = analysis_passage(t->v->group, s->citations.p[i].passage);
		must(p);
		if (p->source == PASSAGE_TRANSCRIPT)
			TRY(tell_speaker(t, what, number, p, err));
	}
	return OK;
}

enum rc notice_issue(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	const struct synthesis *s = analysis_synthesis(v->group, fact_i64(f, "synthesis"));
	must(s);
	for (int64_t i = 1; i <= contribution_total(v->group); i++) {
		struct notice x = of_use(&t, "analysis.used", s->number, i);
		if (synthesis_cites(v->group, s, i))
			TRY(notice_tell_author(&t, i, &x, err));
	}
	const struct statement *one;
	for (int64_t i = 1; (one = analysis_statement(v->group, i)); i++)
		if (one->synthesis == s->number)
			TRY(tell_speakers(&t, "analysis.said_used", s->number, one, err));
	return OK;
}

/* The statement of the fact, when its synthesis has been issued; before, nobody is told. */
static const struct statement *issued(const struct view *v, const struct fact *f)
{
	const struct statement *s = analysis_statement(v->group, fact_i64(f, "statement"));
	must(s);
	const struct synthesis *all = analysis_synthesis(v->group, s->synthesis);
	return all && all->issued ? s : NULL;
}

enum rc notice_cite(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	const struct statement *s = issued(v, f);
	const struct value *passages = fact_value(f, "passages");
	for (size_t i = 0; s && i < passages->numbers.n; i++) {
		const struct passage *p = analysis_passage(v->group, passages->numbers.p[i]);
		must(p);
		struct notice x = of_use(&t, "analysis.cited", s->number, p->contribution);
		if (p->source == PASSAGE_TRANSCRIPT)
			TRY(tell_speaker(&t, "analysis.said_cited", s->number, p, err));
		else
			TRY(notice_tell_author(&t, p->contribution, &x, err));
	}
	return OK;
}

enum rc notice_restate(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	const struct statement *s = issued(v, f);
	for (int64_t i = 1; s && i <= contribution_total(v->group); i++) {
		struct notice x = of_use(&t, "analysis.restated", s->number, i);
		if (statement_cites(v->group, s, i))
			TRY(notice_tell_author(&t, i, &x, err));
	}
	if (s)
		TRY(tell_speakers(&t, "analysis.said_restated", s->number, s, err));
	return OK;
}

static str about_misreading(const struct telling *t, int64_t number)
{
	return arena_printf(t->v->arena, "misreading %lld", (long long)number);
}

/* The Chair is asked to answer. */
enum rc notice_misread(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	const struct statement *s = analysis_statement(v->group, fact_i64(f, "statement"));
	must(s);
	struct notice x = {.what = "analysis.misread",
	    .a = notice_digits(&t, fact_i64(f, "contribution")),
	    .b = notice_digits(&t, s->number),
	    .path = arena_printf(v->arena, "syntheses/%lld", (long long)s->synthesis),
	    .about = about_misreading(&t, fact_i64(f, "misreading")),
	    .asks = true};
	if (fact_has(f, "passage")) {
		x.what = "analysis.said_misread";
		x.a = notice_digits(&t, fact_i64(f, "meeting"));
	}
	return notice_tell(&t, members_chair(v->group), STR_EMPTY, &x, err);
}

enum rc notice_answer(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	const struct misreading *m = analysis_misreading(v->group, fact_i64(f, "misreading"));
	must(m);
	bool corrected = str_is(fact_str(f, "outcome"), "corrected");
	struct notice x = of_use(&t, corrected ? "analysis.corrected" : "analysis.stands",
	    m->statement, m->contribution);
	TRY(notice_close(&t, about_misreading(&t, m->number), STR_EMPTY, err));
	if (m->passage)
		return tell_speaker(&t,
		    corrected ? "analysis.said_corrected" : "analysis.said_stands", m->statement,
		    analysis_passage(v->group, m->passage), err);
	return notice_tell_author(&t, m->contribution, &x, err);
}
