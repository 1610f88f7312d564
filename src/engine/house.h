/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * house: the one place where an act becomes part of the record.
 *
 * It holds the writer's store and the state of every group, folded from the log. An act
 * is decided on that state, appended, folded, and put into the views in one
 * transaction; what was decided on a state that did not last (a rollback, a failed commit) is
 * forgotten and folded anew. Steps 3 and 4 of how an act travels. Threads: one at a
 * time, the writer; replay and the command line are the writer of their own process.
 */
#ifndef ENGINE_HOUSE_H
#define ENGINE_HOUSE_H

#include "engine/command.h"
#include "engine/room.h"
#include "record/log.h"

struct house;

/* The entry of the instance's log that makes a group; its field is "slug". */
#define HOUSE_GROUP_CREATE "group.create"

struct house_conf {
	str dir;                   /* the data folder */
	const struct rooms *rooms; /* borrowed */
	struct clock clock;
	struct rng rng;
	bool create; /* make the folder and its key when there is none */
	str host;    /* with create: the name in the origins of the logs */
};

/*
 * Opens a data folder for writing, rebuilds the views when their version is not ours. ABSENT: no
 * such folder. BUSY: another process writes it. REFUSED: a newer version
 * wrote it. FAULT. Caller frees with house_close.
 */
enum rc house_open(const struct house_conf *conf, struct house **out, struct err *err) MUST_USE;
/* Accepts NULL. */
void house_close(struct house *h);
#define AUTO_HOUSE __attribute__((cleanup(house_auto_close)))
void house_auto_close(struct house **h);

const struct rooms *house_rooms(const struct house *h);
struct clock house_clock(const struct house *h);
/* Replay sets the clock of its script. */
void house_set_clock(struct house *h, struct clock c);
struct db *house_db(struct house *h);
struct store *house_store(struct house *h);
const struct note_key *house_key(const struct house *h);
str house_host(const struct house *h);
/* Paths inside a data folder. In arena. */
str house_db_path(struct arena *a, str dir);
str house_parts_path(struct arena *a, str dir);

/* The state of a group by its slug ("" is the instance). ABSENT. Borrowed until the next rollback.
 */
enum rc house_group(struct house *h, str slug, struct group **out, struct err *err) MUST_USE;
/* Number of groups, and the slug of group i (1..n). */
size_t house_groups(const struct house *h);
str house_slug(const struct house *h, size_t i);
/* Origin of a group's log. In arena. */
str house_origin(const struct house *h, struct arena *a, str slug);

/* The number of a group in the views, on any connection. ABSENT. */
enum rc house_find_group(
    struct db *db, struct arena *a, str slug, int64_t *grp, struct err *err) MUST_USE;

/* The newest signed checkpoint of a log, on any connection; found is false before the first. */
enum rc house_note(
    struct db *db, struct arena *a, str origin, str *note, bool *found, struct err *err) MUST_USE;
/* The instance's key and the host in the origins of its logs, on any connection. ABSENT: none yet.
 */
enum rc house_key_of(
    struct db *db, struct arena *a, struct note_key *key, str *host, struct err *err) MUST_USE;

/* What somebody wants done. */
struct order {
	str group; /* slug; "" for COMMAND_SITE commands */
	const struct command *command;
	struct value *values;
	actor_id actor;
	unsigned extra_roles; /* beside those of the group's state: ROLE_ACCOUNT, ROLE_ADMIN,
	                         ROLE_SYSTEM */
	str key;              /* idempotency; "" makes one */
	int64_t expect;       /* entries that the decider saw, or LOG_ANY */
};

struct outcome {
	int64_t seq;
	bool repeated;
	digest leaf;
	struct value *values; /* with what decide gave; for the answer and the address to go to */
};

/* A transaction: many orders in one commit. */
enum rc house_begin(struct house *h, struct err *err) MUST_USE;
enum rc house_commit(struct house *h, struct err *err) MUST_USE;
void house_rollback(struct house *h);

/*
 * Carries out one order inside the transaction; what fails leaves no trace. DENIED: none of the
 * roles may. REFUSED, INVALID: by the rules. CONFLICT: stale (formal acts), or the key is taken.
 */
enum rc house_carry_out(struct house *h, struct arena *a, const struct order *order,
    struct outcome *out, struct err *err) MUST_USE;

/*
 * Carries out every act of the clock that is due at `now`, inside the transaction. One that fails
 * leaves no trace and does not stop those of other groups; *done counts those that did not fail.
 */
enum rc house_run_due(struct house *h, usec now, size_t *done, struct err *err) MUST_USE;
/* When the next one is due; INT64_MAX when none. */
usec house_next_due(struct house *h);

/* Drops all view tables and makes them again from the log. */
enum rc house_rebuild(struct house *h, struct err *err) MUST_USE;
/* A hash over the content of every view table, in the order of their keys. */
enum rc house_view_digest(struct house *h, digest *out, struct err *err) MUST_USE;
/* The view version: hash of all view SQL. In arena. */
str house_view_version(const struct rooms *rooms, struct arena *a);

/*
 * Called by the writer when it has nothing better to do, and by house_close: signs the logs that
 * moved and moves the WAL into the database.
 */
void house_tidy(struct house *h);

#endif
