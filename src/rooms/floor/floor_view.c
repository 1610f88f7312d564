/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"

#include "base/must.h"
#include "floor_view.sql.h"
#include "rooms/floor/floor.h"
#include "rooms/meeting/meeting.h"

#include "base/poison.h"

extern const struct room_view floor_view;

/* A request as it stands after the entry. */
static enum rc put_state(struct view *v, int64_t number, struct err *err)
{
	const struct floor_request *x = floor_request_get(v->group, number);
	must(x);
	return floor_put_state(v->db, v->grp, number, x->list, str_of(floor_state_word(x->state)),
	    x->state == FLOOR_SPEAKING ? x->since : INT64_MIN, x->used / USEC_SECOND, x->state_seq,
	    err);
}

/* Where everyone stands, and why: it changes with every act. */
static enum rc put_queue(struct view *v, int64_t meeting, struct err *err)
{
	int64_t list = floor_current(v->group, meeting);
	floor_order q = floor_queue(v->group, v->arena, list);
	TRY(floor_drop_places(v->db, v->grp, meeting, err));
	for (size_t i = 0; i < q.n; i++)
		TRY(floor_put_place(v->db, v->grp, q.p[i].request, (int64_t)i + 1,
		    str_of(floor_why_word(q.p[i].why)), err));
	return OK;
}

static enum rc put_times(struct view *v, int64_t list, struct err *err)
{
	const struct floor_list *l = floor_list_get(v->group, list);
	must(l);
	for (size_t i = 0; i < l->times.n; i++) {
		const struct floor_time *t = &l->times.p[i];
		TRY(floor_put_time(
		    v->db, v->grp, list, t->code, t->used / USEC_SECOND, t->speakers, err));
	}
	return OK;
}

static enum rc apply_open(struct view *v, const struct fact *f, struct err *err)
{
	const struct value *carried = fact_value(f, "carried");
	TRY(floor_add_list(v->db, v->grp, fact_i64(f, "list"), fact_i64(f, "meeting"),
	    fact_i64(f, "sitting"), fact_i64(f, "item"), fact_str(f, "policy"),
	    fact_i64(f, "limit"), fact_i64(f, "budget"), fact_bool(f, "apart"),
	    fact_bool(f, "replies_apart"), f->time, f->seq, err));
	for (size_t i = 0; i < carried->numbers.n; i++)
		TRY(put_state(v, carried->numbers.p[i], err));
	return put_queue(v, fact_i64(f, "meeting"), err);
}

static enum rc apply_close(struct view *v, const struct fact *f, struct err *err)
{
	return floor_end_list(
	    v->db, v->grp, fact_i64(f, "list"), fact_str(f, "words"), f->time, f->seq, err);
}

static enum rc apply_request(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "request");
	const struct floor_request *x = floor_request_get(v->group, number);
	must(x);
	TRY(floor_add_request(v->db, v->grp, number, x->meeting, x->list, x->seat,
	    actor_is_none(x->person) ? STR_EMPTY : actor_str(v->arena, x->person), x->party,
	    x->code, x->is_observer, fact_str(f, "kind"), fact_str(f, "category"),
	    fact_str(f, "rule"), fact_str(f, "mode"), fact_i64(f, "item"), fact_str(f, "paragraph"),
	    fact_str(f, "lang"), fact_str(f, "note"), fact_i64(f, "statement"), x->minutes,
	    str_of(floor_state_word(x->state)), f->time, f->seq, err));
	return put_queue(v, x->meeting, err);
}

/* Withdrawn, removed, admitted. */
static enum rc apply_change(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "request");
	TRY(put_state(v, number, err));
	if (fact_is(f, "floor.remove"))
		TRY(floor_put_reason(v->db, v->grp, number, fact_str(f, "reason"), err));
	return put_queue(v, fact_i64(f, "meeting"), err);
}

/* The one that was chosen speaks, stops, goes on, ends, or is passed over. */
static enum rc apply_turn(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "chosen");
	TRY(put_state(v, number, err));
	if (fact_is(f, "floor.give")) {
		TRY(floor_put_given(v->db, v->grp, number, fact_bool(f, "overridden"),
		    fact_bool(f, "overridden") ? fact_str(f, "reason") : STR_EMPTY, f->time, err));
		if (fact_i64(f, "interrupted"))
			TRY(put_state(v, fact_i64(f, "interrupted"), err));
	}
	if (fact_is(f, "floor.end"))
		TRY(floor_put_ended(v->db, v->grp, number, f->time, err));
	TRY(put_times(v, fact_i64(f, "list"), err));
	return put_queue(v, fact_i64(f, "meeting"), err);
}

static enum rc apply_put(struct view *v, const struct fact *f, struct err *err)
{
	return floor_add_put(v->db, v->grp, fact_i64(f, "put"), fact_i64(f, "meeting"),
	    fact_i64(f, "item"), fact_str(f, "text"), fact_str(f, "hash"),
	    str_of(floor_put_word(FLOOR_PUT)), f->time, f->seq, err);
}

static enum rc end_put(struct view *v, const struct fact *f, str words, struct err *err)
{
	int64_t number = fact_i64(f, "put");
	const struct floor_put *p = floor_put_get(v->group, number);
	must(p);
	return floor_end_put(
	    v->db, v->grp, number, str_of(floor_put_word(p->state)), words, f->time, f->seq, err);
}

static enum rc apply_object(struct view *v, const struct fact *f, struct err *err)
{
	TRY(floor_add_objection(v->db, v->grp, fact_i64(f, "put"), fact_i64(f, "for_seat"),
	    fact_str(f, "party"), fact_str(f, "reason"), f->time, f->seq, err));
	return end_put(v, f, STR_EMPTY, err);
}

static enum rc apply_decide(struct view *v, const struct fact *f, struct err *err)
{
	return end_put(v, f, fact_str(f, "words"), err);
}

static enum rc apply_take_back(struct view *v, const struct fact *f, struct err *err)
{
	return end_put(v, f, fact_str(f, "reason"), err);
}

/* Observers may come after members, or no longer. */
static enum rc apply_methods(struct view *v, const struct fact *f, struct err *err)
{
	(void)f;
	int64_t meeting = meeting_in_progress(v->group);
	return meeting ? put_queue(v, meeting, err) : OK;
}

static const struct applier appliers[] = {
    {"floor.open", apply_open},
    {"floor.close", apply_close},
    {"floor.request", apply_request},
    {"floor.enter", apply_request},
    {"floor.admit", apply_change},
    {"floor.withdraw", apply_change},
    {"floor.remove", apply_change},
    {"floor.call", apply_turn},
    {"floor.give", apply_turn},
    {"floor.pause", apply_turn},
    {"floor.resume", apply_turn},
    {"floor.end", apply_turn},
    {"floor.skip", apply_turn},
    {"floor.put_decision", apply_put},
    {"floor.object", apply_object},
    {"floor.decide", apply_decide},
    {"floor.take_back", apply_take_back},
    {"methods.adopt", apply_methods},
};

const struct room_view floor_view = {
    .schema = &floor_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
