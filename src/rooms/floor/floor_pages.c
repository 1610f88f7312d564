/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/floor/floor_pages.h"

#include "engine/room.h"
#include "floor_page.html.h"
#include "rooms/meeting/meeting_pages.h"

#include "base/poison.h"

extern const struct room_pages floor_pages;

/* --- one line --- */

static str about_of(struct page *p, int64_t item, str paragraph)
{
	str i = item ? page_say(p, "agenda item {0}", page_i64(p, item), STR_EMPTY) : STR_EMPTY;
	str par = paragraph.n ? page_say(p, "paragraph {0}", paragraph, STR_EMPTY) : STR_EMPTY;
	if (i.n && par.n)
		return page_say(p, "{0}, {1}", i, par);
	return i.n ? i : par;
}

static struct floor_line line_of(struct page *p, const struct floor_requests_row *r)
{
	bool spoke = r->given_at != INT64_MIN;
	struct floor_line x = {
	    .request = r->request,
	    .party = r->party.n ? r->party : r->name,
	    .name = r->party.n ? r->name : STR_EMPTY,
	    .constituency = r->constituency_name,
	    .kind = floor_request_label(p, r->kind, r->category),
	    .rule = r->rule,
	    .state = r->state,
	    .state_label = floor_state_label(p, r->state),
	    .why = floor_why_label(p, r->why, r->constituency_name),
	    .about = about_of(p, r->item, r->paragraph),
	    .lang = r->lang,
	    .note = r->note,
	    .reason = r->reason,
	    .limit = floor_minutes(p, r->minutes),
	    .used = spoke ? floor_span(p, r->seconds) : STR_EMPTY,
	    .over = floor_over(p, r),
	    .remote = str_is(r->mode, "remote"),
	    .overridden = r->overridden,
	    .record = page_record_url(p, r->seq),
	};
	if (r->since != INT64_MIN) {
		x.since = page_time(p, r->since);
		x.since_iso = page_iso(p, r->since);
	}
	return x;
}

/* One that was taken off the list of the meeting, or is not public any more, is not named. */
static void add_statement(
    struct floor_line *x, const meeting_statement_lines *listed, int64_t statement)
{
	for (size_t i = 0; statement && i < listed->n; i++)
		if (listed->p[i].statement == statement) {
			x->statement = listed->p[i].name;
			x->statement_to = listed->p[i].to;
		}
}

/* --- the list that is shown --- */

static enum rc fill_requests(struct page *p, struct floor_page *v, int64_t meeting,
    struct floor_requests_rows *rows, struct err *err)
{
	struct floor_own_seat_row own = {0};
	meeting_statement_lines listed = {0};
	bool seated = false;
	str me = p->viewer.signed_in ? actor_str(p->arena, p->viewer.actor) : STR_EMPTY;
	if (me.n)
		TRY(floor_own_seat(p->db, p->arena, p->group.id, me, &own, &seated, err));
	TRY(floor_requests(p->db, p->arena, p->group.id, v->list, rows, err));
	TRY(meeting_load_statements(p, meeting, &listed, err));
	page_fact(p, "requests", floor_requests_rows_json(p->arena, rows));
	for (size_t i = 0; i < rows->n; i++) {
		const struct floor_requests_row *r = &rows->p[i];
		struct floor_line x = line_of(p, r);
		add_statement(&x, &listed, r->statement);
		bool mine = r->seat ? seated && own.seat == r->seat : me.n && str_eq(r->person, me);
		bool waits = str_is(r->state, "on_list"), late = str_is(r->state, "requested");
		if (v->in_session && v->is_current && (waits || late))
			floor_line_deeds(p, &x, meeting, mine, r->place == 1);
		if (waits)
			*vec_push(p->arena, &v->queue) = x;
		else if (late)
			*vec_push(p->arena, &v->waiting) = x;
		else if (str_is(r->state, "paused"))
			*vec_push(p->arena, &v->paused) = x;
		else if (!str_is(r->state, "speaking") && !str_is(r->state, "called"))
			*vec_push(p->arena, &v->heard) = x;
		struct floor_line *kept = arena_new_of(p->arena, struct floor_line);
		*kept = x;
		if (str_is(r->state, "speaking")) {
			v->speaker = kept;
			v->clock = floor_clock_of(p, r);
			v->clock.apart = (v->apart && str_is(r->kind, "point_of_order")) ||
			                 (v->replies_apart && str_is(r->kind, "right_of_reply"));
		}
		if (str_is(r->state, "called"))
			v->called = kept;
	}
	return OK;
}

/* What was counted when the clock stopped last, and what runs now. */
static void count_running(const struct floor_page *v, struct floor_times_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		if (v->clock.runs && !v->clock.apart &&
		    str_eq(v->clock.constituency, rows->p[i].constituency))
			rows->p[i].seconds += v->clock.now_ms / 1000;
}

/* With a budget also of those who have not spoken: what is left is the point of it. */
static enum rc fill_times(struct page *p, struct floor_page *v, int64_t budget, struct err *err)
{
	struct floor_times_rows rows = {0};
	TRY(floor_times(p->db, p->arena, p->group.id, v->list, budget > 0, &rows, err));
	count_running(v, &rows);
	page_fact(p, "times", floor_times_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct floor_times_row *r = &rows.p[i];
		int64_t left = budget * 60 - r->seconds;
		*vec_push(p->arena, &v->budgets) =
		    (struct floor_budget){.constituency = r->name.n ? r->name : page_t(p, "Others"),
		        .used = floor_span(p, r->seconds),
		        .left = budget ? floor_span(p, left > 0 ? left : 0) : STR_EMPTY,
		        .speakers = r->speakers};
	}
	return OK;
}

/* Which list: the one of the address, else the newest. Returns its row, or NULL. */
static enum rc fill_lists(struct page *p, struct floor_page *v, int64_t meeting,
    const struct floor_lists_row **shown, struct err *err)
{
	struct floor_lists_rows *rows = arena_new_of(p->arena, struct floor_lists_rows);
	int64_t wanted;
	*shown = NULL;
	TRY(floor_lists(p->db, p->arena, p->group.id, meeting, rows, err));
	page_fact(p, "lists", floor_lists_rows_json(p->arena, rows));
	if (!str_to_i64(page_param(p, "list"), &wanted))
		wanted = 0;
	for (size_t i = 0; i < rows->n; i++)
		if (rows->p[i].list == wanted || (!wanted && i + 1 == rows->n))
			*shown = &rows->p[i];
	if (wanted && !*shown)
		return ERR(err, ABSENT, NULL, "There is no list {0} in this meeting.",
		    page_i64(p, wanted));
	url here = page_url(p, S("meetings"), page_i64(p, meeting), S("floor"));
	for (size_t i = 0; i < rows->n; i++) {
		const struct floor_lists_row *r = &rows->p[i];
		bool last = i + 1 == rows->n;
		*vec_push(p->arena, &v->lists) = (struct floor_past){.list = r->list,
		    .about = r->item_title,
		    .shown = r == *shown,
		    .to = last ? here : url_query(p->arena, here, S("list"), page_i64(p, r->list)),
		    .record = page_record_url(p, r->seq)};
	}
	v->is_current = *shown && *shown == &rows->p[rows->n - 1];
	return OK;
}

static void fill_head(struct page *p, struct floor_page *v, const struct floor_lists_row *l)
{
	v->list = l->list;
	v->policy = floor_policy_label(p, l->policy);
	v->limit = floor_minutes(p, l->minutes);
	v->about = l->item_title;
	v->closed = l->closed;
	v->apart = l->apart;
	v->replies_apart = l->replies_apart;
	v->closed_words = l->closed_words;
	v->record = page_record_url(p, l->seq);
	page_fact(p, "list", json_of_i64(p->arena, l->list));
}

/* --- what was put --- */

static enum rc fill_decision(struct page *p, struct floor_page *v, int64_t meeting,
    const struct floor_puts_row *r, const struct floor_objections_rows *objections, struct err *err)
{
	struct floor_decision *d = vec_push(p->arena, &v->decisions);
	*d = (struct floor_decision){.put = r->put,
	    .text = r->text,
	    .hash = r->hash,
	    .state = r->state,
	    .state_label = floor_put_label(p, r->state),
	    .words = r->words,
	    .at = page_time(p, r->at),
	    .iso = page_iso(p, r->at),
	    .record = page_record_url(p, r->seq)};
	for (size_t i = 0; i < objections->n; i++) {
		const struct floor_objections_row *o = &objections->p[i];
		if (o->put == r->put)
			*vec_push(p->arena, &d->objections) = (struct floor_objection_line){
			    o->party, o->reason, page_record_url(p, o->seq)};
	}
	return v->in_session ? floor_fill_put_console(p, d, meeting, err) : OK;
}

static str decision_said(struct page *p, const struct floor_puts_rows *rows)
{
	if (!rows->n)
		return page_t(p, "Nothing has been put to the group in this meeting.");
	str n = page_i64(p, rows->p[0].put), state = rows->p[0].state;
	if (str_is(state, "put"))
		return page_say(p,
		    "{0} is put to the group: if there is no objection, it is so decided.", n,
		    STR_EMPTY);
	if (str_is(state, "decided"))
		return page_say(p, "{0} was decided without objection.", n, STR_EMPTY);
	if (str_is(state, "objection"))
		return page_say(
		    p, "There is an objection to {0}: it is not decided.", n, STR_EMPTY);
	return page_say(p, "{0} was taken back.", n, STR_EMPTY);
}

static enum rc fill_decisions(
    struct page *p, struct floor_page *v, int64_t meeting, struct err *err)
{
	struct floor_puts_rows rows = {0};
	struct floor_objections_rows objections = {0};
	TRY(floor_puts(p->db, p->arena, p->group.id, meeting, &rows, err));
	TRY(floor_objections(p->db, p->arena, p->group.id, meeting, &objections, err));
	page_fact(p, "decisions", floor_puts_rows_json(p->arena, &rows));
	page_fact(p, "objections", floor_objections_rows_json(p->arena, &objections));
	v->said_decision = decision_said(p, &rows);
	for (size_t i = 0; i < rows.n; i++)
		TRY(fill_decision(p, v, meeting, &rows.p[i], &objections, err));
	return OK;
}

/* --- the page --- */

static enum rc need_meeting(
    struct page *p, int64_t *number, struct floor_meeting_row *row, struct err *err)
{
	bool found;
	TRY(page_arg_i64(p, "meeting", number, err));
	TRY(floor_meeting(p->db, p->arena, p->group.id, *number, p->now, row, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no meeting {0} in this group.",
		    page_i64(p, *number));
	return OK;
}

static void say_speaker(struct page *p, struct floor_page *v)
{
	if (v->speaker)
		v->said_speaker =
		    page_say(p, "{0} has the floor: {1}.", v->speaker->party, v->speaker->kind);
	else
		v->said_speaker = page_t(p, "Nobody has the floor.");
}

static enum rc page_floor(struct page *p, struct err *err)
{
	struct floor_page v = {0};
	struct floor_meeting_row m = {0};
	struct floor_requests_rows rows = {0};
	const struct floor_lists_row *list;
	int64_t meeting;
	TRY(need_meeting(p, &meeting, &m, err));
	page_fact(p, "meeting", floor_meeting_row_json(p->arena, &m));
	v.title = m.title;
	v.meeting = page_url(p, S("meetings"), page_i64(p, meeting));
	if (str_is(m.state, "open") || str_is(m.state, "suspended"))
		v.live = page_url(p, S("meetings"), page_i64(p, meeting), S("live"));
	v.in_session = str_is(m.state, "open");
	if (v.in_session && !url_external(p->arena, m.url, &v.join))
		v.join = (url){0};
	TRY(fill_lists(p, &v, meeting, &list, err));
	if (list)
		fill_head(p, &v, list);
	TRY(fill_requests(p, &v, meeting, &rows, err));
	TRY(fill_times(p, &v, list ? list->budget : 0, err));
	TRY(fill_decisions(p, &v, meeting, err));
	TRY(floor_fill_console(p, &v, meeting, &rows, err));
	TRY(floor_fill_sound(p, &v, meeting, err));
	say_speaker(p, &v);
	if (v.clock.runs)
		page_fact(p, "clock", floor_clock_json(p, &v.clock));
	page_fact(p, "speaking", json_of_i64(p->arena, v.speaker ? v.speaker->request : 0));
	page_title(p, page_say(p, "The floor: {0}", m.title, STR_EMPTY));
	floor_page_html(&p->out, &v);
	return OK;
}

/* Whoever may see the page may follow it. */
static enum rc follow(struct page *p, struct err *err)
{
	struct floor_meeting_row m;
	int64_t meeting;
	return need_meeting(p, &meeting, &m, err);
}

static enum rc write_nothing(struct page *p, struct err *err)
{
	(void)p;
	return ERR(err, DENIED, NULL, "The floor is changed by the acts of the Chair alone.");
}

/* --- what forms offer --- */

static enum rc list_requests(struct page *p, struct form_options *out, struct err *err)
{
	struct floor_choices_rows rows = {0};
	TRY(floor_choices(p->db, p->arena, p->group.id, meeting_chosen(p), &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, page_i64(p, rows.p[i].request),
		    page_say(p, "{0}: {1}", rows.p[i].party, floor_kind_label(p, rows.p[i].kind)));
	return OK;
}

static enum rc list_puts(struct page *p, struct form_options *out, struct err *err)
{
	struct floor_puts_rows rows = {0};
	TRY(floor_puts(p->db, p->arena, p->group.id, meeting_chosen(p), &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, page_i64(p, rows.p[i].put),
		    page_say(p, "{0}: {1}", page_i64(p, rows.p[i].put),
		        floor_put_label(p, rows.p[i].state)));
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/meetings/{meeting}/floor", ROLE_PUBLIC, page_floor, NULL},
};

static const struct option_source options[] = {
    {"floor_request", list_requests},
    {"floor_put", list_puts},
};

static const struct live_row lives[] = {
    {"/g/{group}/meetings/{meeting}/floor/live", follow, write_nothing},
};

static const struct sound_row sounds[] = {
    {"/g/{group}/meetings/{meeting}/floor/audio", floor_sound_may},
};

const struct room_pages floor_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
    .lives = lives,
    .lives_n = sizeof lives / sizeof lives[0],
    .sounds = sounds,
    .sounds_n = sizeof sounds / sizeof sounds[0],
};
