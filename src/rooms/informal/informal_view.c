/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/informal/informal_view.h"

#include "base/must.h"
#include "rooms/informal/informal.h"

#include "base/poison.h"

static enum rc add_editor(struct view *v, const struct fact *f, actor_id who, struct err *err)
{
	return informal_add_editor(
	    v->db, v->grp, fact_i64(f, "session"), f->seq, actor_str(v->arena, who), f->time, err);
}

static enum rc apply_open(struct view *v, const struct fact *f, struct err *err)
{
	const struct informal_session *s = informal_get(v->group, fact_i64(f, "session"));
	must(s);
	TRY(informal_add(v->db, v->grp, fact_i64(f, "session"), s->draft, s->par, s->shown,
	    fact_i64(f, "revision"), s->base, fact_str(f, "title"),
	    fact_has(f, "meeting") ? fact_i64(f, "meeting") : INT64_MIN,
	    actor_str(v->arena, fact_actor(f, "editor")), f->time, f->seq, err));
	return add_editor(v, f, fact_actor(f, "editor"), err);
}

static enum rc apply_hand_over(struct view *v, const struct fact *f, struct err *err)
{
	actor_id to = fact_actor(f, "to");
	TRY(informal_set_editor(
	    v->db, v->grp, fact_i64(f, "session"), actor_str(v->arena, to), err));
	return add_editor(v, f, to, err);
}

static enum rc apply_result(struct view *v, const struct fact *f, struct err *err)
{
	return informal_finish(v->db, v->grp, fact_i64(f, "session"), S("result"),
	    fact_i64(f, "amendment"), fact_str(f, "text"), fact_str(f, "reason"), f->time, f->seq,
	    err);
}

static enum rc apply_close(struct view *v, const struct fact *f, struct err *err)
{
	return informal_finish(v->db, v->grp, fact_i64(f, "session"), S("closed"), INT64_MIN,
	    STR_EMPTY, fact_str(f, "reason"), f->time, f->seq, err);
}

static const struct applier appliers[] = {
    {"informal.open", apply_open},
    {"informal.hand_over", apply_hand_over},
    {"informal.result", apply_result},
    {"informal.close", apply_close},
};

const struct room_view informal_view = {
    .schema = &informal_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
