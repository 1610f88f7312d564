/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The readings of a draft, and what delegations must confirm. */
#include "rooms/reading/reading_pages.h"

#include "engine/room.h"
#include "reading_confirm.html.h"
#include "reading_list.html.h"
#include "rooms/reading/reading.h"

#include "base/poison.h"

str reading_name(const struct page *p, int64_t number)
{
	static const char *const names[] = {"First reading", "Second reading", "Third reading"};
	if (number >= 1 && number <= 3)
		return page_t(p, names[number - 1]);
	return page_say(p, "Reading {0}", page_i64(p, number), STR_EMPTY);
}

str reading_status_label(const struct page *p, str status)
{
	static const char *const labels[][2] = {{"not_reached", "Not reached"}, {"open", "Open"},
	    {"bracketed", "In brackets"}, {"agreed_ad_ref", "Agreed ad referendum"},
	    {"agreed", "Agreed"}, {"parked", "Parked"}, {"deleted", "Deleted"}};
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
		if (str_is(status, labels[i][0]))
			return page_t(p, labels[i][1]);
	return status;
}

/* A paragraph that is open is still under consideration; an open call is a good thing. */
str reading_status_tone(str status)
{
	return str_is(status, "open") ? S("under_consideration") : status;
}

url reading_url(const struct page *p, int64_t draft, int64_t number)
{
	return page_url(p, S("drafts"), page_i64(p, draft), S("readings"), page_i64(p, number));
}

static enum rc need_draft(struct page *p, struct draft_one_row *out, struct err *err)
{
	int64_t number;
	bool found;
	TRY(page_arg_i64(p, "draft", &number, err));
	TRY(draft_one(p->db, p->arena, p->group.id, number, out, &found, err));
	return found ? OK
	             : ERR(err, ABSENT, NULL, "There is no draft {0} in this group.",
	                   page_i64(p, number));
}

/* --- the readings of a draft --- */

static struct reading_item item_of(struct page *p, int64_t draft, const struct reading_list_row *r)
{
	bool closed = r->closed_seq != INT64_MIN;
	return (struct reading_item){.number = r->number,
	    .name = reading_name(p, r->number),
	    .state = closed ? S("closed") : S("running"),
	    .state_label = closed ? page_t(p, "Closed") : page_t(p, "Going on"),
	    .last = r->is_last,
	    .closed = closed,
	    .begin = reading_begin(p, draft, r),
	    .end = reading_end_text(p, draft, r),
	    .to = reading_url(p, draft, r->number)};
}

enum rc reading_page_list(struct page *p, struct err *err)
{
	struct reading_list_page v = {0};
	struct reading_list_rows rows = {0};
	struct reading_is_provisional_row flag;
	struct draft_one_row draft;
	TRY(need_draft(p, &draft, err));
	TRY(reading_list(p->db, p->arena, p->group.id, draft.number, &rows, err));
	TRY(reading_is_provisional(
	    p->db, p->arena, p->group.id, draft.number, &flag, &v.provisional, err));
	v.number = draft.number;
	v.title = draft.title;
	v.lang = draft.lang;
	v.to_draft = draft_url(p, draft.number);
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v.items) = item_of(p, draft.number, &rows.p[i]);
	bool going_on = rows.n && rows.p[rows.n - 1].closed_seq == INT64_MIN;
	if (!going_on)
		reading_action(p, &v.actions, "reading.open", "Open a reading", draft.number);
	reading_action(p, &v.actions, "reading.provisional",
	    v.provisional ? "Say that agreements are final" : "Say that agreements are provisional",
	    draft.number);
	page_title(p, page_say(p, "Readings: {0}", draft.title, STR_EMPTY));
	page_fact(p, "provisional", json_of_bool(p->arena, v.provisional));
	page_fact(p, "readings", reading_list_rows_json(p->arena, &rows));
	reading_list_html(&p->out, &v);
	return OK;
}

/* The exact bytes that the hash of a reading is over, so that anybody can count it again. */
enum rc reading_page_base(struct page *p, struct err *err)
{
	struct draft_loaded d;
	int64_t number, revision;
	TRY(page_arg_i64(p, "draft", &number, err));
	TRY(page_arg_i64(p, "revision", &revision, err));
	TRY(draft_load(p, number, revision < 1 ? -1 : revision, &d, err));
	p->file_bytes = json_str(p->arena, reading_base_json(p->arena, &d.doc));
	p->file_type = S("application/json");
	p->file_name = arena_printf(
	    p->arena, "draft-%lld-revision-%lld.json", (long long)number, (long long)revision);
	return OK;
}

/* --- what must be confirmed --- */

/* True if the viewer's seat is among those that have not confirmed. */
static bool waits_for(const struct reading_wait *w, str party)
{
	for (size_t i = 0; i < w->seats.n; i++)
		if (party.n && !w->seats.p[i].has_answered && str_eq(w->seats.p[i].party, party))
			return true;
	return false;
}

enum rc reading_page_confirm(struct page *p, struct err *err)
{
	struct reading_confirm_page v = {0};
	struct reading_waits waits = {0};
	int64_t seat;
	TRY(draft_viewer_seat(p, &seat, &v.party, err));
	TRY(reading_load_waits(p, 0, true, &waits, err));
	for (size_t i = 0; i < waits.v.n; i++) {
		const struct reading_wait *w = &waits.v.p[i];
		if (waits_for(w, v.party))
			*vec_push(p->arena, &v.own) = *w;
		else
			*vec_push(p->arena, &v.others) = *w;
	}
	page_title(p, page_t(p, "To be confirmed"));
	reading_confirm_html(&p->out, &v);
	return OK;
}

static enum rc list_ad_refs(struct page *p, struct form_options *out, struct err *err)
{
	struct reading_ad_refs_rows rows = {0};
	TRY(reading_ad_refs(p->db, p->arena, p->group.id, 0, true, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, page_i64(p, rows.p[i].number),
		    page_say(p, "Paragraph {0} of draft {1}", rows.p[i].shown,
		        page_i64(p, rows.p[i].draft)));
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/drafts/{draft}/readings", ROLE_PUBLIC, reading_page_list, NULL},
    {"/g/{group}/drafts/{draft}/readings/{reading}", ROLE_PUBLIC, reading_page_one, NULL},
    {"/g/{group}/drafts/{draft}/revisions/{revision}/base", ROLE_PUBLIC, reading_page_base, NULL},
    {"/g/{group}/confirmations", ROLE_PUBLIC, reading_page_confirm, NULL},
};

static const struct option_source options[] = {
    {"ad_ref", list_ad_refs},
};

static const struct form_shape shapes[] = {
    {"reading.comment", draft_shape_seat},
    {"reading.confirm", draft_shape_seat},
    {"reading.object", draft_shape_seat},
};

const struct room_pages reading_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
    .shapes = shapes,
    .shapes_n = sizeof shapes / sizeof shapes[0],
};
