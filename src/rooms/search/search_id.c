/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/search/search.h"

#include "base/must.h"

#include "base/poison.h"

static const char *const kinds[SEARCH_KINDS] = {
    [SEARCH_GROUP] = "group",
    [SEARCH_ANNOUNCEMENT] = "announcement",
    [SEARCH_MANDATE] = "mandate",
    [SEARCH_MEMBER] = "member",
    [SEARCH_PERSON] = "person",
    [SEARCH_METHODS] = "methods",
    [SEARCH_MEETING] = "meeting",
    [SEARCH_CALL] = "call",
    [SEARCH_CONTRIBUTION] = "contribution",
    [SEARCH_PROPOSAL] = "proposal",
    [SEARCH_DOCUMENT] = "document",
    [SEARCH_REPORT] = "report",
    [SEARCH_TRANSCRIPT] = "transcript",
};
static const char *const langs[SEARCH_LANGS] = {"", "ar", "en", "es", "fr", "ru", "zh"};

static size_t index_of(const char *const *words, size_t n, str word)
{
	size_t i = 0;
	while (i < n && !str_is(word, words[i]))
		i++;
	return i;
}

str search_kind_word(enum search_kind k)
{
	return str_of(kinds[k]);
}

size_t search_kind_of(str word)
{
	return index_of(kinds, SEARCH_KINDS, word);
}

str search_lang_word(size_t lang)
{
	must(lang < SEARCH_LANGS);
	return str_of(langs[lang]);
}

size_t search_lang_of(str word)
{
	return index_of(langs, SEARCH_LANGS, word) % SEARCH_LANGS;
}

int64_t search_id(int64_t grp, int64_t seq, enum search_kind kind, size_t lang, int64_t place)
{
	must(grp >= 0 && grp <= SEARCH_GROUP_MAX && seq >= 0 && seq <= SEARCH_ENTRY_MAX);
	must(lang < SEARCH_LANGS && place >= 0 && place <= SEARCH_ROWS_MAX);
	return grp << 48 | seq << 21 | (int64_t)kind << 17 | (int64_t)lang << 14 | place;
}

size_t search_id_kind(int64_t id)
{
	return (size_t)(id >> 17 & 15);
}

size_t search_id_lang(int64_t id)
{
	return (size_t)(id >> 14 & 7);
}

int64_t search_id_entry(int64_t id)
{
	return id >> 21;
}

int64_t search_id_low(int64_t grp)
{
	return grp << 48;
}

int64_t search_id_high(int64_t grp)
{
	return grp ? (grp << 48) + ((INT64_C(1) << 48) - 1) : INT64_MAX;
}
