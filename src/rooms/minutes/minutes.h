/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * minutes: what the record holds of a meeting, put together item by item: who attended, which
 * documents lay before it, who spoke and for how long, what was put and what was decided.
 *
 * Step of the process: at the end of a meeting, when the Chair's summary is written (DOMAIN.md, 6
 * and 17). It adds no words: every line rests on an entry. The Chair edits it, files it as a draft
 * and publishes it as a summary. Threads: the state belongs to its group; what sorts is pure. No
 * errors.
 */
#ifndef ROOMS_MINUTES_MINUTES_H
#define ROOMS_MINUTES_MINUTES_H

#include "rooms/rooms.h"

/* A draft of the Chair's summary that was filed. Its number is its place in the group, from 1. */
struct minutes_draft {
	int64_t meeting;
	int64_t seq;
};

struct minutes_state {
	VEC(struct minutes_draft) drafts;
};

/* The number of the newest draft of a meeting; 0: none. */
int64_t minutes_latest(const struct group *g, int64_t meeting);

/* --- what the record says, in the order in which it was written; texts borrowed --- */

/* An item was taken up and, until it is done, under consideration. */
struct minutes_span {
	int64_t item;
	usec from, until; /* until USEC_NONE: still */
	int64_t from_seq, until_seq;
};

struct minutes_turn {
	int64_t request;
	int64_t item; /* of the request, or of its list; 0: neither says */
	int64_t seat; /* 0: none */
	str party;
	str constituency; /* its name; "": none */
	int64_t place;    /* of the constituency in the composition */
	str kind;         /* "statement", "point_of_order", ... */
	str category;     /* what a point of order is for; "" of others */
	bool remote, out_of_turn;
	int64_t seconds;
	usec at;      /* when the floor was given first */
	int64_t seq;  /* of that entry */
	int64_t said; /* set by minutes_match: the utterance in the transcript; 0: not found */
};
typedef VEC(struct minutes_turn) minutes_turns;

/* An utterance of the transcript. */
struct minutes_voice {
	int64_t segment;
	int64_t item; /* 0: the transcript does not say */
	int64_t seat; /* 0: none, or not known */
	str speaker;  /* the label */
};
typedef VEC(struct minutes_voice) minutes_voices;

struct minutes_here {
	str party;        /* "": of no delegation */
	str constituency; /* its name, or of those without a seat what they are */
	int64_t seat;
	bool remote;
	int64_t seq;
};
typedef VEC(struct minutes_here) minutes_attendance;

/* --- what comes of it; in arena --- */

/* How long a constituency had the floor. */
struct minutes_time {
	str constituency; /* "": observers and others */
	int64_t place;
	int64_t turns;
	int64_t seconds;
};
typedef VEC(struct minutes_time) minutes_times;

/* Of one constituency, in one way: in the room or remotely. */
struct minutes_party {
	str party; /* once, also when several came; "": of no delegation */
	int64_t people;
};
struct minutes_group {
	str constituency;  /* as they say it */
	int64_t seats;     /* that were represented, in either way */
	int64_t people[2]; /* [0] in the room, [1] remotely */
	VEC(struct minutes_party) parties[2];
	VEC(int64_t) entries; /* that recorded them, each once */
};
typedef VEC(struct minutes_group) minutes_groups;

/*
 * Gives each turn without an item the one that was under consideration when it began: of several
 * the one taken up last; 0 when there was none.
 */
void minutes_place(
    struct minutes_turn *turns, size_t n, const struct minutes_span *spans, size_t m);
/*
 * Finds the utterance in which each turn begins: the transcript names the same speakers in the same
 * order, so as many as possible are matched without crossing, and none under two different items.
 * A speaker is known by the seat, or by the label when either has none. Of more than MINUTES_CELLS
 * possible pairs none is sought.
 */
#define MINUTES_CELLS 4000000
void minutes_match(struct arena *a, struct minutes_turn *turns, size_t n,
    const struct minutes_voice *voices, size_t m);
/* The turns under an item, as they came. */
minutes_turns minutes_of_item(
    struct arena *a, const struct minutes_turn *turns, size_t n, int64_t item);
/* Each constituency once, in the order of the composition, others last. */
minutes_times minutes_sum(struct arena *a, const struct minutes_turn *turns, size_t n);
/* By constituency, as they come in `here`, which has those of one together. */
minutes_groups minutes_present(struct arena *a, const struct minutes_here *here, size_t n);
/* SHA-256 of a text in hexadecimal. In arena. */
str minutes_hash(struct arena *a, str text);

/*
 * A draft as plain paragraphs: Markdown's signs for headings, lists and quotations go, as do the
 * addresses of its references; "[entry 12]" stays. A line each of a list becomes a paragraph.
 */
str minutes_plain(struct arena *a, str markdown);
/*
 * Words in which Markdown would read signs, so that it reads words. begins: they begin a line,
 * where numbers and dashes are signs too. In arena.
 */
str minutes_escape(struct arena *a, str words, bool begins);

#endif
