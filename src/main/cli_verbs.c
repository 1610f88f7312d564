/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The table of verbs. */
#include "main/cli.h"

#include "base/poison.h"

static const struct cli_verb verbs[] = {
    {"init", "DIR --host NAME --email ADDRESS --name NAME",
        "makes an empty data folder with its first administrator",
        "DIR is made if it is not there. NAME of the host is part of every log's origin and never\n"
        "changes, such as wgec.example.org. The administrator gets an account; a link to sign in\n"
        "with is printed.\n",
        "host email name", 1, 1, cli_init},
    {"serve",
        "DIR [--listen ADDR:PORT] [--public URL] [--sendmail PATH] [--from ADDRESS] [--demo] "
        "[--proxy] [--source URL] [--janus PATH]",
        "serves a data folder on the web",
        "  --listen ADDR:PORT  where to listen; 127.0.0.1:8080 unless told otherwise, port 0 is "
        "any\n"
        "  --public URL        the address that people use, for links\n"
        "  --proxy             a proxy on this machine stands in front (https, many senders)\n"
        "  --sendmail PATH     what takes mail for sending; /usr/sbin/sendmail unless told "
        "otherwise\n"
        "  --from ADDRESS      the sender of mail; comity@ and the public host unless told "
        "otherwise\n"
        "  --source URL        where the source of this program lies, linked from every page; the "
        "program\n"
        "                      hands out the source it was built from unless told otherwise\n"
        "  --demo              sign-in links are shown instead of mailed\n"
        "  --janus PATH        starts Janus, so that people listen and speak on the page of the "
        "floor\n"
        "  --audio-ports A-B   the UDP ports of sound; 20000-21999 unless told otherwise\n"
        "  --audio-address IP  where browsers reach them, when a router translates addresses\n"
        "  --turn ADDRESSES    a TURN server for those whom no UDP reaches, such as "
        "turn:HOST:3478\n"
        "  --turn-secret FILE  its static-auth-secret\n"
        "It stops at SIGTERM or SIGINT after it has answered what is under way.\n",
        "listen public sendmail from source janus audio-ports audio-address turn turn-secret !demo "
        "!proxy",
        1, 1, cli_serve},
    {"replay",
        "SCRIPT-FOLDER DIR [--seed TEXT] [--host NAME] [--live [--meeting N] [--speed N] "
        "[--listen ADDR:PORT] [--janus PATH]]",
        "carries out a script of acts (JSON lines), or plays a meeting of it",
        "Reads every *.jsonl file of the folder in the order of their names. Each line is one "
        "act:\n"
        "  "
        "{\"at\":\"2016-09-30T08:00:00Z\",\"as\":\"chair\",\"do\":\"call.open\",\"with\":{\"call\":"
        "\"@call\"}}\n"
        "at: the time, or left out for the time before; as: who (a name given by an earlier "
        "line);\n"
        "do: the command; with: its fields, \"@name\" stands for what an earlier line made; name: "
        "a name\n"
        "for what this act makes; files: {\"files\":[\"a.pdf\"]}; texts: {\"text\":\"a.fr.txt\"} "
        "reads a field from\n"
        "a file. {\"include\":\"../other/01.jsonl\"} carries out another script first.\n"
        "  --seed TEXT  repeatable ids and salts (for tests and demonstrations only)\n"
        "  --live       serves DIR as a demonstration and plays one meeting while you look on: its "
        "acts come\n"
        "               with the time between them, made shorter, and the pages follow. A "
        "transcript that "
        "the\n"
        "               script imports comes as live captions. Ctrl-C stops it\n"
        "  --meeting N  the meeting to play, by its number or a part of its title; the first one "
        "unless\n"
        "               told otherwise\n"
        "  --speed N    how many times as fast as it was, such as 20 or 2.5; such that it takes "
        "about five\n"
        "               minutes unless told otherwise\n"
        "  --listen ADDR:PORT  as of serve, and so are --janus, --audio-ports and "
        "--audio-address\n",
        "seed host !live meeting speed listen janus audio-ports audio-address", 2, 2, cli_replay},
    {"do", "DIR GROUP COMMAND [FIELD=VALUE ...] [--as PERSON] [--expect N]",
        "carries out one act from the command line",
        "GROUP is - for acts of the instance. Without --as the act is the administrator's own. "
        "Works\n"
        "while no server runs on DIR; \"comity commands\" lists all commands and their fields.\n",
        "as expect key", 3, 200, cli_do},
    {"commands", "[COMMAND]", "lists every command, or one with its fields", NULL, "", 0, 1,
        cli_commands},
    {"rebuild", "DIR [--check]", "makes all tables again from the log",
        "  --check  compares the tables with those that were there: exit 1 when they differ\n",
        "!check", 1, 1, cli_rebuild},
    {"export", "DIR GROUP OUT", "writes a group's public record as a plain folder",
        "OUT must not exist. \"comity verify OUT\" checks it anywhere, without a database.\n", "",
        3, 3, cli_export},
    {"verify", "OUT|DIR", "checks a record: chain, tree, signatures, every part",
        "Exit code 0: all is as it was written; 1: tampered with, and the place is named; 2: "
        "unreadable.\n",
        "", 1, 1, cli_verify},
    {"report", "DIR GROUP [--facts | --format html|text]",
        "writes the Chair's report from the record",
        "  --facts        the facts as JSON, each with the entries that prove it\n"
        "  --format text  the report as text (html: as a page)\n",
        "!facts format", 2, 2, cli_report},
    {"text", "check|adopt|rolling|redline|streamline|docx|import ...",
        "merges, adopts and compares amendments, on files alone", NULL, "", 0, 0, NULL, &cli_text},
    {"caption", "DIR GROUP --meeting N --lang LANG [--source NAME] [--asr COMMAND]",
        "sends standard input as live captions to the server of DIR",
        "Text is sent as it comes; a line feed ends a line, a backspace takes a character back.\n"
        "Each piece is sent until the server has kept it: a server that is away costs time and no\n"
        "words.\n"
        "  --source NAME  who captions; two programs at once need two names\n"
        "  --asr COMMAND  standard input is sound (16 kHz, s16le, one channel), and COMMAND hears "
        "it:\n"
        "                 it reads the sound and prints lines such as\n"
        "                 {\"text\":\"we agree\",\"final\":true}; without final the next one "
        "replaces it\n",
        "meeting lang source asr", 2, 2, cli_caption},
    {"bench", "[FOLDER]", "measures this machine (see doc/bench.md)",
        "Makes a group in a folder of its own in FOLDER (/var/tmp), measures what acts, a rebuild, "
        "a\n"
        "check of the record and a page cost, and removes it. Name a folder on the disk that will "
        "hold\n"
        "the data.\n",
        "", 0, 1, cli_bench},
};

const struct cli_verbs cli_verbs = {
    "comity",
    "Comity runs a working group from mandate to report.",
    " \"comity --version\" prints the version.",
    verbs,
    sizeof verbs / sizeof verbs[0],
};
