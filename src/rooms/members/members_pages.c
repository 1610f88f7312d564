/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The page of the composition, and the choices of forms. members_seat_page.c has that of a seat. */
#include "engine/room.h"
#include "members_list.html.h"
#include "rooms/members/members_labels.h"
#include "rooms/members/members_seat_page.h"

#include "base/poison.h"

/* --- constituencies and seats --- */

/* What the sections are made of. */
struct composition {
	struct members_constituencies_rows constituencies;
	struct members_seats_rows seats;
	struct members_representatives_rows reps;
};

static struct members_line line_of(
    struct page *p, const struct composition *c, const struct members_seats_row *r)
{
	bool taken = r->since != INT64_MIN;
	struct members_line line = {
	    .seat = r->seat,
	    .to = members_seat_url(p, r->seat),
	    .state = r->state,
	    .state_label = members_seat_state_label(p, r->state),
	    .member = r->delegation,
	    .nominee = r->delegation.n ? STR_EMPTY : r->nominee,
	    .since = taken ? page_date(p, r->since) : STR_EMPTY,
	    .since_iso = taken ? page_iso(p, r->since) : STR_EMPTY,
	    .record = page_record_url(p, taken ? r->seq : 0),
	};
	for (size_t i = 0; i < c->reps.n; i++)
		if (c->reps.p[i].seat == r->seat)
			*vec_push(p->arena, &line.reps) = members_rep_of(p, &c->reps.p[i]);
	return line;
}

/* The seats of one constituency itself, then those of its parts, however deep. */
static void add_parts(struct page *p, struct members_section *s, const struct composition *c,
    const struct members_constituencies_row *of)
{
	struct members_part part = {
	    .heading = of->parent.n ? of->name : STR_EMPTY,
	    .id = arena_printf(p->arena, "c-%.*s", STR(of->code)),
	    .quota = of->quota,
	    .filled = of->filled,
	};
	for (size_t i = 0; i < c->seats.n; i++) {
		const struct members_seats_row *r = &c->seats.p[i];
		if (!str_eq(r->constituency, of->code))
			continue;
		*vec_push(p->arena, &part.lines) = line_of(p, c, r);
		vec_push(p->arena, &s->marks)->filled = str_is(r->state, "filled");
	}
	if (part.lines.n || part.heading.n)
		*vec_push(p->arena, &s->parts) = part;
	for (size_t i = 0; i < c->constituencies.n; i++)
		if (str_eq(c->constituencies.p[i].parent, of->code))
			add_parts(p, s, c, &c->constituencies.p[i]);
}

static void fill_sections(struct page *p, struct members_page *v, const struct composition *c)
{
	for (size_t i = 0; i < c->constituencies.n; i++) {
		const struct members_constituencies_row *row = &c->constituencies.p[i];
		if (row->parent.n)
			continue;
		struct members_section *s = vec_push(p->arena, &v->sections);
		str id = arena_printf(p->arena, "c-%.*s", STR(row->code));
		*s = (struct members_section){
		    .code = row->code,
		    .name = row->name,
		    .id = id,
		    .to = url_fragment(p->arena, page_url(p, S("members")), id),
		    .route = members_route_label(p, row->route),
		    .quota = row->quota,
		    .filled = row->filled,
		    .open = row->open,
		    .record = page_record_url(p, row->seq),
		};
		add_parts(p, s, c, row);
		v->open += row->open;
	}
}

static enum rc fill_composition(struct page *p, struct members_page *v, struct err *err)
{
	struct composition c = {0};
	struct members_figures_row figures;
	bool found = false;
	int64_t grp = p->group.id;
	TRY(members_constituencies(p->db, p->arena, grp, &c.constituencies, err));
	TRY(members_seats(p->db, p->arena, grp, &c.seats, err));
	TRY(members_representatives(p->db, p->arena, grp, 0, &c.reps, err));
	TRY(members_figures(p->db, p->arena, grp, &figures, &found, err));
	fill_sections(p, v, &c);
	if (found) {
		v->seats = figures.seats;
		v->filled = figures.filled;
		v->member_states = figures.member_states;
		v->other_members = figures.other_members;
		page_fact(p, "figures", members_figures_row_json(p->arena, &figures));
	}
	page_fact(
	    p, "constituencies", members_constituencies_rows_json(p->arena, &c.constituencies));
	page_fact(p, "seats", members_seats_rows_json(p->arena, &c.seats));
	page_fact(p, "representatives", members_representatives_rows_json(p->arena, &c.reps));
	return OK;
}

/* --- the Chair, vice-chairs and candidates --- */

static struct members_officer officer_of(struct page *p, const struct members_officers_row *r)
{
	bool elected = r->elected != INT64_MIN;
	usec when = elected ? r->elected : r->proposed;
	struct members_officer o = {
	    .name = people_shown(p, r->name),
	    .title = r->title,
	    .representing = r->representing,
	    .office = members_office_label(p, r->office),
	    .state = r->state,
	    .to = people_url(p, r->person),
	    .record = page_record_url(p, elected ? r->elected_seq : r->seq),
	    .words = r->words,
	    .when = page_date(p, when),
	    .when_iso = page_iso(p, when),
	};
	if (r->ended != INT64_MIN) {
		o.until = page_date(p, r->ended);
		o.until_iso = page_iso(p, r->ended);
	}
	if (r->meeting != INT64_MIN) {
		o.meeting = page_i64(p, r->meeting);
		o.meeting_to = page_url(p, S("meetings"), o.meeting);
	}
	return o;
}

static enum rc fill_officers(struct page *p, struct members_page *v, struct err *err)
{
	struct members_officers_rows rows = {0};
	TRY(members_officers(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		struct members_officer o = officer_of(p, &rows.p[i]);
		if (str_is(o.state, "in_office"))
			*vec_push(p->arena, &v->officers) = o;
		else if (str_is(o.state, "candidate"))
			*vec_push(p->arena, &v->candidates) = o;
		else if (rows.p[i].elected != INT64_MIN)
			*vec_push(p->arena, &v->former) = o;
	}
	page_fact(p, "officers", members_officers_rows_json(p->arena, &rows));
	return OK;
}

/* --- nominations, observers, history --- */

static void fill_nomination_actions(struct page *p, struct members_nomination *n)
{
	static const struct {
		const char *command, *label;
	} acts[] = {
	    {"members.assess", "Assess"},
	    {"members.endorse", "Endorse"},
	    {"members.decline", "Do not endorse"},
	    {"members.withdraw", "Withdraw"},
	};
	bool eligible = str_is(n->state, "eligible");
	for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
		/* First the check, then the endorsement. */
		if (strcmp(acts[i].command, eligible ? "members.assess" : "members.endorse") == 0)
			continue;
		members_add_link(p, &n->actions, acts[i].command, acts[i].label,
		    page_do_url(p, acts[i].command, "nomination", n->number));
	}
}

static enum rc fill_nominations(struct page *p, struct members_page *v, struct err *err)
{
	struct members_nominations_rows rows = {0};
	TRY(members_nominations(p->db, p->arena, p->group.id, true, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct members_nominations_row *r = &rows.p[i];
		struct members_nomination *n = vec_push(p->arena, &v->nominations);
		*n = (struct members_nomination){
		    .number = r->nomination,
		    .delegation = r->delegation,
		    .constituency = r->constituency,
		    .name = r->person.n ? people_shown(p, r->name) : STR_EMPTY,
		    .note = r->note,
		    .state = r->state,
		    .state_label = members_nomination_state_label(p, r->state),
		    .when = page_date(p, r->time),
		    .when_iso = page_iso(p, r->time),
		    .to = people_url(p, r->person),
		    .record = page_record_url(p, r->seq),
		};
		fill_nomination_actions(p, n);
	}
	page_fact(p, "nominations", members_nominations_rows_json(p->arena, &rows));
	return OK;
}

static enum rc fill_observers(struct page *p, struct members_page *v, struct err *err)
{
	struct members_observers_rows rows = {0};
	bool may_end = page_may_do(p, "members.end_accreditation");
	TRY(members_observers(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct members_observers_row *r = &rows.p[i];
		bool ended = r->until != INT64_MIN;
		struct members_observer *o = vec_push(p->arena, &v->observers);
		*o = (struct members_observer){
		    .organisation = r->organisation,
		    .category = r->category,
		    .name = r->person.n ? people_shown(p, r->name) : STR_EMPTY,
		    .to = people_url(p, r->person),
		    .record = page_record_url(p, r->seq),
		    .since = page_date(p, r->since),
		    .since_iso = page_iso(p, r->since),
		    .until = ended ? page_date(p, r->until) : STR_EMPTY,
		    .reason = r->reason,
		    .ended = ended,
		};
		if (may_end && !ended)
			o->end =
			    page_do_url(p, "members.end_accreditation", "observer", r->observer);
	}
	page_fact(p, "observers", members_observers_rows_json(p->arena, &rows));
	return OK;
}

static enum rc fill_events(struct page *p, struct members_page *v, struct err *err)
{
	struct members_changes_rows rows = {0};
	TRY(members_changes(p->db, p->arena, p->group.id, 0, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->events) = members_event_of(p, &rows.p[i]);
	page_fact(p, "replacements", members_changes_rows_json(p->arena, &rows));
	return OK;
}

static void fill_actions(struct page *p, struct members_page *v)
{
	static const struct {
		const char *command, *label;
		bool officer;
	} acts[] = {
	    {"members.nominate", "Nominate for a seat", false},
	    {"members.constituency", "Add a constituency", false},
	    {"members.accredit", "Accredit an observer", false},
	    {"members.candidate", "Propose a candidate", true},
	    {"members.elect", "Record an election", true},
	    {"members.end_office", "End an office", true},
	};
	for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
		url to = page_do_url(p, acts[i].command, NULL, 0);
		if (acts[i].officer)
			members_add_link(
			    p, &v->officer_actions, acts[i].command, acts[i].label, to);
		else
			members_add_link(p, &v->actions, acts[i].command, acts[i].label, to);
	}
}

static enum rc members_page(struct page *p, struct err *err)
{
	struct members_page v = {.people = page_url(p, S("people"))};
	TRY(fill_composition(p, &v, err));
	TRY(fill_officers(p, &v, err));
	TRY(fill_nominations(p, &v, err));
	TRY(fill_observers(p, &v, err));
	TRY(fill_events(p, &v, err));
	fill_actions(p, &v);
	page_title(p, page_t(p, "Members"));
	p->description =
	    page_t(p, "Who sits in the group: seats by constituency, the Chair and observers.");
	members_list_html(&p->out, &v);
	return OK;
}

/* --- options --- */

static enum rc constituency_options(struct page *p, struct form_options *out, struct err *err)
{
	struct members_constituencies_rows rows = {0};
	TRY(members_constituencies(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, rows.p[i].code, rows.p[i].name);
	return OK;
}

static enum rc nomination_options(struct page *p, struct form_options *out, struct err *err)
{
	struct members_nominations_rows rows = {0};
	TRY(members_nominations(p->db, p->arena, p->group.id, true, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, page_i64(p, rows.p[i].nomination),
		    page_say(p, "{0} ({1})", rows.p[i].delegation, rows.p[i].constituency));
	return OK;
}

static enum rc seat_options(struct page *p, struct form_options *out, struct err *err)
{
	struct members_seats_rows rows = {0};
	TRY(members_seats(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct members_seats_row *r = &rows.p[i];
		str who = r->delegation.n ? r->delegation : members_seat_state_label(p, r->state);
		form_option_add(p, out, page_i64(p, r->seat),
		    page_say(p, "Seat {0}: {1}", page_i64(p, r->seat), who));
	}
	return OK;
}

static enum rc observer_options(struct page *p, struct form_options *out, struct err *err)
{
	struct members_observers_rows rows = {0};
	TRY(members_observers(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.p[i].until == INT64_MIN)
			form_option_add(
			    p, out, page_i64(p, rows.p[i].observer), rows.p[i].organisation);
	return OK;
}

static const struct option_source options[] = {
    {"constituency", constituency_options},
    {"nomination", nomination_options},
    {"seat", seat_options},
    {"observer", observer_options},
};

static const struct route routes[] = {
    {"/g/{group}/members", ROLE_PUBLIC, members_page, "Members"},
    {"/g/{group}/members/seats/{seat}", ROLE_PUBLIC, members_seat_page, NULL},
};

const struct room_pages members_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
};
