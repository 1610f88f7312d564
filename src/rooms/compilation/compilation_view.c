/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Acts on compilations into the tables of compilation_view.sql. */
#include "engine/room.h"
#include "base/must.h"
#include "compilation_view.sql.h"
#include "rooms/compilation/compilation.h"
#include "rooms/document/document.h"
#include "rooms/proposal/proposal.h"

#include "base/poison.h"

static enum rc add_turn(
    struct view *v, const struct fact *f, int64_t number, const char *what, struct err *err)
{
	const struct compilation *c = compilation_get(v->group, number);
	must(c);
	return compilation_add_turn(
	    v->db, v->grp, number, f->seq, str_of(what), c->zone, c->deadline, f->time, err);
}

static enum rc apply_open(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "number");
	TRY(compilation_add(v->db, v->grp, number, fact_str(f, "title"), f->time, f->seq, err));
	return add_turn(v, f, number, "opened", err);
}

static enum rc apply_extend(struct view *v, const struct fact *f, struct err *err)
{
	return add_turn(v, f, fact_i64(f, "compilation"), "extended", err);
}

static enum rc apply_close(struct view *v, const struct fact *f, struct err *err)
{
	return add_turn(v, f, fact_i64(f, "number"), "closed", err);
}

static enum rc apply_heading(struct view *v, const struct fact *f, struct err *err)
{
	return compilation_add_heading(v->db, v->grp, fact_i64(f, "compilation"),
	    fact_i64(f, "section"), f->seq, fact_str(f, "heading"),
	    fact_has(f, "order") ? fact_i64(f, "order") : -1, err);
}

static enum rc apply_merge_sections(struct view *v, const struct fact *f, struct err *err)
{
	return compilation_add_joined(v->db, v->grp, fact_i64(f, "compilation"),
	    fact_i64(f, "section"), f->seq, fact_i64(f, "into"), err);
}

/* Whose each proposal is, is kept as it stood when it was placed. */
static enum rc add_placings(
    struct view *v, const struct fact *f, int64_t section, str theme, str reason, struct err *err)
{
	const struct value *proposals = fact_value(f, "proposals");
	for (size_t i = 0; i < proposals->numbers.n; i++) {
		int64_t number = proposals->numbers.p[i];
		const struct proposal *p = proposal_get(v->group, number);
		must(p && p->sponsors.n);
		str person = actor_is_none(p->by) ? STR_EMPTY : actor_str(v->arena, p->by);
		TRY(compilation_add_placing(v->db, v->grp, fact_i64(f, "compilation"), number,
		    f->seq, section, theme, reason, person, p->sponsors.p[0].delegation, err));
	}
	return OK;
}

static enum rc apply_place(struct view *v, const struct fact *f, struct err *err)
{
	return add_placings(v, f, fact_i64(f, "section"), fact_str(f, "theme"), STR_EMPTY, err);
}

static enum rc apply_unplace(struct view *v, const struct fact *f, struct err *err)
{
	return add_placings(v, f, 0, STR_EMPTY, fact_str(f, "reason"), err);
}

static enum rc apply_confirm(struct view *v, const struct fact *f, struct err *err)
{
	return compilation_add_answer(v->db, v->grp, fact_i64(f, "compilation"),
	    fact_i64(f, "proposal"), f->seq, fact_str(f, "delegation"), fact_i64(f, "revision"),
	    fact_str(f, "answer"), fact_str(f, "note"), f->time, err);
}

static enum rc apply_issue(struct view *v, const struct fact *f, struct err *err)
{
	const struct value *text = fact_value(f, "text");
	str symbol = fact_str(f, "symbol");
	struct buf joined = buf_in(v->arena, 0);
	for (size_t i = 0; i < text->list.n; i++) {
		buf_sep(&joined, S("\n\n"));
		buf_put(&joined, text->list.p[i]);
	}
	return compilation_add_issue(v->db, v->grp, fact_i64(f, "compilation"),
	    fact_i64(f, "issue"), f->seq, symbol, document_slug(v->arena, symbol),
	    fact_str(f, "title"), fact_str(f, "lang"), buf_str(&joined), f->time, err);
}

static const struct applier appliers[] = {
    {"compilation.open", apply_open},
    {"compilation.extend", apply_extend},
    {"compilation.close", apply_close},
    {"compilation.section", apply_heading},
    {"compilation.rename_section", apply_heading},
    {"compilation.merge_sections", apply_merge_sections},
    {"compilation.place", apply_place},
    {"compilation.unplace", apply_unplace},
    {"compilation.confirm", apply_confirm},
    {"compilation.issue", apply_issue},
};

const struct room_view compilation_view = {
    .schema = &compilation_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
