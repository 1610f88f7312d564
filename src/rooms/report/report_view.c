/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/report/report_view.h"

#include "base/must.h"
#include "rooms/meeting/meeting.h"
#include "rooms/members/members.h"

#include "base/poison.h"

/* The number or day in a field that may be empty; NULL in the table then. */
static int64_t or_null(const struct fact *f, const char *field)
{
	return fact_has(f, field) ? fact_i64(f, field) : INT64_MIN;
}

/* --- the report itself --- */

static enum rc apply_outline(struct view *v, const struct fact *f, struct err *err)
{
	return report_add(
	    v->db, v->grp, fact_i64(f, "number"), fact_str(f, "title"), f->time, f->seq, err);
}

static enum rc apply_section(struct view *v, const struct fact *f, struct err *err)
{
	int64_t report = fact_i64(f, "report");
	int64_t section = fact_i64(f, "section");
	const struct value *covers = fact_value(f, "covers");
	int64_t place = fact_has(f, "order") ? fact_i64(f, "order") : section;
	TRY(report_add_section(
	    v->db, v->grp, report, section, fact_str(f, "heading"), place, f->seq, err));
	for (size_t i = 0; i < covers->numbers.n; i++)
		TRY(report_add_cover(v->db, v->grp, report, section, covers->numbers.p[i], err));
	return OK;
}

static enum rc apply_draft(struct view *v, const struct fact *f, struct err *err)
{
	const struct value *text = fact_value(f, "text");
	struct buf b = buf_in(v->arena, 0);
	for (size_t i = 0; i < text->list.n; i++) {
		buf_sep(&b, S("\n\n"));
		buf_put(&b, text->list.p[i]);
	}
	return report_add_draft(v->db, v->grp, fact_i64(f, "report"), fact_i64(f, "draft"),
	    buf_str(&b), fact_str(f, "note"), f->time, f->seq, err);
}

static enum rc apply_decide(struct view *v, const struct fact *f, struct err *err)
{
	return report_set_decided(v->db, v->grp, fact_i64(f, "report"), fact_str(f, "outcome"),
	    fact_str(f, "words"), or_null(f, "meeting"), f->time, f->seq, err);
}

static enum rc apply_issue(struct view *v, const struct fact *f, struct err *err)
{
	return report_set_issued(v->db, v->grp, fact_i64(f, "report"), fact_i64(f, "draft"),
	    fact_str(f, "responsibility"), fact_str(f, "symbol"), f->time, f->seq, err);
}

static enum rc apply_transmit(struct view *v, const struct fact *f, struct err *err)
{
	return report_set_transmitted(v->db, v->grp, fact_i64(f, "report"), fact_str(f, "to"),
	    fact_i64(f, "date"), f->seq, err);
}

static enum rc apply_consider(struct view *v, const struct fact *f, struct err *err)
{
	return report_add_considered(v->db, v->grp, fact_i64(f, "report"), fact_str(f, "by"),
	    fact_i64(f, "date"), fact_str(f, "note"), f->seq, err);
}

/* --- what the other rooms say --- */

static enum rc apply_mandate(struct view *v, const struct fact *f, struct err *err)
{
	return report_add_mandate(v->db, v->grp, fact_i64(f, "number"), fact_str(f, "parent_body"),
	    fact_str(f, "symbol"), fact_str(f, "title"), fact_i64(f, "date"),
	    fact_str(f, "report_back_session"), or_null(f, "report_back_date"), f->seq, err);
}

static enum rc apply_quote(struct view *v, const struct fact *f, struct err *err)
{
	return report_add_paragraph(v->db, v->grp, fact_i64(f, "number"), fact_i64(f, "mandate"),
	    fact_str(f, "paragraph"), fact_str(f, "text"), fact_str(f, "lang"), f->seq, err);
}

static enum rc apply_constituency(struct view *v, const struct fact *f, struct err *err)
{
	const struct constituency *c = members_constituency(v->group, fact_str(f, "code"));
	must(c);
	return report_add_constituency(v->db, v->grp, c->code, c->name, c->states, f->seq, err);
}

static enum rc apply_take_seat(struct view *v, const struct fact *f, struct err *err)
{
	const struct seat *s = members_seat(v->group, fact_i64(f, "seat"));
	must(s);
	return report_fill_seat(
	    v->db, v->grp, s->number, s->constituency, s->delegation, f->seq, err);
}

static enum rc apply_vacate(struct view *v, const struct fact *f, struct err *err)
{
	return report_empty_seat(v->db, v->grp, fact_i64(f, "seat"), f->seq, err);
}

/* As the state has the meeting now; the entry is one of its proofs. */
static enum rc put_meeting(struct view *v, const struct fact *f, int64_t number, struct err *err)
{
	const struct meeting *m = meeting_get(v->group, number);
	must(m);
	TRY(report_put_meeting(v->db, v->grp, number, m->title, m->place, m->starts, m->ends,
	    meeting_has_begun(v->group, number) ? f->seq : INT64_MIN, err));
	return report_add_meeting_entry(v->db, v->grp, number, f->seq, err);
}

static enum rc apply_announce(struct view *v, const struct fact *f, struct err *err)
{
	return put_meeting(v, f, fact_i64(f, "number"), err);
}

static enum rc apply_meeting(struct view *v, const struct fact *f, struct err *err)
{
	return put_meeting(v, f, fact_i64(f, "meeting"), err);
}

static enum rc apply_transcript(struct view *v, const struct fact *f, struct err *err)
{
	return report_add_transcript(v->db, v->grp, f->seq, fact_i64(f, "meeting"),
	    or_null(f, "sitting"), fact_str(f, "kind"), fact_str(f, "url"), or_null(f, "document"),
	    fact_str(f, "note"), err);
}

static enum rc apply_call(struct view *v, const struct fact *f, struct err *err)
{
	return report_add_call(v->db, v->grp, fact_i64(f, "number"), fact_str(f, "title"),
	    fact_str(f, "audience"), fact_i64(f, "deadline"), or_null(f, "meeting"), f->seq, err);
}

static enum rc apply_question(struct view *v, const struct fact *f, struct err *err)
{
	return report_add_question(v->db, v->grp, fact_i64(f, "call"), fact_i64(f, "question"),
	    fact_str(f, "text"), f->seq, err);
}

static enum rc apply_call_open(struct view *v, const struct fact *f, struct err *err)
{
	return report_set_call_opened(v->db, v->grp, fact_i64(f, "call"), f->seq, err);
}

static enum rc apply_call_deadline(struct view *v, const struct fact *f, struct err *err)
{
	return report_set_call_deadline(
	    v->db, v->grp, fact_i64(f, "call"), fact_i64(f, "deadline"), err);
}

static enum rc apply_contribution(struct view *v, const struct fact *f, struct err *err)
{
	return report_add_contribution(
	    v->db, v->grp, fact_i64(f, "contribution"), fact_i64(f, "call"), f->seq, err);
}

static enum rc set_contribution(struct view *v, const struct fact *f, str status, struct err *err)
{
	return report_add_contribution_status(
	    v->db, v->grp, fact_i64(f, "contribution"), f->seq, status, err);
}

static enum rc apply_publish(struct view *v, const struct fact *f, struct err *err)
{
	return set_contribution(v, f, S("published"), err);
}

static enum rc apply_withhold(struct view *v, const struct fact *f, struct err *err)
{
	return set_contribution(v, f, S("withheld"), err);
}

static enum rc apply_reject(struct view *v, const struct fact *f, struct err *err)
{
	return set_contribution(v, f, S("rejected"), err);
}

static enum rc apply_withdraw(struct view *v, const struct fact *f, struct err *err)
{
	return set_contribution(v, f, S("withdrawn"), err);
}

static enum rc apply_replace(struct view *v, const struct fact *f, struct err *err)
{
	return set_contribution(v, f, S("replaced"), err);
}

static enum rc apply_document(struct view *v, const struct fact *f, struct err *err)
{
	return report_add_document(v->db, v->grp, fact_i64(f, "number"), fact_str(f, "symbol"),
	    fact_str(f, "kind"), fact_str(f, "title"), fact_str(f, "lang"), or_null(f, "meeting"),
	    f->seq, err);
}

static enum rc apply_compilation(struct view *v, const struct fact *f, struct err *err)
{
	return report_add_document(v->db, v->grp, fact_i64(f, "number"), fact_str(f, "symbol"),
	    S("compilation"), fact_str(f, "title"), fact_str(f, "lang"), or_null(f, "meeting"),
	    f->seq, err);
}

static const struct applier appliers[] = {
    {"report.outline", apply_outline},
    {"report.section", apply_section},
    {"report.draft", apply_draft},
    {"report.decide", apply_decide},
    {"report.issue", apply_issue},
    {"report.transmit", apply_transmit},
    {"report.consider", apply_consider},
    {"mandate.record", apply_mandate},
    {"mandate.quote", apply_quote},
    {"members.constituency", apply_constituency},
    {"members.take_seat", apply_take_seat},
    {"members.vacate", apply_vacate},
    {"meeting.announce", apply_announce},
    {"meeting.change", apply_meeting},
    {"meeting.cancel", apply_meeting},
    {"meeting.open", apply_meeting},
    {"meeting.close", apply_meeting},
    {"meeting.record", apply_transcript},
    {"call.draft", apply_call},
    {"call.question", apply_question},
    {"call.open", apply_call_open},
    {"call.extend", apply_call_deadline},
    {"call.reopen", apply_call_deadline},
    {"call.submit", apply_contribution},
    {"call.publish", apply_publish},
    {"call.withhold", apply_withhold},
    {"call.reject", apply_reject},
    {"call.withdraw", apply_withdraw},
    {"call.replace", apply_replace},
    {"document.issue", apply_document},
    {"compilation.issue", apply_compilation},
};

const struct room_view report_view = {
    .schema = &report_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
