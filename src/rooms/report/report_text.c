/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/report/report_text.h"

#include "base/poison.h"

static const struct {
	const char *name;
	const char *heading;
} facts[REPORT_FACTS] = {
    [REPORT_FACT_NONE] = {"", ""},
    [REPORT_FACT_SUMMARY] = {"summary", "Executive summary"},
    [REPORT_FACT_MANDATE] = {"mandate", "Mandate"},
    [REPORT_FACT_COMPOSITION] = {"composition", "Composition"},
    [REPORT_FACT_MEETINGS] = {"meetings", "Meetings"},
    [REPORT_FACT_CONTRIBUTIONS] = {"contributions", "Contributions"},
    [REPORT_FACT_PROPOSALS] = {"proposals", "Proposals"},
    [REPORT_FACT_OUTCOME] = {"outcome", "Outcome"},
    [REPORT_FACT_RECORD] = {"record", "Record"},
};

const char *report_fact_heading(enum report_fact f)
{
	return facts[f].heading;
}

/* "Mandate" of "II. Mandate": headings are numbered by the report itself. */
static str without_number(str heading)
{
	size_t i = 0;
	while (i < heading.n && str_find_char(S("IVXL"), heading.p[i]) != SIZE_MAX)
		i++;
	str rest = str_skip(heading, i);
	return i > 0 && str_starts(rest, S(". ")) ? str_trim(str_skip(rest, 2)) : heading;
}

/* The facts whose heading this is, or none. */
static enum report_fact fact_of_heading(str heading)
{
	for (int f = REPORT_FACT_SUMMARY; f < REPORT_FACTS; f++)
		if (str_eq_nocase(heading, str_of(facts[f].heading)))
			return (enum report_fact)f;
	return REPORT_FACT_NONE;
}

/* Reads "[[meetings]]". NONE: it is no such paragraph. */
static enum rc fact_of_paragraph(str words, enum report_fact *out, struct err *err)
{
	*out = REPORT_FACT_NONE;
	if (!str_starts(words, S("[[")) || !str_ends(words, S("]]")))
		return OK;
	str name = str_trim(str_head(str_skip(words, 2), words.n - 4));
	for (int f = REPORT_FACT_SUMMARY; f < REPORT_FACTS; f++)
		if (str_is(name, facts[f].name))
			*out = (enum report_fact)f;
	if (*out == REPORT_FACT_NONE)
		return ERR(err, INVALID, "text",
		    "There are no facts called {0}; they are summary, mandate, composition, "
		    "meetings, contributions, proposals, outcome and record.",
		    name);
	return OK;
}

/* Reads "[^12]" at the start of s: its label and its length in bytes; 0 when it is none. */
static size_t call_at(str s, int64_t *label)
{
	if (!str_starts(s, S("[^")))
		return 0;
	size_t end = str_find_char(s, ']');
	if (end == SIZE_MAX || end > 5)
		return 0;
	str digits = {s.p + 2, end - 2};
	if (!str_to_i64(digits, label) || *label < 1 || *label > REPORT_NOTES)
		return 0;
	return end + 1;
}

/* Reads "[^12]: words"; false when it is no footnote. */
static bool note_of(str paragraph, int64_t *label, str *words)
{
	size_t n = call_at(paragraph, label);
	str rest = str_skip(paragraph, n);
	if (n == 0 || !str_starts(rest, S(":")))
		return false;
	*words = str_trim(str_skip(rest, 1));
	return true;
}

/* What is known of the footnotes of one text, by their labels. */
struct notes {
	str words[REPORT_NOTES + 1]; /* p NULL: none */
	int64_t shown[REPORT_NOTES + 1];
};

static str label_str(struct arena *a, int64_t label)
{
	return arena_printf(a, "%lld", (long long)label);
}

static enum rc collect(
    struct arena *a, const str *paragraphs, size_t n, struct notes *notes, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		int64_t label;
		str words;
		if (!note_of(paragraphs[i], &label, &words))
			continue;
		if (words.n == 0)
			return ERR(err, INVALID, "text", "Footnote {0} has no words.",
			    label_str(a, label));
		if (notes->words[label].p)
			return ERR(err, INVALID, "text",
			    "Footnote {0} is written twice; give the second another number.",
			    label_str(a, label));
		notes->words[label] = words;
	}
	return OK;
}

static enum rc read_pieces(struct arena *a, str words, struct notes *notes, struct report_text *out,
    struct report_paragraph *p, struct err *err)
{
	size_t start = 0;
	for (size_t i = 0; i < words.n; i++) {
		int64_t label;
		size_t n = words.p[i] == '[' ? call_at(str_skip(words, i), &label) : 0;
		if (n == 0)
			continue;
		if (!notes->words[label].p)
			return ERR(err, INVALID, "text",
			    "Footnote {0} is called but not written: add a paragraph that begins "
			    "with [^{0}]: and its words.",
			    label_str(a, label));
		bool first = notes->shown[label] == 0;
		if (first) {
			notes->shown[label] = (int64_t)out->notes.n + 1;
			*vec_push(a, &out->notes) = (struct report_note){
			    .number = notes->shown[label],
			    .label = label,
			    .words = notes->words[label],
			};
		}
		*vec_push(a, &p->pieces) = (struct report_piece){
		    .words = str_head(str_skip(words, start), i - start),
		    .note = notes->shown[label],
		    .first = first,
		};
		start = i + n;
		i = start - 1;
	}
	if (start < words.n)
		*vec_push(a, &p->pieces) = (struct report_piece){.words = str_skip(words, start)};
	return OK;
}

static enum rc need_all_called(struct arena *a, const struct notes *notes, struct err *err)
{
	for (int64_t label = 1; label <= REPORT_NOTES; label++)
		if (notes->words[label].p && notes->shown[label] == 0)
			return ERR(err, INVALID, "text",
			    "Footnote {0} is written but no paragraph calls it: put [^{0}] where "
			    "it belongs.",
			    label_str(a, label));
	return OK;
}

/* The last paragraph places facts that no other has placed. */
static enum rc need_once(const struct report_text *t, struct err *err)
{
	enum report_fact fact = t->paragraphs.p[t->paragraphs.n - 1].fact;
	for (size_t i = 0; i + 1 < t->paragraphs.n; i++)
		if (t->paragraphs.p[i].fact == fact && t->paragraphs.p[i].level == 0)
			return ERR(err, INVALID, "text",
			    "The facts called {0} stand twice in the draft.",
			    str_of(facts[fact].name));
	return OK;
}

static enum rc read_paragraph(
    struct arena *a, str words, struct notes *notes, struct report_text *out, struct err *err)
{
	struct report_paragraph *p = vec_push(a, &out->paragraphs);
	TRY(fact_of_paragraph(words, &p->fact, err));
	if (p->fact)
		return need_once(out, err);
	if (str_starts(words, S("## ")))
		p->level = 2;
	else if (str_starts(words, S("# ")))
		p->level = 1;
	else
		p->number = ++out->numbered;
	if (p->level)
		words = str_trim(str_skip(words, (size_t)p->level + 1));
	if (p->level == 1) {
		words = without_number(words);
		p->fact = fact_of_heading(words);
	}
	return read_pieces(a, words, notes, out, p, err);
}

enum rc report_text_read(
    struct arena *a, const str *paragraphs, size_t n, struct report_text *out, struct err *err)
{
	*out = (struct report_text){0};
	struct notes *notes = arena_new_of(a, struct notes);
	TRY(collect(a, paragraphs, n, notes, err));
	for (size_t i = 0; i < n; i++) {
		int64_t label;
		str words = str_trim(paragraphs[i]);
		str ignored;
		if (words.n && !note_of(words, &label, &ignored))
			TRY(read_paragraph(a, words, notes, out, err));
	}
	if (out->numbered == 0)
		return ERR(err, INVALID, "text", "The draft has no paragraph yet.");
	return need_all_called(a, notes, err);
}

bool report_says_adopted(str s)
{
	const str word = S("adopted");
	for (size_t i = 0; i + word.n <= s.n; i++)
		if (str_eq_nocase((str){s.p + i, word.n}, word))
			return true;
	return false;
}
