/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/passphrase.h"

#include <sodium.h>

#include "base/poison.h"

#define PASSES 2
#define MEMORY ((size_t)19 * 1024 * 1024)

enum rc passphrase_hash(struct arena *a, str passphrase, str *out, struct err *err)
{
	char *z = arena_push(a, crypto_pwhash_STRBYTES);
	if (crypto_pwhash_str_alg(
	        z, passphrase.p, passphrase.n, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return ERR(err, BUSY, NULL,
		    "There is no memory for a passphrase now. Try again in a minute.");
	*out = str_of(z);
	return OK;
}

bool passphrase_check(str stored, str passphrase)
{
	/* The hash of a passphrase that nobody has: unknown accounts take as long as known ones. */
	static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBub2JvZHkncyBzYQ$"
	                             "m0EjNQnLW4rGtDhJ2dHCwRtYV/PCzRK+iUcxhVzDaHY";
	char z[crypto_pwhash_STRBYTES] = {0};
	if (stored.n >= sizeof z)
		return false;
	mem_copy(
	    z, sizeof z, stored.n ? stored.p : nobody, stored.n ? stored.n : sizeof nobody - 1);
	return crypto_pwhash_str_verify(z, passphrase.p, passphrase.n) == 0 && stored.n > 0;
}
