/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "minutes_view.sql.h"
#include "rooms/minutes/minutes.h"

#include "base/poison.h"

extern const struct room_view minutes_view;

static enum rc apply_consider(struct view *v, const struct fact *f, struct err *err)
{
	return minutes_add_span(
	    v->db, v->grp, fact_i64(f, "meeting"), fact_i64(f, "item"), f->seq, f->time, err);
}

/* An item that was deferred before it was taken up has no span to end. */
static enum rc apply_conclude(struct view *v, const struct fact *f, struct err *err)
{
	return minutes_end_span(
	    v->db, v->grp, fact_i64(f, "meeting"), fact_i64(f, "item"), f->seq, f->time, err);
}

static enum rc apply_give(struct view *v, const struct fact *f, struct err *err)
{
	return minutes_add_turn(
	    v->db, v->grp, fact_i64(f, "meeting"), fact_i64(f, "chosen"), f->time, f->seq, err);
}

static enum rc apply_file(struct view *v, const struct fact *f, struct err *err)
{
	const struct value *text = fact_value(f, "text");
	struct buf b = buf_in(v->arena, 0);
	for (size_t i = 0; i < text->list.n; i++) {
		buf_sep(&b, S("\n\n"));
		buf_put(&b, text->list.p[i]);
	}
	return minutes_add_draft(v->db, v->grp, fact_i64(f, "draft"), fact_i64(f, "meeting"),
	    buf_str(&b), f->time, f->seq, err);
}

static const struct applier appliers[] = {
    {"meeting.consider", apply_consider},
    {"meeting.conclude", apply_conclude},
    {"floor.give", apply_give},
    {"minutes.file", apply_file},
};

const struct room_view minutes_view = {
    .schema = &minutes_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
