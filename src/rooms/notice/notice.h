/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * notice: people are told of what concerns them: that an amendment waits for its sponsors, that an
 * answer is asked until a day, where their own words were used.
 *
 * Step of the process: beside all of them. Notices are made from the entries of the record, so that
 * a rebuild makes the same ones; the engine sends them by mail (engine/post.h), one message a
 * person and act. This room has no acts and no state. What it says is named by the code of each
 * notice.
 */
#ifndef ROOMS_NOTICE_NOTICE_H
#define ROOMS_NOTICE_NOTICE_H

#include "base/str.h"

/* The sentence of that code, English, with the holes {0} {1} {2}; NULL: there is no such code. */
const char *notice_words(str what);

#endif
