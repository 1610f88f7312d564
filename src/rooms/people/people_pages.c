/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/people/people_pages.h"

#include "engine/room.h"
#include "people_card.html.h"
#include "people_list.html.h"
#include "people_view.sql.h"

#include "base/poison.h"

/* --- what other pages use --- */

str people_shown(const struct page *p, str name)
{
	return name.n ? name : page_t(p, "(name erased)");
}

/* True when an id stands at the beginning of s and names somebody of the group. */
static bool name_at(struct page *p, str s, str *name)
{
	struct people_card_row row;
	struct err err = {0};
	actor_id who;
	bool found = false;
	if (!str_starts(s, S("m_")) || !actor_parse(str_head(s, ACTOR_TEXT), &who))
		return false;
	enum rc rc =
	    people_card(p->db, p->arena, p->group.id, str_head(s, ACTOR_TEXT), &row, &found, &err);
	if (rc != OK || !found)
		return false;
	*name = people_shown(p, row.name);
	return true;
}

str people_named(struct page *p, str said)
{
	struct buf b = buf_in(p->arena, 0);
	size_t from = 0;
	for (size_t i = 0; i < said.n; i++) {
		str name;
		if (said.p[i] != 'm' || !name_at(p, str_skip(said, i), &name))
			continue;
		buf_put(&b, str_head(str_skip(said, from), i - from));
		buf_put(&b, out_isolate(&p->out, name));
		i += ACTOR_TEXT - 1;
		from = i + 1;
	}
	buf_put(&b, str_skip(said, from));
	return buf_str(&b);
}

url people_url(const struct page *p, str person)
{
	return page_url(p, S("people"), person);
}

url people_do_url(const struct page *p, const char *command, str person)
{
	return url_query(p->arena, page_do_url(p, command, NULL, 0), S("person"), person);
}

str people_office_label(struct page *p, str office, str constituency)
{
	if (str_is(office, "secretariat"))
		return page_t(p, "Secretariat");
	if (str_is(office, "chair"))
		return page_t(p, "Chair");
	if (str_is(office, "vice_chair"))
		return page_t(p, "Vice-chair");
	if (str_is(office, "captioner"))
		return page_t(p, "Captioner");
	if (str_is(office, "facilitator"))
		return page_t(p, "Facilitator");
	if (!constituency.n)
		return page_t(p, "Focal point");
	return page_say(p, "Focal point of {0}", out_isolate(&p->out, constituency), STR_EMPTY);
}

/* --- the list --- */

static const struct {
	const char *kind;
	const char *heading; /* of the list */
	const char *label;   /* of one */
} kinds[] = {
    {"delegate", "Delegates", "Delegate"},
    {"observer", "Observers", "Observer"},
    {"expert", "Invited experts", "Invited expert"},
    {"secretariat", "Secretariat", "Secretariat"},
    {"captioner", "Captioners", "Captioner"},
    {"interpreter", "Interpreters", "Interpreter"},
};
#define KINDS (sizeof kinds / sizeof kinds[0])

str people_kind_heading(const struct page *p, str kind)
{
	for (size_t k = 0; k < KINDS; k++)
		if (str_is(kind, kinds[k].kind))
			return page_t(p, kinds[k].heading);
	return kind;
}

static str role_at_seat(const struct page *p, str role, int64_t seat)
{
	const char *phrase = str_is(role, "head")        ? "Head of delegation, seat {0}"
	                     : str_is(role, "alternate") ? "Alternate, seat {0}"
	                                                 : "Adviser, seat {0}";
	return page_say(p, phrase, page_i64(p, seat), STR_EMPTY);
}

static void add_link(
    struct page *p, struct people_list_page *v, const char *command, const char *label)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, &v->actions) =
		    (struct people_link){page_t(p, label), page_do_url(p, command, NULL, 0)};
}

static void fill_kinds(
    struct page *p, struct people_list_page *v, const struct people_list_rows *rows)
{
	for (size_t k = 0; k < KINDS; k++) {
		struct people_kind_list list = {
		    .heading = page_t(p, kinds[k].heading), .id = str_of(kinds[k].kind)};
		for (size_t i = 0; i < rows->n; i++) {
			const struct people_list_row *r = &rows->p[i];
			if (!str_is(r->kind, kinds[k].kind))
				continue;
			*vec_push(p->arena, &list.entries) = (struct people_entry){
			    .name = people_shown(p, r->name),
			    .to = people_url(p, r->person),
			    .title = r->title,
			    .representing = r->representing,
			    .place = r->seat == INT64_MIN ? STR_EMPTY
			                                  : role_at_seat(p, r->role, r->seat),
			};
		}
		if (list.entries.n)
			*vec_push(p->arena, &v->kinds) = list;
	}
}

static void fill_offices(
    struct page *p, struct people_list_page *v, const struct people_in_office_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct people_in_office_row *r = &rows->p[i];
		*vec_push(p->arena, &v->offices) = (struct people_entry){
		    .name = people_shown(p, r->name),
		    .to = people_url(p, r->person),
		    .representing = r->representing,
		    .place = people_office_label(p, r->office, r->constituency),
		};
	}
}

static enum rc list_page(struct page *p, struct err *err)
{
	struct people_list_page v = {
	    .q = str_trim(page_param(p, "q")), .here = page_url(p, S("people"))};
	struct people_list_rows rows = {0};
	struct people_in_office_rows offices = {0};
	TRY(people_list(p->db, p->arena, p->group.id, v.q, &rows, err));
	TRY(people_in_office(p->db, p->arena, p->group.id, &offices, err));
	v.n = (int64_t)rows.n;
	fill_kinds(p, &v, &rows);
	if (!v.q.n)
		fill_offices(p, &v, &offices);
	add_link(p, &v, "people.add", "Register a participant");
	add_link(p, &v, "people.appoint", "Appoint to an office");
	page_fact(p, "people", people_list_rows_json(p->arena, &rows));
	page_fact(p, "offices", people_in_office_rows_json(p->arena, &offices));
	page_title(p, page_t(p, "People"));
	people_list_html(&p->out, &v);
	return OK;
}

/* --- one person --- */

static struct people_service *add_service(
    struct page *p, struct people_card_page *v, str what, usec since, usec until, int64_t seq)
{
	struct people_service *s = vec_push(p->arena, &v->services);
	*s = (struct people_service){
	    .what = what,
	    .since = page_date(p, since),
	    .since_iso = page_iso(p, since),
	    .until = until == INT64_MIN ? STR_EMPTY : page_date(p, until),
	    .until_iso = until == INT64_MIN ? STR_EMPTY : page_iso(p, until),
	    .record = page_record_url(p, seq),
	};
	return s;
}

static enum rc fill_seats(struct page *p, struct people_card_page *v, str person, struct err *err)
{
	struct people_seats_rows rows = {0};
	TRY(people_seats(p->db, p->arena, p->group.id, person, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct people_seats_row *r = &rows.p[i];
		str what = page_say(p, "{0} ({1})", role_at_seat(p, r->role, r->seat),
		    out_isolate(&p->out, r->delegation));
		add_service(p, v, what, r->since, r->until, r->seq)->to =
		    page_url(p, S("members"), S("seats"), page_i64(p, r->seat));
	}
	page_fact(p, "seats", people_seats_rows_json(p->arena, &rows));
	return OK;
}

static enum rc fill_elections(
    struct page *p, struct people_card_page *v, str person, struct err *err)
{
	struct people_elections_rows rows = {0};
	TRY(people_elections(p->db, p->arena, p->group.id, person, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct people_elections_row *r = &rows.p[i];
		bool chair = str_is(r->office, "chair");
		bool elected = r->elected != INT64_MIN;
		const char *what =
		    elected ? (chair ? "Chair" : "Vice-chair")
		            : (chair ? "Candidate for Chair" : "Candidate for vice-chair");
		add_service(
		    p, v, page_t(p, what), elected ? r->elected : r->proposed, r->ended, r->seq);
	}
	page_fact(p, "elections", people_elections_rows_json(p->arena, &rows));
	return OK;
}

static enum rc fill_services(
    struct page *p, struct people_card_page *v, str person, struct err *err)
{
	struct people_offices_rows rows = {0};
	TRY(fill_elections(p, v, person, err));
	TRY(fill_seats(p, v, person, err));
	TRY(people_offices(p->db, p->arena, p->group.id, person, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct people_offices_row *r = &rows.p[i];
		add_service(p, v, people_office_label(p, r->office, r->constituency), r->since,
		    r->until, r->seq);
	}
	page_fact(p, "offices", people_offices_rows_json(p->arena, &rows));
	return OK;
}

static void fill_actions(struct page *p, struct people_card_page *v, str person)
{
	static const struct {
		const char *command, *label;
	} about[] = {
	    {"people.appoint", "Appoint to an office"},
	    {"people.release", "Release from an office"},
	    {"members.assign", "Name as representative of a seat"},
	    {"members.candidate", "Propose as candidate"},
	};
	bool own = str_eq(actor_str(p->arena, p->viewer.actor), person);
	if (own || page_may(p, ROLE_SECRETARIAT | ROLE_ADMIN))
		*vec_push(p->arena, &v->actions) = (struct people_link){
		    page_t(p, "Correct this card"), people_do_url(p, "people.card", person)};
	for (size_t i = 0; i < sizeof about / sizeof about[0]; i++)
		if (page_may_do(p, about[i].command))
			*vec_push(p->arena, &v->actions) = (struct people_link){
			    page_t(p, about[i].label), people_do_url(p, about[i].command, person)};
}

static str kind_label(const struct page *p, str kind)
{
	for (size_t k = 0; k < KINDS; k++)
		if (str_is(kind, kinds[k].kind))
			return page_t(p, kinds[k].label);
	return kind;
}

static enum rc card_page(struct page *p, struct err *err)
{
	str person = page_arg(p, "person");
	struct people_card_row row;
	bool found = false;
	TRY(people_card(p->db, p->arena, p->group.id, person, &row, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "Nobody of this id is registered in the group.");
	struct people_card_page v = {
	    .name = people_shown(p, row.name),
	    .title = row.title,
	    .representing = row.representing,
	    .kind = kind_label(p, row.kind),
	    .since = page_date(p, row.time),
	    .since_iso = page_iso(p, row.time),
	    .corrected = row.card_seq != row.seq,
	    .record = page_record_url(p, row.seq),
	    .card_record = page_record_url(p, row.card_seq),
	    .acts = url_query(p->arena, page_url(p, S("record")), S("actor"), person),
	};
	page_fact(p, "person", people_card_row_json(p->arena, &row));
	TRY(fill_services(p, &v, person, err));
	fill_actions(p, &v, person);
	page_title(p, v.name);
	people_card_html(&p->out, &v);
	return OK;
}

/* --- options --- */

static enum rc person_options(struct page *p, struct form_options *out, struct err *err)
{
	struct people_list_rows rows = {0};
	TRY(people_list(p->db, p->arena, p->group.id, STR_EMPTY, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, rows.p[i].person,
		    page_say(
		        p, "{0} ({1})", people_shown(p, rows.p[i].name), rows.p[i].representing));
	return OK;
}

static enum rc account_options(struct page *p, struct form_options *out, struct err *err)
{
	struct people_accounts_rows rows = {0};
	TRY(people_accounts(p->db, p->arena, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		if (!rows.p[i].admin)
			form_option_add(p, out, rows.p[i].account, people_shown(p, rows.p[i].name));
	return OK;
}

static const struct option_source options[] = {
    {"person", person_options},
    {"account", account_options},
};

static const struct route routes[] = {
    {"/g/{group}/people", ROLE_PUBLIC, list_page, "People"},
    {"/g/{group}/people/{person}", ROLE_PUBLIC, card_page, NULL},
};

const struct room_pages people_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
};
