/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A transcript from its import to its files: who asks, who decides, and how it is cited. */
#include "caption/layouts.h"
#include "t.h"
#include "visitor.h"

#include "base/poison.h"

#define PAGE(n) "/g/wgec/meetings/" n "/transcript"

static bool is_at(struct visitor *v, const char *path, const char *what)
{
	CHECK_EQ(visitor_visit(v, str_of(path)), 200);
	return visitor_sees(v, what);
}

/* What a file of the site says, read as an import reads it. */
static caption_cues read_at(struct visitor *v, const char *path, enum caption_layout want)
{
	caption_cues cues = {0};
	struct err err = {0};
	enum caption_layout layout = CAPTION_CART;
	CHECK_EQ(visitor_visit(v, str_of(path)), 200);
	CHECK_EQ(caption_layout_of(v->at.body, "file", &layout, &err), OK);
	CHECK_EQ(layout, want);
	CHECK_EQ(caption_read(v->site->arena, v->at.body, layout, "file", &cues, &err), OK);
	return cues;
}

static void check_same(const caption_cues *a, const caption_cues *b, bool times)
{
	CHECK_EQ(a->n, b->n);
	for (size_t i = 0; i < a->n && i < b->n; i++) {
		CHECK_STREQ(a->p[i].speaker, b->p[i].speaker);
		CHECK_STREQ(a->p[i].text, b->p[i].text);
		CHECK(!times || a->p[i].starts == b->p[i].starts);
		CHECK(!times || a->p[i].ends == b->p[i].ends);
	}
}

TEST(a_file_is_imported_corrected_asked_about_and_decided)
{
	struct site s = site_start("examples/wgec");
	struct visitor office = visitor_enter(&s, "Secretariat");
	struct visitor kenya = visitor_enter(&s, "Delegate");
	struct visitor anyone = visitor_enter(&s, "");

	/* A mistake in the file is named by its line; nothing is imported. */
	CHECK_EQ(SEND(&office, "/g/wgec/do/caption.import", {"meeting", S("5")},
	             {"kind", S("rough")}, {"lang", S("en")},
	             {"file", S("WEBVTT\n\n00:00:02.000 --> 00:00:01.000\nx\n"), S("last.vtt")}),
	    422);
	CHECK(visitor_sees(&office, "Line 3: what is said here ends before it begins."));
	/* What is no text at all is refused with what this form takes. */
	CHECK_EQ(
	    SEND(&office, "/g/wgec/do/caption.import", {"meeting", S("5")}, {"kind", S("rough")},
	        {"lang", S("en")}, {"file", S("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), S("last.png")}),
	    422);
	CHECK(visitor_sees(
	    &office, "Please send the transcript as WebVTT, SRT, Markdown or CART text"));
	CHECK_EQ(SEND(&office, "/g/wgec/do/caption.import", {"meeting", S("5")},
	             {"kind", S("rough")}, {"lang", S("en")},
	             {"file", S(">> Kenya: We can live with it.\n\n>> CHAIR: Thank you.\n"),
	                 S("last.txt")}),
	    200);
	CHECK(is_at(&anyone, PAGE("5"), "id=\"s55\""));
	CHECK(visitor_sees(&anyone, "We can live with it."));
	CHECK(!visitor_sees(&anyone, "do/caption.correct"));

	/* Who spoke asks; nobody else may. */
	CHECK(is_at(&kenya, PAGE("5"), "do/caption.ask?meeting=5&amp;segment=55"));
	CHECK(!visitor_sees(&kenya, "do/caption.ask?meeting=5&amp;segment=56"));
	CHECK_EQ(SEND(&kenya, "/g/wgec/do/caption.ask", {"meeting", S("5")}, {"segment", S("56")},
	             {"words", S("Thanks.")}, {"reason", S("Me?")}),
	    403);
	CHECK_EQ(SEND(&kenya, "/g/wgec/do/caption.ask", {"meeting", S("5")}, {"segment", S("55")},
	             {"words", S("We cannot live with it.")}, {"reason", S("A word is missing.")}),
	    200);
	CHECK(is_at(&anyone, PAGE("5"), "Request 6 for a correction: waits for the secretariat"));
	CHECK_EQ(SEND(&office, "/g/wgec/do/caption.decide", {"request", S("6")},
	             {"outcome", S("accepted")}, {"reason", S("The recording has it.")}),
	    200);

	/* Both versions stay, and the change is shown. */
	CHECK(is_at(&anyone, PAGE("5"), "Request 6 for a correction: accepted"));
	CHECK(visitor_sees(&anyone, "<del>can</del>"));
	CHECK(visitor_sees(&anyone, "<ins>cannot</ins>"));
	CHECK_EQ(
	    SEND(&office, "/g/wgec/do/caption.correct", {"meeting", S("5")}, {"segment", S("56")},
	        {"words", S("Thank you, Kenya.")}, {"reason", S("Heard again.")}),
	    200);
	CHECK_EQ(visitor_visit(&anyone, S("/g/wgec/search?q=%22cannot+live+with%22")), 200);
	CHECK(visitor_sees(&anyone, "meetings/5/transcript?from=55#s55"));
	site_stop(&s);
}

static bool finds(struct visitor *v, const char *address, const char *what)
{
	CHECK_EQ(visitor_visit(v, str_of(address)), 200);
	return visitor_sees(v, what);
}

/* In each language by another form than was said, and in quotation marks only as it was said. */
TEST(what_was_said_is_found_by_other_forms_of_its_words)
{
	static const struct {
		const char *lang, *said, *typed, *mark;
	} rows[] = {
	    {"en", "The quokkas agreed.", "quokka", "<mark>quokkas</mark>"},
	    {"fr", "Les textes furent rapiécés.", "rapi%C3%A9cer", "<mark>rapiécés</mark>"},
	    {"es", "Son dos galimatías y dos mejillones.", "mejill%C3%B3n",
	        "<mark>mejillones</mark>"},
	    {"ru", "О черепахах речи не было.", "%D1%87%D0%B5%D1%80%D0%B5%D0%BF%D0%B0%D1%85%D0%B0",
	        "<mark>черепахах</mark>"},
	    {"ar", "شاهدنا السلحفاة ثم السلحفات", "%D8%B3%D9%84%D8%AD%D9%81%D8%A7%D8%AA",
	        "<mark>السلحفاة</mark>"},
	};
	struct site s = site_start("examples/wgec");
	struct visitor office = visitor_enter(&s, "Secretariat");
	struct visitor anyone = visitor_enter(&s, "");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		str text = arena_printf(s.arena, ">> Kenya: %s\n", rows[i].said);
		CHECK_EQ(SEND(&office, "/g/wgec/do/caption.import", {"meeting", S("5")},
		             {"kind", S("rough")}, {"lang", str_of(rows[i].lang)}, {"text", text}),
		    200);
		const char *typed = arena_printf(s.arena, "/g/wgec/search?q=%s", rows[i].typed).p;
		const char *quoted =
		    arena_printf(s.arena, "/g/wgec/search?q=%%22%s%%22", rows[i].typed).p;
		if (!finds(&anyone, typed, rows[i].mark))
			t_fail(__FILE__, __LINE__, "%s is not found", rows[i].said);
		CHECK(visitor_sees(&anyone, "q=%22"));
		CHECK(!finds(&anyone, quoted, rows[i].mark));
	}
	CHECK_EQ(visitor_facts(&anyone, S("/g/wgec/search?q=quokka")), 200);
	CHECK(visitor_sees(&anyone, "\"forms\":{\"quokka\":[\"quokkas\"]}"));
	CHECK(finds(&anyone, "/g/wgec/search", "only the words themselves are found"));
	site_stop(&s);
}

TEST(what_is_exported_is_read_as_the_same)
{
	struct site s = site_start("examples/wgec");
	struct visitor anyone = visitor_enter(&s, "");
	caption_cues vtt = read_at(&anyone, PAGE("1") ".vtt", CAPTION_VTT);
	caption_cues srt = read_at(&anyone, PAGE("1") ".srt", CAPTION_SRT);
	caption_cues txt = read_at(&anyone, PAGE("1") ".txt", CAPTION_CART);
	CHECK_EQ(vtt.n, 51);
	check_same(&vtt, &srt, true);
	check_same(&vtt, &txt, false);
	CHECK(visitor_sees(&anyone, "not a verbatim record"));
	CHECK_EQ(visitor_visit(&anyone, S(PAGE("2") ".vtt")), 404);
	CHECK(visitor_sees(&anyone, "Nobody noted the times of this transcript"));
	/* Akoma Ntoso needs no times, and its utterances have the numbers of their addresses. */
	CHECK(is_at(&anyone, PAGE("2"), PAGE("2") ".xml\">Akoma Ntoso<"));
	CHECK(is_at(
	    &anyone, PAGE("2") ".xml", "/akn/un/debate/record/wgec/2017-01-26/meeting-2/eng@"));
	CHECK_STR(answer_header(&anyone.at, S("content-type")), "application/xml; charset=utf-8");
	CHECK(visitor_sees(&anyone, " wId=\"s15\""));
	CHECK(visitor_sees(&anyone, "<debateSection name=\"meeting\" eId=\"dbsect_1\">"));
	site_stop(&s);
}

/* Two languages side by side: each is a file of its own, and subtitles come in the order of time.
 */
TEST(each_language_is_exported_by_itself)
{
	struct site s = site_start("examples/wgec");
	struct visitor office = visitor_enter(&s, "Secretariat");
	struct visitor anyone = visitor_enter(&s, "");
	CHECK_EQ(SEND(&office, "/g/wgec/do/caption.import", {"meeting", S("5")},
	             {"kind", S("rough")}, {"lang", S("en")},
	             {"text", S("WEBVTT\n\n00:00:05.000 --> 00:00:05.010\n<v Kenya>We agree.\n\n"
	                        "00:00:09.000 --> 00:00:12.000\n<v Kenya>With this.\n")}),
	    200);
	CHECK_EQ(
	    SEND(&office, "/g/wgec/do/caption.import", {"meeting", S("5")}, {"kind", S("rough")},
	        {"lang", S("ru")},
	        {"text", S("WEBVTT\n\n00:00:05.500 --> 00:00:08.000\n<v Kenya>Мы согласны.\n")}),
	    200);
	CHECK(is_at(&anyone, PAGE("5"), PAGE("5") ".vtt?said=ru\">WebVTT (Русский)"));
	CHECK(visitor_sees(&anyone, PAGE("5") ".txt?said=en\">Text (English)"));
	caption_cues ru = read_at(&anyone, PAGE("5") ".vtt?said=ru", CAPTION_VTT);
	CHECK_EQ(ru.n, 1);
	CHECK_STR(ru.p[0].text, "Мы согласны.");
	caption_cues all = read_at(&anyone, PAGE("5") ".vtt", CAPTION_VTT);
	for (size_t i = 0; i < all.n; i++) {
		CHECK(!i || all.p[i].starts >= all.p[i - 1].starts);
		CHECK(all.p[i].ends >= all.p[i].starts + USEC_SECOND);
	}
	/* What an interpreter said is marked as such, with the language that was spoken. */
	CHECK_EQ(SEND(&office, "/g/wgec/do/caption.add", {"meeting", S("5")}, {"kind", S("rough")},
	             {"lang", S("en")}, {"spoken", S("en")}, {"speaker", S("Peru")},
	             {"words", S("We thank the Chair.")}),
	    422);
	CHECK(visitor_sees(&office, "so they are no interpretation; leave this empty."));
	CHECK_EQ(SEND(&office, "/g/wgec/do/caption.add", {"meeting", S("5")}, {"kind", S("rough")},
	             {"lang", S("en")}, {"spoken", S("es")}, {"speaker", S("Peru")},
	             {"words", S("We thank the Chair.")}),
	    200);
	CHECK(is_at(&anyone, PAGE("5"), "<span> · interpretation from: Español</span>"));
	CHECK(visitor_sees(&anyone, "Not corrected, interpretation from: Español)"));
	CHECK(is_at(&anyone, PAGE("5") ".xml", "[interpretation from spa]</remark> We thank"));
	CHECK(visitor_sees(&anyone, "<FRBRlanguage language=\"rus\"/>"));
	CHECK(is_at(&anyone, PAGE("5") ".xml?said=ru", "/meeting-5/rus@"));
	/* Who takes the French file does not read French pages from then on. */
	CHECK_EQ(visitor_visit(&anyone, S("/g/wgec/meetings/5")), 200);
	CHECK(visitor_sees(&anyone, "<html lang=\"en\""));
	/* One language: no choice, as before. */
	CHECK(is_at(&anyone, PAGE("1"), PAGE("1") ".vtt\">WebVTT<"));
	site_stop(&s);
}

/* Two days in six languages are thousands of utterances: each stays within reach. */
TEST(a_long_transcript_comes_in_stretches)
{
	struct site s = site_start("examples/wgec");
	struct visitor office = visitor_enter(&s, "Secretariat");
	struct visitor anyone = visitor_enter(&s, "");
	struct buf b = buf_in(s.arena, 0);
	for (int i = 55; i <= 1001; i++)
		buf_printf(&b, ">> Kenya: This is number %d.\n\n", i);
	CHECK(is_at(&anyone, PAGE("5"), "id=\"s54\""));
	CHECK(!visitor_sees(&anyone, "?from="));
	CHECK_EQ(SEND(&office, "/g/wgec/do/caption.import", {"meeting", S("5")},
	             {"kind", S("rough")}, {"lang", S("en")}, {"text", buf_str(&b)}),
	    200);
	CHECK(is_at(&anyone, PAGE("5"), "id=\"s500\""));
	CHECK(!visitor_sees(&anyone, "id=\"s501\""));
	CHECK(visitor_sees(&anyone, "1001 utterances"));
	CHECK(visitor_sees(&anyone, PAGE("5") "?from=501\">501 to 1000</a>"));
	CHECK(visitor_sees(&anyone, PAGE("5") "?from=1001\">1001 to 1001</a>"));
	/* The address of an utterance leads to its stretch. */
	CHECK(is_at(&anyone, PAGE("5") "?from=777", "This is number 777."));
	CHECK(visitor_sees(&anyone, PAGE("5") "?from=777#s777\""));
	CHECK(visitor_sees(&anyone, "aria-current=\"page\">501 to 1000</a>"));
	CHECK(!visitor_sees(&anyone, "id=\"s500\""));
	CHECK(!visitor_sees(&anyone, "id=\"s1001\""));
	CHECK(is_at(&anyone, PAGE("5") "?from=5000", "id=\"s1\""));
	/* Programs are told where it goes on; files have all of it. */
	CHECK_EQ(visitor_facts(&anyone, S(PAGE("5"))), 200);
	CHECK(visitor_sees(&anyone, "This is number 500."));
	CHECK(!visitor_sees(&anyone, "This is number 501."));
	CHECK(visitor_sees(&anyone, "\"all\":1001"));
	CHECK(visitor_sees(&anyone, "\"next\":\"" PAGE("5") "?from=501\""));
	CHECK_EQ(visitor_facts(&anyone, S(PAGE("5") "?from=1001")), 200);
	CHECK(visitor_sees(&anyone, "This is number 1001."));
	CHECK(!visitor_sees(&anyone, "\"next\""));
	CHECK(!visitor_sees(&anyone, "This is number 1000."));
	CHECK(is_at(&anyone, PAGE("5") ".txt", "This is number 1001."));
	site_stop(&s);
}

/* The story: I cite what a delegation said, and find where it was used. */
TEST(an_utterance_is_cited_and_used)
{
	struct site s = site_start("examples/wgec");
	struct visitor anyone = visitor_enter(&s, "");
	CHECK(is_at(&anyone, PAGE("2"), "Final"));
	CHECK(visitor_sees(&anyone, "utterance 15, version 2 (Rough transcript, Final)"));
	CHECK(visitor_sees(&anyone, "id=\"passage-50\""));
	CHECK(visitor_sees(&anyone, "syntheses/1#statement-3"));
	CHECK(is_at(&anyone, "/g/wgec/syntheses/1", "meetings/2/transcript?passage=50#passage-50"));
	CHECK(visitor_sees(&anyone, "Passage 50, meeting 2, utterance 15"));
	CHECK(visitor_sees(&anyone, "At meetings, by constituency"));
	CHECK(is_at(
	    &anyone, "/g/wgec/analysis/passages", "meetings/2/transcript?passage=51#passage-51"));
	CHECK(is_at(&anyone, "/g/wgec/meetings/2", "meetings/2/transcript\""));
	CHECK_EQ(visitor_facts(&anyone, S(PAGE("2"))), 200);
	CHECK(
	    visitor_sees(&anyone, "\"URL\":\"http://127.0.0.1/g/wgec/meetings/2/transcript#s15\""));
	site_stop(&s);
}
