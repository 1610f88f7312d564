/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/notice/notice.h"

#include "base/poison.h"

static const struct {
	const char *what, *words;
} table[] = {
    {"draft.needs_author",
        "Amendment {0} to draft {1} needs its author: what was adopted touches the "
        "words that it changes. Please say what remains of it."},
    {"draft.accepted", "Amendment {0} to draft {1} was accepted."},
    {"draft.satisfied",
        "What amendment {0} to draft {1} asked for was adopted with other amendments."},
    {"draft.partly", "A part of amendment {0} to draft {1} was adopted with other amendments; the "
                     "rest is still before the group."},
    {"draft.declined", "Amendment {0} to draft {1} was not accepted: {2}"},
    {"draft.stance_removed",
        "The stance of your delegation on amendment {0} to draft {1} was removed: {2}"},
    {"draft.text_stance_removed",
        "Stance {0} of your delegation on the text of draft {1} was removed: {2}"},
    {"proposal.merged", "Proposal {0} was merged into proposal {1}. Please agree, agree ad "
                        "referendum, or object."},
    {"proposal.split", "Proposal {0} was split into proposals {1} and {2}."},
    {"proposal.included", "Proposal {0} was included in the text."},
    {"proposal.not_included", "Proposal {0} was not included in the text."},
    {"proposal.annexed", "Proposal {0} was annexed to the report."},
    {"compilation.placed", "Proposal {0} is an entry of compilation {1}. Please say whether it is "
                           "properly reflected."},
    {"compilation.left_out", "Proposal {0} was left out of compilation {1}: {2}"},
    {"reading.ad_ref", "Paragraph {0} of draft {1} was agreed ad referendum, subject to your "
                       "confirmation. Without an answer it counts as agreed."},
    {"reading.not_confirmed", "Paragraph {0} of draft {1} is open again: {2} did not confirm it."},
    {"reading.lapsed",
        "Paragraph {0} of draft {1} counts as agreed: the time to confirm it has passed."},
    {"reading.reopened", "Paragraph {0} of draft {1} was reopened by consent of the group."},
    {"analysis.used", "Synthesis {0} rests on words of contribution {1}. Please look whether it "
                      "reads them as they were meant; you may say that it misreads them."},
    {"analysis.cited", "Statement {0} now rests on words of contribution {1}. You may say that it "
                       "misreads them."},
    {"analysis.restated",
        "Statement {0}, which rests on words of contribution {1}, was put in other "
        "words. You may say that it misreads them."},
    {"analysis.said_used", "Synthesis {0} rests on words that were said for you at meeting {1}. "
                           "Please look whether it reads them as they were meant."},
    {"analysis.said_cited", "Statement {0} now rests on words that were said for you at meeting "
                            "{1}. Please look whether it reads them as they were meant."},
    {"analysis.said_restated",
        "Statement {0}, which rests on words that were said for you at meeting {1}, was put in "
        "other words. Please look whether it still reads them as they were meant."},
    {"analysis.corrected",
        "You said that statement {0} misreads contribution {1}: the statement was "
        "corrected."},
    {"analysis.stands", "You said that statement {0} misreads contribution {1}: the answer is that "
                        "the statement stands."},
    {"analysis.misread",
        "The author of contribution {0} says that statement {1} misreads it. Please answer."},
    {"analysis.said_corrected",
        "It was said for you that statement {0} misreads your words at meeting {1}: the statement "
        "was corrected."},
    {"analysis.said_stands",
        "It was said for you that statement {0} misreads your words at meeting {1}: the answer is "
        "that the statement stands."},
    {"analysis.said_misread",
        "A speaker at meeting {0} says that statement {1} misreads what was said. Please "
        "answer."},
};

const char *notice_words(str what)
{
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (str_is(what, table[i].what))
			return table[i].words;
	return NULL;
}
