/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scan_inner: the state of a scan; for scan*.c only. Threads: any. */
#ifndef DOCX_SCAN_INNER_H
#define DOCX_SCAN_INNER_H

#include "base/buf.h"
#include "docx/scan.h"
#include "docx/xml_in.h"

enum scan_act {
	SCAN_OTHER,
	SCAN_ROOT, /* w:document, w:footnotes, w:endnotes, w:comments */
	SCAN_P,
	SCAN_R,
	SCAN_T,
	SCAN_TAB,
	SCAN_BREAK,
	SCAN_HYPHEN,
	SCAN_SOFT,
	SCAN_LAYER, /* w:ins, w:del, w:moveFrom, w:moveTo */
	SCAN_PPR,
	SCAN_RPR,
	SCAN_TABLE,
	SCAN_ROW,
	SCAN_ROW_PR,
	SCAN_CELL,
	SCAN_CELL_PR,
	SCAN_CELL_LAYER, /* w:cellIns, w:cellDel */
	SCAN_PROPERTY,   /* a change of properties: seen, without effect on words */
	SCAN_RANGE_FROM,
	SCAN_RANGE_FROM_END,
	SCAN_RANGE_TO,
	SCAN_RANGE_TO_END,
	SCAN_BOOKMARK,
	SCAN_STYLE,
	SCAN_BOLD,
	SCAN_ITALIC,
	SCAN_LINK,
	SCAN_SDT,
	SCAN_TAG,
	SCAN_NOTE,
	SCAN_NOTE_REF,
	SCAN_BOX, /* w:txbxContent */
	SCAN_COMMENT,
	SCAN_COMMENT_START,
	SCAN_COMMENT_END,
	SCAN_COMMENT_REF,
	SCAN_DROP,
};

struct scan_frame {
	enum scan_act act;
	bool dropped;            /* nothing inside counts */
	struct word_state state; /* of what is inside */
	size_t began;            /* paragraphs that were there */
	str link;
	uint32_t alt; /* w:sdt: of ours */
};

/* An open paragraph; text boxes put paragraphs into paragraphs. */
#define SCAN_PARS 16
struct scan_open {
	struct word_par par;
	bool strong, emphasis; /* of the run */
};

struct scan_range {
	uint32_t id;
	uint32_t move;
	bool to;
};

struct scanning {
	struct arena *arena;
	struct scan *out;
	VEC(struct scan_frame) frames;
	struct scan_open open[SCAN_PARS];
	size_t pars; /* how many are open */
	VEC(struct scan_range) ranges;
	struct map moves;      /* name: uint32_t *, 1 + its place */
	VEC(size_t) comments;  /* open ranges: places in the stream's comments */
	struct map comment_at; /* w:id: size_t *, 1 + its place */
	VEC(size_t) bare;      /* comments of this paragraph without a change yet */
	struct buf alt;        /* what stands in the brackets being read */
	uint32_t alt_n;
	size_t comment; /* comments.xml: 1 + the one being read */
	size_t note;    /* the note being read */
	bool in_notes, in_comments;
	bool is_word; /* the outermost element was Word's */
};

static inline struct scan_frame *scan_above(struct scanning *s, size_t n)
{
	return s->frames.n > n ? &s->frames.p[s->frames.n - 1 - n] : NULL;
}

/* The element that begins; its frame is there. */
static inline struct scan_frame *scan_self(struct scanning *s)
{
	return &s->frames.p[s->frames.n - 1];
}

enum scan_act scan_act_of(const struct xml_in *e);
/* The stream's comment with this w:id, made when it is new. */
struct word_comment *scan_comment(struct scanning *s, uint32_t id);
bool scan_number(str value, uint32_t *out);
/* The kind and level of a style by its id. */
void scan_style(str style, struct word_par *p);

#endif
