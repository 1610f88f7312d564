/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Entries of the analysis into the tables of analysis_view.sql. */
#include "analysis_view.sql.h"
#include "base/must.h"
#include "engine/room.h"
#include "rooms/analysis/analysis.h"

#include "base/poison.h"

static enum rc apply_theme(struct view *v, const struct fact *f, struct err *err)
{
	return analysis_theme_add(v->db, v->grp, fact_i64(f, "number"), fact_str(f, "title"),
	    fact_str(f, "text"), f->seq, err);
}

static enum rc apply_rename(struct view *v, const struct fact *f, struct err *err)
{
	return analysis_theme_rename(
	    v->db, v->grp, fact_i64(f, "theme"), fact_str(f, "title"), err);
}

static enum rc apply_mark(struct view *v, const struct fact *f, struct err *err)
{
	const struct passage *p = analysis_passage(v->group, fact_i64(f, "passage"));
	must(p);
	return analysis_passage_add(v->db, v->grp, p->number, passage_source_word(p->source),
	    p->contribution, p->question, p->paragraph, p->from, p->to, p->theme, f->seq,
	    p->meeting, p->segment, p->version, p->call, err);
}

static enum rc apply_unmark(struct view *v, const struct fact *f, struct err *err)
{
	return analysis_passage_drop(v->db, v->grp, fact_i64(f, "passage"), err);
}

static enum rc apply_sort(struct view *v, const struct fact *f, struct err *err)
{
	return analysis_passage_sort(
	    v->db, v->grp, fact_i64(f, "passage"), fact_i64(f, "theme"), err);
}

static enum rc apply_open(struct view *v, const struct fact *f, struct err *err)
{
	return analysis_synthesis_add(v->db, v->grp, fact_i64(f, "synthesis"), fact_i64(f, "call"),
	    fact_str(f, "title"), fact_str(f, "lang"), f->seq, err);
}

static enum rc apply_issue(struct view *v, const struct fact *f, struct err *err)
{
	return analysis_synthesis_issue(
	    v->db, v->grp, fact_i64(f, "synthesis"), f->seq, f->time, err);
}

static enum rc apply_state(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "statement");
	TRY(analysis_statement_add(v->db, v->grp, number, fact_i64(f, "synthesis"),
	    fact_i64(f, "question"), fact_i64(f, "theme"), f->seq, err));
	return analysis_version_add(
	    v->db, v->grp, number, 1, fact_str(f, "text"), STR_EMPTY, f->time, f->seq, err);
}

static enum rc apply_restate(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "statement"), version = fact_i64(f, "version");
	TRY(analysis_statement_version(v->db, v->grp, number, version, err));
	return analysis_version_add(v->db, v->grp, number, version, fact_str(f, "text"),
	    fact_str(f, "reason"), f->time, f->seq, err);
}

static enum rc apply_strike(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "statement");
	TRY(analysis_citations_drop(v->db, v->grp, number, err));
	return analysis_statement_strike(v->db, v->grp, number, f->seq, fact_str(f, "reason"), err);
}

static enum rc apply_cite(struct view *v, const struct fact *f, struct err *err)
{
	const struct value *passages = fact_value(f, "passages");
	for (size_t i = 0; i < passages->numbers.n; i++)
		TRY(analysis_citation_add(v->db, v->grp, fact_i64(f, "statement"),
		    passages->numbers.p[i], fact_str(f, "side"), f->seq, err));
	return OK;
}

static enum rc apply_uncite(struct view *v, const struct fact *f, struct err *err)
{
	int64_t statement = fact_i64(f, "statement"), passage = fact_i64(f, "passage");
	TRY(analysis_citation_drop(v->db, v->grp, statement, passage, err));
	return analysis_taken_out_add(
	    v->db, v->grp, f->seq, statement, passage, fact_str(f, "reason"), f->time, err);
}

static enum rc apply_misread(struct view *v, const struct fact *f, struct err *err)
{
	const struct statement *s = analysis_statement(v->group, fact_i64(f, "statement"));
	must(s);
	return analysis_misreading_add(v->db, v->grp, fact_i64(f, "misreading"), s->number,
	    fact_i64(f, "contribution"), fact_i64(f, "passage"), fact_i64(f, "meeting"),
	    fact_i64(f, "segment"), fact_bool(f, "on_behalf"), fact_str(f, "text"),
	    fact_str(f, "lang"), s->version, f->time, f->seq, err);
}

static enum rc apply_answer(struct view *v, const struct fact *f, struct err *err)
{
	return analysis_misreading_answer(v->db, v->grp, fact_i64(f, "misreading"),
	    fact_str(f, "outcome"), fact_str(f, "text"), f->time, f->seq, err);
}

static enum rc apply_notify(struct view *v, const struct fact *f, struct err *err)
{
	return analysis_notice_add(v->db, v->grp, fact_i64(f, "synthesis"),
	    fact_i64(f, "contribution"), fact_str(f, "way"), f->time, f->seq, err);
}

static const struct applier appliers[] = {
    {"analysis.theme", apply_theme},
    {"analysis.rename", apply_rename},
    {"analysis.mark", apply_mark},
    {"analysis.mark_said", apply_mark},
    {"analysis.unmark", apply_unmark},
    {"analysis.sort", apply_sort},
    {"analysis.open", apply_open},
    {"analysis.issue", apply_issue},
    {"analysis.state", apply_state},
    {"analysis.restate", apply_restate},
    {"analysis.strike", apply_strike},
    {"analysis.cite", apply_cite},
    {"analysis.uncite", apply_uncite},
    {"analysis.misread", apply_misread},
    {"analysis.answer", apply_answer},
    {"analysis.notify", apply_notify},
};

const struct room_view analysis_view = {
    .schema = &analysis_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
