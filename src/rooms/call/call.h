/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * call: asking everyone for contributions by guiding questions, and what becomes of each.
 *
 * DOMAIN: calls and contributions. A call goes draft -> open -> closed (-> open again); a
 * contribution goes received -> published | withheld | rejected, later withdrawn or replaced.
 * What people send is held until the secretariat publishes it. The functions here answer the
 * rules of other rooms from the state of the group. Threads: as the group. No errors.
 */
#ifndef ROOMS_CALL_CALL_H
#define ROOMS_CALL_CALL_H

#include "base/hash.h"
#include "engine/act.h"
#include "rooms/rooms.h"

#define CALL_QUESTIONS_MAX 4
#define CALL_FILES_MAX     8
#define CALL_TEXT_MAX      400000

enum call_status {
	CALL_DRAFT,
	CALL_OPEN,
	CALL_CLOSED,
};

enum contribution_status {
	CONTRIBUTION_RECEIVED, /* waits in the inbox */
	CONTRIBUTION_PUBLISHED,
	CONTRIBUTION_WITHHELD, /* at its author's request: never to be published */
	CONTRIBUTION_REJECTED,
	CONTRIBUTION_WITHDRAWN, /* its text stays as public as it was */
	CONTRIBUTION_REPLACED,  /* by a newer one of the same author; the text stays as public as it
	                           was */
};
#define CONTRIBUTION_STATUSES 6

/* What contributors speak as; ends with a NULL value. */
extern const struct choice call_categories[];

struct call_item {
	int64_t number;
	int64_t seq;        /* of its draft */
	int64_t opened_seq; /* of its (last) opening; 0: never opened */
	enum call_status status;
	bool members_only;
	bool refuse_late;
	bool has_text;
	bool extended;
	bool reopened;
	str title;
	str zone; /* of the deadline, for people */
	usec deadline;
	int64_t word_limit; /* 0: none */
	int64_t questions;
	int64_t received;
};

/* A paragraph as it was sent; an erased one is empty. */
struct contribution_paragraph {
	int64_t question; /* that it answers; 0: none */
	int64_t n;        /* from 1 in its answer */
	str text;
};

struct contribution_item {
	int64_t number;
	int64_t seq;        /* of its submission */
	int64_t status_seq; /* of the entry that gave it its status */
	int64_t call;
	actor_id
	    actor; /* who entered it: its author, the public, or the secretariat for somebody */
	bool on_behalf;
	enum contribution_status status;
	bool wish_withhold;
	bool published; /* its text is public, whatever came later */
	bool late;
	bool cite;           /* may be cited by itself, with its author's name */
	int64_t replaced_by; /* 0: by none */
	VEC(struct contribution_paragraph) paragraphs;
};

struct call_state {
	VEC(struct call_item) calls;                 /* [number - 1] */
	VEC(struct contribution_item) contributions; /* [number - 1] */
	int64_t count[CONTRIBUTION_STATUSES];        /* contributions by status */
};

/* The call or contribution of that number, or NULL. Borrowed from the state. */
const struct call_item *call_find(const struct group *g, int64_t number);
const struct contribution_item *contribution_find(const struct group *g, int64_t number);

/* True while people can contribute in time. */
bool call_is_open(const struct group *g, int64_t number);
/* Contributions that have this status; all of them. */
int64_t contribution_count(const struct group *g, enum contribution_status status);
int64_t contribution_total(const struct group *g);
/* True when everyone may read its text. */
bool contribution_is_public(const struct group *g, int64_t number);
/* The words of a paragraph, public or not; empty when there is none, or it was erased. Borrowed. */
str contribution_words(const struct contribution_item *c, int64_t question, int64_t n);
/* True when this person sent it and has not only passed it on for somebody else. */
bool contribution_is_by(const struct contribution_item *c, actor_id who);

/* The word that views and pages know the status by: "open", "withheld" ... */
str call_status_word(enum call_status s);
str contribution_status_word(enum contribution_status s);

/* Words of a text: pieces between white space; each Chinese or Japanese character is one. */
int64_t call_count_words(str s);

#endif
