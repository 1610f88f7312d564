/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* group_rules: creating and founding a group, announcements. Pure. */
#ifndef ROOMS_GROUP_GROUP_RULES_H
#define ROOMS_GROUP_GROUP_RULES_H

#include "rooms/group/group.h"

decide_fn group_create_decide, group_found_decide, group_announce_decide;
fold_fn group_create_fold, group_found_fold, group_announce_fold;

#endif
