/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * people_rules: what may be done about accounts, persons and offices, and what follows.
 *
 * Pure. Errors: INVALID, REFUSED, DENIED, ABSENT, with the field at fault.
 */
#ifndef ROOMS_PEOPLE_RULES_H
#define ROOMS_PEOPLE_RULES_H

#include "rooms/people/people.h"

enum rc people_decide_account(const struct group *g, struct act *act, struct err *err) MUST_USE;
void people_fold_account(struct group *g, const struct fact *f);
enum rc people_decide_admin(const struct group *g, struct act *act, struct err *err) MUST_USE;
void people_fold_admin(struct group *g, const struct fact *f);
enum rc people_decide_add(const struct group *g, struct act *act, struct err *err) MUST_USE;
void people_fold_add(struct group *g, const struct fact *f);
enum rc people_decide_card(const struct group *g, struct act *act, struct err *err) MUST_USE;
void people_fold_card(struct group *g, const struct fact *f);
enum rc people_decide_appoint(const struct group *g, struct act *act, struct err *err) MUST_USE;
void people_fold_appoint(struct group *g, const struct fact *f);
enum rc people_decide_release(const struct group *g, struct act *act, struct err *err) MUST_USE;
void people_fold_release(struct group *g, const struct fact *f);

#endif
