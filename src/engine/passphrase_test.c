/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/passphrase.h"

#include "t.h"

#include <sodium.h>

#include "base/poison.h"

#define KIB_19 ((size_t)19 * 1024 * 1024)

static const char right[] = "correct horse battery";
/* Made by libsodium, as by every Comity before it hashed with libargon2. */
#define OLD                                                      \
	"$argon2id$v=19$m=19456,t=2,p=1$ijDMvCs+U/6DxaTAzWm4gw$" \
	"00LNxSfGRah1JDtC5tcOhh6vHlXLGxEDqphyERvhxMY"

static bool fits(struct scratch *s, str stored, str passphrase)
{
	struct err err = {0};
	bool it = false;
	CHECK_EQ(passphrase_check(s, stored, passphrase, &it, &err), OK);
	return it;
}

TEST(a_hash_fits_its_passphrase_only)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct scratch s = {0};
	struct err err = {0};
	str one, two;
	NEED(passphrase_hash(&s, a, S(right), &one, &err) == OK);
	NEED(passphrase_hash(&s, a, S(right), &two, &err) == OK);
	CHECK(!str_eq(one, two));
	CHECK(fits(&s, one, S(right)));
	CHECK(fits(&s, two, S(right)));
	CHECK(!fits(&s, one, S("correct horse batterz")));
	CHECK(!fits(&s, one, S("")));
	/* One bit of salt or hash. */
	for (size_t at = one.n - 1; at > one.n - 60; at -= 29) {
		char *z = arena_push(a, one.n);
		mem_copy(z, one.n, one.p, one.n);
		z[at] = z[at] == 'A' ? 'E' : 'A';
		CHECK(!fits(&s, str_from(z, one.n), S(right)));
	}
	scratch_drop(&s);
}

TEST(old_and_new_hashes_are_the_same_kind)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct scratch s = {0};
	struct err err = {0};
	str ours;
	CHECK(fits(&s, S(OLD), S(right)));
	CHECK(!fits(&s, S(OLD), S("Correct horse battery")));
	NEED(passphrase_hash(&s, a, S(right), &ours, &err) == OK);
	CHECK_EQ(crypto_pwhash_str_verify(arena_z(a, ours), right, sizeof right - 1), 0);
	scratch_drop(&s);
}

TEST(an_unknown_account_is_hashed_too)
{
	struct scratch s = {0};
	CHECK(!fits(&s, STR_EMPTY, S(right)));
	CHECK(s.n >= KIB_19);
	scratch_drop(&s);
}

TEST(nothing_of_a_passphrase_stays_in_the_block)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct scratch s = {0};
	struct err err = {0};
	str kept;
	size_t left = 0;
	unsigned char *p = scratch_take(&s, KIB_19);
	NEED(p != NULL);
	for (size_t i = 0; i < s.n; i++)
		p[i] = 0xAA;
	NEED(passphrase_hash(&s, a, S(right), &kept, &err) == OK);
	CHECK(s.p == p);
	for (size_t i = 0; i < KIB_19; i++)
		left += p[i] != 0;
	CHECK_EQ(left, 0);
	scratch_drop(&s);
	CHECK(!s.p && !s.n);
}

TEST(what_is_no_hash_of_ours_is_said_and_fits_nothing)
{
	static const char *const bad[] = {
	    "x",
	    "$argon2id$v=19$m=19456,t=2,p=1$",
	    "$argon2id$v=19$m=19456,t=1,p=1$c29tZSBub2JvZHkncyBzYQ$"
	    "m0EjNQnLW4rGtDhJ2dHCwRtYV/PCzRK+iUcxhVzDaHY",
	    "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBub2JvZHkncyBzYQ$"
	    "m0EjNQnLW4rGtDhJ2dHCwRtYV/PCzRK+iUcxhVzDaH=",
	    "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBub2JvZHkncyBzYQ."
	    "m0EjNQnLW4rGtDhJ2dHCwRtYV/PCzRK+iUcxhVzDaHY",
	    "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBub2JvZHkncyBzYQ$"
	    "m0EjNQnLW4rGtDhJ2dHCwRtYV/PCzRK+iUcxhVzDaHYA",
	};
	struct scratch s = {0};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct err err = {0};
		bool it = false;
		CHECK_EQ(passphrase_check(&s, str_of(bad[i]), S(right), &it, &err), FAULT);
		CHECK(!it);
	}
	scratch_drop(&s);
}
