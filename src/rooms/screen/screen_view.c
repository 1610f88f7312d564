/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/must.h"
#include "rooms/draft/draft.h"
#include "rooms/screen/screen.h"
#include "screen_view.sql.h"

#include "base/poison.h"

extern const struct room_view screen_view;

/* The hash that a reader can compare with what others have before them. */
static str hash_of(struct arena *a, str text)
{
	struct buf b = buf_in(a, 0);
	digest h = sha256(text);
	buf_put_hex(&b, str_from(h.b, sizeof h.b));
	return buf_str(&b);
}

/* The words of the revision of now. */
static enum rc put_words(struct view *v, const struct screen_shown *s, struct err *err)
{
	const struct draft *d = draft_get(v->group, s->draft);
	must(d);
	str text = screen_words(v->group, v->arena, s);
	return screen_put_words(v->db, v->grp, s->meeting, text, d->lang, hash_of(v->arena, text),
	    d->revision, d->last_seq, err);
}

static enum rc apply_show(struct view *v, const struct fact *f, struct err *err)
{
	const struct screen_shown *s = screen_of(v->group, fact_i64(f, "meeting"));
	must(s);
	TRY(screen_drop(v->db, v->grp, s->meeting, err));
	TRY(screen_put(v->db, v->grp, s->meeting, s->draft, s->par, fact_str(f, "shown"), f->time,
	    f->seq, err));
	return put_words(v, s, err);
}

static enum rc apply_clear(struct view *v, const struct fact *f, struct err *err)
{
	return screen_drop(v->db, v->grp, fact_i64(f, "meeting"), err);
}

/* A new revision: whoever looks at one of its paragraphs sees the new words. */
static enum rc apply_accept(struct view *v, const struct fact *f, struct err *err)
{
	const struct screen_state *all = screen_in(v->group);
	for (size_t i = 0; i < all->v.n; i++)
		if (all->v.p[i].draft == fact_i64(f, "draft"))
			TRY(put_words(v, &all->v.p[i], err));
	return OK;
}

static const struct applier appliers[] = {
    {"screen.show", apply_show},
    {"screen.clear", apply_clear},
    {"draft.accept", apply_accept},
};

const struct room_view screen_view = {
    .schema = &screen_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
