/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/minutes/minutes_pages.h"

#include "engine/room.h"
#include "minutes_page.html.h"
#include "minutes_view.sql.h"

#include "base/poison.h"

extern const struct room_pages minutes_pages;

/* --- the page and the file --- */

static enum rc fill_filed(
    struct page *p, struct minutes_page *v, const struct minutes_facts *f, struct err *err)
{
	struct minutes_drafts_rows rows = {0};
	TRY(minutes_drafts(p->db, p->arena, p->group.id, f->number, &rows, err));
	page_fact(p, "drafts", minutes_drafts_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->filed) = (struct minutes_filed){
		    .draft = rows.p[i].draft,
		    .at = page_time(p, rows.p[i].time),
		    .iso = page_iso(p, rows.p[i].time),
		    .text = i ? STR_EMPTY : rows.p[i].text,
		    .erased = !rows.p[i].text.n,
		    .record = page_record_url(p, rows.p[i].seq),
		};
	if (rows.n && page_may_do(p, "meeting.summary"))
		v->publish = page_do_url(p, "meeting.summary", "meeting", f->number);
	return OK;
}

static enum rc page_draft(struct page *p, struct err *err)
{
	struct minutes_page v = {0};
	struct minutes_facts f = {0};
	TRY(minutes_load(p, &f, err));
	str number = page_i64(p, f.number);
	v.title = f.meeting.title;
	v.meeting = page_url(p, S("meetings"), number);
	v.file = page_url(p, S("meetings"), number, S("summary-draft.md"));
	v.blocks = minutes_say(p, &f, MINUTES_WITH_NAMES);
	v.markdown = minutes_markdown(p->arena, v.blocks.p, v.blocks.n, p->site);
	if (page_may_do(p, "minutes.file"))
		v.keep = page_do_url(p, "minutes.file", "meeting", f.number);
	page_fact(p, "markdown", json_of_str(p->arena, v.markdown));
	TRY(fill_filed(p, &v, &f, err));
	page_title(p, page_say(p, "Draft of the Chair's summary: {0}", v.title, STR_EMPTY));
	minutes_page_html(&p->out, &v);
	return OK;
}

static enum rc file_draft(struct page *p, struct err *err)
{
	struct minutes_facts f = {0};
	TRY(minutes_load(p, &f, err));
	minutes_blocks blocks = minutes_say(p, &f, MINUTES_WITH_NAMES);
	p->file_bytes = minutes_markdown(p->arena, blocks.p, blocks.n, p->site);
	p->file_type = S("text/markdown; charset=utf-8");
	p->file_name = arena_printf(p->arena, "%.*s-meeting-%lld-summary-draft.md",
	    STR(p->group.slug), (long long)f.number);
	return OK;
}

/* --- forms --- */

static bool is_empty(const struct form_field *x)
{
	return x && !x->value.n && !x->error.n;
}

static int64_t meeting_in_form(struct form *f)
{
	int64_t n;
	const struct form_field *x = form_field_of(f, "meeting");
	return x && str_to_i64(x->value, &n) ? n : 0;
}

/* The form that files begins with what the record has assembled. */
static enum rc shape_file(struct page *p, struct form *f, struct err *err)
{
	struct minutes_facts facts = {.number = meeting_in_form(f)};
	bool found;
	if (!is_empty(form_field_of(f, "text")))
		return OK;
	TRY(meeting_one(p->db, p->arena, p->group.id, facts.number, &facts.meeting, &found, err));
	if (!found)
		return OK;
	TRY(minutes_load_number(p, &facts, err));
	minutes_blocks blocks = minutes_say(p, &facts, MINUTES_WITHOUT_NAMES);
	form_fill(f, "text", minutes_markdown(p->arena, blocks.p, blocks.n, p->site));
	return OK;
}

/* A summary of a whole meeting begins with the newest draft of it. */
static enum rc shape_summary(struct page *p, struct form *f, struct err *err)
{
	struct minutes_drafts_rows rows = {0};
	if (!is_empty(form_field_of(f, "text")) || !is_empty(form_field_of(f, "sitting")))
		return OK;
	TRY(minutes_drafts(p->db, p->arena, p->group.id, meeting_in_form(f), &rows, err));
	if (rows.n)
		form_fill(f, "text", minutes_plain(p->arena, rows.p[0].text));
	return OK;
}

static const struct form_shape shapes[] = {
    {"minutes.file", shape_file},
    {"meeting.summary", shape_summary},
};

static const struct route routes[] = {
    {"/g/{group}/meetings/{meeting}/summary-draft", ROLE_OFFICE, page_draft, NULL},
    {"/g/{group}/meetings/{meeting}/summary-draft.md", ROLE_OFFICE, file_draft, NULL},
};

const struct room_pages minutes_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .shapes = shapes,
    .shapes_n = sizeof shapes / sizeof shapes[0],
};
