/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The pages of calls, and the routes of this room. */
#include "rooms/call/call_pages.h"

#include "engine/room.h"
#include "rooms/call/call.h"
#include "call_contribute.html.h"
#include "call_index.html.h"
#include "call_page.html.h"
#include "call_view.sql.h"

#include "base/poison.h"

/* ---- shared ---- */

struct call_moment call_moment_in(const struct page *p, usec t, str zone)
{
	struct page there = *p;
	struct buf iso = buf_in(p->arena, 0);
	if (zone.n)
		there.group.zone = zone;
	when_write(&iso, t);
	return (struct call_moment){page_time(&there, t), buf_str(&iso)};
}

str call_status_label(const struct page *p, str status)
{
	if (str_is(status, "draft"))
		return page_t(p, "Draft");
	if (str_is(status, "open"))
		return page_t(p, "Open");
	return page_t(p, "Closed");
}

bool call_sees_all(const struct page *p)
{
	return page_may(p, ROLE_SECRETARIAT);
}

str call_viewer(const struct page *p)
{
	actor_id a = p->viewer.actor;
	if (!p->viewer.signed_in || actor_is_none(a) || actor_eq(a, ACTOR_PUBLIC))
		return STR_EMPTY;
	return actor_str(p->arena, a);
}

static void add_deed(
    struct page *p, struct call_page *v, const char *command, const char *field, const char *label)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, &v->deeds) =
		    (struct call_deed){page_do_url(p, command, field, v->number), page_t(p, label)};
}

/* ---- all calls ---- */

static void fill_card(const struct page *p, const struct call_list_row *row, struct call_card *out)
{
	*out = (struct call_card){
	    .link = page_url(p, S("calls"), page_i64(p, row->number)),
	    .record = page_record_url(p, row->seq),
	    .title = row->title,
	    .state = row->status,
	    .status = call_status_label(p, row->status),
	    .open = str_is(row->status, "open"),
	    .deadline = call_moment_in(p, row->deadline, row->zone),
	    .questions = row->questions,
	    .received = row->received,
	    .published = row->published,
	};
}

/* A draft is the office's own business until it is opened. */
static enum rc visible_calls(struct page *p, struct call_list_rows *out, struct err *err)
{
	struct call_list_rows all = {0};
	TRY(call_list(p->db, p->arena, p->group.id, &all, err));
	for (size_t i = 0; i < all.n; i++)
		if (!str_is(all.p[i].status, "draft") || page_may(p, ROLE_OFFICE))
			*vec_push(p->arena, out) = all.p[i];
	return OK;
}

static enum rc index_page(struct page *p, struct err *err)
{
	struct call_list_rows rows = {0};
	struct call_index v = {0};
	TRY(visible_calls(p, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		fill_card(p, &rows.p[i], vec_push(p->arena, &v.calls));
	v.may_draft = page_may_do(p, "call.draft");
	v.draft = page_do_url(p, "call.draft", NULL, 0);
	v.register_link = page_url(p, S("contributions"));
	page_fact(p, "calls", call_list_rows_json(p->arena, &rows));
	page_title(p, page_t(p, "Calls for contributions"));
	p->description = page_t(p, "What the group asks, of whom, and until when.");
	call_index_html(&p->out, &v);
	return OK;
}

/* ---- one call ---- */

static enum rc find_call(struct page *p, struct call_get_row *row, struct err *err)
{
	int64_t number;
	bool found;
	TRY(page_arg_i64(p, "call", &number, err));
	TRY(call_get(p->db, p->arena, p->group.id, number, row, &found, err));
	if (!found || (str_is(row->status, "draft") && !page_may(p, ROLE_OFFICE)))
		return ERR(err, ABSENT, NULL, "There is no call {0}.", page_i64(p, number));
	return OK;
}

static enum rc fill_questions(struct page *p, struct call_page *v, struct err *err)
{
	struct call_questions_rows rows = {0};
	TRY(call_questions(p->db, p->arena, p->group.id, v->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->questions) =
		    (struct call_question_shown){rows.p[i].question, rows.p[i].text,
		        rows.p[i].answered, page_record_url(p, rows.p[i].seq)};
	page_fact(p, "questions", call_questions_rows_json(p->arena, &rows));
	return OK;
}

static str event_text(const struct page *p, const struct call_events_row *e, str zone)
{
	const char *msg = "Drafted";
	if (str_is(e->what, "opened"))
		msg = "Opened until {0}";
	if (str_is(e->what, "extended"))
		msg = "Extended to {0}";
	if (str_is(e->what, "reopened"))
		msg = "Reopened until {0}";
	if (str_is(e->what, "closed"))
		msg = "Closed";
	str deadline = call_moment_in(p, e->deadline, zone).text;
	return err_fill(p->arena, page_t(p, msg), &deadline, 1);
}

static enum rc fill_events(struct page *p, struct call_page *v, str zone, struct err *err)
{
	struct call_events_rows rows = {0};
	TRY(call_events(p->db, p->arena, p->group.id, v->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->events) = (struct call_event_shown){
		    .text = event_text(p, &rows.p[i], zone),
		    .reason = rows.p[i].reason,
		    .time = call_moment_in(p, rows.p[i].time, STR_EMPTY),
		    .record = page_record_url(p, rows.p[i].seq),
		};
	page_fact(p, "events", call_events_rows_json(p->arena, &rows));
	return OK;
}

static enum rc fill_counts(struct page *p, struct call_page *v, struct err *err)
{
	struct call_counts_row n;
	bool found;
	TRY(call_counts(p->db, p->arena, p->group.id, v->number, &n, &found, err));
	v->received = n.received;
	v->published = n.published;
	v->waiting = n.waiting;
	v->withheld = n.withheld;
	v->late = n.late;
	page_fact(p, "counts", call_counts_row_json(p->arena, &n));
	return OK;
}

static void fill_deeds(struct page *p, struct call_page *v)
{
	bool closed = !v->open && !v->draft;
	if (v->draft) {
		if (v->questions.n < CALL_QUESTIONS_MAX)
			add_deed(p, v, "call.question", "call", "Add a guiding question");
		add_deed(p, v, "call.open", "call", "Open the call");
	}
	if (!closed)
		add_deed(p, v, "call.extend", "call", "Extend the deadline");
	if (v->open)
		add_deed(p, v, "call.close", "number", "Close the call");
	if (closed)
		add_deed(p, v, "call.reopen", "call", "Reopen the call");
}

static bool may_contribute(const struct page *p, const struct call_get_row *row)
{
	if (str_is(row->status, "draft"))
		return false;
	if (page_may(p, ROLE_SECRETARIAT))
		return true;
	if (str_is(row->audience, "members") && !page_may(p, ROLE_MEMBER | ROLE_CHAIR))
		return false;
	return str_is(row->status, "open") || !row->refuse_late;
}

static enum rc one_page(struct page *p, struct err *err)
{
	struct call_get_row row;
	TRY(find_call(p, &row, err));
	struct call_page v = {
	    .number = row.number,
	    .title = row.title,
	    .text = row.text,
	    .state = row.status,
	    .status = call_status_label(p, row.status),
	    .open = str_is(row.status, "open"),
	    .draft = str_is(row.status, "draft"),
	    .takes_late = str_is(row.status, "closed") && !row.refuse_late,
	    .members_only = str_is(row.audience, "members"),
	    .deadline = call_moment_in(p, row.deadline, row.zone),
	    .deadline_utc = call_moment_in(p, row.deadline, S("UTC")),
	    .word_limit = row.word_limit,
	    .may_contribute = may_contribute(p, &row),
	    .contribute = page_url(p, S("calls"), page_i64(p, row.number), S("contribute")),
	    .register_link = url_query(
	        p->arena, page_url(p, S("contributions")), S("call"), page_i64(p, row.number)),
	    .has_meeting = row.meeting > 0,
	    .meeting = page_url(p, S("meetings"), page_i64(p, row.meeting)),
	    .meeting_number = row.meeting,
	};
	page_fact(p, "call", call_get_row_json(p->arena, &row));
	TRY(fill_questions(p, &v, err));
	TRY(fill_events(p, &v, row.zone, err));
	TRY(fill_counts(p, &v, err));
	fill_deeds(p, &v);
	page_title(p, row.title);
	p->description = row.text;
	call_page_html(&p->out, &v);
	return OK;
}

/* ---- the form to contribute ---- */

/* The number of the answer that a field holds; 0: it holds none. */
static int64_t answer_number(const struct field *f)
{
	str name = str_of(f->name);
	int64_t n = 0;
	if (!str_starts(name, S("answer")) || !str_to_i64(str_skip(name, 6), &n))
		return 0;
	return n;
}

/* Only the secretariat says how something arrived, and when. */
static bool is_for_secretariat(const struct field *f)
{
	str name = str_of(f->name);
	return str_is(name, "via") || str_is(name, "received");
}

/* A field of this form alone, to be changed. */
static struct field *own_field(struct page *p, struct form_field *f)
{
	struct field *own = arena_new_of(p->arena, struct field);
	*own = *f->field;
	f->field = own;
	return own;
}

/* True when the field stays in the form. `questions` is NULL while no call is chosen. */
static bool shape_field(
    struct page *p, struct form_field *f, const struct call_questions_rows *questions)
{
	int64_t n = answer_number(f->field);
	bool fits = !questions || n <= (int64_t)questions->n;
	if (!fits || (is_for_secretariat(f->field) && !call_sees_all(p)))
		return f->error.n > 0;
	if (questions && n > 0)
		own_field(p, f)->label =
		    arena_z(p->arena, arena_printf(p->arena, "%lld. %.*s", (long long)n,
		                          STR(questions->p[n - 1].text)));
	if (str_is(str_of(f->field->name), "email") && !page_may(p, ROLE_PARTICIPANT))
		own_field(p, f)->flags |= FIELD_REQUIRED;
	if (questions && str_is(str_of(f->field->name), "call"))
		f->hidden = f->error.n == 0;
	return true;
}

/* Each answer is asked for in the words of its question; what does not apply is left out. */
static enum rc shape_submit(struct page *p, struct form *form, struct err *err)
{
	struct call_questions_rows questions = {0};
	struct call_get_row row;
	int64_t call = 0;
	bool found = false;
	for (size_t i = 0; i < form->fields.n; i++)
		if (str_is(str_of(form->fields.p[i].field->name), "call"))
			(void)str_to_i64(form->fields.p[i].value, &call);
	TRY(call_get(p->db, p->arena, p->group.id, call, &row, &found, err));
	if (found)
		TRY(call_questions(p->db, p->arena, p->group.id, call, &questions, err));
	size_t kept = 0;
	for (size_t i = 0; i < form->fields.n; i++)
		if (shape_field(p, &form->fields.p[i], found ? &questions : NULL))
			form->fields.p[kept++] = form->fields.p[i];
	form->fields.n = kept;
	return OK;
}

static enum rc contribute_page(struct page *p, struct err *err)
{
	struct call_get_row row;
	struct call_questions_rows questions = {0};
	TRY(find_call(p, &row, err));
	if (!may_contribute(p, &row))
		return ERR(err, REFUSED, NULL,
		    "Call {0} takes no contributions from you now; its page says from whom and "
		    "until when.",
		    page_i64(p, row.number));
	TRY(call_questions(p->db, p->arena, p->group.id, row.number, &questions, err));
	struct call_contribute v = {
	    .number = row.number,
	    .title = row.title,
	    .text = row.text,
	    .call = page_url(p, S("calls"), page_i64(p, row.number)),
	    .late = p->now > row.deadline,
	    .deadline = call_moment_in(p, row.deadline, row.zone),
	    .deadline_utc = call_moment_in(p, row.deadline, S("UTC")),
	    .word_limit = row.word_limit,
	};
	TRY(form_make(p, "call.submit", &v.form, err));
	form_preset(&v.form, p->arena, "call", row.number);
	TRY(shape_submit(p, &v.form, err));
	page_fact(p, "call", call_get_row_json(p->arena, &row));
	page_fact(p, "questions", call_questions_rows_json(p->arena, &questions));
	page_title(p, page_t(p, "Contribute"));
	call_contribute_html(&p->out, &v);
	return OK;
}

/* ---- choices of forms ---- */

static enum rc call_options(struct page *p, struct form_options *out, struct err *err)
{
	struct call_list_rows rows = {0};
	TRY(visible_calls(p, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, page_i64(p, rows.p[i].number),
		    arena_printf(p->arena, "%lld. %.*s (%.*s)", (long long)rows.p[i].number,
		        STR(rows.p[i].title), STR(call_status_label(p, rows.p[i].status))));
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/calls", ROLE_PUBLIC, index_page, "Calls"},
    {"/g/{group}/calls/{call}", ROLE_PUBLIC, one_page, NULL},
    {"/g/{group}/calls/{call}/contribute", ROLE_PUBLIC, contribute_page, NULL},
    {"/g/{group}/contributions", ROLE_PUBLIC, contribution_register_page, "Contributions"},
    {"/g/{group}/contributions/{contribution}", ROLE_PUBLIC, contribution_one_page, NULL},
    {"/g/{group}/contributions/{contribution}/files/{file}", ROLE_PUBLIC, contribution_file_page,
        NULL},
    {"/g/{group}/inbox", ROLE_SECRETARIAT, contribution_inbox_page, NULL},
};

static const struct option_source options[] = {
    {"call", call_options},
    {"contribution", contribution_options},
};

static const struct form_shape shapes[] = {
    {"call.submit", shape_submit},
};

const struct room_pages call_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
    .shapes = shapes,
    .shapes_n = sizeof shapes / sizeof shapes[0],
};
