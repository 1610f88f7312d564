/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/guard.h"

#include "base/poison.h"

#define METHOD_MAX    20
#define CHUNK_DIGITS  8
#define LENGTH_DIGITS 15

enum state {
	ST_START,
	ST_START_LF,
	ST_METHOD,
	ST_TARGET,
	ST_VERSION,
	ST_LINE_LF,
	ST_FIELD,
	ST_NAME,
	ST_VALUE_BEFORE,
	ST_VALUE,
	ST_VALUE_LF,
	ST_END_LF,
	ST_BODY,
	ST_CHUNK_SIZE,
	ST_CHUNK_SIZE_LF,
	ST_CHUNK,
	ST_CHUNK_CR,
	ST_CHUNK_LF,
	ST_BROKEN,
};

/* RFC 9110 5.6.2 tchar. */
static bool is_token(unsigned char c)
{
	if (c >= 'a' && c <= 'z')
		return true;
	if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
		return true;
	return c != 0 && strchr("!#$%&'*+-.^_`|~", c) != NULL;
}

/* What may stand in a field value: everything but controls; tab is white space. */
static bool is_value(unsigned char c)
{
	return (c >= 0x20 && c != 0x7f) || c == '\t';
}

static char lower(unsigned char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static int refuse(struct guard *g, int status, const char *why)
{
	g->state = ST_BROKEN;
	g->refusal = status;
	g->reason = why;
	return status;
}

static void begin_head(struct guard *g)
{
	g->state = ST_START;
	g->left = g->body = g->length = 0;
	g->head = g->target = g->fields = g->seen = 0;
	g->trailer = g->bodiless = g->old = g->chunked = g->blank = false;
	g->n = 0;
}

void guard_init(struct guard *g, const struct guard_limits *limits)
{
	*g = (struct guard){.limits = *limits};
	begin_head(g);
}

enum guard_phase guard_phase(const struct guard *g)
{
	if (g->state == ST_BROKEN)
		return GUARD_BROKEN;
	if (g->state == ST_START && !g->blank)
		return GUARD_IDLE;
	return g->trailer || g->state >= ST_BODY ? GUARD_BODY : GUARD_HEAD;
}

/* --- the request line --------------------------------------------------------------- */

static int end_method(struct guard *g)
{
	str method = {g->name, g->n};

	g->bodiless = str_is(method, "GET") || str_is(method, "HEAD");
	g->state = ST_TARGET;
	g->n = 0;
	return 0;
}

static int feed_method(struct guard *g, unsigned char c)
{
	if (c == ' ' && g->n > 0)
		return end_method(g);
	if (!is_token(c))
		return refuse(g, 400, "method");
	if (g->n == METHOD_MAX)
		return refuse(g, 501, "method too long");
	g->name[g->n++] = (char)c;
	return 0;
}

static int feed_target(struct guard *g, unsigned char c)
{
	if (c == ' ' && g->target > 0) {
		g->state = ST_VERSION;
		return 0;
	}
	/* A fragment is never sent; whoever sends one hopes that two readers disagree. */
	if (c <= 0x20 || c >= 0x7f || c == '#')
		return refuse(g, 400, "target");
	if (++g->target > g->limits.target)
		return refuse(g, 414, "target too long");
	return 0;
}

static int feed_version(struct guard *g, unsigned char c)
{
	static const char want[] = "HTTP/d.d";

	if (g->n < sizeof want - 1) {
		bool digit = c >= '0' && c <= '9';
		if (want[g->n] == 'd' ? !digit : (char)c != want[g->n])
			return refuse(g, 400, "version");
		g->name[g->n++] = (char)c;
		return 0;
	}
	if (c != '\r')
		return refuse(g, 400, "end of the request line");
	str version = {g->name, g->n};
	g->old = str_is(version, "HTTP/1.0");
	if (!g->old && !str_is(version, "HTTP/1.1"))
		return refuse(g, 505, "version not spoken");
	g->state = ST_LINE_LF;
	return 0;
}

/* --- fields -------------------------------------------------------------------------- */

static void name_field(struct guard *g)
{
	static const char *const single[] = {"content-type", "authorization", "cookie", "origin",
	    "if-none-match", "content-encoding"};
	str name = {g->name, g->n};

	g->field = GUARD_OTHER;
	if (str_is(name, "host"))
		g->field = GUARD_HOST;
	else if (str_is(name, "content-length"))
		g->field = GUARD_LENGTH;
	else if (str_is(name, "transfer-encoding"))
		g->field = GUARD_CODING;
	else if (str_is(name, "expect"))
		g->field = GUARD_EXPECT;
	for (unsigned i = 0; g->field == GUARD_OTHER && i < sizeof single / sizeof *single; i++) {
		if (str_is(name, single[i])) {
			g->field = GUARD_SINGLE;
			g->single = (uint16_t)(1u << i);
		}
	}
}

/* Notes a field that may stand only once; false the second time. */
static bool first_time(struct guard *g)
{
	uint32_t bit = g->field == GUARD_SINGLE ? (uint32_t)g->single << 8 : 1u << g->field;
	bool first = (g->seen & bit) == 0;

	g->seen |= bit;
	return first;
}

static int end_name(struct guard *g)
{
	name_field(g);
	g->n = 0;
	g->state = ST_VALUE_BEFORE;
	if (++g->fields > g->limits.fields)
		return refuse(g, 431, "too many fields");
	if (g->field == GUARD_OTHER)
		return 0;
	if (g->trailer)
		return refuse(g, 400, "field not allowed in a trailer");
	if (!first_time(g))
		return refuse(g, 400, "field given twice");
	return 0;
}

static int feed_name(struct guard *g, unsigned char c)
{
	if (c == ':' && g->n > 0)
		return end_name(g);
	if (!is_token(c))
		return refuse(g, 400, "field name");
	/* A name longer than any that we know is not kept whole, so it can match none. */
	if (g->n < GUARD_NAME)
		g->name[g->n++] = lower(c);
	return 0;
}

static int feed_field(struct guard *g, unsigned char c)
{
	if (c == '\r') {
		g->state = ST_END_LF;
		return 0;
	}
	if (c == ' ' || c == '\t')
		return refuse(g, 400, "folded field");
	g->n = 0;
	g->state = ST_NAME;
	return feed_name(g, c);
}

static bool digits(str s, size_t most, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*out = *out * 10 + (uint64_t)(s.p[i] - '0');
	}
	return s.n > 0 && s.n <= most;
}

/* Letters, digits and what else a name, an IPv4 or [IPv6] address and a port need. */
static bool is_host(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool letter = (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
		if (!letter && strchr("-._:[]", c) == NULL)
			return false;
	}
	return s.n > 0 && s.n < GUARD_VALUE && s.p[0] != ':';
}

static int end_value(struct guard *g)
{
	str value = str_trim((str){g->value, g->n});

	switch (g->field) {
	case GUARD_HOST:
		return is_host(value) ? 0 : refuse(g, 400, "host");
	case GUARD_LENGTH:
		return digits(value, LENGTH_DIGITS, &g->length) ? 0 : refuse(g, 400, "length");
	case GUARD_CODING:
		g->chunked = str_eq_nocase(value, S("chunked"));
		return g->chunked ? 0 : refuse(g, 501, "transfer coding");
	case GUARD_EXPECT:
		if (str_eq_nocase(value, S("100-continue")))
			return 0;
		return refuse(g, 417, "expectation");
	case GUARD_OTHER:
	case GUARD_SINGLE:
		return 0;
	}
	return 0;
}

static int feed_value(struct guard *g, unsigned char c)
{
	if (c == '\r') {
		g->state = ST_VALUE_LF;
		return end_value(g);
	}
	if (!is_value(c))
		return refuse(g, 400, "field value");
	if (g->state == ST_VALUE_BEFORE && (c == ' ' || c == '\t'))
		return 0;
	g->state = ST_VALUE;
	if (g->field == GUARD_OTHER || g->field == GUARD_SINGLE)
		return 0;
	if (g->n == GUARD_VALUE)
		return refuse(g, 400, "field value too long");
	g->value[g->n++] = (char)c;
	return 0;
}

/* --- the end of a head ---------------------------------------------------------------- */

static void end_request(struct guard *g)
{
	g->requests++;
	begin_head(g);
}

static int end_head(struct guard *g)
{
	bool has_length = g->seen & (1u << GUARD_LENGTH);

	if (g->trailer) {
		end_request(g);
		return 0;
	}
	if (!g->old && !(g->seen & (1u << GUARD_HOST)))
		return refuse(g, 400, "no host");
	if (g->chunked && has_length)
		return refuse(g, 400, "length and chunks");
	if (g->chunked && g->old)
		return refuse(g, 400, "chunks in HTTP/1.0");
	if (g->bodiless && (g->chunked || g->length > 0))
		return refuse(g, 400, "body of a GET");
	g->heads++;
	g->left = g->length;
	g->n = 0;
	if (g->chunked)
		g->state = ST_CHUNK_SIZE;
	else if (g->left > 0)
		g->state = ST_BODY;
	else
		end_request(g);
	return 0;
}

/* --- chunks ---------------------------------------------------------------------------- */

/* Extensions are refused: the library below does not read them as RFC 9112 does. */
static int feed_chunk_size(struct guard *g, unsigned char c)
{
	char l = lower(c);
	bool decimal = c >= '0' && c <= '9';

	if (c == '\r' && g->n > 0) {
		g->state = ST_CHUNK_SIZE_LF;
		return 0;
	}
	if (!decimal && (l < 'a' || l > 'f'))
		return refuse(g, 400, "chunk size");
	if (g->n == CHUNK_DIGITS)
		return refuse(g, 400, "chunk size too long");
	g->n++;
	g->left = g->left * 16 + (uint64_t)(decimal ? l - '0' : l - 'a' + 10);
	return 0;
}

static int begin_chunk(struct guard *g)
{
	if (g->left > 0) {
		g->state = ST_CHUNK;
		return 0;
	}
	g->trailer = true;
	g->head = g->fields = 0;
	g->state = ST_FIELD;
	return 0;
}

/* --- the machine ------------------------------------------------------------------------ */

static int want_lf(struct guard *g, unsigned char c, int next)
{
	if (c != '\n')
		return refuse(g, 400, "bare CR");
	g->state = next;
	return 0;
}

static int feed_start(struct guard *g, unsigned char c)
{
	/* RFC 9112 2.2: one empty line before a request line is forgiven. */
	if (c == '\r' && !g->blank) {
		g->blank = true;
		g->state = ST_START_LF;
		return 0;
	}
	g->n = 0;
	g->state = ST_METHOD;
	return feed_method(g, c);
}

static int feed_byte(struct guard *g, unsigned char c)
{
	switch ((enum state)g->state) {
	case ST_START:
		return feed_start(g, c);
	case ST_START_LF:
		return want_lf(g, c, ST_START);
	case ST_METHOD:
		return feed_method(g, c);
	case ST_TARGET:
		return feed_target(g, c);
	case ST_VERSION:
		return feed_version(g, c);
	case ST_LINE_LF:
	case ST_VALUE_LF:
		return want_lf(g, c, ST_FIELD);
	case ST_FIELD:
		return feed_field(g, c);
	case ST_NAME:
		return feed_name(g, c);
	case ST_VALUE_BEFORE:
	case ST_VALUE:
		return feed_value(g, c);
	case ST_END_LF:
		return c == '\n' ? end_head(g) : refuse(g, 400, "bare CR");
	case ST_CHUNK_SIZE:
		return feed_chunk_size(g, c);
	case ST_CHUNK_SIZE_LF:
		return c == '\n' ? begin_chunk(g) : refuse(g, 400, "bare CR");
	case ST_CHUNK_CR:
		if (c != '\r')
			return refuse(g, 400, "chunk longer than its size");
		g->state = ST_CHUNK_LF;
		return 0;
	case ST_CHUNK_LF:
		g->left = 0;
		g->n = 0;
		return want_lf(g, c, ST_CHUNK_SIZE);
	case ST_BODY:
	case ST_CHUNK:
	case ST_BROKEN:
		break;
	}
	return refuse(g, 400, "state");
}

/* Bytes of a body are only counted. Returns how many of n belong to it. */
static size_t skip_body(struct guard *g, size_t n)
{
	size_t take = g->left < n ? (size_t)g->left : n;

	g->left -= take;
	g->body += take;
	if (g->left > 0)
		return take;
	if (g->state == ST_CHUNK)
		g->state = ST_CHUNK_CR;
	else
		end_request(g);
	return take;
}

/* The long middle of an uninteresting value, as far as it goes. */
static size_t skip_value(const struct guard *g, const unsigned char *p, size_t n)
{
	size_t i = 0;

	if (g->state != ST_VALUE || (g->field != GUARD_OTHER && g->field != GUARD_SINGLE))
		return 0;
	while (i < n && p[i] >= 0x20 && p[i] != 0x7f)
		i++;
	return i;
}

int guard_feed(struct guard *g, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n && g->refusal == 0;) {
		if (g->state == ST_BODY || g->state == ST_CHUNK) {
			i += skip_body(g, n - i);
			continue;
		}
		/* Sizes of chunks do not count; the trailer counts as a head of its own. */
		bool in_head = g->state <= ST_END_LF;
		size_t room = g->limits.head - g->head;
		size_t skipped = in_head ? skip_value(g, p + i, n - i < room ? n - i : room) : 0;
		g->head += (uint32_t)skipped;
		i += skipped;
		if (i == n)
			break;
		if (in_head && ++g->head > g->limits.head)
			return refuse(g, 431, "head too large");
		(void)feed_byte(g, p[i++]);
	}
	return g->refusal;
}
