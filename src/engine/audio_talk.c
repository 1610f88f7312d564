/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Messages: what a browser offers, and how Janus is told. */
#include "base/must.h"
#include "engine/audio_inner.h"

#include <sys/socket.h>

#include "base/poison.h"

/* --- offers --- */

static bool is_line_clean(str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] < ' ' || line.p[i] > '~')
			return false;
	return true;
}

enum rc audio_offer(struct arena *a, str sdp, str *out, struct err *err)
{
	struct buf b = buf_in(a, 0);
	str rest = sdp, line;
	size_t media = 0, sound = 0;
	bool clean = str_starts(sdp, S("v=0"));
	while (str_cut(&rest, '\n', &line)) {
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		clean = clean && is_line_clean(line);
		media += str_starts(line, S("m="));
		sound += str_starts(line, S("m=audio "));
		if (!line.n || str_starts(line, S("a=candidate:")))
			continue;
		buf_put(&b, line);
		buf_put(&b, S("\r\n"));
	}
	*out = buf_str(&b);
	if (!clean || media != 1 || sound != 1 || out->n > AUDIO_OFFER)
		return ERR(err, INVALID, "offer", "This is not an offer of sound by a browser.");
	return OK;
}

/* --- messages --- */

int64_t board_send(struct switchboard *s, struct arena *a, struct json *request)
{
	struct buf b = buf_in(a, 0);
	json_put_str(a, request, S("transaction"), arena_printf(a, "%lld", (long long)++s->asked));
	if (s->session)
		json_put_i64(a, request, S("session_id"), s->session);
	json_write(&b, request);
	str text = buf_str(&b);
	if (s->socket < 0 || text.n > JANUS_MESSAGE ||
	    send(s->socket, text.p, text.n, MSG_NOSIGNAL) != (ssize_t)text.n)
		s->broken = true;
	return s->asked;
}

struct json *talk_request(struct arena *a, const char *what)
{
	struct json *o = json_new_object(a);
	json_put_str(a, o, S("janus"), str_of(what));
	return o;
}

struct json *talk_attach(struct arena *a)
{
	struct json *o = talk_request(a, "attach");
	json_put_str(a, o, S("plugin"), S("janus.plugin.audiobridge"));
	return o;
}

struct json *talk_body(struct arena *a, const char *request, str room)
{
	struct json *body = json_new_object(a);
	json_put_str(a, body, S("request"), str_of(request));
	if (room.n)
		json_put_str(a, body, S("room"), room);
	return body;
}

int64_t talk_tell(
    struct switchboard *s, struct arena *a, int64_t handle, struct json *body, str offer)
{
	struct json *o = talk_request(a, "message");
	json_put_i64(a, o, S("handle_id"), handle);
	json_put(o, S("body"), body);
	if (offer.n) {
		struct json *jsep = json_new_object(a);
		json_put_str(a, jsep, S("type"), S("offer"));
		json_put_str(a, jsep, S("sdp"), offer);
		json_put(o, S("jsep"), jsep);
	}
	return board_send(s, a, o);
}

void talk_ask(struct switchboard *s, struct arena *a, struct line *l, struct json *body, str offer)
{
	l->asked_at = clock_monotonic();
	l->asked = talk_tell(s, a, l->handle, body, offer);
}

/* An error of Janus itself is in "error", one of the AudioBridge in the data of the plug-in. */
int64_t talk_trouble(const struct json *message)
{
	const struct json *data = json_get(json_get(message, S("plugindata")), S("data"));
	if (str_is(json_get_str(message, S("janus")), "error"))
		return json_get_i64(json_get(message, S("error")), S("code"), -1);
	return json_get_i64(data, S("error_code"), 0);
}
