/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * prop_shrink: takes away what a failing case does not need, and prints what is left and why it
 * fails. Each try is a process of its own. Threads: one.
 */
#ifndef TEST_TEXT_PROP_SHRINK_H
#define TEST_TEXT_PROP_SHRINK_H

#include "prop.h"

/* Notes a failure in the test unless the case of this seed holds after all. */
void prop_shrink(const struct prop *p, uint64_t seed);

#endif
