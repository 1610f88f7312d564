/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "mandate_view.sql.h"

#include "base/poison.h"

/* The value of a field, or SQL's NULL when it is not set. */
static int64_t i64_or_null(const struct fact *f, const char *name)
{
	return fact_has(f, name) ? fact_i64(f, name) : INT64_MIN;
}

static enum rc apply_record(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "number");
	TRY(mandate_put(v->db, v->grp, number, fact_str(f, "parent_body"), fact_str(f, "symbol"),
	    fact_str(f, "title"), fact_i64(f, "date"), fact_str(f, "url"),
	    fact_str(f, "report_back_session"), i64_or_null(f, "report_back_date"), f->seq, err));
	return mandate_put_step(v->db, v->grp, number, f->seq, S("noted"), STR_EMPTY, f->time, err);
}

static enum rc apply_state(struct view *v, const struct fact *f, struct err *err)
{
	int64_t mandate = fact_i64(f, "mandate");
	TRY(mandate_set_state(v->db, v->grp, mandate, fact_str(f, "state"), err));
	return mandate_put_step(v->db, v->grp, mandate, f->seq, fact_str(f, "state"),
	    fact_str(f, "reason"), f->time, err);
}

static enum rc apply_quote(struct view *v, const struct fact *f, struct err *err)
{
	return mandate_put_paragraph(v->db, v->grp, fact_i64(f, "number"), fact_i64(f, "mandate"),
	    fact_str(f, "paragraph"), fact_str(f, "text"), fact_str(f, "lang"), f->seq, err);
}

static enum rc apply_line(struct view *v, const struct fact *f, struct err *err)
{
	const struct value *bodies = fact_value(f, "bodies");
	TRY(mandate_clear_line(v->db, v->grp, err));
	for (size_t i = 0; i < bodies->list.n; i++)
		TRY(mandate_put_body(
		    v->db, v->grp, (int64_t)i + 1, bodies->list.p[i], f->seq, err));
	return OK;
}

/* The report room's sections say which paragraphs of the mandate they answer. */
static enum rc apply_section(struct view *v, const struct fact *f, struct err *err)
{
	const struct value *covers = fact_value(f, "covers");
	for (size_t i = 0; i < covers->numbers.n; i++)
		TRY(mandate_put_coverage(v->db, v->grp, fact_i64(f, "report"),
		    fact_i64(f, "section"), covers->numbers.p[i], fact_str(f, "heading"), f->seq,
		    err));
	return OK;
}

static const struct applier appliers[] = {
    {"mandate.record", apply_record},
    {"mandate.quote", apply_quote},
    {"mandate.line", apply_line},
    {"mandate.state", apply_state},
    {"report.section", apply_section},
};

const struct room_view mandate_view = {
    .schema = &mandate_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
