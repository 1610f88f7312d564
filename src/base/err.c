/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/err.h"

#include "base/buf.h"

#include "base/poison.h"

void err_note(struct err *e, enum rc code, const char *field, const char *msg, const str *args,
    size_t n, const char *func, int line)
{
	if (!e)
		return;
	*e = (struct err){.code = code, .msg = msg, .field = field, .line = line};
	e->place[e->places++] = func;
	for (size_t i = 0; i < ERR_ARGS; i++)
		e->arg[i] = i < n ? args[i] : STR_EMPTY;
}

enum rc err_says(struct err *e, unsigned i, enum rc code)
{
	if (e)
		e->says |= 1U << i;
	return code;
}

void err_pass(struct err *e, const char *func)
{
	if (e && e->places < ERR_TRACE)
		e->place[e->places++] = func;
}

void err_clear(struct err *e)
{
	*e = (struct err){0};
}

str err_fill(struct arena *a, str msg, const str *args, size_t n)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < msg.n; i++) {
		size_t k = i + 2 < msg.n && msg.p[i] == '{' && msg.p[i + 2] == '}'
		               ? (size_t)(unsigned char)(msg.p[i + 1] - '0')
		               : SIZE_MAX;
		if (k < n) {
			buf_put(&b, args[k]);
			i += 2;
		} else {
			buf_putc(&b, msg.p[i]);
		}
	}
	return buf_str(&b);
}

str err_text(const struct err *e, struct arena *a)
{
	return err_fill(a, str_of(e->msg), e->arg, ERR_ARGS);
}

static const struct {
	const char *name;
	int http, exit;
} door[] = {
    [OK] = {"ok", 200, 0},
    [INVALID] = {"invalid", 422, 2},
    [REFUSED] = {"refused", 409, 3},
    [DENIED] = {"denied", 403, 4},
    [ABSENT] = {"absent", 404, 5},
    [CONFLICT] = {"conflict", 409, 6},
    [BUSY] = {"busy", 503, 7},
    [FAULT] = {"fault", 500, 70},
};

int rc_http(enum rc code)
{
	return door[code].http;
}

int rc_exit(enum rc code)
{
	return door[code].exit;
}

const char *rc_name(enum rc code)
{
	return door[code].name;
}
