/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The sound of a sitting: who may listen, whose microphone is open. The floor is a channel, and so
 * is each language of interpretation. Nobody's browser is asked: who has the floor speaks.
 */
#include "engine/i18n.h"
#include "engine/room.h"
#include "rooms/floor/floor_pages.h"

#include "base/poison.h"

static str person_of(const struct sound_ask *ask)
{
	bool known = ask->viewer->signed_in && !actor_eq(ask->viewer->actor, ACTOR_PUBLIC);
	return known ? actor_str(ask->arena, ask->viewer->actor) : STR_EMPTY;
}

static bool may_follow(unsigned roles, str publicity)
{
	if (str_is(publicity, "public"))
		return true;
	if (str_is(publicity, "members_observers"))
		return roles & (ROLE_MEMBER | ROLE_OBSERVER | ROLE_OFFICE);
	return roles & (ROLE_MEMBER | ROLE_OFFICE);
}

enum rc floor_sound_may(
    const struct sound_ask *ask, enum sound *may, int64_t *sitting, struct err *err)
{
	struct floor_meeting_row row = {0};
	struct floor_voice_row voice = {0};
	bool found, any, is_floor = !ask->channel.n;
	*may = SOUND_NONE;
	TRY(floor_meeting(ask->db, ask->arena, ask->grp, ask->number, ask->now, &row, &found, err));
	TRY(floor_voice(ask->db, ask->arena, ask->grp, ask->number, person_of(ask), ask->channel,
	    &voice, &any, err));
	if (!found || (!is_floor && !voice.interpreted))
		return ERR(err, ABSENT, NULL, "This meeting has no such channel of sound.");
	*sitting = row.sitting;
	bool open = str_is(row.state, "open");
	if (!open && !str_is(row.state, "suspended"))
		return OK;
	bool speaks =
	    is_floor ? voice.speaks || (ask->viewer->roles & ROLE_CHAIR) : voice.interprets;
	if (open && speaks)
		*may = SOUND_SPEAKS;
	else if (voice.speaks || voice.serves || may_follow(ask->viewer->roles, row.publicity))
		*may = SOUND_HEARS;
	return OK;
}

static enum rc fill_channels(
    struct page *p, struct floor_sound_desk *d, int64_t meeting, struct err *err)
{
	struct floor_channels_rows rows = {0};
	str me = p->viewer.signed_in ? actor_str(p->arena, p->viewer.actor) : STR_EMPTY;
	TRY(floor_channels(p->db, p->arena, p->group.id, meeting, me, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &d->channels) = (struct floor_channel){
		    .lang = rows.p[i].lang,
		    .name = i18n_name(rows.p[i].lang),
		    .mine = rows.p[i].mine,
		};
	return OK;
}

enum rc floor_fill_sound(struct page *p, struct floor_page *v, int64_t meeting, struct err *err)
{
	struct floor_sound_desk *d = &v->sound;
	int64_t sitting;
	struct sound_ask ask = {.db = p->db,
	    .arena = p->arena,
	    .grp = p->group.id,
	    .number = meeting,
	    .viewer = &p->viewer,
	    .channel = STR_EMPTY,
	    .now = p->now};
	if (!v->in_session || !page_has_sound(p))
		return OK;
	TRY(floor_sound_may(&ask, &d->may, &sitting, err));
	d->on = d->may != SOUND_NONE;
	d->relay = page_has_relay(p);
	d->presides = page_may(p, ROLE_CHAIR);
	d->may_ask = page_may(p, ROLE_PARTICIPANT | ROLE_OBSERVER | ROLE_MEMBER | ROLE_OFFICE);
	d->to = page_url(p, S("meetings"), page_i64(p, meeting), S("floor"), S("audio")).s;
	/* Others need none, and their page is kept for all. */
	d->token = p->viewer.signed_in ? page_token(p) : STR_EMPTY;
	p->microphone = d->on && d->may_ask;
	page_fact(p, "sound", json_of_str(p->arena, d->to));
	return fill_channels(p, d, meeting, err);
}
