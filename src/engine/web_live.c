/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Texts that change while others look on: who may follow, who may write, and the stream. */
#include "engine/live.h"
#include "engine/web_inner.h"
#include "engine/web_tell.h"

#include "base/poison.h"

static const struct live_row *find(
    const struct rooms *rooms, const struct http_request *q, struct route_args *args)
{
	for (size_t i = 0; i < rooms->n; i++) {
		const struct room_pages *p = rooms->v[i].pages;
		for (size_t k = 0; p && k < p->lives_n; k++)
			if (route_match(p->lives[k].pattern, q->segments.p, q->segments.n, args))
				return &p->lives[k];
	}
	return NULL;
}

bool web_is_live(const struct web *w, const struct http_request *q)
{
	struct route_args args;
	return find(w->conf.rooms, q, &args) != NULL;
}

/* The reader is given back before the stream begins: it would keep old pages of the database. */
static enum rc admit(struct web *w, struct http_request *q, struct http_response *r,
    const struct live_row *row, const struct route_args *args, bool *json, struct err *err)
{
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;

	TRY(web_page(w, q, r, &reader, args, &p, &pr, err));
	*json = pr.json;
	if (q->method != HTTP_POST)
		return row->follow(&p, err);
	if (!row->write)
		return ERR(err, DENIED, NULL, "Nothing can be written at this address.");
	if (!web_same_origin(q) || !str_eq_secret(http_field(q, S("_token")), pr.csrf))
		return ERR(err, DENIED, NULL,
		    "This form did not come from this site, or your session ended. Open the page "
		    "again and send it once more.");
	return row->write(&p, err);
}

static void send_json(struct http_response *r, int status, str body)
{
	r->status = status;
	r->type = S("application/json; charset=utf-8");
	r->body = body;
}

static enum rc write_text(
    struct web *w, struct http_request *q, struct http_response *r, struct err *err)
{
	str text = http_field(q, S("text"));
	int64_t seq = 0;

	if (!str_to_i64(http_field(q, S("seq")), &seq) || seq < 0)
		return ERR(
		    err, INVALID, "seq", "The number of the state that was typed upon is missing.");
	if (text.n > LIVE_TEXT)
		return ERR(err, INVALID, "text",
		    "This is longer than can be shown live. Propose it as a text instead.");
	bool taken = live_put(w->live, q->path, text, &seq);
	if (taken)
		send_json(r, 200, arena_printf(q->arena, "{\"seq\":%lld}", (long long)seq));
	else
		send_json(r, 409, live_json(w->live, q->arena, q->path));
	return OK;
}

/* The last change that the reader has seen; a browser that comes back says it itself. */
static int64_t seen(const struct http_request *q)
{
	int64_t id = -1;
	if (!str_to_i64(http_header(q, S("last-event-id")), &id) &&
	    !str_to_i64(http_param(q, S("after")), &id))
		return -1;
	return id;
}

/* ?calm=1: who reads on a thin line. Who is told what changed need not look again. */
static unsigned how(const struct http_request *q, const struct live_row *row)
{
	if (row->pieces)
		return LIVE_STILL;
	return str_is(http_param(q, S("calm")), "1") ? LIVE_CALM | LIVE_STILL : 0;
}

/* What is followed: a text, lines, or a page in the language of ?lang=, which becomes lines. */
static enum rc follow(struct web *w, struct http_request *q, struct http_response *r,
    const struct live_row *row, bool json, struct err *err)
{
	bool lines = row->lines || row->pieces;
	str channel = row->pieces ? tell_channel(w->tell, q, row) : q->path;
	if (!channel.n)
		return ERR(err, BUSY, NULL, "Too many pages are followed at this moment.");
	if (json) {
		send_json(r, 200,
		    lines ? live_said(w->live, q->arena, channel)
		          : live_json(w->live, q->arena, channel));
		return OK;
	}
	r->feed = lines ? live_follow_lines(w->live, channel, seen(q), how(q, row))
	                : live_follow(w->live, channel);
	if (!r->feed)
		return ERR(err, BUSY, NULL, "Too many look on at this moment.");
	r->type = S("text/event-stream");
	http_add_header(q->arena, r, S("X-Accel-Buffering"), S("no"));
	return OK;
}

bool web_live(struct web *w, struct http_request *q, struct http_response *r)
{
	struct route_args args;
	struct err err = {0};
	bool json = false;
	const struct live_row *row = find(w->conf.rooms, q, &args);

	if (!row)
		return false;
	r->route = str_of(row->pattern);
	enum rc rc = admit(w, q, r, row, &args, &json, &err);
	if (rc == OK && q->method == HTTP_POST)
		rc = write_text(w, q, r, &err);
	else if (rc == OK)
		rc = follow(w, q, r, row, json, &err);
	if (rc != OK)
		web_fail(w, q, r, &err);
	return true;
}
