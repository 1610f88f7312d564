// SPDX-License-Identifier: AGPL-3.0-or-later
/* tap: what was looked at, and what was wrong with it, on stdout. */

let tests = 0;
let failed = 0;

/* One line a test, and what else there is to say of it. */
export function check(name, fine, ...notes) {
	tests++;
	if (!fine) failed++;
	console.log(`${fine ? 'ok' : 'not ok'} ${tests} - ${name}`);
	for (const n of notes) note(String(n).replaceAll('\n', '\n# '));
}

/* A problem said twice is one problem. */
export function report(name, problems) {
	const all = new Set(problems);
	check(name, all.size === 0, ...all);
}

/* Where the time goes: by section, in milliseconds and times; what two do at once counts twice. */
const sections = new Map();

export async function timed(section, work) {
	const began = performance.now();
	try {
		return await work();
	} finally {
		const s = sections.get(section) ?? { ms: 0, times: 0 };
		sections.set(section, { ms: s.ms + performance.now() - began, times: s.times + 1 });
	}
}

/* A figure for whoever reads the log; it decides nothing. */
export function note(text) {
	console.log(`# ${text}`);
}

/* Figures and the plan; true if something was looked at and all was well. */
export function finish() {
	for (const [name, { ms, times }] of [...sections].sort(([, a], [, b]) => b.ms - a.ms)) {
		note(`${name}: ${(ms / 1000).toFixed(1)} s, ${times} times`);
	}
	console.log(`1..${tests}`);
	return tests > 0 && failed === 0;
}
