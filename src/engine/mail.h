/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * mail: one message handed to the machine's own mail system (Postfix, or whatever answers to
 * sendmail(1)), which keeps and retries it. Notices are handed over by post.h. No mail comes in.
 *
 * Threads: any; mail_send blocks until the program has taken the message or its time is over, so
 * call it in a worker. Errors: FAULT when it cannot be started or does not take the message in
 * time.
 */
#ifndef ENGINE_MAIL_H
#define ENGINE_MAIL_H

#include "base/err.h"
#include "base/when.h"

/* A program that hangs (a full queue, a dead file server) holds up the letters behind this one. */
#define MAIL_LIMIT ((usec)60 * USEC_SECOND)

struct mail_conf {
	str sendmail; /* path of the program; empty: no mail is sent */
	str from;     /* a bare address */
	usec limit; /* for one message; 0: MAIL_LIMIT. Then the program and its children are killed
	             */
};

/* Borrowed. Addresses were checked as FIELD_EMAIL is; the subject is one line. */
struct mail_message {
	str to;
	str subject;
	str text;
	str message_id; /* "x.y@example.org", or empty: the mail system gives one */
	str list_id;    /* "wgec.example.org", or empty */
};

/* The message as it is handed over: INVALID when an address or the subject could break a header. In
 * arena. */
enum rc mail_compose(
    struct arena *a, str from, const struct mail_message *m, str *out, struct err *err) MUST_USE;
enum rc mail_send(
    const struct mail_conf *conf, const struct mail_message *m, struct err *err) MUST_USE;

#endif
