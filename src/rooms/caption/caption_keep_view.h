/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * caption_keep_view: live captions, from the pieces that come to the lines that are kept, and from
 * these into the record (doc/decisions/0018).
 *
 * Threads: that of the db; changing, the writer's only, inside its transaction.
 */
#ifndef ROOMS_CAPTION_CAPTION_KEEP_VIEW_H
#define ROOMS_CAPTION_CAPTION_KEEP_VIEW_H

#include "engine/room.h"

#define CAPTION_LOOSE  (30 * USEC_SECOND)  /* so long after its last change a line may change */
#define CAPTION_GATHER (300 * USEC_SECOND) /* lines of an open meeting are taken so often */
#define CAPTION_PIECE  ((size_t)16 << 10)  /* bytes of a piece, at most */
#define CAPTION_EARLY  64                  /* pieces that may come before the one that is missing */
#define CAPTION_GAP    (5 * USEC_SECOND)   /* so long a missing piece is waited for */

/* Where pieces come from. */
struct caption_where {
	int64_t grp, meeting;
	str slug, lang;
	str source; /* "c:7" a connection, "p:m_..." a person, "l:NAME" a program of this machine */
};

/* The address of the channel. In arena. */
str caption_channel(struct arena *a, str slug, int64_t meeting, str lang);
/* What is said of a line beside its words, as members of a JSON object. In arena. */
str caption_line_head(struct arena *a, str speaker, int64_t item, usec began);
/*
 * The line as it is shown, without its ">> NAME:"; a turn without a name is whose floor it is, a
 * note ("(applause)") nobody's.
 */
void caption_line_shown(str text, str floor, str proposed, str *speaker, str *words);

/*
 * Keeps a piece. A piece that came before is acknowledged again; one that came early waits for
 * those before it, but no longer than CAPTION_GAP: then what waits is put in its place, and the
 * missing one goes to the end if it comes yet. *last: the number up to which all pieces have come.
 * In a break, and in a sitting that leaves no transcript, it is acknowledged and its words are
 * dropped; c->note says so. INVALID: not UTF-8, too long, or no number. REFUSED: the meeting was
 * not opened, is not public, or its transcript is final. CONFLICT: other words came under this
 * number, or too many came early.
 */
enum rc caption_keep(struct inlet_call *c, const struct group *g, const struct caption_where *w,
    int64_t seq, str piece, int64_t *last, struct err *err) MUST_USE;
/* A source that has waited too long for a missing piece; *next: when to ask again if none has. */
enum rc caption_gap_next(struct db *db, struct arena *a, usec now, struct caption_where *out,
    bool *found, usec *next, struct err *err) MUST_USE;
/* It goes on without it. */
enum rc caption_gap_close(struct inlet_call *c, const struct group *g,
    const struct caption_where *w, struct err *err) MUST_USE;
/* The number up to which all pieces of the source have come; 0: none came. */
enum rc caption_kept_up_to(struct db *db, struct arena *a, const struct caption_where *w,
    int64_t *last, struct err *err) MUST_USE;
/* Backspaces that take the last line of the source back, while it may change; else "". In arena. */
enum rc caption_keep_undo(
    struct inlet_call *c, const struct caption_where *w, str *piece, struct err *err) MUST_USE;

/* ABSENT: there is no group of that slug. */
enum rc caption_find_group(
    struct db *db, struct arena *a, str slug, int64_t *grp, struct err *err) MUST_USE;

/* Parts of struct kept. */
extern const struct inlet_row caption_local; /* caption_live_pages.c */
enum rc caption_kept_prepare(struct db *db, struct err *err) MUST_USE;
/* Only lines that changed after out->now. */
enum rc caption_kept_recall(struct db *db, struct inlet_call *out, struct err *err) MUST_USE;

/* What is asked of the state of the group. */
struct caption_course {
	/* The meeting is not over: its lines may be gathered. */
	bool (*goes_on)(void *ctx, str slug, int64_t meeting);
	/* In which sitting something was said; 0: none. */
	int64_t (*sitting)(void *ctx, str slug, int64_t meeting, usec at);
	void *ctx;
};

/* Lines of one channel, sitting and item that are to be taken, as the values of caption.take. */
struct caption_batch {
	int64_t grp, meeting;
	str slug, lang;
	int64_t last_line;
	struct value *values; /* NULL: all lines of it were taken back or are empty */
};
/* The next one that is due; *next: when to ask again if there is none. */
enum rc caption_take_next(struct db *db, struct arena *a, const struct command *command, usec now,
    const struct caption_course *course, struct caption_batch *out, bool *found, usec *next,
    struct err *err) MUST_USE;
/* After its act was carried out. */
enum rc caption_take_done(
    struct db *db, const struct caption_batch *b, usec now, struct err *err) MUST_USE;
/* Lines whose words were erased from the record are taken back from readers; *any is set then. */
enum rc caption_take_erased(
    struct db *db, struct arena *a, usec now, bool *any, struct err *err) MUST_USE;
/* What was taken a while ago goes; *any is set then. */
enum rc caption_take_sweep(
    struct db *db, struct arena *a, usec now, bool *any, usec *next, struct err *err) MUST_USE;

#endif
