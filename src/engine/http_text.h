/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * http_text: the small grammars of HTTP and forms, from text to values in an arena.
 *
 * Pure. Strict where a lenient reading could mean two things: a bad percent-encoding, an
 * encoded NUL or invalid UTF-8 is refused (false). Threads: any.
 */
#ifndef ENGINE_HTTP_TEXT_H
#define ENGINE_HTTP_TEXT_H

#include "engine/http.h"

/* "%C3%A9" as bytes; '+' is a space in queries and forms. False: not valid UTF-8 text. In arena. */
bool http_percent_decode(struct arena *a, str s, bool plus, str *out);
/*
 * The path of a request into q->segments. False for what is no path, and for "." and "..",
 * encoded or not: nobody needs them and two readers resolve them in two ways.
 */
bool http_parse_path(struct http_request *q);
/* "a=1&b=2" appended to *out. False also when there are more than HTTP_PAIRS. In arena. */
bool http_parse_pairs(struct arena *a, str s, http_pairs *out);
/* The value of a Cookie header, appended. What is no cookie is skipped. In arena. */
void http_parse_cookies(struct arena *a, str s, http_pairs *out);
/* The media type before the parameters, lower case. In arena. */
str http_media_type(struct arena *a, str value);
/* A parameter of a header's value (name="quoted" or token), or p == NULL. In arena. */
str http_parameter(struct arena *a, str value, str name);
/* True when this Accept-Encoding allows gzip. */
bool http_accepts_gzip(str value);
/* True when this If-None-Match names the tag (without quotes), or its gzip form. */
bool http_etag_matches(str value, str etag);

#define HTTP_PAIRS 2000

#endif
