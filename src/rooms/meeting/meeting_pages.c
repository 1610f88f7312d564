/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/meeting/meeting_pages.h"

#include "engine/room.h"
#include "meeting_index.html.h"
#include "meeting_view.sql.h"

#include "base/poison.h"

static bool is_over(const struct meeting_list_row *row)
{
	return str_is(row->state, "closed") || str_is(row->state, "cancelled");
}

static struct meeting_card card_of(const struct page *p, const struct meeting_list_row *row)
{
	return (struct meeting_card){
	    .number = row->number,
	    .title = row->title,
	    .place = row->place,
	    .days = meeting_days(p, row->starts, row->ends),
	    .state = row->state,
	    .state_label = meeting_state_label(p, row->state),
	    .publicity = meeting_publicity_label(p, row->publicity),
	    .ahead = !is_over(row),
	    .remote = row->remote,
	    .how = row->how,
	    .join = meeting_outside(p, row->url),
	    .items = row->items,
	    .decisions = row->decisions,
	    .attended = row->attended,
	    .link = page_url(p, S("meetings"), page_i64(p, row->number)),
	    .record = page_record_url(p, row->seq),
	};
}

static struct meeting_card card_now(const struct page *p, const struct meeting_list_row *row)
{
	struct meeting_card c = card_of(p, row);
	c.live = page_url(p, S("meetings"), page_i64(p, row->number), S("live"));
	return c;
}

static enum rc fill_meetings(struct page *p, struct meeting_index_page *v, struct err *err)
{
	struct meeting_list_rows rows = {0};
	TRY(meeting_list(p->db, p->arena, p->group.id, &rows, err));
	page_fact(p, "meetings", meeting_list_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct meeting_list_row *row = &rows.p[i];
		if (str_is(row->state, "announced"))
			*vec_push(p->arena, &v->next) = card_of(p, row);
		else if (!is_over(row))
			*vec_push(p->arena, &v->now) = card_now(p, row);
	}
	for (size_t i = rows.n; i-- > 0;)
		if (is_over(&rows.p[i]))
			*vec_push(p->arena, &v->held) = card_of(p, &rows.p[i]);
	return OK;
}

static enum rc fill_decisions(struct page *p, struct meeting_index_page *v, struct err *err)
{
	struct meeting_decided_rows rows = {0};
	TRY(meeting_decided(p->db, p->arena, p->group.id, &rows, err));
	page_fact(p, "decisions", meeting_decided_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct meeting_decided_row *row = &rows.p[i];
		url meeting = page_url(p, S("meetings"), page_i64(p, row->meeting));
		str item = arena_printf(p->arena, "item-%lld", (long long)row->item);
		*vec_push(p->arena, &v->decisions) = (struct meeting_decision_line){
		    .decision = row->decision,
		    .meeting = row->meeting,
		    .item = row->item,
		    .title = row->title,
		    .text = row->text,
		    .link = url_fragment(p->arena, meeting, item),
		    .record = page_record_url(p, row->seq),
		};
	}
	return OK;
}

static enum rc page_index(struct page *p, struct err *err)
{
	struct meeting_index_page v = {
	    .calendar = page_url(p, S("meetings"), S("calendar.ics")),
	};
	TRY(fill_meetings(p, &v, err));
	TRY(fill_decisions(p, &v, err));
	if (page_may_do(p, "meeting.announce"))
		v.announce = page_do_url(p, "meeting.announce", NULL, 0);
	page_title(p, page_t(p, "Meetings"));
	p->description =
	    page_t(p, "When and where the group meets, how to take part, and what it decided.");
	meeting_index(&p->out, &v);
	return OK;
}

static enum rc list_meetings(struct page *p, struct form_options *out, struct err *err)
{
	struct meeting_choices_rows rows = {0};
	TRY(meeting_choices(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		if (!str_is(rows.p[i].state, "cancelled"))
			form_option_add(p, out, page_i64(p, rows.p[i].number),
			    arena_printf(p->arena, "%lld. %.*s", (long long)rows.p[i].number,
			        STR(rows.p[i].title)));
	return OK;
}

int64_t meeting_chosen(const struct page *p)
{
	int64_t meeting;
	return str_to_i64(page_param(p, "meeting"), &meeting) && meeting > 0 ? meeting : 0;
}

static enum rc list_items(struct page *p, struct form_options *out, struct err *err)
{
	struct meeting_item_choices_rows rows = {0};
	int64_t meeting = meeting_chosen(p);
	TRY(meeting_item_choices(p->db, p->arena, p->group.id, meeting, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct meeting_item_choices_row *row = &rows.p[i];
		str label =
		    arena_printf(p->arena, "%lld. %.*s", (long long)row->item, STR(row->title));
		if (!meeting)
			label = err_fill(p->arena, page_t(p, "Meeting {0}, item {1}"),
			    (const str[]){page_i64(p, row->meeting), label}, 2);
		form_option_add(p, out, page_i64(p, row->item), label);
	}
	return OK;
}

static enum rc list_sittings(struct page *p, struct form_options *out, struct err *err)
{
	struct meeting_sitting_choices_rows rows = {0};
	TRY(meeting_sitting_choices(p->db, p->arena, p->group.id, meeting_chosen(p), &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct meeting_sitting_choices_row *row = &rows.p[i];
		str label = arena_printf(p->arena, "%lld. %.*s, %.*s, %.*s",
		    (long long)row->sitting, STR(meeting_kind_label(p, row->kind)),
		    STR(meeting_day_in(p, row->starts, row->zone).text),
		    STR(meeting_hour_in(p, row->starts, row->zone).text));
		if (!meeting_chosen(p))
			label = err_fill(p->arena, page_t(p, "Meeting {0}, sitting {1}"),
			    (const str[]){page_i64(p, row->meeting), label}, 2);
		form_option_add(p, out, page_i64(p, row->sitting), label);
	}
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/meetings", ROLE_PUBLIC, page_index, "Meetings"},
    {"/g/{group}/meetings/calendar.ics", ROLE_PUBLIC, meeting_page_calendar, NULL},
    {"/g/{group}/meetings/{meeting}", ROLE_PUBLIC, meeting_page_one, NULL},
};

static const struct option_source options[] = {
    {"meeting", list_meetings},
    {"agenda_item", list_items},
    {"sitting", list_sittings},
    {"statement_written", meeting_list_statements},
};

const struct room_pages meeting_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
    .shapes = meeting_shapes,
    .shapes_n = MEETING_SHAPES,
};
