/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The verb of captioners on this machine: standard input, or what a speech recogniser says of it,
 * goes to the server of a data folder. Each piece has a number and is sent until it is
 * acknowledged, so that a server that is away costs time and no words.
 */
#include "base/must.h"
#include "base/utf8.h"
#include "base/when.h"
#include "engine/local.h"
#include "main/captioner.h"
#include "main/cli.h"
#include "main/recogniser.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/poison.h"

#define PIECE   4096               /* bytes of a piece */
#define WAITING ((size_t)64 << 20) /* bytes that may wait for a server */
#define AGAIN   500                /* milliseconds between two tries */

struct piece {
	int64_t seq;
	str text;
};

struct captioning {
	struct arena *arena; /* of the whole run */
	struct captioner to;
	int64_t next; /* number of the next piece; 0: the server was not asked yet */
	VEC(struct piece) waiting;
	size_t sent;  /* of them */
	size_t bytes; /* that wait */
	bool in_line; /* the last line is not ended */
	bool told;    /* that the server is away, or why it refuses */
	bool noted;   /* that words are not kept */
	struct recogniser *recogniser;
};

/* In a break words are taken and not kept. */
static void note(struct captioning *x, str said)
{
	if (said.n && !x->noted)
		fprintf(stderr, "comity: %.*s\n", STR(said));
	x->noted = said.n > 0;
}

static enum rc ask(struct captioning *x, struct arena *a, const struct piece *piece,
    int64_t *number, struct err *err)
{
	struct captioner_said said = {0};
	enum rc rc = piece ? captioner_send(&x->to, a, piece->seq, piece->text, &said, err)
	                   : captioner_send(&x->to, a, 0, STR_EMPTY, &said, err);
	*number = said.number;
	if (piece && rc == OK)
		note(x, said.note);
	return rc;
}

/* --- what waits --- */

/* What may pass: a server that is away, a meeting that was not opened yet. */
static bool may_pass(enum rc rc)
{
	return rc == BUSY || rc == REFUSED || rc == FAULT;
}

static void tell(struct captioning *x, const struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	if (x->told)
		return;
	x->told = true;
	str text = err_text(err, a);
	fprintf(stderr, "comity: %.*s Trying again; nothing is lost.\n", STR(text));
}

/* Sends what waits until all is sent or somebody says no. */
static enum rc send_waiting(struct captioning *x, struct err *err)
{
	int64_t number;
	while (!x->next || x->sent < x->waiting.n) {
		AUTO_ARENA struct arena *a = arena_new(0);
		struct piece *p = x->next ? &x->waiting.p[x->sent] : NULL;
		enum rc rc = ask(x, a, p, &number, err);
		if (rc != OK) {
			/* The message lives as long as the answer. */
			for (size_t i = 0; i < ERR_ARGS; i++)
				err->arg[i] = arena_str(x->arena, err->arg[i]);
			return rc;
		}
		if (p) {
			x->bytes -= p->text.n;
			x->sent++;
		} else {
			x->next = number + 1;
			for (size_t i = 0; i < x->waiting.n; i++)
				x->waiting.p[i].seq = x->next++;
		}
		if (x->told)
			fprintf(stderr, "comity: the captions go on.\n");
		x->told = false;
	}
	return OK;
}

static void put(struct captioning *x, str text)
{
	struct buf b = buf_in(x->arena, 0);
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i]) /* NUL is no character of a text, and of JSON neither */
			buf_putc(&b, text.p[i]);
	if (!b.n)
		return;
	*vec_push(x->arena, &x->waiting) =
	    (struct piece){.seq = x->next ? x->next++ : 0, .text = buf_str(&b)};
	x->bytes += b.n;
	x->in_line = b.p[b.n - 1] != '\n';
}

/* --- what comes in --- */

/* How much of what came is whole characters; what is none is a replacement character. */
static str whole(struct captioning *x, str s, size_t *used)
{
	size_t good = utf8_good(s);
	*used = good;
	if (good == s.n || (s.n - good < 4 && good + 3 >= s.n))
		return str_head(s, good);
	*used = good + 1;
	return arena_printf(x->arena, "%.*s\xef\xbf\xbd", STR(str_head(s, good)));
}

struct input {
	int fd;
	char p[PIECE];
	size_t n;
	bool ended;
};

static void take_text(struct captioning *x, struct input *in)
{
	size_t used;
	str rest = str_from(in->p, in->n);
	do {
		put(x, whole(x, rest, &used));
		rest = str_skip(rest, used);
	} while (rest.n && used);
	for (size_t i = 0; i < rest.n; i++)
		in->p[i] = rest.p[i];
	in->n = rest.n;
}

static void take_lines(struct captioning *x, struct input *in)
{
	str rest = str_from(in->p, in->n);
	for (size_t end = str_find_char(rest, '\n'); end != SIZE_MAX;
	     end = str_find_char(rest, '\n')) {
		put(x, recogniser_piece(x->recogniser, x->arena, str_head(rest, end)));
		rest = str_skip(rest, end + 1);
	}
	for (size_t i = 0; i < rest.n; i++)
		in->p[i] = rest.p[i];
	in->n = rest.n == PIECE ? 0 : rest.n;
}

static void hear(struct captioning *x, struct input *in)
{
	ssize_t n = read(in->fd, in->p + in->n, PIECE - in->n);
	if (n < 0 && errno == EINTR)
		return;
	in->ended = n <= 0;
	in->n += n > 0 ? (size_t)n : 0;
	if (x->recogniser)
		take_lines(x, in);
	else
		take_text(x, in);
	/* What comes with another run is another line. */
	if (in->ended && x->in_line)
		put(x, S("\n"));
}

static enum rc run(struct captioning *x, struct input *in, struct err *err)
{
	while (!in->ended || !x->next || x->sent < x->waiting.n) {
		enum rc rc = send_waiting(x, err);
		if (rc != OK && !may_pass(rc))
			return rc;
		if (rc != OK)
			tell(x, err);
		err_clear(err);
		/* More than can be kept stays in the pipe. */
		bool hears = !in->ended && x->bytes < WAITING;
		struct pollfd ready = {.fd = hears ? in->fd : -1, .events = POLLIN};
		if (in->ended && rc == OK)
			continue;
		if (poll(&ready, 1, rc == OK ? -1 : AGAIN) > 0)
			hear(x, in);
	}
	return OK;
}

static enum rc read_options(struct captioning *x, struct cli_args *args, struct err *err)
{
	str source = cli_option(args, "source");
	TRY(local_path(args->arena, cli_word(args, 0), &x->to.path, err));
	x->to.group = cli_word(args, 1);
	x->to.lang = cli_option(args, "lang");
	x->to.source = source.p ? source : S("comity caption");
	if (!str_to_i64(cli_option(args, "meeting"), &x->to.meeting))
		return ERR(err, INVALID, "--meeting", "This is the number of a meeting.");
	if (!x->to.lang.n)
		return ERR(err, INVALID, "--lang", "Name the language: ar, en, es, fr, ru or zh.");
	return OK;
}

int cli_caption(struct cli_args *args)
{
	struct err err = {0};
	struct captioning x = {.arena = args->arena, .to.fd = -1};
	struct input in = {.fd = STDIN_FILENO};
	str asr = cli_option(args, "asr");
	(void)signal(SIGPIPE, SIG_IGN);
	if (read_options(&x, args, &err) != OK)
		return cli_fail(&err);
	if (asr.p && recogniser_start(args->arena, asr, &x.recogniser, &in.fd, &err) != OK)
		return cli_fail(&err);
	enum rc rc = run(&x, &in, &err);
	if (rc == OK)
		rc = recogniser_end(x.recogniser, &err);
	return rc == OK ? 0 : cli_fail(&err);
}
