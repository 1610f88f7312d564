/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/report/report_pages.h"

#include "engine/page.h"
#include "engine/room.h"
#include "report_page.html.h"

#include "base/poison.h"

static enum rc make_doc(
    struct page *p, int64_t draft, const struct report_doc **out, struct err *err)
{
	struct report_doc *doc = arena_new_of(p->arena, struct report_doc);
	struct report_group g = {
	    .grp = p->group.id, .slug = p->group.slug, .title = p->group.title, .base = STR_EMPTY};
	TRY(report_doc_make(p->db, p->arena, &g, draft, doc, err));
	page_fact(p, "facts", report_facts_json(p->arena, doc->facts));
	*out = doc;
	return OK;
}

/* --- the state of the report --- */

static void status_line(
    struct page *p, struct report_page *v, const char *name, str value, int64_t seq)
{
	*vec_push(p->arena, &v->status) = (struct report_status_line){
	    .name = page_t(p, name), .value = value, .record = page_record_url(p, seq)};
}

static void fill_state(struct page *p, struct report_page *v, const struct report_last_row *r)
{
	bool chair = str_is(r->responsibility, "chair");
	v->state = S("draft");
	v->state_label = page_t(p, "Draft");
	if (r->decided_seq != INT64_MIN) {
		v->state = r->outcome;
		v->state_label = str_is(r->outcome, "adopted")
		                     ? page_t(p, "Adopted by the group")
		                     : page_t(p, "No agreement: no recommendations");
		status_line(p, v, "Outcome", v->state_label, r->decided_seq);
	}
	if (r->issued_seq == INT64_MIN)
		return;
	status_line(p, v, "Symbol", r->symbol, r->issued_seq);
	status_line(p, v, "Responsibility",
	    chair ? page_t(p, "Issued under the Chair's own responsibility")
	          : page_t(p, "Issued by the group"),
	    r->issued_seq);
	status_line(p, v, "Issued", page_date(p, r->issued_at), r->issued_seq);
	if (r->transmitted_seq != INT64_MIN)
		status_line(p, v, "Transmitted",
		    page_say(p, "{0}, {1}", out_isolate(&p->out, r->transmitted_to),
		        page_date(p, r->transmitted_on)),
		    r->transmitted_seq);
}

static enum rc fill_considered(
    struct page *p, struct report_page *v, int64_t report, struct err *err)
{
	struct report_considerations_rows rows = {0};
	TRY(report_considerations(p->db, p->arena, p->group.id, report, &rows, err));
	page_fact(p, "considered", report_considerations_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct report_considerations_row *row = &rows.p[i];
		str when = page_say(
		    p, "{0}, {1}", out_isolate(&p->out, row->body), page_date(p, row->day));
		status_line(p, v, "Considered",
		    row->note.n ? page_say(p, "{0}: {1}", when, out_isolate(&p->out, row->note))
		                : when,
		    row->seq);
	}
	return OK;
}

/* --- outline, coverage, drafts --- */

static enum rc fill_outline(struct page *p, struct report_page *v, int64_t report, struct err *err)
{
	struct report_sections_rows sections = {0};
	struct report_coverage_rows coverage = {0};
	TRY(report_sections(p->db, p->arena, p->group.id, report, &sections, err));
	TRY(report_coverage(p->db, p->arena, p->group.id, report, &coverage, err));
	page_fact(p, "sections", report_sections_rows_json(p->arena, &sections));
	page_fact(p, "coverage", report_coverage_rows_json(p->arena, &coverage));
	for (size_t i = 0; i < sections.n; i++)
		*vec_push(p->arena, &v->sections) = (struct report_section_line){
		    .heading = sections.p[i].heading,
		    .covers = sections.p[i].covers,
		    .record = page_record_url(p, sections.p[i].seq),
		};
	for (size_t i = 0; i < coverage.n; i++) {
		const struct report_coverage_row *row = &coverage.p[i];
		*vec_push(p->arena, &v->coverage) = (struct report_coverage_line){
		    .paragraph = page_say(p, "{0} para. {1}", row->symbol, row->paragraph),
		    .text = row->text,
		    .lang = row->lang,
		    .sections = row->sections,
		    .record = page_record_url(p, row->seq),
		};
		v->uncovered += row->sections == 0;
	}
	return OK;
}

static enum rc fill_drafts(
    struct page *p, struct report_page *v, const struct report_last_row *r, struct err *err)
{
	struct report_drafts_rows rows = {0};
	TRY(report_drafts(p->db, p->arena, p->group.id, r->number, &rows, err));
	page_fact(p, "drafts", report_drafts_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct report_drafts_row *row = &rows.p[i];
		*vec_push(p->arena, &v->drafts) = (struct report_draft_line){
		    .draft = row->draft,
		    .note = row->note,
		    .date = page_date(p, row->at),
		    .issued = row->draft == r->issued_draft,
		    .to = page_url(p, S("report"), S("drafts"), page_i64(p, row->draft)),
		    .record = page_record_url(p, row->seq),
		};
	}
	return OK;
}

/* --- what can be done now --- */

static void action(
    struct page *p, struct report_page *v, const char *command, const char *label, int64_t report)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, &v->actions) = (struct report_action){
		    page_t(p, label), page_do_url(p, command, report ? "report" : NULL, report)};
}

static void fill_actions(struct page *p, struct report_page *v, const struct report_last_row *r)
{
	if (!v->exists || r->issued_seq != INT64_MIN)
		action(p, v, "report.outline",
		    v->exists ? "Open a further report" : "Open the report", 0);
	if (!v->exists)
		return;
	if (r->issued_seq == INT64_MIN) {
		action(p, v, "report.section", "Add a section", r->number);
		action(p, v, "report.draft", "Put a draft", r->number);
		if (r->decided_seq == INT64_MIN)
			action(p, v, "report.decide", "Record the decision", r->number);
		else
			action(p, v, "report.issue", "Issue the report", r->number);
	} else if (r->transmitted_seq == INT64_MIN) {
		action(p, v, "report.transmit", "Record its transmission", r->number);
	} else {
		action(p, v, "report.consider", "Record that it was considered", r->number);
	}
}

static enum rc page_report(struct page *p, struct err *err)
{
	struct report_page v = {.state = S("draft"), .state_label = page_t(p, "Draft")};
	TRY(make_doc(p, 0, &v.doc, err));
	const struct report_last_row *r = &v.doc->facts->report;
	v.exists = v.doc->facts->has_report;
	v.full = page_url(p, S("report"), S("full"));
	if (v.exists) {
		page_fact(p, "report", report_last_row_json(p->arena, r));
		fill_state(p, &v, r);
		TRY(fill_considered(p, &v, r->number, err));
		TRY(fill_outline(p, &v, r->number, err));
		TRY(fill_drafts(p, &v, r, err));
	} else {
		TRY(fill_outline(p, &v, 0, err));
	}
	fill_actions(p, &v, r);
	page_title(p, v.doc->title);
	p->description = page_t(p, "What the group, or its Chair, reports to the parent body.");
	report_page_html(&p->out, &v);
	return OK;
}

static enum rc page_draft(struct page *p, struct err *err)
{
	struct report_page v = {.report = page_url(p, S("report"))};
	TRY(page_arg_i64(p, "draft", &v.draft, err));
	if (v.draft < 1)
		return ERR(err, ABSENT, NULL, "Drafts of the report are numbered from 1.");
	TRY(make_doc(p, v.draft, &v.doc, err));
	if (!v.doc->has_draft)
		return ERR(err, ABSENT, NULL, "There is no report in this group yet.");
	page_fact(p, "draft", json_of_i64(p->arena, v.draft));
	page_title(p, page_say(p, "Draft {0}: {1}", page_i64(p, v.draft), v.doc->title));
	report_draft_html(&p->out, &v);
	return OK;
}

static enum rc page_full(struct page *p, struct err *err)
{
	struct report_page v = {.report = page_url(p, S("report"))};
	TRY(make_doc(p, 0, &v.doc, err));
	page_title(p, v.doc->title);
	report_full_html(&p->out, &v);
	return OK;
}

/* --- options --- */

static enum rc report_options(struct page *p, struct form_options *out, struct err *err)
{
	struct report_list_rows rows = {0};
	TRY(report_list(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, page_i64(p, rows.p[i].number), rows.p[i].title);
	return OK;
}

/* The drafts of the report that is being written. */
static enum rc draft_options(struct page *p, struct form_options *out, struct err *err)
{
	struct report_last_row r;
	struct report_drafts_rows rows = {0};
	bool found;
	TRY(report_last(p->db, p->arena, p->group.id, &r, &found, err));
	if (!found)
		return OK;
	TRY(report_drafts(p->db, p->arena, p->group.id, r.number, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, page_i64(p, rows.p[i].draft),
		    page_say(p, "Draft {0}, {1}", page_i64(p, rows.p[i].draft),
		        page_date(p, rows.p[i].at)));
	return OK;
}

/* --- forms --- */

/* A new draft begins with the words of the last one. */
static enum rc shape_draft(struct page *p, struct form *f, struct err *err)
{
	struct report_last_row r;
	struct report_drafts_rows rows = {0};
	struct report_draft_one_row last;
	bool found;
	TRY(report_last(p->db, p->arena, p->group.id, &r, &found, err));
	if (!found)
		return OK;
	TRY(report_drafts(p->db, p->arena, p->group.id, r.number, &rows, err));
	if (rows.n == 0)
		return OK;
	TRY(report_draft_one(
	    p->db, p->arena, p->group.id, r.number, rows.p[0].draft, &last, &found, err));
	for (size_t i = 0; i < f->fields.n && found; i++) {
		const struct form_field *ff = &f->fields.p[i];
		if (str_is(str_of(ff->field->name), "text") && ff->value.n == 0 && ff->error.n == 0)
			form_fill(f, "text", last.text);
	}
	return OK;
}

static const struct form_shape shapes[] = {
    {"report.draft", shape_draft},
};

static const struct route routes[] = {
    {"/g/{group}/report", ROLE_PUBLIC, page_report, "Report"},
    {"/g/{group}/report/full", ROLE_PUBLIC, page_full, NULL},
    {"/g/{group}/report/drafts/{draft}", ROLE_PUBLIC, page_draft, NULL},
};

static const struct option_source options[] = {
    {"report", report_options},
    {"report_draft", draft_options},
};

const struct room_pages report_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
    .shapes = shapes,
    .shapes_n = sizeof shapes / sizeof shapes[0],
};
