/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/passphrase.h"

#include "base/must.h"

#include <argon2.h>
#include <sodium.h>

#include "base/poison.h"

/* The costs, and the form that names them: hashes of other costs would need code. */
#define PASSES 2
#define KIB    (19 * 1024)
#define FORM   "$argon2id$v=19$m=19456,t=2,p=1$"

/* Salt and hash, in bytes, and in characters of base64 without padding. */
#define SALT     16
#define TAG      32
#define SALT_64  22
#define TAG_64   43
#define KEPT     (sizeof FORM - 1 + SALT_64 + 1 + TAG_64)
#define ALPHABET sodium_base64_VARIANT_ORIGINAL_NO_PADDING

/* Argon2's functions for memory are given no context: the block of who calls it (decision 11). */
static _Thread_local struct scratch *lent;

static int lend(uint8_t **memory, size_t n)
{
	*memory = scratch_take(lent, n);
	return *memory ? ARGON2_OK : ARGON2_MEMORY_ALLOCATION_ERROR;
}

/* Argon2 has wiped it. */
static void take_back(uint8_t *memory, size_t n)
{
	(void)memory;
	(void)n;
}

static enum rc digest(struct scratch *s, str passphrase, const unsigned char salt[SALT],
    unsigned char out[TAG], struct err *err)
{
	unsigned char own[SALT]; /* it takes pointers that it could write to */
	mem_copy(own, SALT, salt, SALT);
	argon2_context c = {
	    .out = out,
	    .outlen = TAG,
	    .pwd = (uint8_t *)(uintptr_t)passphrase.p,
	    .pwdlen = (uint32_t)passphrase.n,
	    .salt = own,
	    .saltlen = SALT,
	    .t_cost = PASSES,
	    .m_cost = KIB,
	    .lanes = 1,
	    .threads = 1,
	    .version = ARGON2_VERSION_13,
	    .allocate_cbk = lend,
	    .free_cbk = take_back,
	};
	must(passphrase.n <= UINT32_MAX);
	lent = s;
	int failed = argon2id_ctx(&c);
	lent = NULL;
	must(failed == ARGON2_OK || failed == ARGON2_MEMORY_ALLOCATION_ERROR);
	return failed ? ERR(err, BUSY, NULL,
	                    "There is no memory for a passphrase now. Try again in a minute.")
	              : OK;
}

enum rc passphrase_hash(
    struct scratch *s, struct arena *a, str passphrase, str *out, struct err *err)
{
	unsigned char salt[SALT], tag[TAG];
	char salt_64[SALT_64 + 1], tag_64[TAG_64 + 1];
	randombytes_buf(salt, sizeof salt);
	TRY(digest(s, passphrase, salt, tag, err));
	sodium_bin2base64(salt_64, sizeof salt_64, salt, sizeof salt, ALPHABET);
	sodium_bin2base64(tag_64, sizeof tag_64, tag, sizeof tag, ALPHABET);
	*out = arena_printf(a, FORM "%s$%s", salt_64, tag_64);
	sodium_memzero(tag, sizeof tag);
	sodium_memzero(tag_64, sizeof tag_64);
	return OK;
}

static bool bytes_of(const char *p, size_t chars, unsigned char *out, size_t bytes)
{
	size_t n = 0;
	return sodium_base642bin(out, bytes, p, chars, NULL, &n, NULL, ALPHABET) == 0 && n == bytes;
}

static bool parse(str kept, unsigned char salt[SALT], unsigned char tag[TAG])
{
	const size_t at = sizeof FORM - 1;
	return kept.n == KEPT && str_starts(kept, S(FORM)) && kept.p[at + SALT_64] == '$' &&
	       bytes_of(kept.p + at, SALT_64, salt, SALT) &&
	       bytes_of(kept.p + at + SALT_64 + 1, TAG_64, tag, TAG);
}

enum rc passphrase_check(struct scratch *s, str stored, str passphrase, bool *fits, struct err *err)
{
	/* The hash of a passphrase that nobody has: unknown accounts take as long as known ones. */
	const str nobody = S(FORM "c29tZSBub2JvZHkncyBzYQ$"
	                          "m0EjNQnLW4rGtDhJ2dHCwRtYV/PCzRK+iUcxhVzDaHY");
	unsigned char salt[SALT], tag[TAG], ours[TAG];
	if (!parse(stored.n ? stored : nobody, salt, tag))
		return ERR(err, FAULT, NULL, "The hash that is kept of this passphrase is broken.");
	TRY(digest(s, passphrase, salt, ours, err));
	*fits = sodium_memcmp(tag, ours, TAG) == 0 && stored.n > 0;
	sodium_memzero(tag, sizeof tag);
	sodium_memzero(ours, sizeof ours);
	return OK;
}
