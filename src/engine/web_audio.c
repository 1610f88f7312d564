/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The sound of meetings: the door for a browser's offer, and what each line may do. */
#include "engine/audio.h"
#include "engine/web_inner.h"

#include "base/must.h"

#include "base/poison.h"

static const struct sound_row *find(
    const struct rooms *rooms, const struct http_request *q, struct route_args *args)
{
	for (size_t i = 0; i < rooms->n; i++) {
		const struct room_pages *p = rooms->v[i].pages;
		for (size_t k = 0; p && k < p->sounds_n; k++)
			if (route_match(p->sounds[k].pattern, q->segments.p, q->segments.n, args))
				return &p->sounds[k];
	}
	return NULL;
}

bool web_is_audio(const struct web *w, const struct http_request *q)
{
	struct route_args args;
	return find(w->conf.rooms, q, &args) != NULL;
}

enum rc web_audio_ask(void *web, struct arena *a, const struct audio_who *who, enum sound *may,
    str *room, struct err *err)
{
	AUTO_READER struct reader reader = {0};
	struct web *w = web;
	struct viewer viewer = {0};
	int64_t sitting = 0;
	str csrf;
	TRY(web_reader(w, &reader, err));
	struct web_visit visit = {
	    reader.on.db, a, who->grp, who->session, clock_now(w->conf.clock)};
	TRY(web_viewer(w, &visit, &viewer, &csrf, err));
	struct sound_ask ask = {
	    .db = visit.db,
	    .arena = a,
	    .grp = who->grp,
	    .number = who->number,
	    .viewer = &viewer,
	    .channel = who->channel,
	    .now = visit.now,
	};
	TRY(who->row->may(&ask, may, &sitting, err));
	*room = arena_printf(a, "group %lld, meeting %lld, sitting %lld, %.*s", (long long)who->grp,
	    (long long)who->number, (long long)sitting,
	    STR(who->channel.n ? who->channel : S("floor")));
	return OK;
}

static void send_json(struct http_request *q, struct http_response *r, struct json *o)
{
	r->type = S("application/json; charset=utf-8");
	r->body = json_str(q->arena, o);
}

/* One offer on its way; lives in the arena of its request. */
struct offering {
	struct web *web;
	struct audio_join join;
};

static enum http_next after_joining(void *state, struct http_request *q, struct http_response *r)
{
	struct offering *x = state;
	struct json *o = json_new_object(q->arena);
	if (x->join.rc != OK) {
		web_fail(x->web, q, r, &x->join.err);
		return HTTP_DONE;
	}
	json_put_str(q->arena, o, S("line"), x->join.id);
	json_put_str(q->arena, o, S("answer"), x->join.answer);
	send_json(q, r, o);
	return HTTP_DONE;
}

/* Who is signed in proves it by the token of the page; the others have nothing to lose. */
static enum rc admit(struct web *w, struct http_request *q, struct http_response *r,
    const struct route_args *args, struct offering *x, struct err *err)
{
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;
	TRY(web_page(w, q, r, &reader, args, &p, &pr, err));
	bool ours = !p.viewer.signed_in || str_eq_secret(http_field(q, S("_token")), pr.csrf);
	if (!web_same_origin(q) || !ours)
		return ERR(err, DENIED, NULL,
		    "This form did not come from this site, or your session ended. Open the page "
		    "again and send it once more.");
	if (!w->audio)
		return ERR(err, ABSENT, NULL, "No sound is carried here.");
	TRY(page_arg_i64(&p, "meeting", &x->join.who.number, err));
	x->join.who.grp = p.group.id;
	x->join.who.session = web_token_hash(q->arena, http_cookie(q, WEB_COOKIE));
	return OK;
}

/* What a browser needs for the relay: for who may hear the meeting, and nobody else. */
static enum rc tell_relay(struct web *w, struct http_request *q, struct http_response *r,
    const struct offering *x, struct err *err)
{
	enum sound may = SOUND_NONE;
	str room;
	struct json *o = json_new_object(q->arena);
	TRY(web_audio_ask(w, q->arena, &x->join.who, &may, &room, err));
	if (may == SOUND_NONE)
		return ERR(err, DENIED, NULL,
		    "This meeting is not open to you. If you take part in it, sign in first.");
	json_put(o, S("relay"), relay_servers(q->arena, &w->conf.relay, clock_now(clock_wall())));
	send_json(q, r, o);
	return OK;
}

enum http_next web_audio(struct web *w, struct http_request *q, struct http_response *r)
{
	struct route_args args = {0};
	struct err err = {0};
	struct offering *x = arena_new_of(q->arena, struct offering);
	const struct sound_row *row = find(w->conf.rooms, q, &args);
	must(row); /* web_is_audio found it */
	str leave = http_field(q, S("leave"));

	r->route = str_of(row->pattern);
	*x = (struct offering){.web = w,
	    .join = {.who = {.row = row,
	                 .channel = http_field(q, S("channel")),
	                 .holder = http_peer_holder(q->peer)},
	        .arena = q->arena,
	        .waiting = q->exchange}};
	enum rc rc = admit(w, q, r, &args, x, &err);
	bool relay = http_field(q, S("relay")).n > 0;
	if (rc == OK && relay)
		rc = tell_relay(w, q, r, x, &err);
	else if (rc == OK && !leave.n)
		rc = audio_offer(q->arena, http_field(q, S("offer")), &x->join.offer, &err);
	if (rc != OK) {
		web_fail(w, q, r, &err);
		return HTTP_DONE;
	}
	if (relay)
		return HTTP_DONE;
	if (leave.n) {
		audio_leave(w->audio, leave);
		send_json(q, r, json_new_object(q->arena));
		return HTTP_DONE;
	}
	enum http_next next = http_later(q, after_joining, x);
	audio_join(w->audio, &x->join);
	return next;
}
