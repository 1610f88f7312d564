/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * members_rules: what may be done about constituencies, nominations, seats, observers and the
 * Chair, and what follows.
 *
 * Pure. Errors: INVALID, REFUSED, DENIED, ABSENT, with the field at fault.
 */
#ifndef ROOMS_MEMBERS_RULES_H
#define ROOMS_MEMBERS_RULES_H

#include "rooms/members/members.h"

/* members_rules.c: constituencies and nominations. */
enum rc members_decide_constituency(
    const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_constituency(struct group *g, const struct fact *f);
enum rc members_decide_nominate(const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_nominate(struct group *g, const struct fact *f);
enum rc members_decide_assess(const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_assess(struct group *g, const struct fact *f);
enum rc members_decide_endorse(const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_endorse(struct group *g, const struct fact *f);
enum rc members_decide_decline(const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_decline(struct group *g, const struct fact *f);
enum rc members_decide_withdraw(const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_withdraw(struct group *g, const struct fact *f);

/* members_seat_rules.c: seats and who speaks for them. */
enum rc members_decide_take_seat(const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_take_seat(struct group *g, const struct fact *f);
enum rc members_decide_assign(const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_assign(struct group *g, const struct fact *f);
enum rc members_decide_unassign(const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_unassign(struct group *g, const struct fact *f);
enum rc members_decide_vacate(const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_vacate(struct group *g, const struct fact *f);

/* members_office_rules.c: observers, the Chair and vice-chairs. */
enum rc members_decide_accredit(const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_accredit(struct group *g, const struct fact *f);
enum rc members_decide_end_accreditation(
    const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_end_accreditation(struct group *g, const struct fact *f);
enum rc members_decide_candidate(const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_candidate(struct group *g, const struct fact *f);
enum rc members_decide_elect(const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_elect(struct group *g, const struct fact *f);
enum rc members_decide_end_office(const struct group *g, struct act *act, struct err *err) MUST_USE;
void members_fold_end_office(struct group *g, const struct fact *f);

/* Shared by the three files. */

/* After a seat came free or a nomination changed: the pending nominations of a constituency stand
 * for its open seats, in the order in which they came. */
void members_match_nominations(struct group *g, str code);
/* ABSENT when nobody of that id is registered in the group; none is OK. */
enum rc members_check_person(
    const struct group *g, const struct act *act, const char *field, struct err *err) MUST_USE;
/* REFUSED when the person already represents a seat other than `seat` (0: any). */
enum rc members_check_free(
    const struct group *g, const struct act *act, int64_t seat, struct err *err) MUST_USE;
/* The seat named by the field "seat"; ABSENT when there is none. */
enum rc members_find_seat(const struct group *g, const struct act *act, const struct seat **out,
    struct err *err) MUST_USE;

#endif
