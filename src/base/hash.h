/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * hash: SHA-256 (OpenSSL), base64 and hex in their strict forms.
 *
 * Strict means: what is not exactly what our writer would write is refused, so
 * that no byte of the record has two spellings. Threads: any.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/buf.h"

typedef struct digest {
	uint8_t b[32];
} digest;

extern const digest DIGEST_ZERO;

digest sha256(str s);
/* Several pieces as if they were one. */
digest sha256_of(const str *pieces, size_t n);

/* Streaming; the handle is freed by sha256_end, which must be called once. */
struct sha256;
struct sha256 *sha256_begin(void);
void sha256_add(struct sha256 *h, str s);
digest sha256_end(struct sha256 *h);

bool digest_eq(digest a, digest b);

/* Standard base64 with padding; 32 bytes are 44 characters. */
void buf_put_base64(struct buf *b, str bytes);
/* Strict: padding right, no white space, unused bits zero. In arena; false when it is not base64.
 */
bool base64_decode(struct arena *a, str s, str *out);
void digest_write(struct buf *b, digest d);
str digest_str(struct arena *a, digest d);
bool digest_parse(str s, digest *out);

void buf_put_hex(struct buf *b, str bytes);
bool hex_decode(struct arena *a, str s, str *out);

/* RFC 2104 with SHA-1: for protocols that ask for it (engine/relay.h), never for the record. */
#define HMAC_SHA1_SIZE 20
void hmac_sha1(str key, str text, uint8_t out[HMAC_SHA1_SIZE]);

#endif
