/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/members/members_seat_page.h"

#include "members_seat.html.h"
#include "rooms/members/members_labels.h"

#include "base/poison.h"

static enum rc fill_people(
    struct page *p, struct members_seat_page *v, int64_t seat, struct err *err)
{
	struct members_representatives_rows reps = {0};
	struct members_service_rows terms = {0};
	TRY(members_representatives(p->db, p->arena, p->group.id, seat, &reps, err));
	TRY(members_service(p->db, p->arena, p->group.id, seat, &terms, err));
	for (size_t i = 0; i < reps.n; i++)
		*vec_push(p->arena, &v->reps) = members_rep_of(p, &reps.p[i]);
	for (size_t i = 0; i < terms.n; i++) {
		const struct members_service_row *r = &terms.p[i];
		bool ended = r->until != INT64_MIN;
		*vec_push(p->arena, &v->terms) = (struct members_term){
		    .name = people_shown(p, r->name),
		    .role = members_role_label(p, r->role),
		    .delegation = r->delegation,
		    .to = people_url(p, r->person),
		    .record = page_record_url(p, r->seq),
		    .since = page_date(p, r->since),
		    .since_iso = page_iso(p, r->since),
		    .until = ended ? page_date(p, r->until) : STR_EMPTY,
		    .until_iso = ended ? page_iso(p, r->until) : STR_EMPTY,
		};
	}
	page_fact(p, "representatives", members_representatives_rows_json(p->arena, &reps));
	page_fact(p, "service", members_service_rows_json(p->arena, &terms));
	return OK;
}

static enum rc fill_events(
    struct page *p, struct members_seat_page *v, int64_t seat, struct err *err)
{
	struct members_changes_rows rows = {0};
	TRY(members_changes(p->db, p->arena, p->group.id, seat, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->events) = members_event_of(p, &rows.p[i]);
	page_fact(p, "history", members_changes_rows_json(p->arena, &rows));
	return OK;
}

/* What can be done next with a seat depends on where it stands. */
static void fill_actions(struct page *p, struct members_seat_page *v)
{
	bool endorsed = str_is(v->state, "endorsed");
	bool taken = str_is(v->state, "filled");
	if (endorsed)
		members_add_link(p, &v->actions, "members.take_seat", "Take the seat",
		    page_do_url(p, "members.take_seat", "seat", v->seat));
	if (!endorsed && !taken) {
		members_add_link(p, &v->actions, "members.nominate", "Nominate for a seat",
		    page_do_url(p, "members.nominate", NULL, 0));
		return;
	}
	members_add_link(p, &v->actions, "members.assign", "Name a representative",
	    page_do_url(p, "members.assign", "seat", v->seat));
	if (v->reps.n)
		members_add_link(p, &v->actions, "members.unassign", "End a service",
		    page_do_url(p, "members.unassign", "seat", v->seat));
	members_add_link(p, &v->actions, "members.vacate", "Vacate the seat",
	    page_do_url(p, "members.vacate", "seat", v->seat));
}

enum rc members_seat_page(struct page *p, struct err *err)
{
	int64_t seat = 0;
	struct members_one_seat_row row;
	bool found = false;
	TRY(page_arg_i64(p, "seat", &seat, err));
	/* Seat 0 means all seats to the statements below. */
	if (seat > 0)
		TRY(members_one_seat(p->db, p->arena, p->group.id, seat, &row, &found, err));
	if (!found)
		return ERR(
		    err, ABSENT, NULL, "There is no seat {0} in this group.", page_i64(p, seat));
	bool taken = row.since != INT64_MIN;
	url list = page_url(p, S("members"));
	struct members_seat_page v = {
	    .seat = seat,
	    .heading = row.delegation.n ? row.delegation : page_t(p, "Vacant seat"),
	    .constituency = row.constituency,
	    .state = row.state,
	    .state_label = members_seat_state_label(p, row.state),
	    .member = row.delegation,
	    .nominee = row.delegation.n ? STR_EMPTY : row.nominee,
	    .route = members_route_label(p, row.route),
	    .back = url_fragment(p->arena, list, arena_printf(p->arena, "c-%.*s", STR(row.code))),
	    .since = taken ? page_date(p, row.since) : STR_EMPTY,
	    .since_iso = taken ? page_iso(p, row.since) : STR_EMPTY,
	    .has_record = taken,
	    .record = page_record_url(p, taken ? row.seq : 0),
	};
	page_fact(p, "seat", members_one_seat_row_json(p->arena, &row));
	TRY(fill_people(p, &v, seat, err));
	TRY(fill_events(p, &v, seat, err));
	fill_actions(p, &v);
	page_title(p, page_say(p, "Seat {0}: {1}", page_i64(p, seat), v.heading));
	members_seat_html(&p->out, &v);
	return OK;
}
