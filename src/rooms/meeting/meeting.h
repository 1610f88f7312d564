/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * meeting: the meetings of the group: their sittings, their agenda, who attended, what was
 * decided, and where the record of each is found.
 *
 * Step of the process: between the mandate and the report, several times. Days are civil days in
 * the meeting's zone; sittings are instants. Threads: the state belongs to its group. Everything
 * returned is borrowed from the group.
 */
#ifndef ROOMS_MEETING_MEETING_H
#define ROOMS_MEETING_MEETING_H

#include "rooms/rooms.h"

/* announced -> open <-> suspended, open -> closed; announced -> cancelled. */
enum meeting_status {
	MEETING_ANNOUNCED,
	MEETING_OPEN,
	MEETING_SUSPENDED,
	MEETING_CLOSED,
	MEETING_CANCELLED,
};

enum meeting_agenda { AGENDA_PROVISIONAL, AGENDA_ADOPTED, AGENDA_AMENDED };

enum meeting_item_status {
	ITEM_PENDING,
	ITEM_UNDER_CONSIDERATION,
	ITEM_DEFERRED, /* to a later sitting or meeting; may be taken up again */
	ITEM_CONCLUDED,
	ITEM_WITHDRAWN, /* left the agenda before it was taken up */
};

enum meeting_publicity { PUBLICITY_PUBLIC, PUBLICITY_PARTICIPANTS, PUBLICITY_MEMBERS };

enum meeting_sitting_kind { SITTING_PLENARY, SITTING_INFORMAL, SITTING_DRAFTING };

struct meeting_item {
	str title;
	enum meeting_item_status status;
	int64_t seq;       /* of the entry that put it on the agenda */
	int64_t state_seq; /* of the entry that brought its present state */
};

struct meeting_sitting {
	enum meeting_sitting_kind kind;
	enum meeting_publicity publicity;
	usec starts, ends; /* UTC */
	bool transcript;   /* captions and a transcript; else it leaves a Chair's summary */
	bool cancelled;
	int64_t seq;
};

/* The meeting was opened or resumed, with a sitting; 0: none was scheduled about that time. */
struct meeting_opening {
	usec time;
	int64_t sitting;
};

/*
 * What somebody wrote instead of saying it, or beside it: a document of the library or a published
 * contribution, listed at an item. Its number is its place in the meeting, from 1.
 */
struct meeting_statement {
	int64_t item;     /* 0: the meeting as a whole */
	int64_t document; /* 0: it is a contribution */
	int64_t contribution;
	bool withdrawn;
	int64_t seq;
};

/* One meeting. Its number, and those of its items and sittings, are their places, from 1. */
struct meeting {
	str title;
	str place;
	str zone;
	usec starts, ends; /* first and last day, each as its midnight UTC */
	enum meeting_publicity publicity;
	enum meeting_status status;
	enum meeting_agenda agenda;
	VEC(struct meeting_item) items;
	VEC(struct meeting_sitting) sittings;
	VEC(struct meeting_opening) openings;
	VEC(struct meeting_statement) statements;
	int64_t seq;        /* of the entry that announced it */
	int64_t state_seq;  /* of the entry that brought its present state */
	usec state_time;    /* and when */
	int64_t agenda_seq; /* of the entry that adopted the agenda; 0: provisional */
};

/* What a meeting decided, in the words of a conclusion. Numbered through the group, from 1. */
struct meeting_decision {
	int64_t meeting;
	int64_t item;
	int64_t seq;
};

struct meeting_state {
	VEC(struct meeting) meetings;
	VEC(struct meeting_decision) decisions;
};

/* The meeting of that number, or NULL. */
const struct meeting *meeting_get(const struct group *g, int64_t number);
/* How many meetings were announced, cancelled ones included: their numbers are 1..n. */
int64_t meeting_count(const struct group *g);
/* True once the meeting was opened, also when it is suspended or closed. */
bool meeting_has_begun(const struct group *g, int64_t number);
bool meeting_is_open(const struct group *g, int64_t number);
bool meeting_is_closed(const struct group *g, int64_t number);
/* The number of the meeting that is open or suspended; 0: none. There is one at most. */
int64_t meeting_in_progress(const struct group *g);
/* The announced meeting with the earliest first day; 0: none. */
int64_t meeting_next(const struct group *g);
/*
 * The sitting that was held at that time: the one with which the meeting was opened or resumed
 * last; a plenary goes over into the next by the schedule, for there is no pause in which somebody
 * would say so. 0: none, or none that was scheduled.
 */
int64_t meeting_sitting_at(const struct meeting *m, usec t);
/* The sitting that the schedule has at that time, or begins next, or ended last; 0: none near. */
int64_t meeting_sitting_due(const struct meeting *m, usec t);
/*
 * DOMAIN.md, 4: informals leave a Chair's summary and no transcript, unless the group decided it;
 * what was not public leaves none. sitting 0: what the meeting as a whole leaves.
 */
bool meeting_leaves_transcript(const struct meeting *m, int64_t sitting);
/* How many decisions the group took: their numbers are 1..n. */
int64_t meeting_decisions(const struct group *g);
const struct meeting_decision *meeting_decision_get(const struct group *g, int64_t number);

#endif
