/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/proposal/proposal_view.h"

#include "base/must.h"
#include "rooms/proposal/proposal.h"

#include "base/poison.h"

/* The paragraphs of a text with a blank line between. In arena. */
static str joined(struct arena *a, const struct value *text)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < text->list.n; i++) {
		buf_sep(&b, S("\n\n"));
		buf_put(&b, text->list.p[i]);
	}
	return buf_str(&b);
}

/* The number in a field that may be empty; NULL in the table then. */
static int64_t or_null(const struct fact *f, const char *field)
{
	return fact_has(f, field) ? fact_i64(f, field) : INT64_MIN;
}

/* The status of now, and that it began here. */
static enum rc set_status(
    struct view *v, const struct fact *f, int64_t number, str status, struct err *err)
{
	TRY(proposal_set_status(v->db, v->grp, number, status, err));
	return proposal_add_change(v->db, v->grp, number, status, f->seq, err);
}

/* The first version of a new proposal, with the sponsors that the state gives it. */
static enum rc add(struct view *v, const struct fact *f, int64_t number, str text,
    int64_t contribution, bool on_behalf, struct err *err)
{
	const struct proposal *p = proposal_get(v->group, number);
	must(p);
	TRY(proposal_add(v->db, v->grp, number, p->section, p->title, p->lang, contribution,
	    on_behalf, f->time, f->seq, err));
	TRY(proposal_add_change(v->db, v->grp, number, S("open"), f->seq, err));
	TRY(proposal_add_revision(
	    v->db, v->grp, number, 1, p->title, text, STR_EMPTY, f->time, f->seq, err));
	for (size_t i = 0; i < p->sponsors.n; i++) {
		const struct proposal_sponsor *s = &p->sponsors.p[i];
		TRY(proposal_add_sponsor(v->db, v->grp, number, s->delegation,
		    s->seat ? s->seat : INT64_MIN, f->time, f->seq, err));
	}
	return OK;
}

static enum rc apply_submit(struct view *v, const struct fact *f, struct err *err)
{
	return add(v, f, fact_i64(f, "number"), joined(v->arena, fact_value(f, "text")),
	    or_null(f, "contribution"), fact_bool(f, "on_behalf"), err);
}

static enum rc apply_revise(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "proposal");
	int64_t revision = fact_i64(f, "revision");
	const struct proposal *p = proposal_get(v->group, number);
	must(p);
	TRY(proposal_set_revision(v->db, v->grp, number, revision, p->title, err));
	return proposal_add_revision(v->db, v->grp, number, revision, p->title,
	    joined(v->arena, fact_value(f, "text")), fact_str(f, "reason"), f->time, f->seq, err);
}

static enum rc apply_cosponsor(struct view *v, const struct fact *f, struct err *err)
{
	return proposal_add_sponsor(v->db, v->grp, fact_i64(f, "proposal"),
	    fact_str(f, "delegation"), or_null(f, "seat"), f->time, f->seq, err);
}

static enum rc apply_leave(struct view *v, const struct fact *f, struct err *err)
{
	return proposal_end_sponsor(v->db, v->grp, fact_i64(f, "proposal"),
	    fact_str(f, "delegation"), f->time, f->seq, err);
}

static enum rc apply_present(struct view *v, const struct fact *f, struct err *err)
{
	return proposal_add_presented(v->db, v->grp, fact_i64(f, "proposal"),
	    fact_i64(f, "meeting"), fact_str(f, "by"), f->time, f->seq, err);
}

static enum rc apply_merge(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "number");
	const struct value *sources = fact_value(f, "sources");
	TRY(add(v, f, number, joined(v->arena, fact_value(f, "text")), INT64_MIN, false, err));
	for (size_t i = 0; i < sources->numbers.n; i++) {
		int64_t source = sources->numbers.p[i];
		TRY(set_status(v, f, source, S("merged"), err));
		TRY(proposal_add_link(v->db, v->grp, source, number, S("merge"),
		    fact_str(f, "approach"), fact_str(f, "rationale"), f->time, f->seq, err));
	}
	return OK;
}

static enum rc apply_answer(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "proposal");
	if (str_is(fact_str(f, "answer"), "object")) {
		TRY(proposal_set_objected(v->db, v->grp, number, err));
		TRY(proposal_add_change(v->db, v->grp, number, S("open"), f->seq, err));
	}
	return proposal_add_answer(v->db, v->grp, number, fact_str(f, "delegation"),
	    fact_str(f, "answer"), fact_str(f, "note"), f->time, f->seq, err);
}

static enum rc apply_split(struct view *v, const struct fact *f, struct err *err)
{
	int64_t source = fact_i64(f, "proposal");
	int64_t first = fact_i64(f, "first");
	int64_t second = fact_i64(f, "second");
	TRY(add(v, f, first, joined(v->arena, fact_value(f, "first_text")), INT64_MIN, false, err));
	TRY(add(
	    v, f, second, joined(v->arena, fact_value(f, "second_text")), INT64_MIN, false, err));
	TRY(set_status(v, f, source, S("split"), err));
	TRY(proposal_add_link(
	    v->db, v->grp, source, first, S("split"), STR_EMPTY, STR_EMPTY, f->time, f->seq, err));
	return proposal_add_link(
	    v->db, v->grp, source, second, S("split"), STR_EMPTY, STR_EMPTY, f->time, f->seq, err);
}

static enum rc apply_withdraw(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "proposal");
	TRY(set_status(v, f, number, S("withdrawn"), err));
	return proposal_add_end(v->db, v->grp, number, S("withdrawn"), STR_EMPTY,
	    fact_str(f, "reason"), f->time, f->seq, err);
}

static enum rc apply_dispose(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "proposal");
	str disposition = fact_str(f, "disposition");
	TRY(set_status(v, f, number, disposition, err));
	return proposal_add_end(v->db, v->grp, number, disposition, fact_str(f, "paragraph"),
	    fact_str(f, "reason"), f->time, f->seq, err);
}

static const struct applier appliers[] = {
    {"proposal.submit", apply_submit},
    {"proposal.revise", apply_revise},
    {"proposal.cosponsor", apply_cosponsor},
    {"proposal.leave", apply_leave},
    {"proposal.present", apply_present},
    {"proposal.merge", apply_merge},
    {"proposal.answer", apply_answer},
    {"proposal.split", apply_split},
    {"proposal.withdraw", apply_withdraw},
    {"proposal.dispose", apply_dispose},
};

const struct room_view proposal_view = {
    .schema = &proposal_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
