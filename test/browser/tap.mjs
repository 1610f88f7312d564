// SPDX-License-Identifier: AGPL-3.0-or-later
/* tap: what was looked at, and what was wrong with it, on stdout. */

let tests = 0;
let failed = 0;

/* One line a test; a problem said twice is one problem. */
export function report(name, problems) {
	const all = [...new Set(problems)];
	tests++;
	if (all.length) failed++;
	console.log(`${all.length ? 'not ok' : 'ok'} ${tests} - ${name}`);
	for (const p of all) console.log(`# ${p.replaceAll('\n', '\n# ')}`);
}

/* A figure for whoever reads the log; it decides nothing. */
export function note(text) {
	console.log(`# ${text}`);
}

/* The plan; true if something was looked at and all was well. */
export function finish() {
	console.log(`1..${tests}`);
	return tests > 0 && failed === 0;
}
