/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * audio_inner: what the files of audio share: the lines, the rooms of the AudioBridge, and their
 * talk with Janus.
 *
 * Janus runs the requests to its AudioBridge in threads of its own, in whatever order they come to
 * run (its issue 2461: by design). So of a line, and of the keeper of the rooms, one request is
 * under way at a time, and nobody is sent to a room before Janus has said that it is there.
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
	str home; /* the room of its channel */
	str room; /* where it is: there, or on the floor while nobody interprets */
	str to;   /* where it goes, before Janus has said that it is there; empty: nowhere */
	enum line_stage stage;
	struct audio_join *join; /* until it is answered */
	int64_t handle;          /* of Janus; 0: none yet */
	int64_t asked;           /* the transaction of the request under way; 0: none */
	usec asked_at, since;
	bool up;   /* sound goes through */
	bool open; /* its microphone, as Janus was told last */
};

enum audio_room_stage { ROOM_NEW, ROOM_MAKING, ROOM_THERE, ROOM_ENDING };

/* A room of the AudioBridge. */
struct audio_room {
	struct audio_room *next;
	struct arena *arena;
	str name;
	enum audio_room_stage stage;
};

struct switchboard {
	const struct audio_conf *conf;
	int socket;      /* of Janus; -1: none */
	int64_t session; /* of Janus; 0: none */
	int64_t keeper;  /* the handle that makes and ends rooms */
	int64_t asked;   /* the last transaction */
	str secret;      /* of the rooms */
	struct line *lines;
	size_t n, most;
	struct audio_room *rooms, *at; /* at: the one that the keeper makes or ends now */
	int64_t keeper_asked;          /* the transaction of its request under way; 0: none */
	usec keeper_asked_at;
	bool news;   /* it changed who should hear whom */
	bool broken; /* a message could not be sent: Janus is to be started again */
};

/* --- audio_line.c --- */

/* Takes what was asked for, or answers at once. */
void board_join(struct switchboard *s, struct audio_join *j);
void board_leave(struct switchboard *s, str id);
/* One message of Janus. */
void board_take(struct switchboard *s, const struct json *message);
/* Ends lines that never came up, and those of which Janus answers nothing. */
void board_sweep(struct switchboard *s, usec now);
/* Ends all lines; Janus is not told. */
void board_clear(struct switchboard *s);
/* Ends the line: Janus is told, and who waits for it is answered. */
void line_hang_up(struct switchboard *s, struct line *l, enum rc rc, const char *why);
#define SOUND_FAILED "The sound could not be connected. Please try again."
/* The room is there: those who wait for it go in. */
void board_go_in(struct switchboard *s, str room);

/* --- audio_place.c --- */

/* What each line may do is asked and brought about. */
void board_consider(struct switchboard *s);
/* The same of one that is ready; it may have ended. */
void line_consider(struct switchboard *s, struct line *l);
/* Sends it to the room l->to, which is there. */
void line_move(struct switchboard *s, struct line *l);

/* --- audio_keeper.c --- */

/* True when the room is there; otherwise it will be, and board_go_in is called. */
bool keeper_has(struct switchboard *s, str room);
/* Makes rooms that are needed and ends those that are not, one at a time. */
void keeper_go_on(struct switchboard *s);
/* Takes the answer to its request. */
void keeper_take(struct switchboard *s, const struct json *message);
void keeper_clear(struct switchboard *s);

/* --- audio_talk.c --- */

/* Sends a request to Janus, with the next transaction, which is returned. */
int64_t board_send(struct switchboard *s, struct arena *a, struct json *request);
struct json *talk_request(struct arena *a, const char *what);
/* For a handle of the AudioBridge. */
struct json *talk_attach(struct arena *a);
/* Of the AudioBridge; room: empty for what is about none. */
struct json *talk_body(struct arena *a, const char *request, str room);
/* To the AudioBridge, by that handle; the transaction. offer: empty for none. */
int64_t talk_tell(
    struct switchboard *s, struct arena *a, int64_t handle, struct json *body, str offer);
/* The same by the handle of a line, whose request under way it is. */
void talk_ask(struct switchboard *s, struct arena *a, struct line *l, struct json *body, str offer);
/* 0: it did what it was asked. */
int64_t talk_trouble(const struct json *message);

#endif
