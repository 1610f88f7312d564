/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * audio_inner: what audio.c and audio_line.c share: the lines, and their talk with Janus.
 *
 * Threads: that of audio alone.
 */
#ifndef ENGINE_AUDIO_INNER_H
#define ENGINE_AUDIO_INNER_H

#include "base/json.h"
#include "engine/audio.h"

/* What a line waits for. */
enum line_stage { LINE_ATTACH, LINE_ROOM, LINE_JOIN, LINE_OFFER, LINE_READY };

struct line {
	struct line *next;
	struct arena *arena;
	struct audio_who who; /* in its arena */
	str id;
	str home;    /* the room of its channel */
	str room;    /* where it is: there, or on the floor while nobody interprets */
	bool moving; /* Janus has not said yet that it is there */
	enum line_stage stage;
	struct audio_join *join; /* until it is answered */
	int64_t handle;          /* of Janus; 0: none yet */
	int64_t asked;           /* the transaction of its last request */
	usec since;
	bool up;   /* sound goes through */
	bool open; /* its microphone, as Janus was told last */
};

struct switchboard {
	const struct audio_conf *conf;
	int socket;      /* of Janus; -1: none */
	int64_t session; /* of Janus; 0: none */
	int64_t asked;   /* the last transaction */
	str secret;      /* of the rooms */
	struct line *lines;
	size_t n, most;
	bool news;   /* it changed who should hear whom */
	bool broken; /* a message could not be sent: Janus is to be started again */
};

/* Takes what was asked for, or answers at once. */
void board_join(struct switchboard *s, struct audio_join *j);
void board_leave(struct switchboard *s, str id);
/* One message of Janus. */
void board_take(struct switchboard *s, const struct json *message);
/* What each line may do is asked and brought about. */
void board_consider(struct switchboard *s);
/* Ends lines that never came up. */
void board_sweep(struct switchboard *s, usec now);
/* Ends all lines; Janus is not told. */
void board_clear(struct switchboard *s);
/* Sends a request to Janus, with the next transaction, which is returned. */
int64_t board_send(struct switchboard *s, struct arena *a, struct json *request);

#endif
