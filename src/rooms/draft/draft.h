/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * draft: texts under negotiation, their amendments and the stances of delegations.
 *
 * Step of the process: between the proposals and the report. A draft is a chain of revisions
 * (text/doc.h); amendments are filed against the revision of the day and carried over when
 * others are accepted; none is ever lost (DOMAIN.md, 10 and 11). Threads: the state belongs to its
 * group. Everything returned is borrowed from the group.
 */
#ifndef ROOMS_DRAFT_DRAFT_H
#define ROOMS_DRAFT_DRAFT_H

#include "rooms/rooms.h"
#include "text/relate.h"

enum amendment_status {
	AMENDMENT_TABLED,    /* before the group; text.outcome says whether its author must speak */
	AMENDMENT_ACCEPTED,  /* its words stand in a revision */
	AMENDMENT_SATISFIED, /* others with the same effect were accepted */
	AMENDMENT_NOT_ACCEPTED, /* the Chair said so, with a reason */
	AMENDMENT_WITHDRAWN,
};

/* A delegation that stands behind an amendment; the first is the one that tabled it. */
struct amendment_sponsor {
	str party;
	int64_t seat;
};

struct amendment_stance {
	int64_t seat;
	str party;
	enum text_stance_kind kind;
	bool from_floor; /* the secretariat or the Chair entered it for the seat */
};

/*
 * A stance on words of the text. Its number is its place in the draft, from 1; in the text engine
 * its id is "s" and the number.
 */
struct draft_stand {
	struct text_amendment text; /* on_text: one operation and one stance */
	int64_t seat;
	str party;
	bool from_floor;
	bool ended; /* removed, or another one of the seat took its place */
	int64_t seq;
};

/* Its number is its place in the draft, from 1; its id in the text engine is "a" and the number. */
struct amendment {
	struct text_amendment text; /* against the revision of now */
	enum amendment_status status;
	int64_t filed;    /* the revision that it was filed against */
	int64_t accepted; /* the revision that its words came into; 0: none */
	int64_t seq, last_seq;
	VEC(struct amendment_sponsor) sponsors;
	VEC(struct amendment_stance) stances;
};

/* Its number is its place in the vector, from 1. */
struct draft {
	str title;
	str lang;
	str symbol;       /* of the first revision; empty: none */
	int64_t revision; /* from 1 */
	struct text_doc doc;
	VEC(struct amendment) amendments;
	VEC(struct draft_stand) stands;
	int64_t seq, last_seq; /* last_seq: of the entry that made the revision of now */
};

struct draft_state {
	VEC(struct draft) v;
};

/* The draft of that number, or NULL. */
const struct draft *draft_get(const struct group *g, int64_t number);
const struct amendment *draft_amendment(const struct draft *d, int64_t number);
/* True while it is before the group and can be accepted as it stands. */
bool amendment_is_ready(const struct amendment *m);
/* True while it is before the group but its author must say what remains of it. */
bool amendment_needs_author(const struct amendment *m);
/* The sponsor of this seat, or NULL. */
const struct amendment_sponsor *amendment_sponsor_of(const struct amendment *m, int64_t seat);
/* For rules. The draft that the field "draft" names. ABSENT. */
enum rc draft_need(
    const struct group *g, struct act *act, const struct draft **out, struct err *err) MUST_USE;
/*
 * The seat that the actor acts for: its own, or the one that the secretariat names in the field
 * "seat"; gives it as "for_seat", and its delegation as "party". REFUSED, DENIED, ABSENT.
 */
enum rc draft_give_seat(
    const struct group *g, struct act *act, int64_t *seat, str *party, struct err *err) MUST_USE;
/* True while its words stand in the text as they were, and nobody has removed it. */
bool draft_stand_holds(const struct draft_stand *s);
/* True when somebody wants words that the amendment changes retained, or has reserved on them. */
bool draft_stands_against(const struct draft *d, const struct amendment *m);
/* "support", "retain", ... False: another word. */
bool draft_stance_of(str word, enum text_stance_kind *out);
/*
 * For the room informal: gives "amendment", "revision" and "ops" of an amendment of this party that
 * makes a paragraph read so, and its fold. INVALID, REFUSED.
 */
enum rc draft_settle_words(
    struct act *act, const struct draft *d, str par, str text, str party, struct err *err) MUST_USE;
void draft_fold_words(struct group *g, const struct fact *f);
/* Two of a set that cannot both be accepted, as the rule refuses them. REFUSED. */
enum rc draft_refuse_clash(
    const struct text_amendment *set, const struct text_clash *c, struct err *err) MUST_USE;
/* "tabled", "accepted", ... as in the record and in addresses. Static. */
const char *amendment_status_word(enum amendment_status s);
/* "WGEC/2018/CRP.2", "WGEC/2018/CRP.2/Rev.1" for revisions 1 and 2; in arena; empty: no symbol. */
str draft_symbol(struct arena *a, str symbol, int64_t revision);
/*
 * The amendments (numbers) that are ready and that nobody is against: no other amendment before
 * the group clashes with them, no delegation wants the text retained or deleted, objects or has a
 * reservation. In arena.
 */
struct draft_numbers {
	VEC(int64_t) v;
};
struct draft_numbers draft_uncontested(struct arena *a, const struct draft *d);

#endif
