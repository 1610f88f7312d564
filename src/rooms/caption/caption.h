/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * caption: the transcript of a meeting: what was said, by whom, corrected in the open.
 *
 * Step of the process: during and after a meeting (DOMAIN.md, 6). A transcript is imported or
 * written, is a rough draft at first, and becomes final when everyone who spoke has had the time to
 * ask for corrections. A correction is another version; the words before it stay. The number of an
 * utterance in its meeting never changes: it is its address. Threads: the state belongs to its
 * group; everything returned is borrowed from it. No errors.
 */
#ifndef ROOMS_CAPTION_CAPTION_H
#define ROOMS_CAPTION_CAPTION_H

#include "rooms/rooms.h"

/* So long after a meeting was suspended or closed captions are kept: captioners write behind. */
#define CAPTION_TAIL (120 * USEC_SECOND)

struct utterance_version {
	str text; /* empty once it was erased */
	int64_t seq;
};

struct utterance {
	int64_t seq;
	usec time;       /* when it was published */
	int64_t sitting; /* 0: not known, or none */
	str lang;
	str speaker;                            /* the label, as it was written */
	int64_t seat;                           /* of the speaker; 0: none, or not known */
	actor_id person;                        /* none: not known */
	VEC(struct utterance_version) versions; /* from the first */
};

/* How far the live captions in a language were taken into the transcript. */
struct caption_taken {
	str lang;
	int64_t line;
};

struct transcript {
	VEC(struct utterance) utterances; /* [segment - 1] */
	int64_t final_seq;                /* 0: not final */
	usec began;                       /* of the first live line; times count from it. 0: none */
	VEC(struct caption_taken) taken;
};

/* A connection for a captioner's software. Its number is its place in the group, from 1. */
struct caption_connection {
	int64_t meeting;
	str lang;
	int64_t seq;
	int64_t ended; /* seq; 0: it is open */
};

/* Somebody asks that the own words be corrected. */
struct correction_request {
	int64_t meeting, segment;
	int64_t seq;
	str text;        /* as they should read */
	int64_t decided; /* seq; 0: not yet */
};

struct caption_state {
	VEC(struct transcript) meetings;         /* [meeting - 1] */
	VEC(struct correction_request) requests; /* [number - 1] */
	VEC(struct caption_connection) connections;
};

/* Of the meeting of that number, or NULL when it has none. */
const struct transcript *caption_transcript(const struct group *g, int64_t meeting);
/* NULL when there is none. */
const struct utterance *caption_utterance(const struct group *g, int64_t meeting, int64_t segment);
/* Its words in that version (from 1; 0: the latest); empty when there is none or it was erased. */
str utterance_words(const struct utterance *u, int64_t version);

/*
 * The address of an utterance below that of its group, in the stretch of the transcript that has
 * it: "meetings/7/transcript?from=31#s31". Whoever links to one asks here. In arena.
 */
str utterance_path(struct arena *a, int64_t meeting, int64_t segment);
/* Its place on that page: "s31". In arena. */
str utterance_place(struct arena *a, int64_t segment);

/*
 * How long those who spoke may ask for a correction of their own words: as the methods of work said
 * when it was published.
 */
int64_t utterance_ask_days(const struct group *g, const struct utterance *u);

/* True if they are the words of that person, or of the seat for which it speaks. */
bool utterance_is_by(const struct group *g, const struct utterance *u, actor_id who);

/*
 * Whether what is written now is kept: the meeting is open (or was until a moment ago) with a
 * sitting that leaves a transcript. What is said in a break or an informal is nobody's to read.
 */
bool caption_is_kept(const struct group *g, int64_t meeting, usec now);

/* NULL when there is none. */
const struct caption_connection *caption_connection_get(const struct group *g, int64_t number);
/* The last live line in that language that the transcript has; 0: none. */
int64_t caption_taken_line(const struct transcript *t, str lang);

#endif
