/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/note.h"

#include "base/must.h"
#include "base/utf8.h"
#include "record/entry.h"

#include <sodium.h>

#include "base/poison.h"

#define ED25519        1
#define SIGNATURE_MARK "\xe2\x80\x94 " /* an em dash and a space */
#define PRIVATE_PREFIX "PRIVATE+KEY+"
#define SIGNATURES_MAX 64

/* The forms that go into base64: only bytes, so that the compiler puts nothing between them. */
struct key_bytes {
	uint8_t kind;
	uint8_t key[32];
};
struct signature_bytes {
	uint8_t id[4];
	uint8_t signature[crypto_sign_BYTES];
};
_Static_assert(sizeof(struct key_bytes) == 33 && sizeof(struct signature_bytes) == 68, "bytes");

static struct key_bytes key_bytes_of(const uint8_t key[32])
{
	struct key_bytes bytes = {.kind = ED25519};
	mem_copy(bytes.key, sizeof bytes.key, key, 32);
	return bytes;
}

static str key_id(str name, const uint8_t public_key[32], digest *space)
{
	struct key_bytes bytes = key_bytes_of(public_key);
	*space = sha256_of((const str[]){name, S("\n"), str_from(&bytes, sizeof bytes)}, 3);
	return str_from(space->b, 4);
}

static void derive(struct note_key *key)
{
	uint8_t secret[crypto_sign_SECRETKEYBYTES];
	must(crypto_sign_seed_keypair(key->public_key, secret, key->seed) == 0);
	sodium_memzero(secret, sizeof secret);
}

struct note_key note_key_new(struct rng rng)
{
	struct note_key key;
	rng_fill(rng, key.seed, sizeof key.seed);
	derive(&key);
	return key;
}

struct note_verifier note_verifier_of(const struct note_key *key, str name)
{
	struct note_verifier v = {.name = name};
	mem_copy(v.public_key, sizeof v.public_key, key->public_key, 32);
	return v;
}

/* "NAME+ID+BASE64" */
static void write_key(struct buf *b, str name, const uint8_t public_key[32], const uint8_t key[32])
{
	digest space;
	struct key_bytes bytes = key_bytes_of(key);
	buf_put(b, name);
	buf_putc(b, '+');
	buf_put_hex(b, key_id(name, public_key, &space));
	buf_putc(b, '+');
	buf_put_base64(b, str_from(&bytes, sizeof bytes));
}

void note_key_write(struct buf *b, const struct note_key *key, str name)
{
	buf_put(b, S(PRIVATE_PREFIX));
	write_key(b, name, key->public_key, key->seed);
}

void note_verifier_write(struct buf *b, const struct note_verifier *v)
{
	write_key(b, v->name, v->public_key, v->public_key);
}

struct written_key {
	str name;
	str id; /* four bytes */
	uint8_t key[32];
};

static enum rc parse_key(struct arena *a, str s, struct written_key *out, struct err *err)
{
	str hex;
	str bytes;
	if (s.n > NOTE_MAX || !str_cut(&s, '+', &out->name) || !str_cut(&s, '+', &hex) ||
	    !entry_origin_ok(out->name) || !hex_decode(a, hex, &out->id) || out->id.n != 4 ||
	    !base64_decode(a, s, &bytes) || bytes.n != sizeof(struct key_bytes) ||
	    bytes.p[0] != ED25519)
		return ERR(err, INVALID, "key", "This is not an Ed25519 key in note form.");
	struct buf again = buf_in(a, 0);
	buf_put_hex(&again, out->id);
	if (!str_eq(buf_str(&again), hex))
		return ERR(err, INVALID, "key", "The key's id is written in capital letters.");
	mem_copy(out->key, sizeof out->key, bytes.p + 1, 32);
	return OK;
}

static enum rc check_id(const struct written_key *w, const uint8_t public_key[32], struct err *err)
{
	digest space;
	if (!str_eq(w->id, key_id(w->name, public_key, &space)))
		return ERR(err, INVALID, "key", "The key's id does not belong to the key.");
	return OK;
}

enum rc note_key_parse(struct arena *a, str s, struct note_key *out, str *name, struct err *err)
{
	struct written_key w;
	if (!str_starts(s, S(PRIVATE_PREFIX)))
		return ERR(err, INVALID, "key", "This is not a private key in note form.");
	TRY(parse_key(a, str_skip(s, sizeof PRIVATE_PREFIX - 1), &w, err));
	mem_copy(out->seed, sizeof out->seed, w.key, 32);
	derive(out);
	*name = w.name;
	return check_id(&w, out->public_key, err);
}

enum rc note_verifier_parse(struct arena *a, str s, struct note_verifier *out, struct err *err)
{
	struct written_key w;
	TRY(parse_key(a, s, &w, err));
	out->name = w.name;
	mem_copy(out->public_key, sizeof out->public_key, w.key, 32);
	return check_id(&w, w.key, err);
}

void checkpoint_write(struct buf *b, const struct checkpoint *c)
{
	buf_put(b, c->origin);
	buf_putc(b, '\n');
	buf_put_u64(b, c->size);
	buf_putc(b, '\n');
	digest_write(b, c->root);
	buf_putc(b, '\n');
}

enum rc checkpoint_parse(str text, struct checkpoint *out, struct err *err)
{
	str size;
	str root;
	int64_t n;
	if (!str_ends(text, S("\n")) || !str_cut(&text, '\n', &out->origin) ||
	    !str_cut(&text, '\n', &size) || !str_cut(&text, '\n', &root) || text.n ||
	    !entry_origin_ok(out->origin) || !entry_number_parse(size, &n) ||
	    !digest_parse(root, &out->root))
		return ERR(err, INVALID, "checkpoint", "The checkpoint's text is malformed.");
	out->size = (uint64_t)n;
	return OK;
}

void note_sign(struct buf *b, str text, const struct note_key *key, str name)
{
	uint8_t public_key[crypto_sign_PUBLICKEYBYTES];
	uint8_t secret[crypto_sign_SECRETKEYBYTES];
	struct signature_bytes bytes;
	digest space;
	must(crypto_sign_seed_keypair(public_key, secret, key->seed) == 0);
	must(crypto_sign_detached(bytes.signature, NULL, (const uint8_t *)text.p, text.n, secret) ==
	     0);
	sodium_memzero(secret, sizeof secret);
	mem_copy(bytes.id, sizeof bytes.id, key_id(name, public_key, &space).p, 4);
	buf_put(b, text);
	buf_put(b, S("\n" SIGNATURE_MARK));
	buf_put(b, name);
	buf_putc(b, ' ');
	buf_put_base64(b, str_from(&bytes, sizeof bytes));
	buf_putc(b, '\n');
}

/* Cuts the note at its last blank line. */
static bool cut_note(str note, str *text, str *signatures)
{
	if (note.n > NOTE_MAX || !str_ends(note, S("\n")) || !utf8_valid(note))
		return false;
	for (size_t i = 0; i < note.n; i++)
		if ((unsigned char)note.p[i] < 0x20 && note.p[i] != '\n')
			return false;
	for (size_t i = note.n; i-- > 1;) {
		if (note.p[i] == '\n' && note.p[i - 1] == '\n') {
			*text = str_head(note, i);
			*signatures = str_skip(note, i + 1);
			return signatures->n > 0;
		}
	}
	return false;
}

static bool cut_signature(struct arena *a, str line, str *name, str *bytes)
{
	if (!str_starts(line, S(SIGNATURE_MARK)))
		return false;
	line = str_skip(line, sizeof SIGNATURE_MARK - 1);
	size_t space = str_find_char(line, ' ');
	if (space == SIZE_MAX || space == 0)
		return false;
	*name = str_head(line, space);
	return base64_decode(a, str_skip(line, space + 1), bytes) && bytes->n > 4;
}

enum rc note_open(struct arena *a, str note, const struct note_verifier *v,
    enum note_unknown unknown, str *text, struct err *err)
{
	digest space;
	str id = key_id(v->name, v->public_key, &space);
	str rest;
	if (!cut_note(note, text, &rest))
		return ERR(err, INVALID, "note", "The signed note is malformed.");
	int verified = 0;
	str line;
	for (int n = 0; str_cut(&rest, '\n', &line) && (rest.n || line.n); n++) {
		str name;
		str bytes;
		if (n == SIGNATURES_MAX || !cut_signature(a, line, &name, &bytes))
			return ERR(err, INVALID, "note", "A signature line is malformed.");
		if (!str_eq(name, v->name) || !str_eq(str_head(bytes, 4), id)) {
			if (unknown == NOTE_REFUSE_UNKNOWN)
				return ERR(err, INVALID, "note",
				    "The note has a signature by an unknown key.");
			continue;
		}
		if (bytes.n != sizeof(struct signature_bytes) ||
		    crypto_sign_verify_detached((const uint8_t *)bytes.p + 4,
		        (const uint8_t *)text->p, text->n, v->public_key) != 0)
			return ERR(err, INVALID, "note", "The signature does not verify.");
		verified++;
	}
	if (verified != 1)
		return ERR(err, INVALID, "note", "The note is not signed once by the log's key.");
	return OK;
}
