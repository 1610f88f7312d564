/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/say.h"

#include "base/buf.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/poison.h"

/* Part of the sealed configuration: set once, at start. */
static _Atomic enum say_level most_detail = SAY_NOTICE;

void say_set_level(enum say_level most)
{
	atomic_store(&most_detail, most);
}

bool say_wants(enum say_level level)
{
	return level <= atomic_load(&most_detail);
}

static const char *level_name(enum say_level level)
{
	switch (level) {
	case SAY_ERROR:
		return "error";
	case SAY_NOTICE:
		return "notice";
	case SAY_DEBUG:
		return "debug";
	}
	return "?";
}

void say(enum say_level level, const char *event, const char *fmt, ...)
{
	char line[1024]; /* one write a line, so that threads do not mix theirs */
	va_list ap;

	if (!say_wants(level))
		return;
	int n = snprintf(line, sizeof line - 1, "level=%s event=%s ", level_name(level), event);
	va_start(ap, fmt);
	int m = vsnprintf(line + n, sizeof line - 1 - (size_t)n, fmt, ap);
	va_end(ap);
	size_t len = (size_t)n + (size_t)(m > 0 ? m : 0);
	if (len > sizeof line - 2)
		len = sizeof line - 2;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)line[i] < 0x20)
			line[i] = ' ';
	line[len] = '\n';
	if (write(STDERR_FILENO, line, len + 1) < 0)
		return; /* nobody is left to be told */
}

void say_err(const char *event, const struct err *e)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf way = buf_in(a, 0);
	for (int i = 0; i < e->places; i++) {
		buf_sep(&way, S("<"));
		buf_put(&way, str_of(e->place[i]));
	}
	str text = err_text(e, a), at = buf_str(&way);
	say(e->code == FAULT ? SAY_ERROR : SAY_NOTICE, event,
	    "code=%s at=%.*s line=%d msg=\"%.*s\"", rc_name(e->code), STR(at), e->line, STR(text));
}
