// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * forms: every form that a role has, narrow and wide, and narrow from right to left. The walk sees
 * the forms that pages link to; the help page of each group knows all of them.
 */
import { HEIGHT, WIDTHS, axe, inArabic, shot, sideways } from './look.mjs';
import { report } from './tap.mjs';

/* Forms that were looked at: a command has one, whoever opens it, and perhaps fewer fields. */
const done = new Set();
const command = (url) => new URL(url).pathname;

/* With what they are about where a page links to them, else bare. */
async function formsOf(page, base, seen) {
	const forms = new Map();
	for (const url of seen) if (/\/do\/[^/]+$/.test(command(url)) && !forms.has(command(url))) forms.set(command(url), url);
	for (const help of seen.filter((url) => /^\/g\/[^/]+\/help$/.test(command(url)))) {
		await page.goto(help);
		const links = await page.evaluate(() => [...document.querySelectorAll('main a[href*="/do/"]')].map((a) => a.href));
		for (const url of links) if (!forms.has(command(url))) forms.set(command(url), url);
	}
	return [...forms.values()].filter((url) => new URL(url).origin === base.origin && !done.has(command(url)));
}

/* As the walk left it: the narrow one was looked at already when a page linked to the form. */
async function lookAtForm(who, url, name, wasSeen, options) {
	const problems = [];
	const { page } = who;
	for (const width of wasSeen ? [WIDTHS.at(-1)] : [WIDTHS[0], WIDTHS.at(-1)]) {
		await page.setViewportSize({ width, height: HEIGHT });
		if (page.url() !== url) {
			const answer = await page.goto(url);
			if (answer.status() !== 200) problems.push(`answers ${answer.status()}`);
		}
		const at = (p) => `at ${width} px: ${p}`;
		problems.push(...(await sideways(page)).map(at), ...(await axe(page)).map(at));
		await shot(page, options, `form-${name}-${width}`);
	}
	problems.push(...await inArabic(page, url, name, options));
	return problems;
}

export async function lookAtForms(who, base, role, seen, options) {
	const forms = await formsOf(who.page, base, seen);
	for (const url of forms) {
		const name = `form ${url.slice(base.origin.length)} of ${role}`;
		let problems = [];
		done.add(command(url));
		try {
			problems = await lookAtForm(who, url, name, seen.includes(url), options);
		} catch (e) {
			problems.push(`could not be looked at: ${e.message.split('\n')[0]}`);
		}
		report(name, [...problems, ...who.heard()]);
	}
}
