/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/intake_zip.h"

#include <sys/stat.h>
#include <zip.h>

#include "base/map.h"

#include "base/poison.h"

#define STEP ((size_t)64 << 10)

/* The entry's place in the directory, or that it stands there more than once. */
struct entry {
	zip_uint64_t index;
	bool twice;
};

struct package {
	struct arena *arena; /* borrowed */
	zip_t *zip;
	size_t size; /* of the whole package, in bytes */
	VEC(str) names;
	struct map entries;
	size_t unpacked;
	char *step; /* STEP bytes */
};

/* Links have no business in a document; whoever unpacks the original later should not meet one. */
static bool is_link(zip_t *zip, zip_uint64_t i)
{
	zip_uint8_t made_on = 0;
	zip_uint32_t attributes = 0;
	if (zip_file_get_external_attributes(zip, i, 0, &made_on, &attributes) != 0)
		return false;
	return made_on == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16);
}

static enum intake_no look_at(struct package *p, zip_uint64_t i, size_t *packed)
{
	zip_stat_t st;
	if (zip_stat_index(p->zip, i, 0, &st) != 0 || !(st.valid & ZIP_STAT_NAME) ||
	    !(st.valid & ZIP_STAT_COMP_SIZE))
		return NO_BROKEN;
	if (is_link(p->zip, i))
		return NO_LINK;
	/* Entries that share their bytes: the trick of the densest bombs. */
	if (st.comp_size > p->size - *packed)
		return NO_OVERLAP;
	*packed += (size_t)st.comp_size;
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
		return NO_LOCKED;
	str name = arena_str(p->arena, str_of(st.name));
	*vec_push(p->arena, &p->names) = name;
	struct entry *known = map_get(&p->entries, name);
	if (known) {
		known->twice = true;
		return NO_REASON;
	}
	struct entry *e = arena_new_of(p->arena, struct entry);
	e->index = i;
	map_put(&p->entries, name, e);
	return NO_REASON;
}

static enum intake_no look_over(struct package *p)
{
	zip_int64_t n = zip_get_num_entries(p->zip, 0);
	if (n <= 0)
		return NO_BROKEN;
	if (n > ZIP_ENTRIES_MAX)
		return NO_BOMB;
	size_t packed = 0;
	for (zip_uint64_t i = 0; i < (zip_uint64_t)n; i++) {
		enum intake_no no = look_at(p, i, &packed);
		if (no != NO_REASON)
			return no;
	}
	return NO_REASON;
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
			return (r[10] | r[11] << 8) > ZIP_ENTRIES_MAX;
	}
	return false;
}

enum intake_no package_open(struct arena *a, str bytes, struct package **out)
{
	*out = NULL;
	if (claims_too_many(bytes))
		return NO_BOMB;
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
	zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	if (!zip && source)
		zip_source_free(source);
	zip_error_fini(&error);
	if (!zip)
		return NO_BROKEN;

	struct package *p = arena_new_of(a, struct package);
	p->arena = a;
	p->zip = zip;
	p->size = bytes.n;
	p->entries = map_in(a);
	p->step = arena_push(a, STEP);
	enum intake_no no = look_over(p);
	if (no != NO_REASON) {
		package_close(p);
		return no;
	}
	*out = p;
	return NO_REASON;
}

void package_close(struct package *p)
{
	if (p && p->zip) {
		zip_discard(p->zip);
		p->zip = NULL;
	}
}

bool package_has(const struct package *p, str name)
{
	return map_get(&p->entries, name) != NULL;
}

bool package_has_ending(const struct package *p, str ending)
{
	for (size_t i = 0; i < p->names.n; i++) {
		str name = p->names.p[i];
		if (name.n >= ending.n && str_eq_nocase(str_skip(name, name.n - ending.n), ending))
			return true;
	}
	return false;
}

/* What the directory says of a part, in bytes. */
struct part {
	zip_uint64_t packed, size;
};

/* The next bytes of a part; counts them. n: 0 at its end. */
static enum intake_no unpack(
    struct package *p, zip_file_t *file, size_t packed, size_t *of_part, size_t *n)
{
	zip_int64_t got = zip_fread(file, p->step, STEP);
	*n = 0;
	if (got < 0)
		return NO_BROKEN;
	*n = (size_t)got;
	*of_part += *n;
	p->unpacked += *n;
	bool dense = *of_part > ZIP_RATIO_FROM && *of_part / ZIP_RATIO_MAX > packed;
	return dense || p->unpacked > ZIP_OUTPUT_MAX ? NO_BOMB : NO_REASON;
}

static enum intake_no feed(
    struct package *p, zip_file_t *file, const struct part *part, struct xml_stream *xml)
{
	size_t of_part = 0;
	for (;;) {
		size_t n;
		enum intake_no no = unpack(p, file, part->packed, &of_part, &n);
		if (no != NO_REASON)
			return no;
		/* A size that is not true: another reader might have stopped there. */
		if (n == 0)
			return of_part == part->size ? NO_REASON : NO_BROKEN;
		if (!xml_feed(xml, str_from(p->step, n)))
			return NO_REASON;
	}
}

static enum intake_no open_part(struct package *p, str name, zip_file_t **file, struct part *part)
{
	const struct entry *e = map_get(&p->entries, name);
	if (!e)
		return NO_BROKEN;
	/* Two parts of one name: what we show might not be what Word shows. */
	if (e->twice)
		return NO_TWICE;
	zip_stat_t st;
	if (zip_stat_index(p->zip, e->index, 0, &st) != 0)
		return NO_BROKEN;
	*part = (struct part){.packed = st.comp_size, .size = st.size};
	*file = zip_fopen_index(p->zip, e->index, 0);
	return *file ? NO_REASON : NO_BROKEN;
}

enum intake_no package_read(struct package *p, str name, const struct xml_reader *reader)
{
	zip_file_t *file;
	struct part part;
	enum intake_no no = open_part(p, name, &file, &part);
	if (no != NO_REASON)
		return no;
	struct xml_stream *xml = xml_open(p->arena, reader);
	no = feed(p, file, &part, xml);
	enum intake_no xml_no = xml_close(xml);
	zip_fclose(file);
	return no != NO_REASON ? no : xml_no;
}

str package_head(struct package *p, str name, size_t max)
{
	zip_file_t *file;
	struct part part;
	if (open_part(p, name, &file, &part) != NO_REASON)
		return STR_EMPTY;
	char *bytes = arena_push(p->arena, max);
	zip_int64_t n = zip_fread(file, bytes, max);
	zip_fclose(file);
	return n > 0 ? str_from(bytes, (size_t)n) : STR_EMPTY;
}
