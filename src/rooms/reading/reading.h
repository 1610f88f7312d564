/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * reading: the group goes through a draft from beginning to end, and says of every paragraph how
 * it stands (DOMAIN.md, 13).
 *
 * Step of the process: between the filing of amendments and the adoption. In the first reading
 * general comments come before the paragraphs, the second is about the brackets, the last about
 * what is left. Each begins with a text whose hash is in the record. Threads: the state belongs
 * to its group. Everything returned is borrowed from the group.
 */
#ifndef ROOMS_READING_READING_H
#define ROOMS_READING_READING_H

#include "rooms/draft/draft.h"

enum par_status {
	PAR_NOT_REACHED, /* in this reading */
	PAR_OPEN,
	PAR_BRACKETED,
	PAR_AGREED_AD_REF, /* by those present, until the seats that were named confirm */
	PAR_AGREED,        /* until the group consents to reopen it */
	PAR_PARKED,        /* with a facilitator or a drafting group */
	PAR_DELETED,       /* an amendment that deletes it was accepted */
};

/* How a paragraph stands. What is agreed or parked stays so in the next reading. */
struct reading_mark {
	str par; /* its id */
	enum par_status status;
	int64_t reading; /* the reading in which it stands so */
	int64_t ad_ref;  /* PAR_AGREED_AD_REF, or how it came to be agreed; 0: none */
	str with;        /* PAR_PARKED: with whom */
	int64_t seq;
};

/* Its number is its place in the draft, from 1. */
struct reading {
	int64_t revision; /* that it began with */
	str base;         /* hash of the text of that revision: reading_base_hash */
	bool general;     /* the first: general comments, not yet paragraph by paragraph */
	bool last;        /* the methods of work foresee no other one */
	int64_t comments;
	int64_t opened, closed; /* entries; closed 0: it is going on */
};

/* The readings of one draft. */
struct reading_course {
	VEC(struct reading) readings;
	VEC(struct reading_mark *) marks;
	struct map mark_of; /* paragraph id: struct reading_mark * */
	struct map here;    /* paragraph id: bool *, whether it was read when last looked at */
	bool provisional;   /* nothing is agreed until everything is agreed */
};

struct ad_ref_seat {
	int64_t seat;
	str party;
	bool confirmed;
};

enum ad_ref_state {
	AD_REF_PENDING,
	AD_REF_CONFIRMED, /* by all, or by silence */
	AD_REF_OBJECTED,  /* one of them did not confirm */
	AD_REF_REOPENED,  /* by consent of the group */
};

/* A paragraph agreed ad referendum. Its number is its place in the group, from 1. */
struct ad_ref {
	int64_t draft;
	str par;
	str shown; /* the paragraph as people name it */
	VEC(struct ad_ref_seat) seats;
	usec until; /* who has not spoken by then has confirmed */
	enum ad_ref_state state;
	int64_t seq;
};

struct reading_state {
	VEC(struct reading_course *) v; /* by the number of the draft; NULL: none yet */
	VEC(struct ad_ref) ad_refs;
};

/* The readings of a draft; NULL before the first. */
const struct reading_course *reading_course(const struct group *g, int64_t draft);
/* The reading that is going on, or NULL; its number. */
const struct reading *reading_now(const struct group *g, int64_t draft, int64_t *number);
/*
 * How the paragraph with this id stands in the newest reading. PAR_NOT_REACHED when there is none.
 * *mark (may be NULL): where that is said, or NULL.
 */
enum par_status reading_status(const struct group *g, const struct draft *d, int64_t draft, str par,
    const struct reading_mark **mark);
/* "not_reached", "open", ... as in the record and in addresses. Static. */
const char *par_status_word(enum par_status s);
/* "first", "second", "third", or "4" and so on. */
str reading_word(struct arena *a, int64_t number);
const struct ad_ref *reading_ad_ref(const struct group *g, int64_t number);
const char *ad_ref_state_word(enum ad_ref_state s);

/*
 * For the rules of drafts. Whether amendments may be accepted now: a text is frozen from the
 * closing of a reading to the opening of the next one, and what is agreed, ad referendum too, is
 * not changed before it is reopened. REFUSED, with the way out.
 */
enum rc reading_may_accept(const struct group *g, struct act *act, int64_t draft,
    const int64_t *amendments, size_t n, struct err *err) MUST_USE;
/* True if it would change a paragraph that is agreed. */
bool reading_is_settled(const struct group *g, int64_t draft, const struct amendment *m);
/* True while a live operation of it would change the words, or the place, of this paragraph. */
bool reading_touches(const struct amendment *m, size_t par);
/* After an acceptance was folded: paragraphs that came in or were split stand open. */
void reading_fold_accepted(struct group *g, int64_t draft, int64_t seq);

/*
 * The paragraphs of a revision that are read, as the hash of a reading is over it: an array of
 * {"id","kind","level","number","text"}, in that order and without blanks. In arena.
 */
struct json;
struct json *reading_base_json(struct arena *a, const struct text_doc *d);
/* SHA-256 of it, in hexadecimal. In arena. */
str reading_base_hash(struct arena *a, const struct text_doc *d);
/* The paragraph as people name it: its number, or its first words. In arena. */
str reading_par_shown(struct arena *a, const struct text_par *p);

#endif
