/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/page.h"
#include "engine/room.h"
#include "group_help.html.h"
#include "group_home.html.h"
#include "group_one.html.h"
#include "rooms/group/group_pages.h"
#include "rooms/group/group_steps.h"
#include "rooms/people/people_pages.h"

#include "base/poison.h"

#define LATEST 12

/* The words of a step, and the page where it is found. */
static const struct {
	const char *name;
	const char *page;
} step_words[GROUP_STEPS] = {
    [GROUP_STEP_MANDATE] = {"Mandate", "mandate"},
    [GROUP_STEP_MEMBERS] = {"Members", "members"},
    [GROUP_STEP_METHODS] = {"Methods of work", "methods"},
    [GROUP_STEP_CALL] = {"Contributions", "calls"},
    [GROUP_STEP_PROPOSALS] = {"Proposals", "proposals"},
    [GROUP_STEP_DRAFTS] = {"Draft report", "report"},
    [GROUP_STEP_DECISION] = {"Decision", "report"},
    [GROUP_STEP_REPORT] = {"Report", "report"},
};

static enum rc home(struct page *p, struct err *err)
{
	struct group_home_page v = {0};
	struct group_list_rows rows;
	TRY(group_list(p->db, p->arena, &rows, err));
	page_fact(p, "groups", group_list_rows_json(p->arena, &rows));
	page_title(p, page_t(p, "Working groups"));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v.groups) = (struct group_card){
		    .to = URL(p->arena, S("g"), rows.p[i].slug),
		    .title = rows.p[i].title,
		    .description = rows.p[i].description,
		    .done = rows.p[i].step < 0,
		    .step =
		        rows.p[i].step < 0 ? STR_EMPTY : page_t(p, step_words[rows.p[i].step].name),
		    .last = page_date(p, rows.p[i].last),
		    .last_iso = page_iso(p, rows.p[i].last),
		};
	v.may_create = page_may_do(p, "group.create");
	v.create = URL(p->arena, S("do"), S("group.create"));
	group_home_html(&p->out, &v);
	return OK;
}

/* "37 contributions", "42 of 42 seats", "A/RES/70/125". */
static str step_detail(const struct page *p, const struct group_steps_row *row)
{
	str have = page_i64(p, row->have), of = page_i64(p, row->of);
	const char *text = NULL;
	switch ((enum group_step)row->step) {
	case GROUP_STEP_MEMBERS:
		text = row->of ? "{0} of {1} seats filled" : NULL;
		break;
	case GROUP_STEP_METHODS:
		text = row->have ? "adopted" : NULL;
		break;
	case GROUP_STEP_CALL:
		text = row->have ? "{0} contributions" : NULL;
		break;
	case GROUP_STEP_PROPOSALS:
		text = row->have ? "{0} proposals" : NULL;
		break;
	case GROUP_STEP_DRAFTS:
		text = row->have ? "{0} drafts" : NULL;
		break;
	case GROUP_STEP_DECISION:
		text = str_is(row->what, "adopted")        ? "adopted"
		       : str_is(row->what, "no_agreement") ? "no agreement"
		                                           : NULL;
		break;
	case GROUP_STEP_MANDATE:
	case GROUP_STEP_REPORT:
	case GROUP_STEPS:
		return row->what;
	}
	return text ? err_fill(p->arena, page_t(p, text), (const str[]){have, of}, 2) : STR_EMPTY;
}

static str state_word(const struct page *p, str state)
{
	if (str_is(state, "done"))
		return page_t(p, "done");
	return str_is(state, "current") ? page_t(p, "now") : page_t(p, "to come");
}

static enum rc fill_steps(struct page *p, struct group_page *v, struct err *err)
{
	struct group_steps_rows rows;
	TRY(group_steps(p->db, p->arena, p->group.id, &rows, err));
	page_fact(p, "process", group_steps_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->steps) = (struct group_step_line){
		    .name = page_t(p, step_words[rows.p[i].step].name),
		    .to = page_url(p, str_of(step_words[rows.p[i].step].page)),
		    .state = rows.p[i].state,
		    .word = state_word(p, rows.p[i].state),
		    .detail = step_detail(p, &rows.p[i]),
		};
	return OK;
}

static enum rc fill_next(struct page *p, struct group_page *v, struct err *err)
{
	struct group_next_rows rows;
	TRY(group_next(p->db, p->arena, p->group.id, p->now - p->now % USEC_DAY, &rows, err));
	page_fact(p, "next", group_next_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		bool meeting = str_is(rows.p[i].kind, "meeting");
		*vec_push(p->arena, &v->next) = (struct group_next_line){
		    .meeting = meeting,
		    .title = rows.p[i].title,
		    .place = rows.p[i].place,
		    .when = meeting ? page_date(p, rows.p[i].at) : page_time(p, rows.p[i].at),
		    .when_iso = page_iso(p, rows.p[i].at),
		    .to = page_url(
		        p, meeting ? S("meetings") : S("calls"), page_i64(p, rows.p[i].number)),
		};
	}
	return OK;
}

static enum rc fill_latest(struct page *p, struct group_page *v, struct err *err)
{
	struct record_latest_rows rows;
	TRY(record_latest(p->db, p->arena, p->group.id, LATEST, &rows, err));
	page_fact(p, "latest", record_latest_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->latest) = (struct group_act_line){
		    .who = rows.p[i].who,
		    .by_clock = str_is(rows.p[i].actor, "system"),
		    .said = people_named(p, rows.p[i].said),
		    .when = page_date(p, rows.p[i].time),
		    .when_iso = page_iso(p, rows.p[i].time),
		    .entry = page_record_url(p, rows.p[i].seq),
		};
	return OK;
}

static void offer(
    struct page *p, struct group_page *v, const char *command, const char *label, url to)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, &v->todo) = (struct group_link){page_t(p, label), to};
}

/* What this reader can do now, by role. */
static void fill_todo(struct page *p, struct group_page *v)
{
	for (size_t i = 0; i < v->next.n; i++)
		if (!v->next.p[i].meeting)
			*vec_push(p->arena, &v->todo) = (struct group_link){
			    page_t(p, "Contribute to the open call"), v->next.p[i].to};
	if (page_may(p, ROLE_SECRETARIAT))
		*vec_push(p->arena, &v->todo) = (struct group_link){
		    page_t(p, "Work through the inbox"), page_url(p, S("inbox"))};
	offer(p, v, "proposal.submit", "Submit a proposal",
	    page_do_url(p, "proposal.submit", NULL, 0));
	offer(p, v, "meeting.announce", "Announce a meeting",
	    page_do_url(p, "meeting.announce", NULL, 0));
	offer(p, v, "call.draft", "Prepare a call for contributions",
	    page_do_url(p, "call.draft", NULL, 0));
	offer(
	    p, v, "document.issue", "Issue a document", page_do_url(p, "document.issue", NULL, 0));
	offer(p, v, "group.announce", "Announce something",
	    page_do_url(p, "group.announce", NULL, 0));
	if (!v->todo.n)
		*vec_push(p->arena, &v->todo) = (struct group_link){
		    page_t(p, "Read the contributions"), page_url(p, S("contributions"))};
}

static enum rc fill_announcements(struct page *p, struct group_page *v, struct err *err)
{
	struct group_announcements_rows rows;
	TRY(group_announcements(p->db, p->arena, p->group.id, 3, &rows, err));
	page_fact(p, "announcements", group_announcements_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->announcements) = (struct group_announcement_line){
		    .title = rows.p[i].title,
		    .text = rows.p[i].text,
		    .when = page_date(p, rows.p[i].time),
		    .when_iso = page_iso(p, rows.p[i].time),
		    .entry = page_record_url(p, rows.p[i].seq),
		};
	return OK;
}

static enum rc one(struct page *p, struct err *err)
{
	struct group_page v = {0};
	struct group_heading_row row;
	bool found;
	TRY(group_heading(p->db, p->arena, p->group.id, &row, &found, err));
	if (found) {
		v.title = row.title;
		v.description = row.description;
		v.founded = page_record_url(p, row.seq);
	} else {
		v.title = p->group.slug;
		v.found = page_do_url(p, "group.found", NULL, 0);
	}
	v.is_founded = found;
	page_title(p, v.title);
	p->description = v.description;
	TRY(fill_steps(p, &v, err));
	TRY(fill_next(p, &v, err));
	TRY(fill_latest(p, &v, err));
	TRY(fill_announcements(p, &v, err));
	fill_todo(p, &v);
	v.record = page_url(p, S("record"));
	v.help = page_url(p, S("help"));
	group_one_html(&p->out, &v);
	return OK;
}

/* The roles of a row in words. */
static str who_may(const struct page *p, unsigned may)
{
	static const struct {
		unsigned role;
		const char *name;
	} names[] = {
	    {ROLE_PUBLIC, "anyone"},
	    {ROLE_PARTICIPANT, "participants"},
	    {ROLE_OBSERVER, "observers"},
	    {ROLE_MEMBER, "members"},
	    {ROLE_FOCAL_POINT, "focal points"},
	    {ROLE_CHAIR, "the Chair"},
	    {ROLE_SECRETARIAT, "the secretariat"},
	    {ROLE_ADMIN, "administrators"},
	    {ROLE_SYSTEM, "the clock"},
	};
	struct buf b = buf_in(p->arena, 0);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (!(may & names[i].role))
			continue;
		buf_sep(&b, S(", "));
		buf_put(&b, page_t(p, names[i].name));
	}
	return buf_str(&b);
}

static void help_fields(struct page *p, const struct command *c, struct group_help_command *out)
{
	for (size_t i = 0; i < c->fields_n; i++) {
		const struct field *f = &c->fields[i];
		*vec_push(p->arena, &out->fields) = (struct group_help_field){
		    .name = str_of(f->name),
		    .label = f->label ? page_t(p, f->label) : STR_EMPTY,
		    .help = f->help ? page_t(p, f->help) : STR_EMPTY,
		    .required = f->flags & FIELD_REQUIRED,
		    .given = f->flags & FIELD_GIVEN,
		};
	}
}

/* What the navigation calls a room; one that is not there is called by its name. */
static str room_title(const struct page *p, const struct room *r)
{
	for (size_t i = 0; r->pages && i < r->pages->routes_n; i++)
		if (r->pages->routes[i].nav)
			return page_t(p, r->pages->routes[i].nav);
	return str_of(r->name);
}

static enum rc help(struct page *p, struct err *err)
{
	struct group_help_page v = {0};
	const struct rooms *rooms = page_rooms(p);
	(void)err;
	page_title(p, page_t(p, "What can be done here"));
	for (size_t i = 0; i < rooms->n; i++) {
		const struct room_commands *c = rooms->v[i].commands;
		struct group_help_room room = {.name = room_title(p, &rooms->v[i])};
		for (size_t k = 0; c && k < c->n; k++) {
			if (c->rows[k].flags & COMMAND_SITE)
				continue;
			struct group_help_command *h = vec_push(p->arena, &room.commands);
			*h = (struct group_help_command){
			    .name = str_of(c->rows[k].name),
			    .title = page_t(p, c->rows[k].title),
			    .help = page_t(p, c->rows[k].help),
			    .who = who_may(p, c->rows[k].may),
			    .yours = page_may(p, c->rows[k].may),
			    .to = page_do_url(p, c->rows[k].name, NULL, 0),
			};
			help_fields(p, &c->rows[k], h);
		}
		if (room.commands.n)
			*vec_push(p->arena, &v.rooms) = room;
	}
	group_help_html(&p->out, &v);
	return OK;
}

static const struct route routes[] = {
    {"/", ROLE_PUBLIC, home, NULL},
    {"/g/{group}", ROLE_PUBLIC, one, "Overview"},
    {"/g/{group}/help", ROLE_PUBLIC, help, NULL},
};

const struct room_pages group_pages = {
    .routes = routes, .routes_n = sizeof routes / sizeof routes[0]};
