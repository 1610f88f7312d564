/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The text of an OpenDocument text: paragraphs and headings of content.xml, notes at the end. */
#include "engine/intake_convert.h"
#include "engine/intake_prose.h"

#include "base/poison.h"

enum act {
	ACT_NONE,
	ACT_TEXT, /* office:text, the body of a text document */
	ACT_P,
	ACT_H,
	ACT_SPACES,
	ACT_TAB,
	ACT_BREAK,
	ACT_NOTE,
	ACT_NOTE_BODY,
	ACT_DROP,
};

struct odt_act {
	const char *name;
	enum act act;
};

static const struct odt_act text_acts[] = {
    {"p", ACT_P},
    {"h", ACT_H},
    {"s", ACT_SPACES},
    {"tab", ACT_TAB},
    {"line-break", ACT_BREAK},
    {"note", ACT_NOTE},
    {"note-body", ACT_NOTE_BODY},
    {"note-citation", ACT_DROP},
    {"tracked-changes", ACT_DROP}, /* holds what was deleted */
    {"ruby-text", ACT_DROP},
};

static const struct odt_act office_acts[] = {
    {"text", ACT_TEXT},
    {"annotation", ACT_DROP},
    {"forms", ACT_DROP},
    {"scripts", ACT_DROP},
};

struct odt {
	struct arena *arena; /* borrowed */
	struct prose prose;
	struct buf notes; /* replies that wait for the end of the body */
	struct buf *body; /* borrowed */
	size_t notes_n;
	int in_note; /* notes open: 0 or 1, unless the file is odd */
	bool text;   /* there was an office:text */
	bool first;  /* the next paragraph is the first of its note */
};

static enum act look_up(const struct odt_act *acts, size_t n, str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(name, acts[i].name))
			return acts[i].act;
	return ACT_NONE;
}

static enum act act_of(const struct xml_element *e)
{
	if (str_eq(e->uri, S("urn:oasis:names:tc:opendocument:xmlns:text:1.0")))
		return look_up(text_acts, sizeof text_acts / sizeof *text_acts, e->name);
	if (str_eq(e->uri, S("urn:oasis:names:tc:opendocument:xmlns:office:1.0")))
		return look_up(office_acts, sizeof office_acts / sizeof *office_acts, e->name);
	/* A drawing's title and description stand inside the paragraph that it is anchored to. */
	if (str_eq(e->uri, S("urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0")))
		return ACT_DROP;
	return ACT_NONE;
}

static void on_paragraph(struct odt *o, const struct xml_element *e, enum act act)
{
	int64_t level = 1;
	if (act == ACT_H &&
	    (!str_to_i64(xml_attribute(e, "outline-level"), &level) || level < 1 || level > 9))
		level = 1;
	prose_begin(&o->prose, o->in_note ? INTAKE_NOTE : act == ACT_H ? (int)level : INTAKE_BODY);
	if (o->first)
		prose_label(&o->prose, o->notes_n);
	o->first = false;
}

static void on_spaces(struct odt *o, const struct xml_element *e)
{
	int64_t n = 1;
	if (!str_to_i64(xml_attribute(e, "c"), &n) || n < 1)
		n = 1;
	for (int64_t i = 0; i < n && i < 80; i++)
		prose_put(&o->prose, S(" "));
}

static void on_note(struct odt *o)
{
	if (prose_above(&o->prose, 0)->dropped)
		return;
	o->notes_n++;
	prose_put(&o->prose, arena_printf(o->arena, "[%zu]", o->notes_n));
}

static void on_note_body(struct odt *o)
{
	if (o->in_note++ == 0)
		o->prose.reply = &o->notes;
	o->first = true;
}

static void on_start(void *ctx, const struct xml_element *e)
{
	struct odt *o = ctx;
	enum act act = act_of(e);
	struct prose_frame *frame = prose_push(&o->prose, act);
	switch (act) {
	case ACT_TEXT:
		o->text = true;
		break;
	case ACT_P:
	case ACT_H:
		on_paragraph(o, e, act);
		break;
	case ACT_SPACES:
		on_spaces(o, e);
		break;
	case ACT_TAB:
		prose_put(&o->prose, S("\t"));
		break;
	case ACT_BREAK:
		prose_put(&o->prose, S("\n"));
		break;
	case ACT_NOTE:
		on_note(o);
		break;
	case ACT_NOTE_BODY:
		on_note_body(o);
		break;
	case ACT_DROP:
		frame->dropped = true;
		break;
	case ACT_NONE:
		break;
	}
}

static void on_end(void *ctx)
{
	struct odt *o = ctx;
	struct prose_frame frame = prose_pop(&o->prose);
	if (frame.act == ACT_P || frame.act == ACT_H)
		prose_end(&o->prose);
	if (frame.act == ACT_NOTE_BODY && --o->in_note == 0)
		o->prose.reply = o->body;
}

static void on_text(void *ctx, str s)
{
	struct odt *o = ctx;
	prose_put_collapsed(&o->prose, s);
}

/* ---- META-INF/manifest.xml: does any part need a password? ---- */

static void manifest_start(void *ctx, const struct xml_element *e)
{
	bool *locked = ctx;
	if (str_is(e->name, "encryption-data") || str_is(e->name, "keyinfo"))
		*locked = true;
}

static enum intake_no check_manifest(struct package *p)
{
	if (!package_has(p, S("META-INF/manifest.xml")))
		return NO_REASON;
	bool locked = false;
	const struct xml_reader reader = {.start = manifest_start, .ctx = &locked};
	enum intake_no no = package_read(p, S("META-INF/manifest.xml"), &reader);
	return locked ? NO_LOCKED : no;
}

enum intake_no intake_odt(struct arena *a, struct package *p, struct buf *reply)
{
	enum intake_no no = check_manifest(p);
	if (no != NO_REASON)
		return no;
	struct odt *o = arena_new_of(a, struct odt);
	o->arena = a;
	o->body = reply;
	o->notes = buf_in(a, REPLY_MAX);
	prose_init(&o->prose, a, reply);
	const struct xml_reader reader = {
	    .start = on_start, .end = on_end, .text = on_text, .ctx = o};
	no = package_read(p, S("content.xml"), &reader);
	if (no == NO_REASON && !o->text)
		no = NO_OTHER_OFFICE;
	buf_put(reply, buf_str(&o->notes));
	if (!buf_ok(&o->notes))
		reply->failed = true;
	return no;
}
