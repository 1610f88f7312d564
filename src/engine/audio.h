/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * audio: the sound of meetings: who listens, and whose microphone is open.
 *
 * A line is one browser's connection to Janus, in one channel of a meeting: the floor, or a
 * language of interpretation. A browser sends its offer to us and gets Janus' answer from us; it
 * never speaks to Janus itself. Every line begins with a closed microphone. After each act that
 * was written to the record, and every few seconds, the room is asked what each line may do, and
 * only then are microphones opened, closed, and lines ended. When Janus ends, all lines do, and it
 * is started again. Threads: any; one of its own owns all lines and Janus.
 */
#ifndef ENGINE_AUDIO_H
#define ENGINE_AUDIO_H

#include "engine/http.h"
#include "engine/janus.h"
#include "engine/room.h"

#define AUDIO_LINES 300 /* at once */
#define AUDIO_CORE  60  /* fewer on a small machine: a line takes Janus 1.3% of a core */
#define AUDIO_EACH  32  /* of one address */
#define AUDIO_OFFER ((size_t)6000)

/* Whose line, and where. */
struct audio_who {
	const struct sound_row *row;
	int64_t grp, number;
	str channel;
	str session; /* hash of its token; empty: nobody in particular */
	http_peer holder;
};

struct audio_conf {
	struct janus_conf janus;
	/* What a line may do now, and the name of its room: in arena. In the thread of audio. */
	enum rc (*ask)(void *ctx, struct arena *a, const struct audio_who *who, enum sound *may,
	    str *room, struct err *err);
	void *ctx;
};

struct audio;
/* Janus is started by the thread, and again when it ends. FAULT: there is no thread. */
enum rc audio_start(const struct audio_conf *conf, struct audio **out, struct err *err) MUST_USE;
/* True while Janus answers. Accepts NULL. */
bool audio_is_up(struct audio *x);
/* Something was written to the record. Accepts NULL. */
void audio_moved(struct audio *x);

/* A line that is asked for; lives in the arena of the exchange. */
struct audio_join {
	struct audio_who who;
	str offer; /* SDP as audio_offer made it */
	struct arena *arena;
	struct http_exchange *waiting;
	/* When it was resumed: */
	enum rc rc;
	struct err err;
	str id, answer; /* for audio_leave; SDP */
	struct audio_join *next;
};
/* Resumes j->waiting, once. */
void audio_join(struct audio *x, struct audio_join *j);
/* Ends the line of that id, if there is one. */
void audio_leave(struct audio *x, str id);
/*
 * The offer of a browser without its own addresses, which Janus finds out by itself. INVALID: it is
 * not one for sound alone. In arena.
 */
enum rc audio_offer(struct arena *a, str sdp, str *out, struct err *err) MUST_USE;

/* After the web server: answers all that waits. Accepts NULL. */
void audio_stop(struct audio *x);

#endif
