/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
/* The functions used here are those of OpenSSL 1.1, which 3.0 keeps. */
#define OPENSSL_API_COMPAT 10100
#include "base/hash.h"

#include "base/must.h"

#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdlib.h>

#include "base/poison.h"

const digest DIGEST_ZERO = {{0}};

/*
 * OpenSSL's own SHA-256 without the EVP layer: that looks its algorithm up and
 * allocates for every hash, which costs more than hashing a node of the tree.
 */
struct sha256 {
	SHA256_CTX ctx;
};

struct sha256 *sha256_begin(void)
{
	struct sha256 *h = malloc(sizeof *h);
	must(h && SHA256_Init(&h->ctx) == 1);
	return h;
}

void sha256_add(struct sha256 *h, str s)
{
	must(SHA256_Update(&h->ctx, s.p, s.n) == 1);
}

digest sha256_end(struct sha256 *h)
{
	digest d;
	must(SHA256_Final(d.b, &h->ctx) == 1);
	free(h);
	return d;
}

digest sha256_of(const str *pieces, size_t n)
{
	struct sha256 h;
	digest d;
	must(SHA256_Init(&h.ctx) == 1);
	for (size_t i = 0; i < n; i++)
		sha256_add(&h, pieces[i]);
	must(SHA256_Final(d.b, &h.ctx) == 1);
	return d;
}

digest sha256(str s)
{
	return sha256_of(&s, 1);
}

bool digest_eq(digest a, digest b)
{
	return memcmp(a.b, b.b, sizeof a.b) == 0;
}

/* Three bytes (the missing ones zero) as four digits. */
static void put_three(char out[4], const uint8_t *p, size_t n)
{
	static const char digit[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned v = (unsigned)p[0] << 16;
	v |= n > 1 ? (unsigned)p[1] << 8 : 0;
	v |= n > 2 ? p[2] : 0;
	out[0] = digit[v >> 18];
	out[1] = digit[v >> 12 & 63];
	out[2] = n > 1 ? digit[v >> 6 & 63] : '=';
	out[3] = n > 2 ? digit[v & 63] : '=';
}

void buf_put_base64(struct buf *b, str bytes)
{
	char out[256];
	const uint8_t *p = (const uint8_t *)bytes.p;
	size_t n = 0;
	for (size_t at = 0; at < bytes.n; at += 3) {
		put_three(out + n, p + at, bytes.n - at);
		n += 4;
		if (n == sizeof out || at + 3 >= bytes.n) {
			buf_put(b, str_from(out, n));
			n = 0;
		}
	}
}

/*
 * The value of a base64 digit, or 64. Ours, because libsodium 1.0.18 takes bytes above
 * 127 for digits where char is signed (0xAF reads as '/').
 */
static unsigned digit_value(char c)
{
	/* 1 + the value; 0 for what is no digit. */
	static const uint8_t table[256] = {['A'] = 1,
	    2,
	    3,
	    4,
	    5,
	    6,
	    7,
	    8,
	    9,
	    10,
	    11,
	    12,
	    13,
	    14,
	    15,
	    16,
	    17,
	    18,
	    19,
	    20,
	    21,
	    22,
	    23,
	    24,
	    25,
	    26,
	    ['a'] = 27,
	    28,
	    29,
	    30,
	    31,
	    32,
	    33,
	    34,
	    35,
	    36,
	    37,
	    38,
	    39,
	    40,
	    41,
	    42,
	    43,
	    44,
	    45,
	    46,
	    47,
	    48,
	    49,
	    50,
	    51,
	    52,
	    ['0'] = 53,
	    54,
	    55,
	    56,
	    57,
	    58,
	    59,
	    60,
	    61,
	    62,
	    ['+'] = 63,
	    ['/'] = 64};
	unsigned v = table[(unsigned char)c];
	return v ? v - 1 : 64;
}

/* Into at most cap bytes; refuses wrong padding and unused bits that are not zero. */
static bool decode_base64(str s, uint8_t *out, size_t cap, size_t *n)
{
	unsigned bits = 0;
	unsigned have = 0;
	size_t pad = 0;

	*n = 0;
	if (s.n % 4 != 0)
		return false;
	while (pad < 2 && pad < s.n && s.p[s.n - 1 - pad] == '=')
		pad++;
	if (s.n / 4 * 3 - pad > cap)
		return false;
	for (size_t i = 0; i < s.n - pad; i++) {
		unsigned v = digit_value(s.p[i]);
		if (v > 63)
			return false;
		bits = bits << 6 | v;
		have += 6;
		if (have >= 8) {
			have -= 8;
			out[(*n)++] = (uint8_t)(bits >> have);
			bits &= (1u << have) - 1;
		}
	}
	return bits == 0;
}

bool base64_decode(struct arena *a, str s, str *out)
{
	size_t cap = s.n / 4 * 3;
	uint8_t *bin = arena_push(a, cap + 1);
	size_t n;

	if (!decode_base64(s, bin, cap, &n))
		return false;
	*out = str_from(bin, n);
	return true;
}

void digest_write(struct buf *b, digest d)
{
	buf_put_base64(b, str_from(d.b, sizeof d.b));
}

str digest_str(struct arena *a, digest d)
{
	struct buf b = buf_in(a, 0);
	digest_write(&b, d);
	return buf_str(&b);
}

bool digest_parse(str s, digest *out)
{
	size_t n;
	return s.n == 44 && decode_base64(s, out->b, sizeof out->b, &n) && n == sizeof out->b;
}

void buf_put_hex(struct buf *b, str bytes)
{
	static const char digit[] = "0123456789abcdef";
	for (size_t i = 0; i < bytes.n; i++) {
		buf_putc(b, digit[(unsigned char)bytes.p[i] >> 4]);
		buf_putc(b, digit[(unsigned char)bytes.p[i] & 15]);
	}
}

bool hex_decode(struct arena *a, str s, str *out)
{
	unsigned char *bin = arena_push(a, s.n / 2 + 1);
	size_t n;
	const char *end;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= 'A' && s.p[i] <= 'F')
			return false;
	if (s.n % 2 || sodium_hex2bin(bin, s.n / 2, s.p, s.n, NULL, &n, &end) != 0 ||
	    end != s.p + s.n)
		return false;
	*out = str_from(bin, n);
	return true;
}

void hmac_sha1(str key, str text, uint8_t out[HMAC_SHA1_SIZE])
{
	unsigned n = 0;
	must(key.n <= INT_MAX);
	must(HMAC(EVP_sha1(), key.n ? key.p : "", (int)key.n,
	         (const unsigned char *)(text.n ? text.p : ""), text.n, out, &n) != NULL);
	must(n == HMAC_SHA1_SIZE);
}
