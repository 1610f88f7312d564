/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * err: how a function says that it could not do its work.
 *
 * A function that can fail returns enum rc and takes a struct err * last. The
 * lowest level fills the error; callers pass it on with TRY. A message is an
 * English sentence with {0} {1} {2} for its arguments, used as the key of its
 * translations. An argument may be a message itself: err_says. It is logged once, at the door.
 * Threads: any.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/arena.h"

enum rc {
	OK = 0,
	INVALID,  /* the input is wrong; names the field */
	REFUSED,  /* a rule of procedure says no, with the message for the person */
	DENIED,   /* this person may not */
	ABSENT,   /* there is no such thing */
	CONFLICT, /* stale: reload or retry */
	BUSY,     /* too much at once: try again later */
	FAULT,    /* ours */
};

#define MUST_USE  __attribute__((warn_unused_result))
#define ERR_ARGS  3
#define ERR_TRACE 6

struct err {
	enum rc code;
	const char *msg;              /* English sentence with {0}.. ; static */
	str arg[ERR_ARGS];            /* borrowed from the arena of the request */
	const char *field;            /* the field at fault, or NULL; static */
	const char *place[ERR_TRACE]; /* functions passed on the way up, lowest first */
	int places;
	int line;
	unsigned says; /* bit i: arg[i] is a message */
};

/* Fills *e (NULL allowed). Args beyond n are empty. */
void err_note(struct err *e, enum rc code, const char *field, const char *msg, const str *args,
    size_t n, const char *func, int line);
/* The same, and returns code: here, so that compilers and analysers see that it does. */
static inline enum rc err_set(struct err *e, enum rc code, const char *field, const char *msg,
    const str *args, size_t n, const char *func, int line)
{
	err_note(e, code, field, msg, args, n, func, line);
	return code;
}
/*
 * Notes that arg[i] is a message, which readers see in their language, and returns code:
 *     return err_says(err, 1, ERR(err, REFUSED, NULL, "It cannot be: {0} {1}", n, str_of(why)));
 */
enum rc err_says(struct err *e, unsigned i, enum rc code);
/* Adds a function name to the way up. */
void err_pass(struct err *e, const char *func);
void err_clear(struct err *e);
/* The English message with its arguments put in. In arena. */
str err_text(const struct err *e, struct arena *a);
/* Puts args into a (translated) message in place of {0} {1} {2}. In arena. */
str err_fill(struct arena *a, str msg, const str *args, size_t n);

/* return ERR(err, REFUSED, NULL, "All {0} seats of {1} are filled.", n, name); */
#define ERR(e, code, field, ...) \
	ERR_PICK_(__VA_ARGS__, ERR_3_, ERR_2_, ERR_1_, ERR_0_, 0)(e, code, field, __VA_ARGS__)
#define ERR_PICK_(m, a, b, c, f, ...) f
#define ERR_0_(e, code, field, m)     err_set((e), (code), (field), (m), NULL, 0, __func__, __LINE__)
#define ERR_1_(e, code, field, m, a) \
	err_set((e), (code), (field), (m), (const str[]){(a)}, 1, __func__, __LINE__)
#define ERR_2_(e, code, field, m, a, b) \
	err_set((e), (code), (field), (m), (const str[]){(a), (b)}, 2, __func__, __LINE__)
#define ERR_3_(e, code, field, m, a, b, c) \
	err_set((e), (code), (field), (m), (const str[]){(a), (b), (c)}, 3, __func__, __LINE__)

/* The only macro that returns: passes a failure up, adding this function. Needs a `struct err
 * *err`. */
#define TRY(expr)                                \
	do {                                     \
		enum rc try_rc_ = (expr);        \
		if (try_rc_ != OK) {             \
			err_pass(err, __func__); \
			return try_rc_;          \
		}                                \
	} while (0)

/* One table for the doors: HTTP status and exit code of a code. */
int rc_http(enum rc code);
int rc_exit(enum rc code);
const char *rc_name(enum rc code);

#endif
