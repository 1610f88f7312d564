/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The form of attendance begins with who is likely to be there, to be changed before it is sent. */
#include "floor_view.sql.h"
#include "meeting_view.sql.h"
#include "rooms/meeting/meeting.h"
#include "rooms/meeting/meeting_pages.h"

#include "base/poison.h"

#define EARLY (3600 * USEC_SECOND) /* people ask for the floor before a sitting begins */
#define LATE  (6 * 3600 * USEC_SECOND)

static const char room[] = "room", remote[] = "remote";

struct attending {
	struct page *p;
	struct form *f;
	int64_t meeting;
	int64_t sitting; /* in the form; 0: none */
	int64_t last;    /* the sitting before it of which attendance is known; 0: none */
	struct meeting programme;
	struct meeting_recorded_rows recorded;
	struct floor_present_rows floor;
};

/* Who attends is counted to the sitting that is held, unless another is named. */
static enum rc fill_sitting(struct attending *x, struct err *err)
{
	struct page *p = x->p;
	struct meeting_begun_row begun = {0};
	const struct form_field *sitting = form_field_of(x->f, "sitting");
	bool found;
	if (!sitting->value.n && !sitting->error.n) {
		TRY(meeting_begun(p->db, p->arena, p->group.id, x->meeting, &begun, &found, err));
		if (!found || !str_is(begun.state, "open"))
			return OK;
		*vec_push(p->arena, &x->programme.openings) =
		    (struct meeting_opening){begun.at, begun.sitting};
		int64_t held = meeting_sitting_at(&x->programme, p->now);
		if (held)
			form_fill(x->f, "sitting", page_i64(p, held));
	}
	if (!str_to_i64(sitting->value, &x->sitting) ||
	    x->sitting > (int64_t)x->programme.sittings.n || x->sitting < 0)
		x->sitting = 0;
	return OK;
}

static bool is_known(const struct attending *x, int64_t sitting)
{
	for (size_t i = 0; i < x->recorded.n; i++)
		if (x->recorded.p[i].sitting == sitting)
			return true;
	return false;
}

static void find_last(struct attending *x)
{
	usec before = x->sitting ? x->programme.sittings.p[x->sitting - 1].starts : INT64_MAX;
	usec newest = INT64_MIN;
	for (size_t i = 0; i < x->programme.sittings.n; i++) {
		usec starts = x->programme.sittings.p[i].starts;
		int64_t n = (int64_t)i + 1;
		if (n != x->sitting && starts <= before && starts >= newest && is_known(x, n)) {
			x->last = n;
			newest = starts;
		}
	}
}

/* In a sitting until people come for the next one; without one, in the whole meeting. */
static enum rc load_floor(struct attending *x, struct err *err)
{
	struct page *p = x->p;
	usec from = 0, until = INT64_MAX;
	if (x->sitting) {
		const struct meeting_sitting *s = &x->programme.sittings.p[x->sitting - 1];
		from = s->starts - EARLY;
		until = s->ends + LATE;
		for (size_t i = 0; i < x->programme.sittings.n; i++) {
			const struct meeting_sitting *o = &x->programme.sittings.p[i];
			if (!o->cancelled && o->starts > s->starts && o->starts - EARLY < until)
				until = o->starts - EARLY;
		}
	}
	return floor_present(p->db, p->arena, p->group.id, x->meeting, from, until, &x->floor, err);
}

static void tick(struct attending *x, str person)
{
	struct form_options *o = &form_field_of(x->f, "persons")->options;
	for (size_t i = 0; i < o->v.n; i++)
		if (!person.n || str_eq(o->v.p[i].value, person))
			o->v.p[i].chosen = true;
}

/* How many came like this to the last sitting, or have the floor's word; and ticks them. */
static int64_t of_last(struct attending *x, const char *mode, bool ticked)
{
	int64_t n = 0;
	for (size_t i = 0; i < x->recorded.n; i++) {
		const struct meeting_recorded_row *r = &x->recorded.p[i];
		if (r->sitting != x->last || !str_is(r->mode, mode))
			continue;
		n++;
		if (ticked)
			tick(x, r->person);
	}
	return n;
}

static int64_t of_floor(struct attending *x, const char *mode, bool ticked)
{
	int64_t n = 0;
	for (size_t i = 0; i < x->floor.n; i++) {
		if (!str_is(x->floor.p[i].mode, mode))
			continue;
		n++;
		if (ticked)
			tick(x, x->floor.p[i].person);
	}
	return n;
}

/* The form as this offer fills it. The place is that of the first person. */
static void offer(struct attending *x, const char *what, str mode, str label, bool now)
{
	struct page *p = x->p;
	struct form_field *persons = form_field_of(x->f, "persons");
	url to = page_do_url(p, "meeting.attend", "meeting", x->meeting);
	if (x->sitting)
		to = url_query(p->arena, to, S("sitting"), page_i64(p, x->sitting));
	if (mode.n)
		to = url_query(p->arena, to, S("mode"), mode);
	to = url_query(p->arena, to, S("tick"), str_of(what));
	*vec_push(p->arena, &persons->offers) =
	    (struct form_offer){label, url_fragment(p->arena, to, persons->id), now};
}

static void offer_sources(struct attending *x, str chosen, str mode)
{
	static const char *const modes[] = {room, remote};
	static const char *const last[] = {
	    "As in sitting {0}, in the room ({1})", "As in sitting {0}, remotely ({1})"};
	static const char *const floor[] = {"Spoke or asked for the floor, in the room ({0})",
	    "Spoke or asked for the floor, remotely ({0})"};
	struct page *p = x->p;
	for (size_t i = 0; x->last && i < 2; i++) {
		bool now = str_is(chosen, "last") && str_is(mode, modes[i]);
		int64_t n = of_last(x, modes[i], now);
		if (n)
			offer(x, "last", str_of(modes[i]),
			    page_say(p, last[i], page_i64(p, x->last), page_i64(p, n)), now);
	}
	for (size_t i = 0; i < 2; i++) {
		bool now = str_is(chosen, "floor") && str_is(mode, modes[i]);
		int64_t n = of_floor(x, modes[i], now);
		if (n)
			offer(x, "floor", str_of(modes[i]),
			    page_say(p, floor[i], page_i64(p, n), STR_EMPTY), now);
	}
}

static void offer_all(struct attending *x, str chosen, str mode)
{
	struct page *p = x->p;
	size_t n = form_field_of(x->f, "persons")->options.v.n;
	offer(x, "all", mode, page_say(p, "All ({0})", page_i64(p, (int64_t)n), STR_EMPTY),
	    str_is(chosen, "all"));
	offer(x, "none", mode, page_t(p, "Nobody"), str_is(chosen, "none"));
	if (str_is(chosen, "all"))
		tick(x, STR_EMPTY);
}

/* Who has been recorded already is told beside the name. */
static void mark_recorded(struct attending *x)
{
	struct page *p = x->p;
	struct form_options *o = &form_field_of(x->f, "persons")->options;
	for (size_t k = 0; k < x->recorded.n; k++) {
		const struct meeting_recorded_row *r = &x->recorded.p[k];
		const char *says = str_is(r->mode, remote) ? "{0}, recorded remotely"
		                                           : "{0}, recorded in the room";
		for (size_t i = 0; r->sitting == x->sitting && i < o->v.n; i++)
			if (str_eq(o->v.p[i].value, r->person))
				o->v.p[i].label = page_say(p, says, o->v.p[i].label, STR_EMPTY);
	}
}

/* The long list comes last, so that nothing is overlooked below it. */
static void put_last(struct form *f, const char *name)
{
	for (size_t i = 0; i + 1 < f->fields.n; i++) {
		if (strcmp(f->fields.p[i].field->name, name) != 0)
			continue;
		struct form_field moved = f->fields.p[i];
		f->fields.p[i] = f->fields.p[i + 1];
		f->fields.p[i + 1] = moved;
	}
}

/* Somebody was named, or the form was sent and is shown again: what is ticked is meant. */
static bool is_typed(const struct form *f)
{
	bool found = f->error.n > 0;
	for (size_t i = 0; i < f->fields.n && !found; i++)
		found = f->fields.p[i].error.n > 0 ||
		        (strcmp(f->fields.p[i].field->name, "persons") == 0 &&
		            f->fields.p[i].value.n > 0);
	return found;
}

/* As long as nobody is recorded of a sitting, those are proposed who spoke or asked to in the room.
 */
static str choose(struct attending *x, str mode)
{
	str asked = page_param(x->p, "tick");
	if (is_typed(x->f))
		return STR_EMPTY;
	if (asked.n || is_known(x, x->sitting) || (mode.n && !str_is(mode, room)))
		return asked;
	return of_floor(x, room, false) ? S("floor") : STR_EMPTY;
}

enum rc meeting_shape_attend(struct page *p, struct form *f, struct err *err)
{
	struct attending x = {.p = p, .f = f, .meeting = meeting_named(f)};
	TRY(meeting_load_programme(p, x.meeting, &x.programme, err));
	TRY(fill_sitting(&x, err));
	TRY(meeting_recorded(p->db, p->arena, p->group.id, x.meeting, &x.recorded, err));
	TRY(load_floor(&x, err));
	find_last(&x);
	str mode = form_field_of(f, "mode")->value, chosen = choose(&x, mode);
	if (str_is(chosen, "floor") && !mode.n) {
		mode = str_of(room);
		form_fill(f, "mode", mode);
	}
	offer_sources(&x, chosen, mode);
	offer_all(&x, chosen, mode);
	mark_recorded(&x);
	put_last(f, "persons");
	return OK;
}
