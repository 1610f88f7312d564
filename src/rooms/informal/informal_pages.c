/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The sessions, and one of them: who edits, and the text while it is typed. */
#include "rooms/informal/informal_pages.h"

#include "draft_view.sql.h"
#include "engine/room.h"
#include "informal_list.html.h"
#include "informal_one.html.h"
#include "rooms/draft/draft_pages.h"
#include "rooms/people/people_pages.h"

#include "base/poison.h"

url informal_url(const struct page *p, int64_t session)
{
	return page_url(p, S("informal"), page_i64(p, session));
}

url informal_open_url(const struct page *p, int64_t draft, str paragraph)
{
	return draft_do_url(p, "informal.open", draft, "paragraph", paragraph);
}

enum rc informal_may_open(struct page *p, bool *may, struct err *err)
{
	struct informal_leads_row row;
	*may = page_may(p, ROLE_OFFICE);
	if (*may || !page_may_do(p, "informal.open"))
		return OK;
	return informal_leads(
	    p->db, p->arena, p->group.id, actor_str(p->arena, p->viewer.actor), &row, may, err);
}

int64_t informal_find(const struct informal_open_in_rows *rows, str paragraph)
{
	for (size_t i = 0; i < rows->n; i++)
		if (str_eq(rows->p[i].paragraph, paragraph))
			return rows->p[i].session;
	return 0;
}

static str state_label(const struct page *p, str state)
{
	if (str_is(state, "open"))
		return page_t(p, "Going on");
	if (str_is(state, "result"))
		return page_t(p, "Returned to the plenary");
	return page_t(p, "Closed without a result");
}

/* ---- all sessions ---- */

static enum rc list_page(struct page *p, struct err *err)
{
	struct informal_list_page v = {0};
	struct informal_list_rows rows = {0};
	bool may;
	TRY(informal_list(p->db, p->arena, p->group.id, &rows, err));
	TRY(informal_may_open(p, &may, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct informal_list_row *r = &rows.p[i];
		struct informal_item x = {.session = r->session,
		    .what =
		        page_say(p, "Paragraph {0} of draft {1}", r->shown, page_i64(p, r->draft)),
		    .title = r->title,
		    .state = r->state,
		    .state_label = state_label(p, r->state),
		    .editor = people_shown(p, r->name),
		    .date = page_date(p, r->at),
		    .iso = page_iso(p, r->at),
		    .to = informal_url(p, r->session),
		    .record = page_record_url(p, r->seq)};
		if (str_is(r->state, "open"))
			*vec_push(p->arena, &v.open) = x;
		else
			*vec_push(p->arena, &v.past) = x;
	}
	if (may)
		*vec_push(p->arena, &v.actions) =
		    (struct informal_action){page_t(p, "Open a paragraph for live drafting"),
		        page_do_url(p, "informal.open", NULL, 0)};
	page_fact(p, "sessions", informal_list_rows_json(p->arena, &rows));
	page_title(p, page_t(p, "Informal drafting"));
	p->description = page_t(p, "One person edits a paragraph, everyone sees it.");
	informal_list_html(&p->out, &v);
	return OK;
}

/* ---- one session ---- */

static enum rc find(struct page *p, struct informal_one_row *row, struct err *err)
{
	int64_t number;
	bool found;
	TRY(page_arg_i64(p, "session", &number, err));
	TRY(informal_one(p->db, p->arena, p->group.id, number, row, &found, err));
	return found ? OK
	             : ERR(err, ABSENT, NULL, "There is no informal session {0} in this group.",
	                   page_i64(p, number));
}

static bool edits(const struct page *p, const struct informal_one_row *r)
{
	return p->viewer.signed_in && !actor_is_none(p->viewer.actor) &&
	       str_eq(actor_str(p->arena, p->viewer.actor), r->editor);
}

static void fill(struct page *p, struct informal_page *v, const struct informal_one_row *r)
{
	*v = (struct informal_page){.session = r->session,
	    .draft = r->draft,
	    .revision = r->revision,
	    .amendment = r->amendment == INT64_MIN ? 0 : r->amendment,
	    .meeting = r->meeting == INT64_MIN ? 0 : r->meeting,
	    .title = r->title,
	    .shown = r->shown,
	    .base = r->base,
	    .state = r->state,
	    .state_label = state_label(p, r->state),
	    .editor = people_shown(p, r->name),
	    .date = page_date(p, r->at),
	    .iso = page_iso(p, r->at),
	    .text = r->text,
	    .reason = r->reason,
	    .open = str_is(r->state, "open"),
	    .all = page_url(p, S("informal")),
	    .to_draft = url_fragment(p->arena, draft_url(p, r->draft), r->paragraph),
	    .live = page_url(p, S("informal"), page_i64(p, r->session), S("live")),
	    .self = informal_url(p, r->session),
	    .record = page_record_url(p, r->seq)};
	v->edits = v->open && edits(p, r);
	if (v->amendment)
		v->to_amendment = draft_amendment_url(p, r->draft, v->amendment);
	if (v->meeting)
		v->to_meeting = page_url(p, S("meetings"), page_i64(p, v->meeting));
	if (v->open)
		return;
	v->ended = page_date(p, r->ended_at);
	v->ended_iso = page_iso(p, r->ended_at);
	v->ended_record = page_record_url(p, r->ended_seq);
}

static enum rc fill_turns(struct page *p, struct informal_page *v, struct err *err)
{
	struct informal_editors_rows rows = {0};
	TRY(informal_editors(p->db, p->arena, p->group.id, v->session, &rows, err));
	page_fact(p, "editors", informal_editors_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->turns) =
		    (struct informal_turn){.name = people_shown(p, rows.p[i].name),
		        .date = page_time(p, rows.p[i].at),
		        .iso = page_iso(p, rows.p[i].at),
		        .record = page_record_url(p, rows.p[i].seq)};
	return OK;
}

static void action(struct page *p, struct informal_page *v, const char *command, const char *label)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, &v->actions) = (struct informal_action){
		    page_t(p, label), page_do_url(p, command, "session", v->session)};
}

/* The editor's form, on this page so that it can be typed in while everyone looks on. */
static enum rc fill_form(struct page *p, struct informal_page *v, struct err *err)
{
	TRY(form_make(p, "informal.result", &v->form, err));
	form_preset(&v->form, p->arena, "session", v->session);
	form_fill(&v->form, "text", v->base);
	v->form.previews = true;
	return OK;
}

static enum rc one_page(struct page *p, struct err *err)
{
	struct informal_one_row row;
	struct informal_page v;
	struct draft_one_row draft;
	bool found;
	TRY(find(p, &row, err));
	fill(p, &v, &row);
	TRY(draft_one(p->db, p->arena, p->group.id, v.draft, &draft, &found, err));
	v.lang = found ? draft.lang : STR_EMPTY;
	page_fact(p, "session", informal_one_row_json(p->arena, &row));
	page_fact(p, "edits", json_of_bool(p->arena, v.edits));
	if (v.open)
		page_fact(p, "live", json_of_str(p->arena, v.live.s));
	TRY(fill_turns(p, &v, err));
	if (v.edits)
		TRY(fill_form(p, &v, err));
	if (v.open && !v.edits && page_may(p, ROLE_CHAIR))
		action(p, &v, "informal.result", "Return the result to the plenary");
	if (v.open && (v.edits || page_may(p, ROLE_CHAIR)))
		action(p, &v, "informal.hand_over", "Hand over the paragraph");
	if (v.open && (v.edits || page_may(p, ROLE_OFFICE)))
		action(p, &v, "informal.close", "Close without a result");
	page_title(p,
	    page_say(p, "Informal drafting {0}: paragraph {1}", page_i64(p, v.session), v.shown));
	informal_one_html(&p->out, &v);
	return OK;
}

/* ---- the live text ---- */

static enum rc need_open(struct page *p, struct informal_one_row *row, struct err *err)
{
	TRY(find(p, row, err));
	return str_is(row->state, "open")
	           ? OK
	           : ERR(err, ABSENT, NULL, "Session {0} has ended.", page_i64(p, row->session));
}

/* Everyone may look on, as everyone may read the draft. */
static enum rc may_follow(struct page *p, struct err *err)
{
	struct informal_one_row row;
	return need_open(p, &row, err);
}

static enum rc may_write(struct page *p, struct err *err)
{
	struct informal_one_row row;
	TRY(need_open(p, &row, err));
	return edits(p, &row) ? OK
	                      : ERR(err, DENIED, NULL,
	                            "{0} edits this paragraph; ask that it is handed over to you.",
	                            people_shown(p, row.name));
}

/* ---- forms ---- */

static enum rc list_open(struct page *p, struct form_options *out, struct err *err)
{
	struct informal_list_rows rows = {0};
	TRY(informal_list(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		if (str_is(rows.p[i].state, "open"))
			form_option_add(p, out, page_i64(p, rows.p[i].session),
			    page_say(p, "Paragraph {0} of draft {1}", rows.p[i].shown,
			        page_i64(p, rows.p[i].draft)));
	return OK;
}

/* The words to begin with; once they were changed, what the change comes to. */
static enum rc shape_result(struct page *p, struct form *f, struct err *err)
{
	struct informal_one_row row;
	struct draft_loaded d;
	int64_t number;
	bool found;
	struct form_field *session = form_field_of(f, "session"), *text = form_field_of(f, "text");
	f->previews = true;
	if (!session || !text || !str_to_i64(session->value, &number))
		return OK;
	TRY(informal_one(p->db, p->arena, p->group.id, number, &row, &found, err));
	if (!found)
		return OK;
	if (!text->value.n && !text->error.n)
		form_fill(f, "text", row.base);
	if (!text->value.n || str_eq(text->value, row.base))
		return OK;
	TRY(draft_load(p, row.draft, 0, &d, err));
	draft_preview(p, &d, row.paragraph, text->value, f);
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/informal", ROLE_PUBLIC, list_page, NULL},
    {"/g/{group}/informal/{session}", ROLE_PUBLIC, one_page, NULL},
};

static const struct option_source options[] = {
    {"informal", list_open},
};

static const struct form_shape shapes[] = {
    {"informal.result", shape_result},
};

static const struct live_row lives[] = {
    {"/g/{group}/informal/{session}/live", may_follow, may_write},
};

const struct room_pages informal_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
    .shapes = shapes,
    .shapes_n = sizeof shapes / sizeof shapes[0],
    .lives = lives,
    .lives_n = sizeof lives / sizeof lives[0],
};
