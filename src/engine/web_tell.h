/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * web_tell: pages that change while others look at them: who looks on is told which pieces changed.
 *
 * A page is made again once for all who follow it in one language, after something was written to
 * the record; each piece that differs from before becomes a line of the page's channel
 * (engine/live.h). The number of a change is built from the number of entries that the page was
 * made of, so that it means the same after a start of the server. doc/format/live.md says what the
 * events hold. Threads: any; one of its own makes the pages.
 */
#ifndef ENGINE_WEB_TELL_H
#define ENGINE_WEB_TELL_H

#include "engine/web_inner.h"

struct tell;
struct tell *tell_new(struct web *w);
/* When nobody can follow any more: after the server has stopped. Accepts NULL. */
void tell_free(struct tell *t);
/* Something was written to the record. */
void tell_moved(struct tell *t);
/*
 * The channel of the page that is followed at this address; in q->arena. It is told of changes from
 * now on, and for two minutes after the last one has left. Empty: too many pages are followed.
 */
str tell_channel(struct tell *t, const struct http_request *q, const struct live_row *row);

#endif
