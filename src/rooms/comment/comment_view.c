/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "comment_view.sql.h"
#include "engine/room.h"
#include "rooms/comment/comment.h"

#include "base/poison.h"

extern const struct room_view comment_view;

static enum rc apply_make(struct view *v, const struct fact *f, struct err *err)
{
	return comment_add_row(v->db, v->grp, fact_i64(f, "draft"), fact_i64(f, "comment"),
	    fact_i64(f, "for_seat"), fact_str(f, "party"), STR_EMPTY, STR_EMPTY, STR_EMPTY,
	    fact_str(f, "place"), fact_str(f, "paragraph"), fact_str(f, "kind"),
	    fact_str(f, "text"), fact_str(f, "change"), STR_EMPTY, STR_EMPTY, INT64_MIN, INT64_MIN,
	    fact_i64(f, "revision"), false, f->time, f->seq, err);
}

static enum rc apply_import(struct view *v, const struct fact *f, struct err *err)
{
	struct json *rows;
	int64_t number = fact_i64(f, "first");
	TRY(json_parse(v->arena, fact_str(f, "rows"), "rows", &rows, err));
	json_each (r, rows) {
		str disposition = json_get_str(r, S("disposition"));
		bool open = !disposition.n;
		TRY(comment_add_row(v->db, v->grp, fact_i64(f, "draft"), number++,
		    json_get_i64(r, S("seat"), 0), json_get_str(r, S("party")),
		    json_get_str(r, S("code")), json_get_str(r, S("line")),
		    json_get_str(r, S("clause")), json_get_str(r, S("place")),
		    json_get_str(r, S("paragraph")), json_get_str(r, S("kind")),
		    json_get_str(r, S("text")), json_get_str(r, S("change")), disposition,
		    json_get_str(r, S("observation")), open ? INT64_MIN : f->time,
		    open ? INT64_MIN : f->seq, fact_i64(f, "revision"), true, f->time, f->seq,
		    err));
	}
	return OK;
}

static enum rc apply_dispose(struct view *v, const struct fact *f, struct err *err)
{
	return comment_set_disposition(v->db, v->grp, fact_i64(f, "draft"), fact_i64(f, "comment"),
	    fact_str(f, "disposition"), fact_str(f, "reason"), f->time, f->seq, err);
}

static enum rc apply_withdraw(struct view *v, const struct fact *f, struct err *err)
{
	return comment_set_withdrawn(
	    v->db, v->grp, fact_i64(f, "draft"), fact_i64(f, "comment"), f->seq, err);
}

static const struct applier appliers[] = {
    {"comment.make", apply_make},
    {"comment.import", apply_import},
    {"comment.dispose", apply_dispose},
    {"comment.withdraw", apply_withdraw},
};

const struct room_view comment_view = {
    .schema = &comment_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
