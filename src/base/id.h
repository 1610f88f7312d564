/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * id: identifiers, each kind its own type, so that a seat given where a call is
 * wanted does not compile; and the random opaque ids of people.
 *
 * Threads: any.
 */
#ifndef BASE_ID_H
#define BASE_ID_H

#include "base/buf.h"
#include "base/err.h"

/* typedef struct { int64_t v; } call_no;  0 = none. */
#define ID_TYPE(name)      \
	typedef struct {   \
		int64_t v; \
	} name

/* Where randomness comes from; tests and replay bring a seeded one. */
struct rng {
	void (*fill)(void *ctx, void *p, size_t n);
	void *ctx;
};
/* The system's randomness (libsodium). */
struct rng rng_system(void);
/* A repeatable stream from a seed (ChaCha20). State is caller's, must outlive the rng. */
struct rng_seeded {
	uint8_t key[32];
	uint64_t block;
};
struct rng rng_from_seed(struct rng_seeded *state, str seed);
void rng_fill(struct rng r, void *p, size_t n);

/* A person in one group: 128 random bits, never a name or an address. All zero: nobody. */
typedef struct {
	uint8_t b[16];
} actor_id;

#define ACTOR_TEXT 28 /* "m_" and 26 characters of Crockford base32 */
/* Deadlines and other acts of the system itself. */
extern const actor_id ACTOR_SYSTEM;
/* Someone without an account (a public contributor before confirmation). */
extern const actor_id ACTOR_PUBLIC;

actor_id actor_new(struct rng r);
bool actor_eq(actor_id a, actor_id b);
bool actor_is_none(actor_id a);
/* "m_..." , "system" or "public". */
void actor_write(struct buf *b, actor_id id);
str actor_str(struct arena *a, actor_id id);
/* Strict reverse; false when it is not one. */
bool actor_parse(str s, actor_id *out);

/* n random bytes as lower-case hex or base32 text (a token, a key). In arena. */
str id_token(struct arena *a, struct rng r, size_t bytes);
/* A new idempotency key in UUIDv7 form. In arena. */
str id_key(struct arena *a, struct rng r, int64_t now_usec);

#endif
