/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/session.h"

#include "base/hash.h"
#include "session.sql.h"

#include "base/poison.h"

enum rc session_prepare(struct db *db, struct err *err)
{
	return db_apply(db, &session_sql, err);
}

enum rc session_keep_passphrase(struct db *db, str account, str hash, struct err *err)
{
	return session_secret_set(db, account, hash, err);
}

enum rc session_make_link(struct db *db, struct arena *a, struct rng rng, str account, str next,
    usec expires, str *token, struct err *err)
{
	*token = id_token(a, rng, 32);
	digest d = sha256(*token);
	return session_link_add(db, str_from(d.b, sizeof d.b), account, next, expires, err);
}

enum rc session_keep_demo(struct db *db, str role, str email, str passphrase, struct err *err)
{
	return session_demo_set(db, role, email, passphrase, err);
}

enum rc session_demos_of(struct db *db, struct arena *a, session_demos *out, struct err *err)
{
	struct session_demo_list_rows rows;
	TRY(session_demo_list(db, a, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(a, out) =
		    (struct session_demo){rows.p[i].role, rows.p[i].email, rows.p[i].passphrase};
	return OK;
}
