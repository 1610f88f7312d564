/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * notice_view: what the files that make notices share: one notice, and whom it can be told.
 *
 * Threads: the writer's.
 */
#ifndef ROOMS_NOTICE_NOTICE_VIEW_H
#define ROOMS_NOTICE_NOTICE_VIEW_H

#include "engine/room.h"
#include "rooms/proposal/proposal.h"

/* What is told. Texts that are not set are empty. */
struct notice {
	const char *what;
	str a, b, c;
	str path;  /* "drafts/1/amendments/5" */
	str about; /* what an answer is about; notice_done finds it by this and the party */
	bool asks;
	usec until; /* 0: at any time */
};

/* The telling of one entry; n counts its notices. */
struct telling {
	struct view *v;
	const struct fact *f;
	int64_t n;
};

/* Nobody is told of what they did themselves. */
enum rc notice_tell(
    struct telling *t, actor_id who, str party, const struct notice *x, struct err *err) MUST_USE;
/* Everybody who speaks for the seat. */
enum rc notice_tell_seat(
    struct telling *t, int64_t seat, const struct notice *x, struct err *err) MUST_USE;
/* Those who speak for the sponsors of a proposal. */
enum rc notice_tell_sponsors(
    struct telling *t, const struct proposal *p, const struct notice *x, struct err *err) MUST_USE;
/* The author of a contribution: the person, or whoever has the address that it came with. */
enum rc notice_tell_author(
    struct telling *t, int64_t contribution, const struct notice *x, struct err *err) MUST_USE;
/* What was asked about it is answered, or needs no answer. party: "" is all. */
enum rc notice_close(struct telling *t, str about, str party, struct err *err) MUST_USE;

/* Digits, and "amendment 1/5"; in the arena of the entry. */
str notice_digits(const struct telling *t, int64_t n);
str notice_pair(const struct telling *t, const char *word, int64_t a, int64_t b);

/* Appliers, by what they tell of. */
enum rc notice_draft_accept(struct view *v, const struct fact *f, struct err *err);
enum rc notice_draft_decline(struct view *v, const struct fact *f, struct err *err);
enum rc notice_draft_over(struct view *v, const struct fact *f, struct err *err);
enum rc notice_draft_stance(struct view *v, const struct fact *f, struct err *err);
enum rc notice_draft_unstand(struct view *v, const struct fact *f, struct err *err);
enum rc notice_ad_ref(struct view *v, const struct fact *f, struct err *err);
enum rc notice_confirm(struct view *v, const struct fact *f, struct err *err);
enum rc notice_not_confirmed(struct view *v, const struct fact *f, struct err *err);
enum rc notice_lapse(struct view *v, const struct fact *f, struct err *err);
enum rc notice_reopen(struct view *v, const struct fact *f, struct err *err);
enum rc notice_merge(struct view *v, const struct fact *f, struct err *err);
enum rc notice_merge_answer(struct view *v, const struct fact *f, struct err *err);
enum rc notice_split(struct view *v, const struct fact *f, struct err *err);
enum rc notice_dispose(struct view *v, const struct fact *f, struct err *err);
enum rc notice_place(struct view *v, const struct fact *f, struct err *err);
enum rc notice_unplace(struct view *v, const struct fact *f, struct err *err);
enum rc notice_entry_answer(struct view *v, const struct fact *f, struct err *err);
enum rc notice_extend(struct view *v, const struct fact *f, struct err *err);
enum rc notice_issue(struct view *v, const struct fact *f, struct err *err);
enum rc notice_cite(struct view *v, const struct fact *f, struct err *err);
enum rc notice_restate(struct view *v, const struct fact *f, struct err *err);
enum rc notice_misread(struct view *v, const struct fact *f, struct err *err);
enum rc notice_answer(struct view *v, const struct fact *f, struct err *err);

#endif
