/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Texts that change while others look on: who may follow, who may write, and the stream. */
#include "engine/live_pair.h"
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

/* What the one who asks may have. */
struct asked {
	bool json;
	bool both;  /* a page, and in the same stream the lines beside it: */
	str beside; /* their channel; empty: none */
};

/* The reader is given back before the stream begins: it would keep old pages of the database. */
static enum rc admit(struct web *w, struct http_request *q, struct http_response *r,
    const struct live_row *row, const struct route_args *args, struct asked *asked, struct err *err)
{
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;

	TRY(web_page(w, q, r, &reader, args, &p, &pr, err));
	asked->json = pr.json;
	if (q->method != HTTP_POST) {
		str lang = http_param(q, S("captions"));
		TRY(row->follow(&p, err));
		asked->both = row->lines_beside && lang.p;
		if (asked->both)
			asked->beside = row->lines_beside(&p, lang);
		return OK;
	}
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
static str seen(const struct http_request *q)
{
	str id = http_header(q, S("last-event-id"));
	return id.n ? id : http_param(q, S("after"));
}

static int64_t seen_of_one(const struct http_request *q)
{
	int64_t id = -1;
	return str_to_i64(seen(q), &id) ? id : -1;
}

/* ?calm=1: who reads on a thin line. Who is told what changed need not look again. */
static unsigned how(const struct http_request *q, const struct live_row *row)
{
	if (row->pieces)
		return LIVE_STILL;
	return str_is(http_param(q, S("calm")), "1") ? LIVE_CALM | LIVE_STILL : 0;
}

static struct http_feed *stream(struct web *w, const struct http_request *q,
    const struct live_row *row, str channel, const struct asked *asked)
{
	struct live_pair_ask both = {.page = channel, .captions = asked->beside};
	if (!row->lines && !row->pieces)
		return live_follow(w->live, channel);
	if (!asked->both)
		return live_follow_lines(w->live, channel, seen_of_one(q), how(q, row));
	live_pair_seen(seen(q), &both);
	return live_pair_follow(w->live, &both);
}

/* What is followed: a text, lines, or a page in the language of ?lang=, which becomes lines. */
static enum rc follow(struct web *w, struct http_request *q, struct http_response *r,
    const struct live_row *row, const struct asked *asked, struct err *err)
{
	bool lines = row->lines || row->pieces;
	str channel = row->pieces ? tell_channel(w->tell, q, row) : q->path;
	if (!channel.n)
		return ERR(err, BUSY, NULL, "Too many pages are followed at this moment.");
	if (asked->json) {
		send_json(r, 200,
		    lines ? live_said(w->live, q->arena, channel)
		          : live_json(w->live, q->arena, channel));
		return OK;
	}
	r->feed = stream(w, q, row, channel, asked);
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
	struct asked asked = {0};
	const struct live_row *row = find(w->conf.rooms, q, &args);

	if (!row)
		return false;
	r->route = str_of(row->pattern);
	enum rc rc = admit(w, q, r, row, &args, &asked, &err);
	if (rc == OK && q->method == HTTP_POST)
		rc = write_text(w, q, r, &err);
	else if (rc == OK)
		rc = follow(w, q, r, row, &asked, &err);
	if (rc != OK)
		web_fail(w, q, r, &err);
	return true;
}
