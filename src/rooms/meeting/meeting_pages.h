/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * meeting_pages: the values of the pages on meetings, as their templates see them.
 *
 * Days and hours are those of the meeting's place. Threads: each request its own. Everything is
 * in the arena of the request.
 */
#ifndef ROOMS_MEETING_MEETING_PAGES_H
#define ROOMS_MEETING_MEETING_PAGES_H

#include "engine/page.h"
#include "engine/room.h"

/* A moment for people and for machines. */
struct meeting_when {
	str text, iso;
};

/* A meeting in a list. */
struct meeting_card {
	int64_t number;
	str title, place;
	struct meeting_when days; /* "26-27 January 2017"; iso is the first day */
	str state, state_label, publicity;
	bool ahead; /* it can still be attended: neither closed nor cancelled */
	bool remote;
	str how;
	url join; /* empty: no address */
	int64_t items, decisions, attended;
	url link, record;
	url live; /* all of it as it goes; empty: it has not begun */
};

struct meeting_decision_line {
	int64_t decision, meeting, item;
	str title, text;
	url link, record;
};

struct meeting_index_page {
	VEC(struct meeting_card) now;  /* open or suspended */
	VEC(struct meeting_card) next; /* announced, by their days */
	VEC(struct meeting_card) held; /* the latest first; with those that were cancelled */
	VEC(struct meeting_decision_line) decisions;
	url calendar;
	url announce; /* empty: the viewer may not */
};

/* A button of somebody who may act. */
struct meeting_deed {
	str label;
	url to;
	bool next; /* what usually comes next */
};
typedef VEC(struct meeting_deed) meeting_deeds;

struct meeting_step_line {
	str label, reason;
	struct meeting_when day;
	url record;
};

struct meeting_sitting_line {
	int64_t sitting;
	struct meeting_when day;
	struct meeting_when starts, ends; /* text is the time of day */
	str kind, publicity, room, topic;
	url join; /* for remote participation; empty: as the meeting says */
	bool cancelled;
	url record;
};

struct meeting_document_line {
	str symbol, title, lang;
	url to, record;
};

struct meeting_conclusion_line {
	str outcome, outcome_label, text;
	int64_t decision; /* 0: none */
	struct meeting_when day;
	url record;
};

/* A written statement: a document by its symbol, a contribution by who sent it. */
struct meeting_statement_line {
	int64_t statement, item; /* item 0: the meeting as a whole */
	int64_t seq;             /* of the entry that listed it */
	str name, title, lang;
	url to, record;
	url off; /* takes it off the list; empty: the viewer may not */
};
typedef VEC(struct meeting_statement_line) meeting_statement_lines;

struct meeting_item_line {
	int64_t item;
	str title, note, state, state_label;
	VEC(struct meeting_document_line) documents;
	meeting_statement_lines statements;
	VEC(struct meeting_conclusion_line) conclusions;
	meeting_deeds deeds;
	url record;
};

struct meeting_person_line {
	str name, title, representing; /* name "": it was erased */
	int64_t seat;                  /* 0: none */
	bool remote;
	str room_at, remote_at; /* sittings, "1, 2"; both empty: it is not known which */
	int64_t seq;            /* of the newest entry that says so */
};

/* How many attended one sitting. */
struct meeting_attended_line {
	int64_t sitting;
	str kind;
	int64_t room, remote, seats;
};

/* A constituency, or of those without a seat what they are: "Chair", "Observers". */
struct meeting_attendance_part {
	str of;
	VEC(struct meeting_person_line) people;
};

struct meeting_attendance {
	VEC(struct meeting_attendance_part) parts;
	VEC(struct meeting_attended_line) sittings; /* of which it is known */
	int64_t people;
	int64_t seats; /* that were represented */
};

struct meeting_summary_text {
	int64_t sitting; /* 0: the whole meeting */
	struct meeting_when day;
	bool superseded;
	VEC(str) text;
	url record;
};

struct meeting_record_line {
	str kind, note;
	int64_t sitting; /* 0: the whole meeting */
	str symbol;      /* of the document that holds it, or empty */
	url to, record;
};

struct meeting_one_page {
	struct meeting_card card;
	str zone;  /* "Zurich (Europe/Zurich)" */
	url floor; /* who speaks; empty: the meeting has not begun */
	str agenda, agenda_label;
	url agenda_record; /* of its adoption; empty: provisional */
	VEC(struct meeting_step_line) steps;
	VEC(struct meeting_sitting_line) sittings;
	VEC(struct meeting_item_line) items;
	VEC(struct meeting_document_line) documents; /* of the meeting as a whole */
	meeting_statement_lines statements;          /* the same */
	struct meeting_attendance attendance;
	VEC(struct meeting_summary_text) summaries;
	VEC(struct meeting_record_line) records;
	meeting_deeds deeds;
	url transcript;
	bool may_import;
	int64_t said; /* utterances in the transcript */
};

/* meeting_page.c: everything about one meeting. */
enum rc meeting_page_one(struct page *p, struct err *err) MUST_USE;

/* meeting_attendance_pages.c: the list of participants, which is public; also stated as facts. */
enum rc meeting_load_attendance(
    struct page *p, int64_t meeting, struct meeting_attendance *out, struct err *err) MUST_USE;

/* meeting_calendar.c: all meetings as a calendar file. */
enum rc meeting_page_calendar(struct page *p, struct err *err) MUST_USE;

/* meeting_statement_pages.c: what is listed at a meeting, by item; also stated as a fact. */
enum rc meeting_load_statements(
    struct page *p, int64_t meeting, meeting_statement_lines *out, struct err *err) MUST_USE;
enum rc meeting_list_statements(struct page *p, struct form_options *out, struct err *err) MUST_USE;
/* The meeting that a form is about: the one in its address, or 0 for all. */
int64_t meeting_chosen(const struct page *p);

/* meeting_form_pages.c: forms that begin with what the programme says. */
#define MEETING_SHAPES 3
extern const struct form_shape meeting_shapes[MEETING_SHAPES];
/* The programme of a meeting, as the rules read it. */
struct meeting;
enum rc meeting_load_programme(
    struct page *p, int64_t meeting, struct meeting *out, struct err *err) MUST_USE;
/* The meeting in the field of that name; 0: none. */
int64_t meeting_named(struct form *f);
/* meeting_attend_pages.c: the form of attendance. */
enum rc meeting_shape_attend(struct page *p, struct form *f, struct err *err) MUST_USE;

/* meeting_words.c: what both pages say in the same words. In p->arena. */
str meeting_state_label(const struct page *p, str state);
str meeting_publicity_label(const struct page *p, str publicity);
str meeting_kind_label(const struct page *p, str kind);
str meeting_item_label(const struct page *p, str state);
str meeting_outcome_label(const struct page *p, str outcome);
str meeting_record_label(const struct page *p, str kind);
str meeting_step_label(const struct page *p, str step);
/* The first to the last day of a meeting, as short as it can be said. */
struct meeting_when meeting_days(const struct page *p, usec starts, usec ends);
/* The day of an instant, and its time of day, on the wall of the zone. */
struct meeting_when meeting_day_in(const struct page *p, usec t, str zone);
struct meeting_when meeting_hour_in(const struct page *p, usec t, str zone);
/* The address, or an empty one when it is none that a page may link to. */
url meeting_outside(const struct page *p, str address);

#endif
