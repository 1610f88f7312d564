/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * replay_captions: a meeting that is played has live captions. The script brings its words only
 * afterwards, as a transcript that is imported; here they are said while the meeting is played, by
 * a captioner's way in, when those who say them have the floor.
 *
 * Threads: the one that plays. Everything lives in the arena of the replay.
 */
#ifndef MAIN_REPLAY_CAPTIONS_H
#define MAIN_REPLAY_CAPTIONS_H

#include "caption/layouts.h"
#include "main/captioner.h"
#include "main/captions_plan.h"
#include "main/replay_inner.h"

/* A transcript that the script imports. */
struct replay_transcript {
	int64_t sitting; /* 0: not told */
	usec imported;   /* time of the script */
	caption_cues cues;
};

struct replay_captions {
	str lang;
	VEC(struct replay_transcript) transcripts; /* of that language */
	/* Of all of them, in the order in which they are said; n is 0 when nothing is. */
	VEC(struct caption_cue) cues;
	VEC(struct plan_words) words;
	struct captioner to;
	usec step; /* between two pieces, at least */
	size_t at; /* the words that are being said, and their next piece */
	int64_t piece, seq;
	size_t byte; /* of their text, where the next piece begins */
};

/* Looking ahead: keeps the words of an act of the meeting that imports a transcript. */
enum rc replay_captions_gather(struct replay_captions *c, struct replay *r, str folder,
    const struct json *line, struct err *err) MUST_USE;
/*
 * Plays the meeting in a transaction that is taken back, to see who has the floor when, and lays
 * the words out. r stands before the act that opens it, its house open.
 */
enum rc replay_captions_rehearse(struct replay_captions *c, struct replay *r, str folder,
    const struct replay_live *live, struct err *err) MUST_USE;
/* The server runs. */
enum rc replay_captions_begin(struct replay_captions *c, struct arena *a,
    const struct replay_live *live, struct err *err) MUST_USE;
/* When the next piece is said, in the time that is played; INT64_MAX: none is. */
usec replay_captions_next(const struct replay_captions *c);
/* Says it. BUSY: the server is not reached; FAULT. What a rule refuses is not said, and that is OK.
 */
enum rc replay_captions_say(struct replay_captions *c, struct err *err) MUST_USE;
/* Whether the words of that act are among those that are said. */
bool replay_captions_has(const struct replay_captions *c, const struct json *line);
void replay_captions_end(struct replay_captions *c);

#endif
