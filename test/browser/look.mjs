// SPDX-License-Identifier: AGPL-3.0-or-later
/* look: what a page is asked. Each question answers with a list of problems. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { timed } from './tap.mjs';

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAB_STOPS = 30;
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const WIDTHS = [320, 768, 1440];
export const HEIGHT = 900;

/*
 * In the same document, seen through the same window, axe finds the same: many pages of two roles
 * differ in nothing but the name of who is signed in and the secrets of their forms. What was found
 * in one of them is said of each. (Scripts change documents, so they are read as they stand then.)
 */
const judged = new Map();

function documentOf(page) {
	return page.evaluate(() => {
		const copy = document.documentElement.cloneNode(true);
		for (const e of copy.querySelectorAll('input[type=hidden]')) e.removeAttribute('value');
		for (const e of copy.querySelectorAll('[data-token]')) e.removeAttribute('data-token');
		for (const e of copy.querySelectorAll('.who bdi, .who .meta')) e.textContent = 'Somebody';
		/* What stands in fields, and what is open, where no attribute says so. */
		const now = [...document.querySelectorAll('input, select, textarea')]
			.map((e) => [e.type === 'hidden' ? '' : e.value, e.checked, e.disabled]);
		const dark = matchMedia('(prefers-color-scheme: dark)').matches;
		return JSON.stringify([innerWidth, innerHeight, dark, scrollX, scrollY, now, copy.outerHTML]);
	});
}

async function runAxe(page, only) {
	if (!await page.evaluate(() => Boolean(window.axe))) await page.evaluate(axeSource);
	const found = await page.evaluate(async ([tags, rules]) => {
		const how = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
		const r = await window.axe.run(document, { runOnly: how, resultTypes: ['violations'] });
		return r.violations.map((v) => ({
			id: v.id,
			help: v.help,
			where: v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')}  ${n.html.slice(0, 160)}`),
		}));
	}, [AXE_TAGS, only]);
	return found.map((v) => `axe ${v.id}: ${v.help}\n  ${v.where.join('\n  ')}`);
}

/* Everything, or only the rules that are named. */
export async function axe(page, only) {
	const is = createHash('sha256').update(`${only} ${await documentOf(page)}`).digest('hex');
	const known = judged.get(is);
	if (known) return timed('axe, on a document it has seen', () => known);
	const found = await timed(only ? 'axe, contrast alone' : 'axe', () => runAxe(page, only));
	judged.set(is, found);
	return found;
}

export async function sideways(page) {
	return page.evaluate(() => {
		const root = document.scrollingElement;
		if (root.scrollWidth <= window.innerWidth) return [];
		const wide = [...document.body.querySelectorAll('*')]
			.filter((e) => {
				const box = e.getBoundingClientRect();
				return box.width > 1 && (box.right > window.innerWidth + 1 || box.left < -1) &&
					!e.parentElement.closest('.scroll');
			})
			.slice(0, 3)
			.map((e) => `<${e.localName} class="${e.className}"> ${e.textContent.trim().slice(0, 40)}`);
		return [`scrolls sideways: ${root.scrollWidth} px in ${window.innerWidth}; ${wide.join(' | ')}`];
	});
}

/* Where the focus is: null on no element, `again` inside of the one before. */
export async function stop(page) {
	return page.evaluate(async () => {
		const e = document.activeElement;
		if (!e || e === document.body) return null;
		/* Dates have several stops inside of them, which the browser draws itself. */
		const again = e === window.lastStop;
		window.lastStop = e;
		await Promise.all(e.getAnimations({ subtree: false }).map((a) => a.finished.catch(() => null)));
		const style = getComputedStyle(e);
		const lines = [...e.getClientRects()].filter((b) => b.width > 1 && b.height > 1);
		/* What stands before it, in the middle of one of its lines, is itself. */
		const open = lines.some((b) => {
			const x = (Math.max(b.left, 0) + Math.min(b.right, window.innerWidth)) / 2;
			const y = (Math.max(b.top, 0) + Math.min(b.bottom, window.innerHeight)) / 2;
			const front = document.elementFromPoint(x, y);
			return Boolean(front) && (e.contains(front) || front.contains(e) || Boolean(front.closest('label')?.contains(e)));
		});
		return {
			again,
			what: `<${e.localName}> ${(e.textContent || e.name || '').trim().slice(0, 40)}`,
			ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
			seen: open && lines.some((b) => b.bottom > 0 && b.top < window.innerHeight && b.right > 0 && b.left < window.innerWidth),
			skip: e.classList.contains('skip'),
		};
	});
}

/* A stop of the tab key must be seen, and be seen to have the focus. */
export function judge(at) {
	const problems = [];
	if (!at.ring) problems.push(`no focus ring: ${at.what}`);
	if (!at.seen) problems.push(`has the focus out of sight: ${at.what}`);
	return problems;
}

/* The first stops of the tab key. */
export async function focus(page) {
	const problems = [];
	for (let i = 0; i < TAB_STOPS; i++) {
		await page.keyboard.press('Tab');
		const at = await stop(page);
		if (!at || (i > 0 && at.skip)) break;
		if (at.again) continue;
		if (i === 0 && !at.skip) problems.push(`the first stop of the tab key is ${at.what}, not the skip link`);
		problems.push(...judge(at));
	}
	await page.evaluate(() => { document.activeElement.blur(); window.scrollTo(0, 0); });
	return problems;
}

export async function shot(page, options, name) {
	if (!options.shots) return;
	const safe = name.replaceAll(/[^A-Za-z0-9.=-]+/g, '_').slice(0, 120);
	await page.screenshot({ path: path.join(options.shots, `${safe}.png`), fullPage: true });
}

/* At each width: nothing out of reach, nothing that axe finds. */
export async function look(page, name, widths, options) {
	const problems = [];
	for (const width of widths) {
		await page.setViewportSize({ width, height: HEIGHT });
		const at = (p) => `at ${width} px: ${p}`;
		problems.push(...(await sideways(page)).map(at), ...(await axe(page)).map(at));
		await shot(page, options, `${name}-${width}`);
	}
	return problems;
}

export async function inTheDark(page) {
	await page.emulateMedia({ colorScheme: 'dark' });
	const problems = (await axe(page, ['color-contrast'])).map((p) => `dark: ${p}`);
	await page.emulateMedia({ colorScheme: 'light' });
	return problems;
}

/* The page that is open, once more from right to left, at the narrowest width. */
export async function inArabic(page, url, name, options) {
	const there = new URL(url);
	there.searchParams.set('lang', 'ar');
	await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
	await page.goto(there.href);
	const problems = [];
	if (await page.evaluate(() => document.dir) !== 'rtl') problems.push('is not right to left');
	problems.push(...await sideways(page), ...await axe(page));
	await shot(page, options, `arabic-${name}`);
	await page.context().clearCookies({ name: '__Host-lang' });
	return problems.map((p) => `in Arabic: ${p}`);
}
