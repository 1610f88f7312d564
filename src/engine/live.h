/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * live: texts and lines that change while others look on, and those who look on.
 *
 * A channel is an address; it holds one text and the number of its state, or lines that were kept
 * elsewhere before they came here (engine/live_lines.h). Nothing of it is in the record: a room
 * that wants to keep a text takes it by a command. A text is gone when the server stops, and the
 * one who writes sends it again; lines are put back by the room that keeps them. Threads: any.
 */
#ifndef ENGINE_LIVE_H
#define ENGINE_LIVE_H

#include "base/arena.h"
#include "engine/http.h"
#include "engine/live_lines.h"

#define LIVE_TEXT ((size_t)64 << 10) /* bytes of a text, at most */

#define LIVE_FOLLOWERS 16384 /* of all channels, unless the system allows fewer descriptors */

struct live;
/* For at most so many that look on at once; each holds a descriptor. */
struct live *live_new(size_t followers);
/* When no feed is left: after the server has stopped. Accepts NULL. */
void live_free(struct live *l);

/*
 * A body for text/event-stream: at once the newest text, if there is one, then each newer one (of
 * several between two looks only the last), as an event with its number as id and
 * {"seq":7,"text":"..."} as data; the event "moved" when something was written to the record; a
 * comment when nothing happened for a while. NULL: too many look on already.
 */
struct http_feed *live_follow(struct live *l, str channel);
/*
 * The text becomes the next state if *seq is the number of the present one (0: of none, and a
 * channel that is not there takes any number, as after a start of the server); *seq is then the new
 * number. False: somebody was faster. True with all else.
 */
bool live_put(struct live *l, str channel, str text, int64_t *seq);
/* The present state as JSON, {"seq":0,"text":""} when there is none. In arena. */
str live_json(struct live *l, struct arena *a, str channel);

/*
 * A channel of lines begins: of what came up to and with the change `known` it holds nothing. A
 * channel that was begun by live_say holds nothing of what came before its first line.
 */
void live_know(struct live *l, str channel, int64_t known);
/* A line changed, and that is kept already. Those who look on are told twice a second. */
void live_say(struct live *l, str channel, const struct live_line *line);
/*
 * Several lines changed together. step: the same as one piece of JSON, for those who take part in a
 * stream of several (engine/live_pair.h) and have seen everything up to the change `from`, and no
 * more.
 */
struct live_step {
	const struct live_line *v;
	size_t n;
	int64_t from;
	str json;
};
void live_say_step(struct live *l, str channel, const struct live_step *step);
/*
 * A body for text/event-stream: what came after the change `after` (< 0: everything that is held),
 * then what comes, as live_lines_since writes it; "moved" and comments as with a text.
 */
enum live_how {
	LIVE_CALM = 1,  /* told once a second: half of the bytes */
	LIVE_STILL = 2, /* not told when something was written to the record */
};
struct http_feed *live_follow_lines(struct live *l, str channel, int64_t after, unsigned how);
/* What is held is forgotten: who is not as far as the change `known` is told to load the whole. */
void live_forget(struct live *l, str channel, int64_t known);
/* True while somebody looks on. */
bool live_is_followed(struct live *l, str channel);
/* The lines that are held, {"id":0,"lines":[]} when there are none. In arena. */
str live_said(struct live *l, struct arena *a, str channel);

/* Something was written to the record: those who look on may want to look again. */
void live_moved(struct live *l);

#endif
