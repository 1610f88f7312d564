/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/rooms_list.h"

#include "engine/house.h"
#include "engine/page.h"
#include "group_view.sql.h"
#include "notice_view.sql.h"
#include "rooms/caption/caption_keep_view.h"
#include "rooms/meeting/meeting.h"
#include "rooms/members/members.h"
#include "rooms/notice/notice_pages.h"
#include "people_view.sql.h"
#include "rooms/rooms.h"

#include "base/poison.h"

#define ROOM_DECLARE_(name)                                \
	extern const struct room_commands name##_commands; \
	extern const struct room_view name##_view;         \
	extern const struct room_pages name##_pages;
ROOMS(ROOM_DECLARE_)
#undef ROOM_DECLARE_

#define ROOM_ROW_(name) {#name, &name##_commands, &name##_view, &name##_pages},
static const struct room list[] = {ROOMS(ROOM_ROW_)};
#undef ROOM_ROW_

/* The person behind an account, in one group; an administrator of the instance is one everywhere.
 */
static enum rc who(
    struct db *db, struct arena *a, int64_t grp, usec now, struct viewer *v, struct err *err)
{
	struct people_account_by_id_row account;
	struct people_person_of_row person;
	bool found;
	str id = actor_str(a, v->account);

	TRY(people_account_by_id(db, a, id, &account, &found, err));
	if (!found)
		return OK;
	v->name = account.name;
	if (account.admin)
		v->roles |= ROLE_ADMIN;
	if (!grp)
		return OK;
	TRY(people_person_of(db, a, grp, id, account.email, &person, &found, err));
	if (!found)
		return OK;
	v->roles |= (unsigned)person.roles;
	if (!actor_parse(person.person, &v->actor))
		return ERR(err, FAULT, NULL, "The views hold a person that is none.");
	return notice_asked(db, a, grp, person.person, now, &v->asked, err);
}

static enum rc account_of(
    struct db *db, struct arena *a, str email, actor_id *account, bool *found, struct err *err)
{
	struct people_account_by_email_row row;
	TRY(people_account_by_email(db, a, email, &row, found, err));
	if (*found)
		*found = actor_parse(row.account, account);
	return OK;
}

static enum rc welcome(
    struct house *h, struct arena *a, str email, actor_id *account, bool *found, struct err *err)
{
	struct people_person_by_email_row person;
	struct inputs in = {0};
	struct outcome out;
	struct order o = {.command = rooms_command(house_rooms(h), S("people.account"), NULL),
	    .actor = ACTOR_SYSTEM,
	    .extra_roles = ROLE_SYSTEM | ROLE_ADMIN,
	    .expect = LOG_ANY};
	TRY(people_person_by_email(house_db(h), a, email, &person, found, err));
	if (!*found)
		return OK;
	inputs_add(a, &in, S("name"), person.name);
	inputs_add(a, &in, S("email"), email);
	TRY(command_read(a, o.command, &in, &o.values, NULL, err));
	TRY(house_carry_out(h, a, &o, &out, err));
	for (size_t i = 0; i < o.command->fields_n; i++)
		if (o.command->fields[i].flags & FIELD_GIVEN)
			*account = out.values[i].actor;
	return OK;
}

static enum rc heading(
    struct db *db, struct arena *a, int64_t grp, struct page_group *out, struct err *err)
{
	struct group_heading_row row;
	bool found;
	TRY(group_heading(db, a, grp, &row, &found, err));
	out->title = found ? row.title : out->slug;
	out->short_title = found ? row.short_title : out->slug;
	out->zone = found ? row.zone : S("UTC");
	return OK;
}

/* --- live captions are taken into the record --- */

/* A break is no end: what was said before it is gathered like all else. */
static bool goes_on(void *ctx, str slug, int64_t meeting)
{
	struct group *g;
	return house_group(ctx, slug, &g, NULL) == OK && meeting_has_begun(g, meeting) &&
	       !meeting_is_closed(g, meeting);
}

static int64_t sitting_at(void *ctx, str slug, int64_t meeting, usec at)
{
	struct group *g;
	const struct meeting *m =
	    house_group(ctx, slug, &g, NULL) == OK ? meeting_get(g, meeting) : NULL;
	return m ? meeting_sitting_at(m, at) : 0;
}

/* An item may have left the agenda since its lines were begun. */
static void check_item(const struct group *g, const struct command *c, struct caption_batch *b)
{
	const struct meeting *m = meeting_get(g, b->meeting);
	for (size_t i = 0; i < c->fields_n; i++) {
		struct value *v = &b->values[i];
		if (strcmp(c->fields[i].name, "item") == 0 && v->set &&
		    (!m || v->i > (int64_t)m->items.n ||
		        m->items.p[v->i - 1].status == ITEM_WITHDRAWN))
			*v = (struct value){0};
	}
}

static enum rc take_batch(struct house *h, struct arena *a, const struct command *c,
    struct caption_batch *b, usec now, struct err *err)
{
	struct group *g;
	struct outcome out;
	struct order o = {.group = b->slug,
	    .command = c,
	    .values = b->values,
	    .actor = ACTOR_SYSTEM,
	    .extra_roles = ROLE_SYSTEM,
	    .expect = LOG_ANY};
	TRY(house_group(h, b->slug, &g, err));
	if (b->values) {
		check_item(g, c, b);
		TRY(house_carry_out(h, a, &o, &out, err));
	}
	return caption_take_done(house_db(h), b, now, err);
}

/* What waits for a piece that does not come is said without it. */
static enum rc close_gaps(
    struct house *h, struct arena *a, usec now, bool *any, usec *next, struct err *err)
{
	struct inlet_call c = {.arena = a, .db = house_db(h), .now = now};
	struct caption_where w;
	struct group *g;
	bool found;
	TRY(caption_gap_next(c.db, a, now, &w, &found, next, err));
	while (found) {
		TRY(house_group(h, w.slug, &g, err));
		TRY(caption_gap_close(&c, g, &w, err));
		*any = true;
		TRY(caption_gap_next(c.db, a, now, &w, &found, next, err));
	}
	return OK;
}

static enum rc take(
    struct house *h, struct arena *a, usec now, bool *any, usec *next, struct err *err)
{
	const struct command *c = rooms_command(house_rooms(h), S("caption.take"), NULL);
	struct caption_batch b;
	const struct caption_course course = {goes_on, sitting_at, h};
	bool found = true;
	*any = false;
	*next = INT64_MAX;
	TRY(close_gaps(h, a, now, any, next, err));
	while (found) {
		TRY(caption_take_next(house_db(h), a, c, now, &course, &b, &found, next, err));
		if (found)
			TRY(take_batch(h, a, c, &b, now, err));
		*any |= found;
	}
	TRY(caption_take_erased(house_db(h), a, now, any, err));
	return caption_take_sweep(house_db(h), a, now, any, next, err);
}

const struct rooms comity_rooms = {
    .v = list,
    .n = sizeof list / sizeof list[0],
    .roles = group_roles,
    .who = who,
    .account = account_of,
    .welcome = welcome,
    .heading = heading,
    .find_letter = notice_find,
    .write_letter = notice_write,
    .kept = {.local = &caption_local,
        .prepare = caption_kept_prepare,
        .recall = caption_kept_recall,
        .take = take},
};
