/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/page.h"

#include "engine/i18n.h"
#include "engine/room.h"
#include "engine/web_inner.h"

#include "base/poison.h"

str page_arg(const struct page *p, const char *name)
{
	return route_arg(&p->request->args, str_of(name));
}

enum rc page_arg_i64(const struct page *p, const char *name, int64_t *out, struct err *err)
{
	str s = page_arg(p, name);
	if (!str_to_i64(s, out) || *out < 0)
		return ERR(err, ABSENT, NULL, "There is no page at this address.");
	return OK;
}

str page_param(const struct page *p, const char *name)
{
	str v = http_param(p->request->q, str_of(name));
	return v.p ? v : http_field(p->request->q, str_of(name));
}

enum rc page_part(struct page *p, int64_t seq, size_t part, str *bytes, struct err *err)
{
	struct store_part found;
	TRY(log_part_read(p->store, p->arena, p->origin, seq, part, &found, err));
	if (found.erased)
		return ERR(err, ABSENT, NULL, "This was erased from the record; entry {0} remains.",
		    page_i64(p, seq));
	*bytes = found.body;
	return OK;
}

void page_title(struct page *p, str title)
{
	p->title = title;
}

void page_fact(struct page *p, const char *name, struct json *v)
{
	json_put(p->facts, str_of(name), v);
}

bool page_is_data(const struct page *p)
{
	return p->request->json;
}

bool page_has_sound(const struct page *p)
{
	return audio_is_up(p->request->web->audio);
}

bool page_has_relay(const struct page *p)
{
	return p->request->web->conf.relay.addresses.n > 0;
}

struct page_out page_piece(const struct page *p, size_t limit)
{
	struct page_out o = p->out;
	o.b = buf_in(p->arena, limit);
	return o;
}

str page_t(const struct page *p, const char *english)
{
	return i18n_get(p->viewer.lang, english);
}

str page_say(const struct page *p, const char *english, str first, str second)
{
	return err_fill(p->arena, page_t(p, english), (const str[]){first, second}, 2);
}

const struct rooms *page_rooms(const struct page *p)
{
	return p->request->web->conf.rooms;
}

bool page_may(const struct page *p, unsigned roles)
{
	return (p->viewer.roles & roles) != 0;
}

str page_token(struct page *p)
{
	web_tie(p);
	return p->request->csrf;
}

bool page_may_do(const struct page *p, const char *command)
{
	const struct command *c = rooms_command(p->request->web->conf.rooms, str_of(command), NULL);
	return c && page_may(p, c->may);
}

url page_url_(const struct page *p, const str *pieces, size_t n)
{
	str all[12] = {S("g"), p->group.slug};
	for (size_t i = 0; i < n && i + 2 < sizeof all / sizeof all[0]; i++)
		all[i + 2] = pieces[i];
	return url_path(p->arena, all, n + 2);
}

url page_path(const struct page *p, str slug, str path)
{
	VEC(str) pieces = {0};
	str piece, rest, name;
	size_t hash = str_find_char(path, '#');
	str query = str_head(path, hash);
	(void)str_cut(&query, '?', &rest);
	*vec_push(p->arena, &pieces) = S("g");
	*vec_push(p->arena, &pieces) = slug;
	while (rest.n && str_cut(&rest, '/', &piece))
		*vec_push(p->arena, &pieces) = piece;
	url u = url_path(p->arena, pieces.p, pieces.n);
	if (str_cut(&query, '=', &name))
		u = url_query(p->arena, u, name, query);
	return hash == SIZE_MAX ? u : url_fragment(p->arena, u, str_skip(path, hash + 1));
}

str page_whole_url(const struct page *p, url u)
{
	return arena_printf(p->arena, "%.*s%.*s", STR(p->site), STR(u.s));
}

str page_i64(const struct page *p, int64_t v)
{
	return arena_printf(p->arena, "%lld", (long long)v);
}

url page_record_url(const struct page *p, int64_t seq)
{
	return page_url(p, S("record"), page_i64(p, seq));
}

url page_do_url(const struct page *p, const char *command, const char *name, int64_t value)
{
	url u = p->group.slug.n ? page_url(p, S("do"), str_of(command))
	                        : URL(p->arena, S("do"), str_of(command));
	return name ? url_query(p->arena, u, str_of(name), page_i64(p, value)) : u;
}

static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December"};

/* A message of its own for the first day, which is "1er" in French. */
static str civil_date(const struct page *p, struct civil c)
{
	const str args[] = {
	    page_i64(p, c.day), page_t(p, months[c.month - 1]), page_i64(p, c.year)};
	return err_fill(
	    p->arena, c.day == 1 ? page_t(p, "1 {1} {2}") : page_t(p, "{0} {1} {2}"), args, 3);
}

str page_date(const struct page *p, usec t)
{
	return civil_date(p, when_civil(t));
}

str page_time(const struct page *p, usec t)
{
	str zone = p->group.zone.n ? p->group.zone : S("UTC");
	struct civil c = when_in_zone(t, zone);
	str city = zone, piece, rest = zone;
	while (str_cut(&rest, '/', &piece))
		city = piece;
	const str args[] = {
	    civil_date(p, c), arena_printf(p->arena, "%02d:%02d", c.hour, c.minute), city};
	return err_fill(p->arena, page_t(p, "{0}, {1} ({2})"), args, 3);
}

str page_iso(const struct page *p, usec t)
{
	struct buf b = buf_in(p->arena, 0);
	when_write(&b, t);
	return buf_str(&b);
}

str page_media(const struct page *p, str media_type)
{
	static const struct {
		const char *type;
		const char *label;
	} labels[] = {
	    {"application/pdf", "PDF"},
	    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	        "Word document"},
	    {"application/vnd.oasis.opendocument.text", "OpenDocument text"},
	    {"text/markdown", "Markdown"},
	    {"text/plain", "Plain text"},
	};
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
		if (str_is(media_type, labels[i].type))
			return page_t(p, labels[i].label);
	return media_type;
}

str page_size(const struct page *p, int64_t bytes)
{
	if (bytes < 1024)
		return arena_printf(p->arena, "%lld B", (long long)bytes);
	if (bytes < 1024 * 1024)
		return arena_printf(p->arena, "%lld KiB", (long long)(bytes + 1023) / 1024);
	return arena_printf(p->arena, "%lld.%lld MiB", (long long)(bytes >> 20),
	    (long long)((bytes & 0xFFFFF) * 10 >> 20));
}
