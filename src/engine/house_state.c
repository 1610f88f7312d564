/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The state of groups: made empty, caught up from the log, forgotten. */
#include "base/must.h"
#include "base/say.h"
#include "engine/house_inner.h"
#include "house_view.sql.h"
#include "record/media.h"

#include "base/poison.h"

const struct command *rooms_command(const struct rooms *r, str name, size_t *room)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct room_commands *c = r->v[i].commands;
		for (size_t k = 0; c && k < c->n; k++) {
			if (!str_is(name, c->rows[k].name))
				continue;
			if (room)
				*room = i;
			return &c->rows[k];
		}
	}
	return NULL;
}

struct group *house_new_group(struct house *h, int64_t id, str slug)
{
	struct arena *a = arena_new(0);
	struct group *g = arena_new_of(a, struct group);
	*g = (struct group){.arena = a, .id = id, .slug = arena_str(a, slug), .time = USEC_NONE};
	for (size_t i = 0; i < h->conf.rooms->n; i++) {
		const struct room_commands *c = h->conf.rooms->v[i].commands;
		g->state[i] = c && c->state_size ? arena_push(a, c->state_size) : NULL;
		g->touched[i] = -1;
	}
	return g;
}

void house_forget(struct house *h, size_t i)
{
	struct group *g = h->groups.p[i];
	h->groups.p[i] = NULL;
	if (g)
		arena_free(g->arena);
}

/* A group that was undone gives its number to the next one, so no state may outlive the list. */
void house_forget_all(struct house *h)
{
	for (size_t i = 0; i < h->groups.n; i++)
		house_forget(h, i);
	h->slugs.n = 0;
	h->groups.n = 1;
}

static enum rc open_blocks(
    struct arena *a, const struct store_part *from, struct plain_part *out, struct err *err)
{
	struct blocks blocks;
	TRY(blocks_parse(a, from->body, from->salts, &blocks, err));
	for (size_t i = 0; i < blocks.n; i++)
		*vec_push(a, &out->blocks) = blocks.v[i].gone ? STR_EMPTY : blocks.v[i].text;
	return OK;
}

enum rc house_open_parts(struct house *h, struct arena *a, str origin, const struct log_entry *e,
    plain_parts *out, struct err *err)
{
	for (size_t i = 0; i < e->entry.parts; i++) {
		struct store_part part = e->parts[i];
		struct plain_part *p = vec_push(a, out);
		p->media = e->entry.part[i].media;
		p->is_blocks = media_is_blocks(p->media);
		p->gone = part.erased;
		if (part.erased)
			continue;
		if (part.elsewhere)
			TRY(log_part_read(h->store, a, origin, e->entry.seq, i, &part, err));
		p->body = part.body;
		p->size = part.body.n;
		if (p->is_blocks)
			TRY(open_blocks(a, &part, p, err));
	}
	return OK;
}

static enum rc apply_views(struct house *h, struct group *g, const struct house_entry *e,
    const struct fact *f, enum house_views how, struct arena *a, struct err *err)
{
	struct view v = {.db = h->db,
	    .arena = a,
	    .group = g,
	    .grp = g->id,
	    .leaf = e->leaf,
	    .rebuilding = how == HOUSE_REBUILD};
	for (size_t i = 0; i < h->conf.rooms->n; i++) {
		const struct room_view *view = h->conf.rooms->v[i].view;
		for (size_t k = 0; view && k < view->appliers_n; k++) {
			const struct applier *ap = &view->appliers[k];
			if (!ap->type || strcmp(ap->type, f->command->name) == 0)
				TRY(ap->apply(&v, f, err));
		}
	}
	if (fact_is(f, HOUSE_GROUP_CREATE))
		TRY(house_group_add(h->db, (int64_t)h->slugs.n, fact_str(f, "slug"), err));
	return how == HOUSE_REBUILD ? OK : house_head_set(h->db, g->id, g->n, g->time, err);
}

enum rc house_take(struct house *h, struct group *g, const struct house_entry *e,
    enum house_views how, struct arena *a, struct err *err)
{
	size_t room = 0;
	const struct command *c = rooms_command(h->conf.rooms, e->entry->type, &room);
	struct fact f = {
	    .command = c, .actor = e->entry->actor, .time = e->entry->time, .seq = e->entry->seq};
	struct value *values = NULL;

	if (!c)
		return ERR(err, FAULT, NULL,
		    "The log holds an act {0} that this version does not know.", e->entry->type);
	TRY(codec_decode(a, c, e->parts, &values, err));
	f.values = values;
	f.refs_n = e->entry->refs;
	for (size_t i = 0; i < f.refs_n; i++)
		f.refs[i] = e->entry->ref[i];
	if (c->fold)
		c->fold(g, &f);
	g->n = f.seq + 1;
	g->time = f.time;
	g->touched[room] = f.seq;
	if (fact_is(&f, HOUSE_GROUP_CREATE) && g->id == 0) {
		*vec_push(h->arena, &h->slugs) = arena_str(h->arena, fact_str(&f, "slug"));
		*vec_push(h->arena, &h->groups) = NULL;
	}
	return how == HOUSE_NO_VIEWS ? OK : apply_views(h, g, e, &f, how, a, err);
}

struct catching_up {
	struct house *h;
	struct group *g;
	struct arena *a;
	str origin;
	enum house_views how;
};

static enum rc catch_one(void *ctx, const struct log_entry *e, struct err *err)
{
	struct catching_up *up = ctx;
	plain_parts parts = {0};
	arena_reset(up->a);
	TRY(house_open_parts(up->h, up->a, up->origin, e, &parts, err));
	struct house_entry entry = {&e->entry, tree_leaf(e->text), &parts};
	return house_take(up->h, up->g, &entry, up->how, up->a, err);
}

enum rc house_catch_up(struct house *h, struct group *g, enum house_views how, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_ARENA struct arena *each = arena_new(0);
	struct store_head head;
	struct catching_up up = {h, g, each, house_origin(h, a, g->slug), how};
	TRY(log_head(h->store, up.origin, &head, err));
	TRY(log_each(h->store, up.origin, g->n, (int64_t)head.tree.size, STORE_WITH_PARTS,
	    catch_one, &up, err));
	return how == HOUSE_REBUILD && g->n ? house_head_set(h->db, g->id, g->n, g->time, err) : OK;
}

static bool slug_index(const struct house *h, str slug, size_t *index)
{
	if (!slug.n) {
		*index = 0;
		return true;
	}
	for (size_t i = 0; i < h->slugs.n; i++) {
		if (str_eq(h->slugs.p[i], slug)) {
			*index = i + 1;
			return true;
		}
	}
	return false;
}

/* A state that was folded in part is worse than none: it is kept only when it is whole. */
static enum rc fold_group(struct house *h, size_t i, str slug, struct err *err)
{
	struct group *g = house_new_group(h, (int64_t)i, slug);
	enum rc rc = house_catch_up(h, g, HOUSE_NO_VIEWS, err);
	if (rc == OK) {
		h->groups.p[i] = g;
		return OK;
	}
	arena_free(g->arena);
	err_pass(err, __func__);
	return rc;
}

enum rc house_group(struct house *h, str slug, struct group **out, struct err *err)
{
	size_t i;
	/* The instance's log says which groups there are. */
	if (!h->groups.p[0]) {
		house_forget_all(h);
		TRY(fold_group(h, 0, STR_EMPTY, err));
	}
	if (!slug_index(h, slug, &i))
		return ERR(err, ABSENT, NULL, "There is no group {0}.", slug);
	if (!h->groups.p[i])
		TRY(fold_group(h, i, slug, err));
	*out = h->groups.p[i];
	return OK;
}

enum rc house_find_group(struct db *db, struct arena *a, str slug, int64_t *grp, struct err *err)
{
	struct house_group_find_row row;
	bool found;
	TRY(house_group_find(db, a, slug, &row, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no group {0} here.", slug);
	*grp = row.grp;
	return OK;
}
