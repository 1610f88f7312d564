/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * floor: who speaks in a meeting, who speaks next and why, and what the Chair puts to the group
 * (DOMAIN.md, 5).
 *
 * Step of the process: while a meeting is in session. One list of speakers at a time for the room
 * and for those who take part remotely. Threads: the state belongs to its group. Everything
 * returned is borrowed from the group.
 */
#ifndef ROOMS_FLOOR_FLOOR_H
#define ROOMS_FLOOR_FLOOR_H

#include "rooms/rooms.h"

/* How those who wait with a reply or a statement are ordered. Declared when the list is opened. */
enum floor_policy {
	FLOOR_FIRST_COME,
	FLOOR_STATES_FIRST,
	FLOOR_ROTATE,    /* by constituency */
	FLOOR_NEW_FIRST, /* those who have not spoken yet */
	FLOOR_BUDGET,    /* so many minutes for each constituency */
};

/* In their default order, but for rights of reply, which come at the end of the list. */
enum floor_kind {
	FLOOR_POINT_OF_ORDER,
	FLOOR_RIGHT_OF_REPLY,
	FLOOR_QUESTION, /* to whoever speaks */
	FLOOR_REPLY,    /* on the current topic */
	FLOOR_STATEMENT,
};

/*
 * What a point of order is for: those that come first take precedence (rule 119 of the rules of
 * procedure of the General Assembly). Only of FLOOR_POINT_OF_ORDER.
 */
enum floor_category {
	FLOOR_CONDUCT, /* of the proceedings: any other point of order */
	FLOOR_SUSPEND_MEETING,
	FLOOR_ADJOURN_MEETING,
	FLOOR_ADJOURN_DEBATE, /* on the item under discussion */
	FLOOR_CLOSE_DEBATE,
};

enum floor_step {
	FLOOR_REQUESTED, /* after the list was closed: on the waiting list */
	FLOOR_ON_LIST,
	FLOOR_CALLED, /* speaks next */
	FLOOR_SPEAKING,
	FLOOR_PAUSED,
	FLOOR_DONE,
	FLOOR_WITHDRAWN,
	FLOOR_REMOVED,
	FLOOR_NOT_PRESENT,
};

/* Why a request stands where it stands. */
enum floor_why {
	FLOOR_WHY_POINT,
	FLOOR_WHY_QUESTION,
	FLOOR_WHY_REPLY,       /* before the statements */
	FLOOR_WHY_CAME,        /* in the order of the requests */
	FLOOR_WHY_STATE,       /* States first */
	FLOOR_WHY_AFTER_STATE, /* after the States */
	FLOOR_WHY_TURN,        /* the turn of its constituency */
	FLOOR_WHY_NEW,         /* has not spoken yet */
	FLOOR_WHY_SPOKE,       /* has spoken already */
	FLOOR_WHY_TIME_LEFT,   /* its constituency has time left */
	FLOOR_WHY_TIME_USED,   /* its constituency has used up its time */
	FLOOR_WHY_OBSERVER,    /* observers after members */
	FLOOR_WHY_RIGHT,       /* rights of reply at the end */
};

/* A request for the floor. Its number is its place in the group, from 1. */
struct floor_request {
	int64_t list; /* moves with it to the next list of the meeting */
	int64_t meeting;
	actor_id person; /* who speaks; none: whoever speaks for the seat */
	int64_t seat;    /* 0: none */
	str party;       /* delegation, organisation, or whom the person represents */
	str code;        /* constituency; "" of observers and others */
	bool is_state, is_observer;
	bool remote;
	enum floor_kind kind;
	enum floor_category category;
	enum floor_step state;
	usec since;      /* SPEAKING: since when */
	usec used;       /* time that it spoke, without what runs now */
	int64_t minutes; /* that it may speak; 0: no limit */
	int64_t seq;     /* of the request */
	int64_t state_seq;
};

struct floor_time {
	str code; /* of a constituency */
	usec used;
	int64_t speakers; /* that had the floor */
	int64_t turn;     /* of the last one among all statements and replies; 0: none */
};

/* Its number is its place in the group, from 1. */
struct floor_list {
	int64_t meeting;
	enum floor_policy policy;
	int64_t minutes;    /* for one statement; 0: no limit */
	int64_t budget;     /* minutes for each constituency; 0: none */
	bool apart;         /* the time of points of order is not that of the constituency */
	bool replies_apart; /* nor is that of rights of reply */
	bool closed;        /* by announcement: who comes now goes to the waiting list */
	int64_t turns;      /* statements and replies so far */
	VEC(struct floor_time) times;
	int64_t seq;
};

enum floor_put_state { FLOOR_PUT, FLOOR_DECIDED, FLOOR_OBJECTED, FLOOR_PUT_WITHDRAWN };

/* "If I hear no objection, it is so decided." Its number is its place in the group, from 1. */
struct floor_put {
	int64_t meeting;
	enum floor_put_state state;
	str hash; /* SHA-256 of the text, in hexadecimal */
	usec at;
	VEC(int64_t) objectors; /* seats */
	int64_t seq;
};

struct floor_state {
	VEC(struct floor_list) lists;
	VEC(struct floor_request) requests;
	VEC(struct floor_put) puts;
};

struct floor_place {
	int64_t request;
	enum floor_why why;
};
typedef VEC(struct floor_place) floor_order;

const struct floor_list *floor_list_get(const struct group *g, int64_t number);
const struct floor_request *floor_request_get(const struct group *g, int64_t number);
const struct floor_put *floor_put_get(const struct group *g, int64_t number);
/* The newest list of a meeting; 0: it has none. */
int64_t floor_current(const struct group *g, int64_t meeting);
/* The request that has the floor now; 0: nobody speaks. */
int64_t floor_speaking(const struct group *g, int64_t meeting);
/* Who was interrupted last and waits to go on; 0: nobody. */
int64_t floor_interrupted(const struct group *g, int64_t meeting);
/* Who was called and speaks next; 0: nobody. */
int64_t floor_called(const struct group *g, int64_t meeting);
/* What is put to the group and not settled; 0: nothing. */
int64_t floor_open_put(const struct group *g, int64_t meeting);
/* Everyone on the list, in the order in which they will speak. In arena. */
floor_order floor_queue(const struct group *g, struct arena *a, int64_t list);
/* True if its time is counted to its constituency. */
bool floor_counts(const struct floor_list *l, const struct floor_request *x);
/* True if both speak for the same seat, or the same party without one. */
bool floor_same_party(const struct floor_request *x, const struct floor_request *y);

/* "point_of_order", "on_list", ... as in the record and in addresses. Static. */
const char *floor_policy_word(enum floor_policy p);
const char *floor_kind_word(enum floor_kind k);
const char *floor_category_word(enum floor_category c);
const char *floor_state_word(enum floor_step s);
const char *floor_why_word(enum floor_why w);
const char *floor_put_word(enum floor_put_state s);

#endif
