/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * session: what is kept beside the log: sessions, sign-in links, passphrases. Not derived from the
 * record and never part of it. Threads: that of the db; changing, the writer's only.
 */
#ifndef ENGINE_SESSION_H
#define ENGINE_SESSION_H

#include "base/db.h"
#include "base/id.h"
#include "base/vec.h"
#include "base/when.h"

/* Makes the tables that are missing. */
enum rc session_prepare(struct db *db, struct err *err) MUST_USE;
enum rc session_keep_passphrase(struct db *db, str account, str hash, struct err *err) MUST_USE;
/* The token of a new sign-in link, valid until `expires`. In arena. */
enum rc session_make_link(struct db *db, struct arena *a, struct rng rng, str account, str next,
    usec expires, str *token, struct err *err) MUST_USE;

/* How to sign in to a demonstration. */
struct session_demo {
	str role, email, passphrase;
};
typedef VEC(struct session_demo) session_demos;
enum rc session_keep_demo(
    struct db *db, str role, str email, str passphrase, struct err *err) MUST_USE;
enum rc session_demos_of(
    struct db *db, struct arena *a, session_demos *out, struct err *err) MUST_USE;

#endif
