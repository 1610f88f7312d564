/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/command_value.h"

#include "base/utf8.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/poison.h"

/* Most text is in NFC already; only what is not goes through ICU's UTF-16. */
static str nfc(struct arena *a, str s)
{
	UErrorCode e = U_ZERO_ERROR;
	bool ascii = true;
	for (size_t i = 0; i < s.n && ascii; i++)
		ascii = (unsigned char)s.p[i] < 0x80;
	if (ascii || s.n > INT32_MAX / 4)
		return s;
	UChar *u = arena_array(a, UChar, s.n + 1);
	UChar *out = arena_array(a, UChar, s.n * 3 + 1);
	int32_t n = 0;
	const UNormalizer2 *norm = unorm2_getNFCInstance(&e);
	u_strFromUTF8(u, (int32_t)s.n + 1, &n, s.p, (int32_t)s.n, &e);
	if (U_FAILURE(e) || unorm2_quickCheck(norm, u, n, &e) == UNORM_YES)
		return s;
	n = unorm2_normalize(norm, u, n, out, (int32_t)s.n * 3, &e);
	char *p = arena_push(a, s.n * 3 + 1);
	int32_t bytes = 0;
	u_strToUTF8(p, (int32_t)s.n * 3, &bytes, out, n, &e);
	return U_SUCCESS(e) ? str_from(p, (size_t)bytes) : s;
}

str text_normal(struct arena *a, str s, bool one_line)
{
	struct buf b = buf_in(a, 0);
	s = str_trim(s);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\r') {
			if (i + 1 < s.n && s.p[i + 1] == '\n')
				continue;
			c = '\n';
		}
		buf_putc(&b, one_line && (c == '\n' || c == '\t') ? ' ' : c);
	}
	return nfc(a, buf_str(&b));
}

void text_paragraphs(struct arena *a, str s, struct value *v)
{
	str rest = s, line;
	const char *start = NULL, *end = NULL;
	while (str_cut(&rest, '\n', &line)) {
		if (str_trim(line).n) {
			if (!start)
				start = line.p;
			end = line.p + line.n;
		} else if (start) {
			*vec_push(a, &v->list) = str_trim((str){start, (size_t)(end - start)});
			start = NULL;
		}
	}
	if (start)
		*vec_push(a, &v->list) = str_trim((str){start, (size_t)(end - start)});
}

static enum rc check_length(struct arena *a, const struct field *f, str s, struct err *err)
{
	size_t n = utf8_count(s), most = (size_t)field_max(f);
	if (n > most)
		return ERR(err, INVALID, f->name, "This has {0} characters; at most {1} fit.",
		    arena_printf(a, "%zu", n), arena_printf(a, "%zu", most));
	return OK;
}

static enum rc read_number(
    struct arena *a, const struct field *f, str s, int64_t *out, struct err *err)
{
	int64_t least = f->type == FIELD_INT ? f->min : 1;
	/* The most of a list says how many stand in it, not which. */
	int64_t most = f->type == FIELD_REFS ? INT64_C(1000000000000) : field_max(f);
	if (!str_to_i64(s, out))
		return ERR(err, INVALID, f->name, "{0} is not a whole number.", s);
	if (*out < least || *out > most)
		return ERR(err, INVALID, f->name, "This must be a number from {0} to {1}.",
		    arena_printf(a, "%lld", (long long)least),
		    arena_printf(a, "%lld", (long long)most));
	return OK;
}

static enum rc read_choice(struct arena *a, const struct field *f, str s, struct err *err)
{
	struct buf b = buf_in(a, 0);
	for (const struct choice *c = f->choices; c->value; c++) {
		if (str_is(s, c->value))
			return OK;
		buf_sep(&b, S(", "));
		buf_put(&b, str_of(c->value));
	}
	return ERR(err, INVALID, f->name, "{0} is not one of: {1}.", s, buf_str(&b));
}

static enum rc read_zone(const struct field *f, str s, struct err *err)
{
	if (when_zone_known(s))
		return OK;
	return ERR(err, INVALID, f->name,
	    "There is no time zone {0}. Write it as Area/City, such as Europe/Zurich.", s);
}

static enum rc read_lang(const struct field *f, str s, struct err *err)
{
	static const char *const known[] = {"ar", "en", "es", "fr", "ru", "zh"};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (str_is(s, known[i]))
			return OK;
	return ERR(
	    err, INVALID, f->name, "{0} is not one of the languages ar, en, es, fr, ru, zh.", s);
}

static enum rc read_email(const struct field *f, str s, struct err *err)
{
	size_t at = str_find_char(s, '@');
	bool ok = at != SIZE_MAX && at > 0 && s.n - at > 3 &&
	          str_find_char(str_skip(s, at + 1), '@') == SIZE_MAX &&
	          str_find_char(str_skip(s, at), '.') != SIZE_MAX;
	for (size_t i = 0; i < s.n && ok; i++)
		ok = (unsigned char)s.p[i] > ' ' && !strchr("<>()[],;:\\\"", s.p[i]);
	return ok ? OK
	          : ERR(err, INVALID, f->name,
	                "{0} is not an e-mail address such as name@example.org.", s);
}

static enum rc read_url(const struct field *f, str s, struct err *err)
{
	bool ok =
	    (str_starts(s, S("https://")) && s.n > 8) || (str_starts(s, S("http://")) && s.n > 7);
	for (size_t i = 0; i < s.n && ok; i++)
		ok = (unsigned char)s.p[i] > ' ' && s.p[i] != '"' && s.p[i] != '<' && s.p[i] != '>';
	return ok ? OK
	          : ERR(err, INVALID, f->name, "This is not an address that begins with https://.");
}

static enum rc read_time(struct arena *a, const struct field *f, const struct raw *raw, str s,
    struct value *v, struct err *err)
{
	(void)a;
	if (f->type == FIELD_DATE)
		return when_parse_date(s, f->name, &v->i, err);
	if (str_ends(s, S("Z")))
		return when_parse(s, f->name, &v->i, err);
	return when_parse_local(s, raw->zone.n ? raw->zone : S("UTC"), f->name, &v->i, err);
}

static enum rc read_bool(const struct field *f, str s, struct value *v, struct err *err)
{
	if (str_is(s, "1") || str_is(s, "on") || str_is(s, "true") || str_is(s, "yes"))
		v->i = 1;
	else if (!str_is(s, "0") && !str_is(s, "off") && !str_is(s, "false") && !str_is(s, "no"))
		return ERR(err, INVALID, f->name, "{0} is neither yes nor no.", s);
	return OK;
}

static enum rc read_actor(const struct field *f, str s, actor_id *out, struct err *err)
{
	if (!actor_parse(s, out))
		return ERR(
		    err, INVALID, f->name, "{0} is not the id of a person of this group.", s);
	return OK;
}

/* A field with one value; s is not empty. */
static enum rc read_one(
    struct arena *a, const struct field *f, const struct raw *raw, struct value *v, struct err *err)
{
	switch (f->type) {
	case FIELD_LINE:
	case FIELD_TEXT:
	case FIELD_SECRET:
		return check_length(a, f, v->s, err);
	case FIELD_BLOCKS:
		text_paragraphs(a, v->s, v);
		return check_length(a, f, v->s, err);
	case FIELD_INT:
	case FIELD_REF:
		return read_number(a, f, v->s, &v->i, err);
	case FIELD_BOOL:
		return read_bool(f, v->s, v, err);
	case FIELD_CHOICE:
		return read_choice(a, f, v->s, err);
	case FIELD_DATE:
	case FIELD_TIME:
		return read_time(a, f, raw, v->s, v, err);
	case FIELD_ZONE:
		return read_zone(f, v->s, err);
	case FIELD_LANG:
		return read_lang(f, v->s, err);
	case FIELD_EMAIL:
		TRY(check_length(a, f, v->s, err));
		return read_email(f, v->s, err);
	case FIELD_URL:
		TRY(check_length(a, f, v->s, err));
		return read_url(f, v->s, err);
	case FIELD_ACTOR:
		return read_actor(f, v->s, &v->actor, err);
	case FIELD_ACTORS:
	case FIELD_REFS:
	case FIELD_LINES:
	case FIELD_FILES:
		break;
	}
	return ERR(err, FAULT, f->name, "This field takes a list.");
}

static enum rc read_item(
    struct arena *a, const struct field *f, str s, struct value *v, struct err *err)
{
	if (f->type == FIELD_REFS)
		return read_number(a, f, s, vec_push(a, &v->numbers), err);
	if (f->type == FIELD_ACTORS)
		return read_actor(f, s, vec_push(a, &v->actors), err);
	*vec_push(a, &v->list) = s;
	return utf8_count(s) <= 2000
	           ? OK
	           : ERR(err, INVALID, f->name, "A line may have 2000 characters.");
}

/* A list: one item a line, or the name given several times; numbers also with commas. */
static enum rc read_list(
    struct arena *a, const struct field *f, const struct raw *raw, struct value *v, struct err *err)
{
	size_t n = 0;
	for (size_t i = 0; i < raw->values.n; i++) {
		str rest = text_normal(a, raw->values.p[i], false), line;
		while (str_cut(&rest,
		    f->type == FIELD_REFS && str_find_char(rest, ',') != SIZE_MAX ? ',' : '\n',
		    &line)) {
			line = str_trim(line);
			if (!line.n)
				continue;
			TRY(read_item(a, f, line, v, err));
			n++;
		}
	}
	if (n > (size_t)field_max(f) || (n && (int64_t)n < f->min))
		return ERR(err, INVALID, f->name, "This list must have from {0} to {1} entries.",
		    arena_printf(a, "%lld", (long long)f->min),
		    arena_printf(a, "%lld", (long long)field_max(f)));
	v->set = n > 0;
	return OK;
}

static enum rc read_files(
    struct arena *a, const struct field *f, const struct raw *raw, struct value *v, struct err *err)
{
	for (size_t i = 0; i < raw->files.n; i++)
		if (raw->files.p[i].bytes.n)
			*vec_push(a, &v->files) = raw->files.p[i];
	if (v->files.n > (size_t)field_max(f))
		return ERR(err, INVALID, f->name, "At most {0} files fit.",
		    arena_printf(a, "%lld", (long long)field_max(f)));
	v->set = v->files.n > 0;
	return OK;
}

/* Embeddings, overrides and isolates; the marks LRM, RLM and ALM turn nothing and are let through.
 */
static bool turns_text(str s)
{
	uint32_t cp;
	for (size_t at = 0; utf8_next(s, &at, &cp);)
		if ((cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069))
			return true;
	return false;
}

/*
 * A name is shown between other words: what turns the direction of text could make those read
 * otherwise, and what ends an isolate would undo the one that we put around it. A paragraph ends
 * such turns by itself.
 */
static enum rc check_turns(const struct field *f, const struct raw *raw, struct err *err)
{
	for (size_t i = 0; i < raw->values.n; i++)
		if (turns_text(raw->values.p[i]))
			return ERR(err, INVALID, f->name,
			    "This holds invisible characters that turn the direction of text. "
			    "Please type it anew.");
	for (size_t i = 0; i < raw->files.n; i++)
		if (!utf8_is_text(raw->files.p[i].name) || turns_text(raw->files.p[i].name))
			return ERR(err, INVALID, f->name,
			    "The name of a file holds invisible characters. Please rename it and "
			    "choose it again.");
	return OK;
}

enum rc value_read(
    struct arena *a, const struct field *f, const struct raw *raw, struct value *v, struct err *err)
{
	bool one_line = f->type != FIELD_TEXT && f->type != FIELD_BLOCKS && f->type != FIELD_SECRET;

	for (size_t i = 0; i < raw->values.n; i++)
		if (!utf8_is_text(raw->values.p[i]))
			return ERR(
			    err, INVALID, f->name, "This holds bytes that are not text in UTF-8.");
	if (f->type != FIELD_TEXT && f->type != FIELD_BLOCKS && f->type != FIELD_SECRET)
		TRY(check_turns(f, raw, err));
	if (f->type == FIELD_FILES)
		return read_files(a, f, raw, v, err);
	if (f->type == FIELD_REFS || f->type == FIELD_ACTORS || f->type == FIELD_LINES)
		return read_list(a, f, raw, v, err);
	if (raw->values.n > 1 && f->type != FIELD_BOOL)
		return ERR(err, INVALID, f->name, "This field takes one value, not {0}.",
		    arena_printf(a, "%zu", raw->values.n));
	if (!raw->values.n)
		return OK;
	/* A form sends "0" before the "1" of a ticked box: the last one counts. */
	str last = raw->values.p[raw->values.n - 1];
	v->s = f->type == FIELD_SECRET ? last : text_normal(a, last, one_line);
	if (!v->s.n)
		return OK;
	v->set = true;
	return read_one(a, f, raw, v, err);
}
