/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * floor_pages: what the page of the floor shows: who speaks, who comes next and why, and to the
 * Chair the console. Threads: each request its own.
 */
#ifndef ROOMS_FLOOR_FLOOR_PAGES_H
#define ROOMS_FLOOR_FLOOR_PAGES_H

#include "engine/page.h"
#include "engine/room.h"
#include "floor_view.sql.h"

/* An act that one button does. */
struct floor_button {
	struct form form;
	str id; /* of the button: the page is renewed around it */
	str label;
	str about; /* which of several with this label, or "" */
	str of;    /* the name of a second field, or "" */
	str value;
	str meeting;
	bool primary;
};
typedef VEC(struct floor_button) floor_buttons;

/* A way to the form of an act. */
struct floor_deed {
	str id; /* as of a button */
	str label;
	url to;
};
typedef VEC(struct floor_deed) floor_deeds;

struct floor_line {
	int64_t request;
	str party, name, constituency;
	str kind, rule, state, state_label, why;
	str about; /* item and paragraph, or "" */
	str lang, note, reason;
	str limit, used; /* "5 min", "2 min 10 s"; limit "": none */
	str over;        /* "over the time by 1 min 2 s"; "": it is not */
	bool remote, overridden;
	str since, since_iso; /* SPEAKING */
	str statement;        /* a written one, and where it is read; "": none */
	url statement_to;
	floor_deeds deeds;
	url record;
};
typedef VEC(struct floor_line) floor_lines;

/* The clock of whoever speaks. Scripts let it run on from `made`, a time of the wall clock. */
struct floor_clock {
	bool runs, over;
	bool apart;                /* it is not counted to the constituency */
	int64_t used_ms, limit_ms; /* limit_ms 0: none */
	int64_t made_ms, pace;     /* pace: as of struct page */
	int64_t now_ms;            /* of used_ms, since the floor was given */
	str constituency;          /* of the speaker; "" of others */
	str used, limit;           /* "3:07" */
	str rule;                  /* what holds when the time is used up */
};

struct floor_budget {
	str constituency, used, left; /* left "": there is no budget */
	int64_t speakers;
};

struct floor_objection_line {
	str party, reason;
	url record;
};

struct floor_decision {
	int64_t put;
	str text, hash, state, state_label, words;
	str at, iso;
	VEC(struct floor_objection_line) objections;
	floor_buttons buttons;
	floor_deeds deeds;
	url record;
};

struct floor_past {
	int64_t list;
	str about;
	bool shown;
	url to, record;
};

/* A language of interpretation. */
struct floor_channel {
	str lang, name;
	bool mine; /* the viewer interprets into it */
};

/* To listen and to speak, where sound is carried and the viewer may hear it. */
struct floor_sound_desk {
	bool on;
	enum sound may; /* the viewer, on the floor, now */
	bool presides, may_ask;
	bool relay; /* there is one: the page asks for it before it makes its offer */
	str to;     /* address of the offer */
	str token;
	VEC(struct floor_channel) channels;
};

struct floor_page {
	str title;
	url meeting;
	url live; /* the whole meeting, not the floor alone */
	url join; /* of those who take part remotely; empty: none */
	str url;  /* of this page, for the module that renews it */
	bool in_session;
	struct floor_sound_desk sound;
	int64_t list; /* 0: none yet */
	bool is_current;
	str policy, limit, about;
	bool closed;
	bool apart;         /* points of order are not counted to the constituency */
	bool replies_apart; /* nor are rights of reply */
	str closed_words;
	url record;
	const struct floor_line *speaker, *called;
	struct floor_clock clock;
	str said_speaker, said_decision; /* what is announced when it changes */
	floor_lines paused, queue, waiting, heard;
	VEC(struct floor_budget) budgets;
	VEC(struct floor_decision) decisions; /* newest first */
	VEC(struct floor_past) lists;
	floor_buttons buttons;
	floor_deeds deeds;
};

/* floor_words.c: what the page says in words. In p->arena. */
str floor_policy_label(const struct page *p, str policy);
str floor_kind_label(const struct page *p, str kind);
/* The same, and what a point of order is for. category: empty for none. */
str floor_request_label(const struct page *p, str kind, str category);
str floor_state_label(const struct page *p, str state);
str floor_why_label(const struct page *p, str why, str constituency);
str floor_put_label(const struct page *p, str state);
str floor_span(const struct page *p, int64_t seconds);
/* "" when it is 0. */
str floor_minutes(const struct page *p, int64_t minutes);

/* floor_clock_pages.c: the clock of the one who speaks, as of now. */
struct floor_clock floor_clock_of(struct page *p, const struct floor_requests_row *speaking);
struct json *floor_clock_json(struct page *p, const struct floor_clock *c);
/* By how much a statement took longer than it might; "": it did not. */
str floor_over(struct page *p, const struct floor_requests_row *r);

/* floor_sound_pages.c: what somebody may do in a channel; see struct sound_row. */
enum rc floor_sound_may(
    const struct sound_ask *ask, enum sound *may, int64_t *sitting, struct err *err) MUST_USE;
enum rc floor_fill_sound(
    struct page *p, struct floor_page *v, int64_t meeting, struct err *err) MUST_USE;

/* floor_console_pages.c: what the viewer can do, now. */
enum rc floor_fill_console(struct page *p, struct floor_page *v, int64_t meeting,
    const struct floor_requests_rows *rows, struct err *err) MUST_USE;
enum rc floor_fill_put_console(
    struct page *p, struct floor_decision *d, int64_t meeting, struct err *err) MUST_USE;
void floor_line_deeds(struct page *p, struct floor_line *x, int64_t meeting, bool own, bool next);

#endif
