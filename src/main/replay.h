/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * replay: carries out a script of acts on a house, at the times that the script says; or plays one
 * meeting of it while people look on.
 *
 * The format is in `comity replay --help`. Acts of the clock that fall between two lines are
 * carried out too. Threads: the one of the house.
 */
#ifndef MAIN_REPLAY_H
#define MAIN_REPLAY_H

#include "engine/web.h"

struct replay_stats {
	size_t acts;
	size_t due; /* acts of the clock */
};

struct replay_how {
	str folder; /* of the script */
	str dir;    /* the data folder: opened or made */
	str host;   /* empty: demo.example.org */
	str seed;   /* of ids and salts; empty: none */
};

/* The error's message names file and line and lives in the arena. */
enum rc replay_folder(struct arena *a, const struct rooms *rooms, const struct replay_how *how,
    struct replay_stats *stats, struct err *err) MUST_USE;

/* A pause of the script counts as so long at most: nights, lunch, and what happened unseen. */
#define REPLAY_PAUSE (240 * USEC_SECOND)
/* How long a meeting takes, unless somebody says how fast it is. */
#define REPLAY_LONG (300 * USEC_SECOND)

/* One meeting, played on a house that is served. */
struct replay_live {
	str wanted;      /* its number, or a part of its title; empty: the first of the script */
	int64_t meeting; /* its number; set before begin, as are the next two */
	str title;
	str others; /* the others that the script opens, "1. First meeting; 3. ..."; may be empty */
	int64_t pace; /* thousandths: 1000 as it was, 20000 twenty times as fast; 0: set such that
	                 it takes REPLAY_LONG, and never slower than it was */
	struct web_conf web; /* its clock and pace are set; borrowed */
	/* Waits so many microseconds of the wall clock; false: stop. */
	bool (*wait)(void *ctx, usec time);
	/* It is served from now on, and the meeting was just opened. False: stop. */
	bool (*begin)(void *ctx, const struct replay_live *l, const struct web *web);
	/*
	 * One act. err not NULL: it was refused, as somebody at the keyboard was faster, or imports
	 * a transcript that was said as captions.
	 */
	void (*told)(void *ctx, usec at, str who, str what, const struct err *err);
	/* The meeting is closed, or it was stopped; when this returns the server stops. */
	void (*end)(void *ctx, bool stopped);
	void *ctx;
	str group; /* slug of the group that meets; set before begin */
	size_t passed_over;
};
/*
 * Carries out what comes before the meeting, serves the folder, and carries out the acts of the
 * meeting in the time between them, made shorter, while the server's clock shows the script's time.
 * A transcript of it that the script imports, then or later, comes as live captions.
 * What the script has behind the meeting is left out. ABSENT: the script opens no such meeting;
 * INVALID: several are called so. Both name those that it opens.
 */
enum rc replay_meeting(struct arena *a, const struct rooms *rooms, const struct replay_how *how,
    struct replay_live *live, struct replay_stats *stats, struct err *err) MUST_USE;

#endif
