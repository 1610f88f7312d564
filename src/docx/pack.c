/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "docx/pack.h"

#include <sys/stat.h>
#include <zip.h>

#include "base/map.h"
#include "base/vec.h"

#include "base/poison.h"

#define STEP ((size_t)64 << 10)

static enum rc broken(struct err *err)
{
	return ERR(err, INVALID, "file", "This is not a Word file, or it is damaged.");
}

static enum rc too_large(struct err *err)
{
	return ERR(
	    err, INVALID, "file", "This file is far larger inside than outside, or too large.");
}

/* --- writing --- */

static zip_t *fresh(zip_source_t **source)
{
	zip_error_t error;
	zip_error_init(&error);
	*source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = *source ? zip_open_from_source(*source, ZIP_TRUNCATE, &error) : NULL;
	if (!zip && *source)
		zip_source_free(*source);
	zip_error_fini(&error);
	return zip;
}

static bool add(zip_t *zip, const struct pack_part *part)
{
	/* libzip wants a pointer even to nothing. */
	zip_source_t *s =
	    zip_source_buffer(zip, part->bytes.n ? part->bytes.p : "", part->bytes.n, 0);
	zip_int64_t i = s ? zip_file_add(zip, part->name, s, ZIP_FL_ENC_UTF_8) : -1;
	if (i < 0) {
		zip_source_free(s); /* accepts NULL */
		return false;
	}
	/* 1980-01-01: a file says nothing of when it was made, and is the same next time. */
	return zip_file_set_dostime(zip, (zip_uint64_t)i, 0, 0x21, 0) == 0 &&
	       zip_set_file_compression(zip, (zip_uint64_t)i, ZIP_CM_DEFLATE, 6) == 0;
}

static bool take_bytes(struct arena *a, zip_source_t *source, str *out)
{
	zip_stat_t st;
	if (zip_source_stat(source, &st) != 0 || zip_source_open(source) != 0)
		return false;
	char *bytes = arena_push(a, (size_t)st.size);
	zip_int64_t n = zip_source_read(source, bytes, st.size);
	zip_source_close(source);
	*out = str_from(bytes, (size_t)st.size);
	return n >= 0 && (zip_uint64_t)n == st.size;
}

enum rc pack_write(
    struct arena *a, const struct pack_part *part, size_t n, str *out, struct err *err)
{
	zip_source_t *source;
	zip_t *zip = fresh(&source);
	bool good = zip != NULL;
	for (size_t i = 0; good && i < n; i++)
		good = add(zip, &part[i]);
	if (good) {
		zip_source_keep(source);
		good = zip_close(zip) == 0;
		if (good)
			good = take_bytes(a, source, out);
		else
			zip_discard(zip);
		zip_source_free(source);
	} else if (zip) {
		zip_discard(zip);
	}
	return good ? OK : ERR(err, FAULT, NULL, "The Word file cannot be put together.");
}

/* --- reading --- */

struct entry {
	zip_uint64_t index;
	bool twice;
};

struct pack {
	struct arena *arena; /* borrowed */
	zip_t *zip;
	size_t size; /* of the whole, in bytes */
	struct map entries;
	size_t unpacked;
	char *step; /* STEP bytes */
};

static bool is_link(zip_t *zip, zip_uint64_t i)
{
	zip_uint8_t made_on = 0;
	zip_uint32_t attributes = 0;
	return zip_file_get_external_attributes(zip, i, 0, &made_on, &attributes) == 0 &&
	       made_on == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16);
}

static enum rc look_at(struct pack *p, zip_uint64_t i, size_t *packed, struct err *err)
{
	zip_stat_t st;
	if (zip_stat_index(p->zip, i, 0, &st) != 0 || !(st.valid & ZIP_STAT_NAME) ||
	    !(st.valid & ZIP_STAT_COMP_SIZE) || is_link(p->zip, i))
		return broken(err);
	/* Entries that share their bytes: the trick of the densest bombs. */
	if (st.comp_size > p->size - *packed)
		return too_large(err);
	*packed += (size_t)st.comp_size;
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
		return ERR(err, INVALID, "file", "This file is locked with a password.");
	str name = arena_str(p->arena, str_of(st.name));
	struct entry *known = map_get(&p->entries, name);
	if (known) {
		known->twice = true;
		return OK;
	}
	struct entry *e = arena_new_of(p->arena, struct entry);
	e->index = i;
	map_put(&p->entries, name, e);
	return OK;
}

static enum rc look_over(struct pack *p, struct err *err)
{
	zip_int64_t n = zip_get_num_entries(p->zip, 0);
	if (n <= 0)
		return broken(err);
	if (n > PACK_ENTRIES_MAX)
		return too_large(err);
	size_t packed = 0;
	for (zip_uint64_t i = 0; i < (zip_uint64_t)n; i++)
		TRY(look_at(p, i, &packed, err));
	return OK;
}

/*
 * The number of entries that the end record claims, before libzip makes a table of them. The
 * record stands within the last 64 KiB; a lie is found out by libzip.
 */
static bool claims_too_many(str bytes)
{
	str tail = str_skip(bytes, bytes.n > 65557 ? bytes.n - 65557 : 0);
	for (size_t at = tail.n >= 22 ? tail.n - 22 + 1 : 0; at-- > 0;) {
		const unsigned char *r = (const unsigned char *)tail.p + at;
		if (r[0] == 'P' && r[1] == 'K' && r[2] == 5 && r[3] == 6)
			return (r[10] | r[11] << 8) > PACK_ENTRIES_MAX;
	}
	return false;
}

enum rc pack_open(struct arena *a, str bytes, struct pack **out, struct err *err)
{
	*out = NULL;
	if (bytes.n > PACK_BYTES_MAX || claims_too_many(bytes))
		return too_large(err);
	if (!str_starts(bytes, S("PK")))
		return broken(err);
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
	zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	if (!zip && source)
		zip_source_free(source);
	zip_error_fini(&error);
	if (!zip)
		return broken(err);
	struct pack *p = arena_new_of(a, struct pack);
	*p = (struct pack){a, zip, bytes.n, map_in(a), 0, arena_push(a, STEP)};
	enum rc rc = look_over(p, err);
	if (rc != OK)
		pack_close(p);
	else
		*out = p;
	return rc;
}

void pack_close(struct pack *p)
{
	if (p && p->zip) {
		zip_discard(p->zip);
		p->zip = NULL;
	}
}

void pack_auto_close(struct pack **p)
{
	pack_close(*p);
}

bool pack_has(const struct pack *p, str name)
{
	return map_get(&p->entries, name) != NULL;
}

static enum rc feed(struct pack *p, zip_file_t *file, const zip_stat_t *st,
    bool (*take)(void *ctx, str piece), void *ctx, struct err *err)
{
	for (size_t of_part = 0;;) {
		zip_int64_t got = zip_fread(file, p->step, STEP);
		if (got < 0)
			return broken(err);
		/* A size that is not true: another reader might have stopped there. */
		if (got == 0)
			return of_part == st->size ? OK : broken(err);
		of_part += (size_t)got;
		p->unpacked += (size_t)got;
		bool dense = of_part > PACK_RATIO_FROM && of_part / PACK_RATIO_MAX > st->comp_size;
		if (dense || p->unpacked > PACK_OUTPUT_MAX)
			return too_large(err);
		if (!take(ctx, str_from(p->step, (size_t)got)))
			return OK;
	}
}

enum rc pack_feed(
    struct pack *p, str name, bool (*take)(void *ctx, str piece), void *ctx, struct err *err)
{
	const struct entry *e = map_get(&p->entries, name);
	zip_stat_t st;
	/* Two parts of one name: what we read might not be what Word shows. */
	if (!e || e->twice || zip_stat_index(p->zip, e->index, 0, &st) != 0)
		return broken(err);
	zip_file_t *file = zip_fopen_index(p->zip, e->index, 0);
	if (!file)
		return broken(err);
	enum rc rc = feed(p, file, &st, take, ctx, err);
	zip_fclose(file);
	return rc;
}
