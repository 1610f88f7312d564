/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * room: what a room of the process hands to the house: its commands, the state its
 * rules need, its views and its pages.
 *
 * main/rooms.c holds the list; nothing else knows all rooms. Everything here is
 * constant after start. Threads: any (tables); the functions say theirs.
 */
#ifndef ENGINE_ROOM_H
#define ENGINE_ROOM_H

#include "base/db.h"
#include "base/hash.h"
#include "engine/act.h"

/* The rules' side: x_commands.c defines `const struct room_commands x_commands`. */
struct room_commands {
	const struct command *rows;
	size_t n;
	size_t state_size; /* zeroed when a group is opened; lives in group->arena */
	/*
	 * The next act of the clock, or false. Pure. Sets *at (when it is due), *name (a command
	 * with ROLE_SYSTEM) and *number (value of its field "number", or 0). The earliest one only.
	 */
	bool (*due)(const struct group *g, usec *at, const char **name, int64_t *number);
};

/* What apply() is given beside the fact. Writer only. */
struct view {
	struct db *db;             /* the writer's connection, inside its transaction */
	struct arena *arena;       /* of this entry; nothing may be kept */
	const struct group *group; /* the state after the fact was folded */
	int64_t grp; /* number of the group: first column of every view table; 0: the instance */
	digest leaf; /* leaf hash of the entry: the proof that a receipt shows */
	bool rebuilding; /* all tables are made anew: what `rebuilt` makes at the end can wait */
};

/* Entries of this type (NULL: of every type) change tables of this view. */
typedef enum rc apply_fn(struct view *v, const struct fact *f, struct err *err);
struct applier {
	const char *type;
	apply_fn *apply;
};

/* The view's side: x_view.c defines `const struct room_view x_view`. */
struct room_view {
	const struct db_schema *schema; /* from x_view.sql */
	const struct applier *appliers;
	size_t appliers_n;
	/*
	 * After a rebuild has applied every entry of every group: called for each group, for the
	 * instance (grp 0) last. May be NULL.
	 */
	enum rc (*rebuilt)(struct view *v, struct err *err);
	/*
	 * Before the commit of a transaction in which entries were applied one by one: for what
	 * costs less at once than for each. What it needs stands in tables, so that it is gone
	 * when the act is. May be NULL.
	 */
	enum rc (*committing)(struct db *db, struct err *err);
};

struct page;
struct http_request;
struct json;
struct pieces;
struct page_group;
struct viewer;
struct house;
struct form_options;

/* A source of options for REF and ACTOR fields: what can be chosen, now, in this group. */
struct option_source {
	const char *of; /* as in struct field */
	enum rc (*list)(struct page *p, struct form_options *out, struct err *err);
};

/*
 * Makes the form of a command fit what it is about, after it was filled or typed into: puts the
 * words of a question for a label, hides what is known, takes away what does not apply (never a
 * field with an error).
 */
struct form;
struct form_shape {
	const char *command;
	enum rc (*shape)(struct page *p, struct form *f, struct err *err);
};

/* One row of the table of pages. A page only reads. */
struct route {
	const char *pattern; /* "/g/{group}/calls/{call}" */
	unsigned may;        /* roles, any of them; ROLE_PUBLIC: everyone */
	enum rc (*page)(struct page *p, struct err *err);
	const char *nav; /* label in the group's navigation, or NULL */
	bool asks;       /* there it says how much the viewer is asked */
};

/*
 * One row of the table of live texts (engine/live.h), at an address of its own. GET follows it, as
 * a stream of events or, as JSON, its present state; POST (text, seq: the state it was typed upon)
 * writes it. The functions only say who may: OK, DENIED, ABSENT, and refusals. Without `write` it
 * is followed only; with `lines` it holds lines, which come through an inlet, and ?after= or
 * Last-Event-ID names the last change that the reader has seen.
 */
struct live_row {
	const char *pattern; /* "/g/{group}/informal/{session}/live" */
	enum rc (*follow)(struct page *p, struct err *err);
	enum rc (*write)(struct page *p, struct err *err);
	bool lines;
	/*
	 * Not NULL: what is followed is the page at this address without its last piece. It says of
	 * what pieces that page is made for somebody without a session, in the language of ?lang=.
	 */
	enum rc (*pieces)(struct page *p, struct pieces *out, struct err *err);
	/*
	 * With pieces, may be NULL: the channel of lines that one who asks for ?captions=LANG is
	 * told in the same stream; empty: there is none.
	 */
	str (*lines_beside)(struct page *p, str lang);
};

/*
 * A line of a channel that the call changed: told to those who look on once it is kept for good.
 * Line 0: of what came up to and with this change the channel holds nothing.
 */
struct inlet_said {
	str channel; /* its address */
	int64_t id, line;
	str text, head;
	bool gone;
};

/* What came to an inlet, and what is answered. In the arena of the request. */
struct inlet_call {
	struct arena *arena;
	struct db *db;
	usec now;
	struct http_request *request;
	const struct json *local; /* in its place: what a program of this machine sent */
	str slug;                 /* of the group; set by `find` or `admit`, as is the next one */
	void *who;
	str answer;     /* text */
	int64_t number; /* the same for scripts; -1: none */
	str note;       /* what whoever brought it should know all the same; empty: nothing */
	VEC(struct inlet_said) said;
};

/*
 * One row of the table of inlets: an address at which programs or forms bring what is kept beside
 * the record, until an act takes it in. The answer is given when it is kept. Errors are answered
 * as such.
 */
struct inlet_row {
	const char *pattern; /* "/caption" */
	/* For programs: which group; by what the request says alone. Threads: that of c->db. */
	enum rc (*find)(struct inlet_call *c, struct err *err);
	/* In the place of `find`, for forms of a page: who may, by their session. */
	enum rc (*admit)(struct page *p, struct inlet_call *c, struct err *err);
	/* Answers a GET; NULL: there is nothing to be had. */
	enum rc (*get)(struct inlet_call *c, struct err *err);
	/* Keeps what was posted. Writer only, inside a transaction; NULL: takes nothing. */
	enum rc (*put)(struct inlet_call *c, const struct group *g, struct err *err);
};
/* A parameter of the address or a field of the form; the empty str when there is none. */
str inlet_param(const struct inlet_call *c, const char *name);
/* What was posted, as it came. */
str inlet_body(const struct inlet_call *c);

/* What somebody may do in a channel of sound. */
enum sound { SOUND_NONE, SOUND_HEARS, SOUND_SPEAKS };

/* Who asks for it, and where; all borrowed. */
struct sound_ask {
	struct db *db;
	struct arena *arena;
	int64_t grp;
	int64_t number; /* {meeting} of the address */
	const struct viewer *viewer;
	str channel; /* empty: the floor; or a language of interpretation */
	usec now;
};

/*
 * One row of the table of sound (engine/audio.h), at an address of its own, to which a browser
 * sends its offer. The function says what the viewer may do there now, and which sitting it is
 * (0: none in particular), which has a room of its own. ABSENT: there is no such meeting or
 * channel. Threads: any, also that of the sound, long after the request.
 */
struct sound_row {
	const char *pattern; /* "/g/{group}/meetings/{meeting}/floor/audio" */
	enum rc (*may)(
	    const struct sound_ask *ask, enum sound *may, int64_t *sitting, struct err *err);
};

/* The pages' side: x_pages.c defines `const struct room_pages x_pages`. */
struct room_pages {
	const struct route *routes;
	size_t routes_n;
	const struct option_source *options;
	size_t options_n;
	const struct form_shape *shapes;
	size_t shapes_n;
	const struct live_row *lives;
	size_t lives_n;
	const struct inlet_row *inlets;
	size_t inlets_n;
	const struct sound_row *sounds;
	size_t sounds_n;
};

struct room {
	const char *name;
	const struct room_commands *commands; /* NULL: none */
	const struct room_view *view;
	const struct room_pages *pages;
};

/*
 * A message to one address about one entry. (seq, key) is its place in the order in which letters
 * are written; the key names who without the address.
 */
struct letter {
	int64_t seq;
	str key;
	str to;
	str lang; /* that is known of whom it goes to, or empty */
	str slug; /* of the group */
	str site; /* "https://example.org" */
	str base; /* "https://example.org/g/slug" */
	str subject, text;
};

/*
 * What is kept beside the record and taken into it later. All but `prepare` may find that the
 * tables are not there: nothing was ever kept.
 */
struct kept {
	/*
	 * For programs of this machine, at the socket "local" of the data folder (engine/local.h).
	 * A line without "seq" is answered by `get`, another one by `put`.
	 */
	const struct inlet_row *local;
	/* Makes the tables that are missing. */
	enum rc (*prepare)(struct db *db, struct err *err);
	/* What was said on channels, oldest change first, for a server that starts. */
	enum rc (*recall)(struct db *db, struct inlet_call *out, struct err *err);
	/*
	 * Takes into the record what is due. Writer only, inside a transaction. *any: something was
	 * taken; *next: when to ask again, unless more is kept.
	 */
	enum rc (*take)(
	    struct house *h, struct arena *a, usec now, bool *any, usec *next, struct err *err);
};

/* Everything that the house is told about rooms. */
struct rooms {
	const struct room *v;
	size_t n;
	/* The roles of a person, from the state of the group. Pure. */
	unsigned (*roles)(const struct group *g, actor_id who);
	/*
	 * What the frame of a page asks the views. Their answers are in arena. who: the person of
	 * an account in a group, with roles, and what is asked of it now; name and account of the
	 * viewer are filled for any group.
	 */
	enum rc (*who)(struct db *db, struct arena *a, int64_t grp, usec now, struct viewer *v,
	    struct err *err);
	enum rc (*account)(struct db *db, struct arena *a, str email, actor_id *account,
	    bool *found, struct err *err);
	/*
	 * Somebody without an account asks to sign in: when a group registered a person with this
	 * address, an account is made. Writer only, inside a transaction.
	 */
	enum rc (*welcome)(struct house *h, struct arena *a, str email, actor_id *account,
	    bool *found, struct err *err);
	enum rc (*heading)(
	    struct db *db, struct arena *a, int64_t grp, struct page_group *out, struct err *err);
	/*
	 * The letter at l->seq and l->key or, with `next`, the first one of the group after that
	 * place: sets the place, to and lang. Never one to an address that was erased.
	 */
	enum rc (*find_letter)(struct db *db, struct arena *a, int64_t grp, bool next,
	    struct letter *l, bool *found, struct err *err);
	/* Its subject and text, in l->lang. ABSENT: nothing is to be said any more. */
	enum rc (*write_letter)(
	    struct db *db, struct arena *a, int64_t grp, struct letter *l, struct err *err);
	struct kept kept;
};

/* The row of that name, and the index of its room; NULL when there is none. */
const struct command *rooms_command(const struct rooms *r, str name, size_t *room);

#endif
