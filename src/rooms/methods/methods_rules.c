/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/methods/methods_rules.h"

#include "base/must.h"
#include "rooms/meeting/meeting.h"

#include "base/poison.h"

const char *const methods_language_codes[METHODS_LANGUAGES] = {"ar", "en", "es", "fr", "ru", "zh"};

#define ENGLISH (1u << 1)

static const struct methods_settings presets[METHODS_PRESETS] = {
    [METHODS_UN_CONSENSUS] =
        {
            .preset = METHODS_UN_CONSENSUS,
            .quorum_percent = 50,
            .may_propose = METHODS_MEMBERS,
            .may_amend = METHODS_MEMBERS,
            .may_break_silence = METHODS_MEMBERS,
            .silence_hours = 72,
            .readings = 2,
            .deadline_days = 42,
            .speaking_minutes = 5,
            .rights_of_reply = 2,
            .reply_minutes = 10,
            .second_reply_minutes = 5,
            .correction_days = 14,
            .observers_speak = METHODS_OBSERVERS_AFTER_MEMBERS,
            .informals_public = false,
            .list_non_consensus = false,
            .languages = METHODS_ALL_LANGUAGES,
        },
    [METHODS_GNSO] =
        {
            .preset = METHODS_GNSO,
            .quorum_percent = 50,
            .may_propose = METHODS_MEMBERS,
            .may_amend = METHODS_MEMBERS,
            .may_break_silence = METHODS_MEMBERS,
            .silence_hours = 168,
            .readings = 2,
            .deadline_days = 7,
            .speaking_minutes = 3,
            .rights_of_reply = 2,
            .reply_minutes = 10,
            .second_reply_minutes = 5,
            .correction_days = 14,
            .observers_speak = METHODS_OBSERVERS_AFTER_MEMBERS,
            .informals_public = true,
            .list_non_consensus = true,
            .languages = ENGLISH,
        },
    [METHODS_IETF] =
        {
            .preset = METHODS_IETF,
            .quorum_percent = 0,
            .may_propose = METHODS_ANYONE,
            .may_amend = METHODS_ANYONE,
            .may_break_silence = METHODS_ANYONE,
            .silence_hours = 336,
            .readings = 1,
            .deadline_days = 14,
            .speaking_minutes = 0,
            .rights_of_reply = 2,
            .reply_minutes = 10,
            .second_reply_minutes = 5,
            .correction_days = 14,
            .observers_speak = METHODS_OBSERVERS_EQUALLY,
            .informals_public = true,
            .list_non_consensus = false,
            .languages = ENGLISH,
        },
};

const struct methods_settings *methods_preset_settings(enum methods_preset preset)
{
	return &presets[preset];
}

const struct methods_version *methods_get(const struct group *g, int64_t number)
{
	const struct methods_state *s = methods_in(g);
	return number >= 1 && number <= (int64_t)s->versions.n ? &s->versions.p[number - 1] : NULL;
}

int64_t methods_adopted(const struct group *g)
{
	const struct methods_state *s = methods_in(g);
	return s->adopted.n ? s->adopted.p[s->adopted.n - 1] : 0;
}

const struct methods_settings *methods_at(const struct group *g, int64_t seq)
{
	const struct methods_state *s = methods_in(g);
	for (size_t i = s->adopted.n; i-- > 0;) {
		const struct methods_version *v = methods_get(g, s->adopted.p[i]);
		if (v->adopted_seq <= seq)
			return &v->settings;
	}
	return &presets[METHODS_UN_CONSENSUS];
}

const struct methods_settings *methods_now(const struct group *g)
{
	return methods_at(g, INT64_MAX);
}

/* The place of a word among the words of a setting. */
static int word_index(str word, const char *const *words, int n)
{
	for (int i = 0; i < n; i++)
		if (str_is(word, words[i]))
			return i;
	must_fail("a choice of the table of commands", __FILE__, __LINE__);
}

static bool language_bit(str code, unsigned *bit)
{
	for (size_t i = 0; i < METHODS_LANGUAGES; i++)
		if (str_is(code, methods_language_codes[i])) {
			*bit = 1u << i;
			return true;
		}
	return false;
}

enum rc methods_decide_draft(const struct group *g, struct act *act, struct err *err)
{
	const struct value *languages = act_value(act, "languages");
	unsigned bit;
	for (size_t i = 0; i < languages->list.n; i++)
		if (!language_bit(languages->list.p[i], &bit))
			return ERR(err, INVALID, "languages",
			    "{0} is not a language of the United Nations; write ar, en, es, fr, ru "
			    "or "
			    "zh.",
			    languages->list.p[i]);
	act_give_i64(act, "number", (int64_t)methods_in(g)->versions.n + 1);
	return OK;
}

static enum methods_who who_of(const struct fact *f, const char *field, enum methods_who preset)
{
	static const char *const words[] = {"members", "members_observers", "anyone"};
	return fact_has(f, field) ? (enum methods_who)word_index(fact_str(f, field), words, 3)
	                          : preset;
}

static int64_t number_of(const struct fact *f, const char *field, int64_t preset)
{
	return fact_has(f, field) ? fact_i64(f, field) : preset;
}

static bool yes_of(const struct fact *f, const char *field, bool preset)
{
	return fact_has(f, field) ? str_is(fact_str(f, field), "yes") : preset;
}

struct methods_settings methods_settings_of(const struct fact *f)
{
	static const char *const preset_words[] = {"un_consensus", "gnso", "ietf"};
	static const char *const observer_words[] = {"silent", "after_members", "equally"};
	struct methods_settings s =
	    presets[word_index(fact_str(f, "preset"), preset_words, METHODS_PRESETS)];
	s.quorum_percent = number_of(f, "quorum_percent", s.quorum_percent);
	s.may_propose = who_of(f, "may_propose", s.may_propose);
	s.may_amend = who_of(f, "may_amend", s.may_amend);
	s.may_break_silence = who_of(f, "may_break_silence", s.may_break_silence);
	s.silence_hours = number_of(f, "silence_hours", s.silence_hours);
	s.readings = number_of(f, "readings", s.readings);
	s.deadline_days = number_of(f, "deadline_days", s.deadline_days);
	s.speaking_minutes = number_of(f, "speaking_minutes", s.speaking_minutes);
	s.rights_of_reply = number_of(f, "rights_of_reply", s.rights_of_reply);
	s.reply_minutes = number_of(f, "reply_minutes", s.reply_minutes);
	s.second_reply_minutes = number_of(f, "second_reply_minutes", s.second_reply_minutes);
	s.correction_days = number_of(f, "correction_days", s.correction_days);
	if (fact_has(f, "observers_speak"))
		s.observers_speak = (enum methods_observers)word_index(
		    fact_str(f, "observers_speak"), observer_words, 3);
	s.informals_public = yes_of(f, "informals_public", s.informals_public);
	s.list_non_consensus = yes_of(f, "list_non_consensus", s.list_non_consensus);
	const struct value *languages = fact_value(f, "languages");
	if (languages->list.n)
		s.languages = 0;
	for (size_t i = 0; i < languages->list.n; i++) {
		unsigned bit = 0;
		must(language_bit(languages->list.p[i], &bit));
		s.languages |= bit;
	}
	return s;
}

void methods_fold_draft(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &methods_in(g)->versions) = (struct methods_version){
	    .status = METHODS_DRAFT,
	    .settings = methods_settings_of(f),
	    .draft_seq = f->seq,
	};
}

enum rc methods_decide_adopt(const struct group *g, struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "number");
	const struct methods_version *v = methods_get(g, number);
	if (!v)
		return ERR(err, ABSENT, "number",
		    "There is no version {0} of the methods of work; draft it first.",
		    act_digits(act, number));
	if (v->status == METHODS_ADOPTED)
		return ERR(err, REFUSED, "number",
		    "Version {0} of the methods of work is in force.", act_digits(act, number));
	if (v->status == METHODS_SUPERSEDED)
		return ERR(err, REFUSED, "number",
		    "Version {0} was superseded; to return to it, draft it again so that the "
		    "change "
		    "is visible.",
		    act_digits(act, number));
	int64_t meeting = act_i64(act, "meeting");
	if (act_has(act, "meeting") && !meeting_has_begun(g, meeting))
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} has not been opened, so it cannot have adopted anything.",
		    act_digits(act, meeting));
	act_ref(act, v->draft_seq);
	const struct methods_version *before = methods_get(g, methods_adopted(g));
	if (before)
		act_ref(act, before->adopted_seq);
	return OK;
}

void methods_fold_adopt(struct group *g, const struct fact *f)
{
	struct methods_state *s = methods_in(g);
	int64_t number = fact_i64(f, "number");
	if (s->adopted.n)
		s->versions.p[methods_adopted(g) - 1].status = METHODS_SUPERSEDED;
	s->versions.p[number - 1].status = METHODS_ADOPTED;
	s->versions.p[number - 1].adopted_seq = f->seq;
	*vec_push(g->arena, &s->adopted) = number;
}
