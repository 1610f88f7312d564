/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * post: what people are told is handed to the mail system, once.
 *
 * One thread walks behind the log: it asks the rooms for the next letter after its place, hands it
 * to mail.h, and has the writer move the place on. What the mail system does not take is put off
 * and tried again, for about three days. When the process is killed between the two, the letter
 * goes out once more, with the same Message-ID. The place is kept beside the log (post.sql), so
 * that a rebuild sends nothing, and begins behind what there was when mail was first sent. Threads:
 * post_moved any; the others that of the web.
 */
#ifndef ENGINE_POST_H
#define ENGINE_POST_H

#include "base/db.h"

struct web;
struct post;

/* Makes the tables that are missing. With `begins`, mail is sent from now on. */
enum rc post_prepare(struct db *db, bool begins, struct err *err) MUST_USE;
/* Before the writer is started, which calls post_moved. Caller frees with post_stop. */
struct post *post_new(struct web *w);
/* After the writer; post_stop comes before it is stopped. */
enum rc post_start(struct post *p, struct err *err) MUST_USE;
/* Something was committed. Accepts NULL. */
void post_moved(struct post *p);
/* What is not sent yet is sent after the next start. Accepts NULL. */
void post_stop(struct post *p);

#endif
