/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * act: the words in which rules are written: commands and their fields, the act
 * to be decided, the fact to be folded, and the state of one group.
 *
 * Pure: no I/O, no clock, no randomness but what an act brings along. One act
 * that is decided OK becomes exactly one entry of the log, whose type is the name
 * of the command and whose body holds the values of its fields. Threads: a group
 * belongs to the writer; the tables of commands are constant.
 */
#ifndef ENGINE_ACT_H
#define ENGINE_ACT_H

#include "base/id.h"
#include "base/vec.h"
#include "base/when.h"

/* Who somebody is in a group, as a set. Derived from the log, never stored in a session. */
enum role {
	ROLE_PUBLIC = 1 << 0,      /* anyone, with or without an account */
	ROLE_PARTICIPANT = 1 << 1, /* registered in this group */
	ROLE_OBSERVER = 1 << 2,
	ROLE_MEMBER = 1 << 3, /* holds a seat, as head, alternate or adviser */
	ROLE_FOCAL_POINT = 1 << 4,
	ROLE_CHAIR = 1 << 5,
	ROLE_SECRETARIAT = 1 << 6,
	ROLE_ADMIN = 1 << 7,   /* runs the instance */
	ROLE_SYSTEM = 1 << 8,  /* the clock: deadlines */
	ROLE_ACCOUNT = 1 << 9, /* signed in, whatever the group */
};
#define ROLE_OFFICE (ROLE_CHAIR | ROLE_SECRETARIAT)

enum field_type {
	FIELD_LINE,   /* one line of text; max characters; with `of`, a code chosen from its options
	               */
	FIELD_TEXT,   /* several lines of text */
	FIELD_BLOCKS, /* a text as paragraphs (a blank line between), each provable alone */
	FIELD_INT,    /* a whole number; min, max are its bounds */
	FIELD_BOOL,
	FIELD_CHOICE, /* one of `choices` */
	FIELD_DATE,   /* a day; value is midnight UTC */
	FIELD_TIME,   /* an instant; typed as local time in the zone of the field named `of`, or UTC
	               */
	FIELD_ZONE,   /* an IANA time zone */
	FIELD_LANG,   /* ar en es fr ru zh */
	FIELD_EMAIL,
	FIELD_URL,    /* http or https */
	FIELD_SECRET, /* a passphrase: never logged, never shown again */
	FIELD_ACTOR,  /* a person of this group */
	FIELD_ACTORS,
	FIELD_REF, /* the number of an object of this group; `of` names the kind: "call" ... */
	FIELD_REFS,
	FIELD_LINES, /* a list of lines; min, max are their count */
	FIELD_FILES, /* up to `max` uploaded files */
};

enum field_flag {
	FIELD_REQUIRED = 1 << 0,
	FIELD_GIVEN = 1 << 1,    /* set by decide (a number, a symbol); never typed */
	FIELD_PERSONAL = 1 << 2, /* goes into the person card: published, erasable */
	FIELD_PRIVATE = 1 << 3,  /* committed to, never published (an address, an account) */
	FIELD_HELD = 1 << 4, /* published only by a later "....publish" that refers to this entry */
	FIELD_PASSING =
	    1 << 5, /* read by decide and never logged: words that stand in the log already */
};

struct choice {
	const char *value; /* NULL ends the list */
	const char *label;
};

/* One field of a command: from it come the form, the check, the API, the log body and the help. */
struct field {
	const char *name;
	const char *label;
	const char *help; /* may be NULL */
	enum field_type type;
	unsigned flags;
	int64_t min;
	int64_t
	    max; /* 0: the default of the type (LINE 200, TEXT 20000, BLOCKS 400000 characters) */
	const struct choice *choices;
	const char *of;         /* REF: what the number is of; TIME: the field with its zone */
	const char *other_kind; /* FILES: said of a file of a kind that it does not take */
};

/* An uploaded file, with the text that was read out of it ("" when none). */
struct attachment {
	str name;
	str media_type;
	str bytes; /* not loaded in facts: read the part of the entry when it is asked for */
	str text;
	size_t part; /* in a fact: which part of the entry holds the bytes */
	size_t size; /* bytes */
};

/* The value of one field. Borrowed: lives as long as its act or fact. */
struct value {
	bool set;
	int64_t i; /* INT, BOOL, DATE, TIME, REF */
	str s;     /* LINE TEXT CHOICE ZONE LANG EMAIL URL SECRET, and the whole of BLOCKS */
	actor_id actor;
	VEC(str) list; /* LINES; the paragraphs of BLOCKS */
	VEC(int64_t) numbers;
	VEC(actor_id) actors;
	VEC(struct attachment) files;
};

struct command;
struct group;

#define ACT_REFS 16

/* What somebody asks for: decide reads its values, gives the GIVEN ones, adds refs. */
struct act {
	struct arena *arena;
	const struct command *command;
	struct value *values; /* one per field of the command */
	actor_id actor;
	unsigned roles; /* of the actor, now */
	usec now;
	struct rng rng;
	int64_t seq; /* the sequence number that the entry will have */
	int64_t refs[ACT_REFS];
	size_t refs_n;
};

/* What has happened: input of fold and of the views. */
struct fact {
	const struct command *command;
	const struct value *values;
	actor_id actor;
	usec time;
	int64_t seq;
	int64_t refs[ACT_REFS];
	size_t refs_n;
};

enum command_flag {
	COMMAND_FORMAL = 1 << 0, /* must name the state it was decided on; stale: CONFLICT */
	COMMAND_SITE = 1 << 1,   /* belongs to the log of the instance, not of a group */
	COMMAND_QUIET = 1 << 2,  /* not listed among the latest acts */
};

typedef enum rc decide_fn(const struct group *g, struct act *act, struct err *err);
typedef void fold_fn(struct group *g, const struct fact *f);

/* One row of the table of commands: the only description of a command. */
struct command {
	const char *name;  /* "call.open": also the type of its entries */
	const char *title; /* "Open a call": heading and button */
	const char *help;  /* one or two sentences for the person */
	const char *said;  /* what the record says: "opened call {number}: {title}" */
	const char *after; /* where to go then: "/g/{group}/calls/{number}#item-{item}" */
	/*
	 * Or NULL: an address with a secret that decide gives, "/caption?token={token}". It is
	 * shown once, in the place of going there; the record does not have it.
	 */
	const char *once;
	unsigned may; /* roles, any of them */
	unsigned flags;
	const struct field *fields;
	size_t fields_n;
	decide_fn *decide; /* NULL: always OK */
	fold_fn *fold;     /* NULL: no rule depends on it */
};
#define COMMAND_FIELDS(array) .fields = (array), .fields_n = sizeof(array) / sizeof(array)[0]

#define GROUP_ROOMS 24

/* The state of one group as its rules need it, folded from the log. */
struct group {
	struct arena *arena; /* lives as long as the state */
	int64_t id;          /* of the log in the store */
	str slug;
	int64_t n;                    /* entries folded so far */
	usec time;                    /* of the last entry */
	void *state[GROUP_ROOMS];     /* one per room; rooms/rooms.h has the accessors */
	int64_t touched[GROUP_ROOMS]; /* seq of the last entry of each room */
};

/* Reading an act or a fact by the name of the field; an unknown name is a broken invariant. */
const struct value *act_value(const struct act *a, const char *name);
bool act_has(const struct act *a, const char *name);
str act_str(const struct act *a, const char *name);
int64_t act_i64(const struct act *a, const char *name); /* 0 when not set */
bool act_bool(const struct act *a, const char *name);
actor_id act_actor(const struct act *a, const char *name);

const struct value *fact_value(const struct fact *f, const char *name);
bool fact_has(const struct fact *f, const char *name);
str fact_str(const struct fact *f, const char *name);
int64_t fact_i64(const struct fact *f, const char *name);
bool fact_bool(const struct fact *f, const char *name);
actor_id fact_actor(const struct fact *f, const char *name);

/* decide sets a GIVEN field. Text is borrowed (put it in act->arena). */
void act_give_i64(struct act *a, const char *name, int64_t v);
void act_give_str(struct act *a, const char *name, str v);
void act_give_actor(struct act *a, const char *name, actor_id v);
/* For lists: the empty value, into which decide pushes (act->arena). */
struct value *act_give_list(struct act *a, const char *name);
/* decide adds an entry that this one answers, amends or supersedes. */
void act_ref(struct act *a, int64_t seq);

bool fact_is(const struct fact *f, const char *command_name);

/* A number as the argument of a message. In act->arena. */
str act_digits(const struct act *a, int64_t v);

#endif
