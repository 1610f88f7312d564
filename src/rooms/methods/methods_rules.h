/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * methods_rules: drafting and adopting methods of work.
 *
 * Pure. Errors: INVALID names a field, ABSENT a version that does not exist, REFUSED a version
 * that is adopted already. Threads: the caller's group.
 */
#ifndef ROOMS_METHODS_METHODS_RULES_H
#define ROOMS_METHODS_METHODS_RULES_H

#include "rooms/methods/methods.h"

/* A draft takes the values of its preset where a setting is left empty. */
decide_fn methods_decide_draft;
fold_fn methods_fold_draft;
/* draft -> adopted; the version in force until then is superseded. */
decide_fn methods_decide_adopt;
fold_fn methods_fold_adopt;

/* The settings that a methods.draft fact describes. */
struct methods_settings methods_settings_of(const struct fact *f);

#endif
