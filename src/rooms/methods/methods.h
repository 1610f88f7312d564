/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * methods: the methods of work that a group gives itself: a text that people read, and the
 * settings that the rules of the other rooms read.
 *
 * Step of the process: decided at the outset, changed when the group says so. A change never
 * acts back: what was begun under older methods is judged by methods_at(). Threads: the state
 * belongs to its group. Everything returned is borrowed from the group.
 */
#ifndef ROOMS_METHODS_METHODS_H
#define ROOMS_METHODS_METHODS_H

#include "rooms/rooms.h"

/* What a setting that is left empty means. */
enum methods_preset {
	METHODS_UN_CONSENSUS, /* no formal objection at the moment of decision */
	METHODS_GNSO,         /* levels of consensus designated by the Chair */
	METHODS_IETF,         /* rough consensus: every issue is addressed */
};
#define METHODS_PRESETS 3

/* Who may do something, each including those before. */
enum methods_who {
	METHODS_MEMBERS,
	METHODS_PARTICIPANTS, /* members and observers */
	METHODS_ANYONE,
};

enum methods_observers {
	METHODS_OBSERVERS_SILENT,
	METHODS_OBSERVERS_AFTER_MEMBERS,
	METHODS_OBSERVERS_EQUALLY,
};

/* Languages as bits, in the order ar en es fr ru zh. */
#define METHODS_LANGUAGES     6
#define METHODS_ALL_LANGUAGES ((1u << METHODS_LANGUAGES) - 1)
extern const char *const methods_language_codes[METHODS_LANGUAGES];

/* Everything that is set, with the values of the preset already filled in. */
struct methods_settings {
	enum methods_preset preset;
	int64_t quorum_percent; /* of the filled seats that a decision needs present; 0: none */
	enum methods_who may_propose;
	enum methods_who may_amend;
	enum methods_who may_break_silence;
	int64_t silence_hours;    /* a silence procedure runs at least that long; 0: not used */
	int64_t readings;         /* of a draft before it may be adopted */
	int64_t deadline_days;    /* documents are issued that long before a meeting */
	int64_t speaking_minutes; /* for one statement; 0: no limit */
	int64_t rights_of_reply;  /* of one seat on one list of speakers */
	int64_t reply_minutes;    /* for the first of them, and for those after it; 0: no limit */
	int64_t second_reply_minutes;
	int64_t correction_days; /* in which who spoke may ask that the transcript be corrected */
	enum methods_observers observers_speak;
	bool informals_public;   /* informal sittings are open, and may be recorded */
	bool list_non_consensus; /* the report lists proposals that found no consensus */
	unsigned languages;      /* of meetings and documents */
};

enum methods_status { METHODS_DRAFT, METHODS_ADOPTED, METHODS_SUPERSEDED };

/* One version. Its number is its place in the vector, from 1. */
struct methods_version {
	enum methods_status status;
	struct methods_settings settings;
	int64_t draft_seq;
	int64_t adopted_seq; /* 0: not adopted */
};

struct methods_state {
	VEC(struct methods_version) versions;
	VEC(int64_t) adopted; /* numbers of versions, in the order of their adoption */
};

/* The values of a preset. Constant. */
const struct methods_settings *methods_preset_settings(enum methods_preset preset);
/* What is in force: UN consensus until the group has adopted its own. Never NULL. */
const struct methods_settings *methods_now(const struct group *g);
/* What was in force when the entry `seq` was written. Never NULL. */
const struct methods_settings *methods_at(const struct group *g, int64_t seq);
/* The version of that number, or NULL. */
const struct methods_version *methods_get(const struct group *g, int64_t number);
/* The number of the version in force; 0: none adopted yet. */
int64_t methods_adopted(const struct group *g);

#endif
