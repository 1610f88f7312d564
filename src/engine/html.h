/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * html: the only way from values to markup.
 *
 * Pages are written by functions that tools/tplc made out of templates. The compiler
 * chooses the writer by place (text, attribute, link) and C chooses by type: text is
 * always escaped, a link accepts only `url`, ready markup only `html`, a `char *` is
 * accepted nowhere. Step of the flow: page. Threads: one at a time for each page_out.
 * Errors: none one by one; look at page_out_ok() once, at the end.
 */
#ifndef ENGINE_HTML_H
#define ENGINE_HTML_H

#include "base/buf.h"

/* An address that may stand in a link. Made only by the url_ functions below. */
typedef struct {
	str s;
} url;

/* Markup that may stand in text. Made only by html_from_renderer(). */
typedef struct {
	str s;
} html;

/* Where a page goes and in which language it speaks. All pointers borrowed. */
struct page_out {
	struct arena *arena; /* of the request */
	struct buf b;
	str lang; /* BCP 47 */
	str dir;  /* "ltr" or "rtl" */
	/* The message in the language of the reader, with {0}.. in place; NULL: English. */
	str (*translate)(const void *ctx, const char *msgid);
	/* The same for a message that counts; NULL: the English rule. */
	str (*translate_n)(const void *ctx, const char *one, const char *many, int64_t n);
	const void *translate_ctx;
};

/* A page in an arena; limit in bytes or 0. Speaks English until told otherwise. */
struct page_out page_out_in(struct arena *a, size_t limit);
/* True if every byte was taken and the arena is not spent. */
bool page_out_ok(const struct page_out *o);
/* What has been written. Borrowed until the next write. */
str page_out_str(const struct page_out *o);

/*
 * An address of our own: "/groups/a%20b/calls/7" from its pieces, each percent-encoded, so
 * that no piece can leave its place. An empty piece, "." and ".." become "-". None: "/". In arena.
 */
url url_path(struct arena *a, const str *pieces, size_t n);
/* URL(a, S("groups"), slug) */
#define URL(a, ...) \
	url_path((a), (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))
/* u with key=value added behind '?' or '&' (before a fragment), both percent-encoded. In arena. */
url url_query(struct arena *a, url u, str key, str value);
/* u with #id in place of its fragment; an empty u gives a place on the same page. In arena. */
url url_fragment(struct arena *a, url u, str id);
/* An address that a person gave: http, https or mailto, without control characters, spaces,
 * backslashes or a user name before the host. False: not one. In arena. */
bool url_external(struct arena *a, str s, url *out);
/* True for an address of this server: such as url_path() makes. */
bool url_is_own(url u);

/* For the document renderer alone: says that s is well-formed, safe markup. Borrowed. */
html html_from_renderer(str s);

/* The writers that templates compile to. Not for use by hand. */
void out_lit(struct page_out *o, str markup);
void out_text(struct page_out *o, str s);
void out_html(struct page_out *o, html h);
void out_i64(struct page_out *o, int64_t v);
void out_u64(struct page_out *o, uint64_t v);
void out_attr(struct page_out *o, str s);
/* Any url; an own url only (anything else becomes "#"). */
void out_link(struct page_out *o, url u);
void out_link_own(struct page_out *o, url u);
str out_str_same(struct page_out *o, str s);
str out_str_i64(struct page_out *o, int64_t v);
str out_str_u64(struct page_out *o, uint64_t v);
/* s between U+2068 and U+2069, so that its direction does not disturb its neighbours. In arena. */
str out_isolate(struct page_out *o, str s);
/* Translated messages, arguments put in, escaped as a whole (safe in text and attribute). */
void out_t(struct page_out *o, const char *msgid, const str *args, size_t n);
void out_tn(struct page_out *o, const char *one, const char *many, int64_t count, const str *args,
    size_t n);

#define OUT_NUMBERS_(i, u)                                                                       \
	signed char : i,                                                                         \
	              short : i,                                                                 \
	                      int : i,                                                           \
	                            long : i,                                                    \
	                                   long long : i,                                        \
	                                               unsigned char : u,                        \
	                                                               unsigned short : u,       \
	                                                                                unsigned \
	    : u,                                                                                 \
	      unsigned long : u,                                                                 \
	                      unsigned long long : u
#define OUT_TEXT(o, x) \
	_Generic((x), str : out_text, html : out_html, OUT_NUMBERS_(out_i64, out_u64))((o), (x))
/* Inside a quoted attribute, a title, an option or a textarea: no markup. */
#define OUT_ATTR(o, x)     _Generic((x), str : out_attr, OUT_NUMBERS_(out_i64, out_u64))((o), (x))
#define OUT_LINK(o, x)     _Generic((x), url : out_link)((o), (x))
#define OUT_LINK_OWN(o, x) _Generic((x), url : out_link_own)((o), (x))
/* The argument of a message. */
#define OUT_STR(o, x) \
	_Generic((x), str : out_str_same, OUT_NUMBERS_(out_str_i64, out_str_u64))((o), (x))

#endif
