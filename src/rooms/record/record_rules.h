/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* record_rules: what may be erased. Pure. */
#ifndef ROOMS_RECORD_RULES_H
#define ROOMS_RECORD_RULES_H

#include "engine/act.h"

decide_fn record_erase_decide;

#endif
