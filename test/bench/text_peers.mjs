// SPDX-License-Identifier: AGPL-3.0-or-later
// Times jsdiff and diff-match-patch in process on two files, and says how many characters they
// report as changed: text_peers.mjs BASE REVISED ROUNDS, one "NAME MILLISECONDS CHARACTERS" a line.
import { readFileSync } from "node:fs";
import { diffWords } from "diff";
import DiffMatchPatch from "diff-match-patch";

const [base, revised] = process.argv.slice(2, 4).map((path) => readFileSync(path, "utf8"));
const rounds = Number(process.argv[4] ?? 3);
const length = (text) => [...text].length;

const jsdiff = () =>
	diffWords(base, revised)
		.filter((part) => part.added || part.removed)
		.reduce((sum, part) => sum + length(part.value), 0);

const matchPatch = () => {
	const dmp = new DiffMatchPatch();
	dmp.Diff_Timeout = 0;
	const diffs = dmp.diff_main(base, revised);
	dmp.diff_cleanupSemantic(diffs);
	return diffs.filter(([op]) => op !== 0).reduce((sum, [, text]) => sum + length(text), 0);
};

for (const [name, run] of [
	["jsdiff", jsdiff],
	["diff-match-patch", matchPatch],
]) {
	const times = [];
	let changed = 0;
	for (let i = 0; i < rounds; i++) {
		const start = process.cpuUsage();
		changed = run();
		const took = process.cpuUsage(start);
		times.push((took.user + took.system) / 1000);
	}
	times.sort((a, b) => a - b);
	console.log(`${name} ${times[Math.floor(rounds / 2)].toFixed(3)} ${changed}`);
}
