// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * informal: a facilitator edits a paragraph, somebody else sees every edit as it is typed; a second
 * editor is told that there is one; the result comes back as an amendment.
 */
import { note, report } from '../tap.mjs';
import { check, inspect, person, words } from './group.mjs';

const PARAGRAPH = 'p23';
const EDITS = 20;
const BETWEEN = 250; /* milliseconds between two edits: they arrive one by one, as from a fast typist */
const IN_TIME = 300; /* milliseconds that an edit should need; said, not judged: machines differ */

async function open(chair, base) {
	const { page } = chair;
	await page.goto(new URL('/g/wgec/drafts/1', base).href);
	await page.locator(`[id="${PARAGRAPH}"]`).getByRole('link', { name: /live drafting/ }).click();
	await page.getByLabel(/What it is about/).fill('Words on everyone’s screen');
	await page.getByRole('button', { name: 'Open a paragraph for live drafting' }).click();
	await page.waitForURL(/\/informal\/\d+$/);
	return page.url();
}

/* Both sides note when: the clock is that of one machine. */
async function watchBoth(editor, follower) {
	await editor.page.evaluate(() => {
		window.typed = [];
		document.querySelector('#live-edit textarea').addEventListener('input', () => window.typed.push(Date.now()), true);
	});
	await follower.page.evaluate(() => {
		window.shown = [];
		const live = document.getElementById('live-change');
		const text = () => [...live.childNodes].filter((n) => n.nodeName !== 'DEL').map((n) => n.textContent).join('');
		new MutationObserver(() => window.shown.push([Date.now(), text()])).observe(live, { childList: true, characterData: true, subtree: true });
	});
}

/* For each edit when it was first seen whole; what was seen before the edit before it is out of order. */
function arrivals(typed, shown) {
	const late = [];
	let last = 0;
	let inOrder = true;
	for (let i = 0; i < typed.length; i++) {
		const at = shown.findIndex(([, text]) => text.includes(`word${i}.`));
		if (at < 0) return { missing: i };
		inOrder &&= at >= last;
		last = at;
		late.push(shown[at][0] - typed[i]);
	}
	/* Nothing that was seen goes away again. */
	let most = 0;
	for (const [, text] of shown) {
		const n = (text.match(/word\d+\./g) ?? []).length;
		inOrder &&= n >= most;
		most = n;
	}
	return { late: late.sort((a, b) => a - b), inOrder };
}

async function follow(editor, follower) {
	await watchBoth(editor, follower);
	const area = editor.page.getByLabel('As it should read');
	await area.focus();
	await editor.page.keyboard.press('Control+End');
	for (let i = 0; i < EDITS; i++) {
		await editor.page.keyboard.insertText(` word${i}.`);
		await editor.page.waitForTimeout(BETWEEN);
	}
	await follower.page.waitForFunction((n) => document.getElementById('live-change').textContent.includes(`word${n}.`), EDITS - 1,
		{ timeout: 10000 }).catch(() => null);
	const typed = await editor.page.evaluate(() => window.typed);
	const shown = await follower.page.evaluate(() => window.shown);
	const { late, inOrder, missing } = arrivals(typed, shown);
	const at = (share) => late[Math.min(late.length - 1, Math.floor(share * late.length))];
	if (late) note(`informal: ${late.length} edits reached the follower in p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; ` +
		`${late.filter((l) => l <= IN_TIME).length} of them within ${IN_TIME} ms`);
	return check({
		[`every edit arrives (${missing} does not)`]: missing === undefined,
		'in the order in which they were typed': missing !== undefined || inOrder,
		'half of the edits arrive before the next but one is typed': missing !== undefined || at(0.5) <= 2 * BETWEEN,
		'what one follows is marked as added': await follower.page.locator('#live-change ins').count() > 0,
	});
}

/* One editor for a paragraph: another one is told, on the form and in the draft. */
async function second(browser, base, address) {
	const office = await person(browser, base, 'secretariat');
	const { page } = office;
	await page.goto(new URL(`/g/wgec/do/informal.open?draft=1&paragraph=${PARAGRAPH}`, base).href);
	await page.getByRole('button', { name: 'Open a paragraph for live drafting' }).click();
	await page.locator('#problems').waitFor();
	const problems = check({ 'a second editor is told': (await words(page)).includes('one editor for a paragraph') });
	problems.push(...office.heard(/status of 409/));
	await page.goto(new URL('/g/wgec/drafts/1', base).href);
	const link = page.locator(`[id="${PARAGRAPH}"]`).getByRole('link', { name: /Drafted live at this moment/ });
	problems.push(...check({ 'the draft says that it is drafted now': new URL(await link.getAttribute('href'), base).href === address }));
	await page.goto(address);
	problems.push(...check({ 'and who looks on cannot type': await page.locator('main textarea').count() === 0 }), ...office.heard());
	await office.context.close();
	return problems;
}

async function result(chair, follower) {
	const { page } = chair;
	await page.getByLabel('Reason').fill('What the room could live with.');
	await page.getByRole('button', { name: 'Return the result to the plenary' }).click();
	await page.getByRole('link', { name: /^Amendment \d+/ }).click();
	await page.waitForURL(/\/amendments\/\d+$/);
	const text = await words(page);
	await follower.page.locator('#live-ended').waitFor({ state: 'visible', timeout: 10000 });
	const standing = await follower.page.locator('#standing').innerText();
	return check({
		'it is a proposal of the facilitator': text.includes('A proposal of the facilitator.'),
		'it has the words that were typed': text.includes(`word${EDITS - 1}.`),
		'the follower is told that it is over': standing.includes('It returned to the plenary as a proposal of the facilitator'),
	});
}

export async function informal(browser, base) {
	const chair = await person(browser, base, 'chair');
	const anyone = await person(browser, base, null, { viewport: { width: 320, height: 640 } });
	const address = await open(chair, base);
	await anyone.page.goto(address);
	report('informal: every edit reaches who looks on, in order',
		[...await follow(chair, anyone), ...await inspect(anyone.page), ...await inspect(chair.page), ...chair.heard(), ...anyone.heard()]);
	report('informal: a second editor is told that there is one', await second(browser, base, address));
	report('informal: the result comes back as an amendment', [...await result(chair, anyone), ...chair.heard(), ...anyone.heard()]);
	await chair.context.close();
	await anyone.context.close();
}
