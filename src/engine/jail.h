/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * jail: hostile bytes are read only by a short-lived child that can do nothing but answer.
 *
 * The child is this same program, started afresh (never a fork of the threaded server): no
 * memory, descriptor, signal or environment of the server reaches it. It gives up its user,
 * its capabilities, the file system, the network and every system call that it does not need
 * before it sees the first byte, and is killed at its deadline. What it answers is hostile
 * too: the caller parses it strictly.
 *
 * Threads: any; jail_run blocks, so call it from a worker. Each jail may use 512 MiB for the
 * time of its life: the number of workers is the limit. Descriptors 0, 1 and 2 of the caller must
 * be open, and SIGCHLD not ignored. Ownership: answers in arena.
 * Errors: FAULT when no child could be started or it could not close its jail.
 */
#ifndef ENGINE_JAIL_H
#define ENGINE_JAIL_H

#include "base/buf.h"
#include "base/err.h"
#include "base/when.h"

/* What the child may do once closed in. */
enum jail_profile {
	JAIL_PURE,    /* memory and its three descriptors; no file, not even for reading */
	JAIL_PROGRAM, /* becomes one trusted program; reads its libraries and data, nothing else */
};

/* One kind of work, looked up by name in the child. */
struct jail_kind {
	const char *name; /* borrowed, static */
	enum jail_profile profile;
	/*
	 * The work of this kind, run when the jail is closed: reads input, writes out, and never
	 * does anything else. NULL: the child becomes `program` instead, with the input as its
	 * standard input.
	 */
	void (*work)(struct arena *a, str input, struct buf *out);
	const char *const *program; /* path and arguments, ends in NULL; for JAIL_PROGRAM */
	const char *const
	    *data; /* further paths that the program may read, ends in NULL; may be NULL */
};

struct jail_job {
	const char *kind;  /* a name in the table that the program gives to jail_child */
	str input;         /* borrowed */
	size_t output_max; /* bytes; a child that writes more is killed */
	usec deadline;     /* microseconds of wall time from now; then it is killed */
};

enum jail_end {
	JAIL_DONE,     /* it ended by itself: look at exit_code */
	JAIL_KILLED,   /* by a signal: a forbidden call, a crash, out of CPU time */
	JAIL_LATE,     /* at its deadline */
	JAIL_TOO_MUCH, /* it wrote more than output_max */
};

struct jail_answer {
	enum jail_end end;
	int exit_code;
	int signal;    /* 0 unless JAIL_KILLED */
	str output;    /* what it wrote; hostile */
	str complaint; /* the first 8 KiB of its standard error; hostile, never shown to anyone */
};

/* Exit codes of a child that did not come to its work; jail_run makes FAULT of the first two. */
#define JAIL_EXIT_OPEN    120 /* the jail could not be closed */
#define JAIL_EXIT_UNKNOWN 121 /* no such kind */
#define JAIL_EXIT_PROGRAM 122 /* the program could not be started */

/* Runs one job to its end. The input is handed over sealed. Answer in arena. FAULT. */
enum rc jail_run(struct arena *a, const struct jail_job *job, struct jail_answer *answer,
    struct err *err) MUST_USE;

/*
 * To be called first thing in main (in a test program: by a constructor): when the arguments say
 * that this process is a jailed child it does its work and never returns.
 */
void jail_child(int argc, char *const *argv, const struct jail_kind *kinds, size_t n);

/* The Landlock ABI of this kernel, 0 when it has none: then seccomp and limits stand alone. */
int jail_landlock_abi(void);
/* Adds to a ruleset what may be done with a path and what lies below it. True too when there is no
 * such path. */
bool jail_landlock_allow(int rules, const char *path, uint64_t rights);
/* One line in the operator's log about what this kernel offers; at the start of the server. */
void jail_say_state(void);

#endif
