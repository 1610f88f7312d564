/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/entry.h"

#include "record/media.h"

#include "base/poison.h"

#define FORMAT_LINE "comity-entry/v1\n"
#define TIME_TEXT   24

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool entry_type_ok(str s)
{
	if (s.n == 0 || s.n > ENTRY_TYPE)
		return false;
	bool word_begins = true;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (word_begins ? !is_lower(c)
		                : !is_lower(c) && !is_digit(c) && c != '_' && c != '.')
			return false;
		word_begins = c == '.';
	}
	return !word_begins;
}

bool entry_key_ok(str s)
{
	if (s.n == 0 || s.n > ENTRY_KEY)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool ok = is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z') || c == '.' ||
		          c == '_' || c == ':' || c == '-';
		if (!ok)
			return false;
	}
	return true;
}

bool entry_origin_ok(str s)
{
	if (s.n < 3 || s.n > ORIGIN_MAX || s.p[0] == '/' || s.p[s.n - 1] == '/')
		return false;
	bool slash = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!is_lower(c) && !is_digit(c) && c != '.' && c != '_' && c != ':' && c != '-' &&
		    c != '/')
			return false;
		slash = slash || c == '/';
	}
	return slash;
}

bool entry_number_parse(str s, int64_t *out)
{
	if (s.n == 0 || s.n > 15 || (s.n > 1 && s.p[0] == '0'))
		return false;
	int64_t v = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			return false;
		v = v * 10 + (s.p[i] - '0');
	}
	*out = v;
	return true;
}

/* Takes the line "NAME VALUE\n" off *rest; false (and nothing taken) when another line stands
 * there. */
static bool take(str *rest, str name, str *value)
{
	if (rest->n < name.n + 2 || !str_starts(*rest, name) || rest->p[name.n] != ' ')
		return false;
	str after = str_skip(*rest, name.n + 1);
	size_t end = str_find_char(after, '\n');
	if (end == SIZE_MAX)
		return false;
	*value = str_head(after, end);
	*rest = str_skip(after, end + 1);
	return true;
}

#define BAD(field) \
	ERR(err, INVALID, field, "The entry's line \"{0}\" is missing or malformed.", S(field))

static enum rc read_place(str *rest, struct entry *out, struct err *err)
{
	str v;
	if (!take(rest, S("log"), &out->log) || !entry_origin_ok(out->log))
		return BAD("log");
	if (!take(rest, S("seq"), &v) || !entry_number_parse(v, &out->seq))
		return BAD("seq");
	if (!take(rest, S("time"), &v) || v.n != TIME_TEXT)
		return BAD("time");
	TRY(when_parse(v, "time", &out->time, err));
	if (!take(rest, S("prev"), &v) || !digest_parse(v, &out->prev))
		return BAD("prev");
	return OK;
}

static enum rc read_act(str *rest, struct entry *out, struct err *err)
{
	str v;
	if (!take(rest, S("type"), &out->type) || !entry_type_ok(out->type))
		return BAD("type");
	if (!take(rest, S("actor"), &v) || !actor_parse(v, &out->actor))
		return BAD("actor");
	if (!take(rest, S("key"), &out->key) || !entry_key_ok(out->key))
		return BAD("key");
	return OK;
}

static enum rc read_refs(str *rest, struct entry *out, struct err *err)
{
	str v;
	while (take(rest, S("ref"), &v)) {
		int64_t ref;
		if (out->refs == ENTRY_REFS || !entry_number_parse(v, &ref) || ref >= out->seq)
			return BAD("ref");
		for (size_t i = 0; i < out->refs; i++)
			if (out->ref[i] == ref)
				return BAD("ref");
		out->ref[out->refs++] = ref;
	}
	return OK;
}

static enum rc read_parts(str *rest, struct entry *out, struct err *err)
{
	str v;
	while (take(rest, S("part"), &v)) {
		if (out->parts == ENTRY_PARTS)
			return BAD("part");
		struct entry_part *part = &out->part[out->parts++];
		size_t space = str_find_char(v, ' ');
		part->media = str_head(v, space);
		if (space == SIZE_MAX || !media_ok(part->media) ||
		    !digest_parse(str_skip(v, space + 1), &part->commitment))
			return BAD("part");
	}
	return OK;
}

enum rc entry_parse(str text, struct entry *out, struct err *err)
{
	*out = (struct entry){0};
	if (text.n > ENTRY_MAX)
		return ERR(err, INVALID, "entry", "The entry is longer than 8 KiB.");
	if (!str_starts(text, S(FORMAT_LINE)))
		return ERR(err, INVALID, "format", "This is not an entry of version 1.");
	str rest = str_skip(text, sizeof FORMAT_LINE - 1);
	TRY(read_place(&rest, out, err));
	TRY(read_act(&rest, out, err));
	TRY(read_refs(&rest, out, err));
	TRY(read_parts(&rest, out, err));
	str v;
	out->has_state = take(&rest, S("state"), &v);
	if (out->has_state && !digest_parse(v, &out->state))
		return BAD("state");
	if (rest.n)
		return ERR(err, INVALID, "entry", "The entry has an unknown or misplaced line.");
	return OK;
}

static void write_line(struct buf *b, str name, str value)
{
	buf_put(b, name);
	buf_put(b, value);
	buf_putc(b, '\n');
}

static void write_digest(struct buf *b, str name, digest d)
{
	buf_put(b, name);
	digest_write(b, d);
	buf_putc(b, '\n');
}

static void write_number(struct buf *b, str name, int64_t v)
{
	buf_put(b, name);
	buf_put_i64(b, v);
	buf_putc(b, '\n');
}

void entry_write(struct buf *b, const struct entry *e)
{
	buf_put(b, S(FORMAT_LINE));
	write_line(b, S("log "), e->log);
	write_number(b, S("seq "), e->seq);
	buf_put(b, S("time "));
	when_write(b, e->time);
	buf_putc(b, '\n');
	write_digest(b, S("prev "), e->prev);
	write_line(b, S("type "), e->type);
	buf_put(b, S("actor "));
	actor_write(b, e->actor);
	buf_putc(b, '\n');
	write_line(b, S("key "), e->key);
	for (size_t i = 0; i < e->refs; i++)
		write_number(b, S("ref "), e->ref[i]);
	for (size_t i = 0; i < e->parts; i++) {
		buf_put(b, S("part "));
		buf_put(b, e->part[i].media);
		buf_putc(b, ' ');
		digest_write(b, e->part[i].commitment);
		buf_putc(b, '\n');
	}
	if (e->has_state)
		write_digest(b, S("state "), e->state);
}
