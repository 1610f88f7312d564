// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * keys: somebody who has only a keyboard. Every stop on the way must be seen, be seen to have the
 * focus, and have a name that assistive technology reads out (as Chromium's own tree has it).
 */
import { judge, stop } from './look.mjs';

const MOST = 900; /* presses of the tab key before one gives up */

export class Keys {
	static async of(page, problems) {
		const cdp = await page.context().newCDPSession(page);
		await cdp.send('Accessibility.enable');
		return new Keys(page, cdp, problems);
	}

	constructor(page, cdp, problems) {
		this.page = page;
		this.cdp = cdp;
		this.problems = problems;
		this.presses = 0;
	}

	/* {role, name} of what has the focus. */
	async named() {
		const { result } = await this.cdp.send('Runtime.evaluate', { expression: 'document.activeElement' });
		const { nodes } = await this.cdp.send('Accessibility.getPartialAXTree',
			{ objectId: result.objectId, fetchRelatives: false });
		return { role: nodes[0].role?.value ?? '', name: (nodes[0].name?.value ?? '').trim() };
	}

	/* Looks at where the focus is now; null when it is on nothing. */
	async here() {
		const at = await stop(this.page);
		if (!at) return null;
		const { role, name } = await this.named();
		const where = new URL(this.page.url()).pathname;
		this.problems.push(...judge(at).map((p) => `${where}: ${p}`));
		if (!name) this.problems.push(`${where}: has no name: ${at.what}`);
		return { ...at, role, name };
	}

	async press(key) {
		this.presses++;
		await this.page.keyboard.press(key);
	}

	/*
	 * On to a stop whose name fits, and whose role if it is given; `within` is an element that it
	 * must stand in. back: against the order.
	 */
	async to(name, role, { within, back } = {}) {
		for (let i = 0; i < MOST; i++) {
			await this.press(back ? 'Shift+Tab' : 'Tab');
			const at = await this.here();
			if (at && name.test(at.name) && (!role || role === at.role) && (!within || await this.inside(within))) return;
		}
		throw new Error(`${back ? 'Shift+Tab' : 'Tab'} does not lead to ${role ?? ''} ${name} at ${this.page.url()}`);
	}

	/* There already, or on to it. */
	async at(name, role, how) {
		const now = await this.named();
		if (!name.test(now.name) || role !== now.role) await this.to(name, role, how);
	}

	async inside(selector) {
		return this.page.evaluate((s) => Boolean(document.activeElement.closest(s)), selector);
	}

	/* Past what stands on every page. */
	async past() {
		await this.to(/^Skip to the content$/);
		await this.press('Enter');
	}

	/* Enter leads to another page, whose address is or fits the one that is given. */
	async enter(address) {
		const there = this.page.waitForEvent('load');
		await this.press('Enter');
		await there;
		const url = this.page.url();
		if (address instanceof RegExp ? !address.test(url) : address !== url) {
			const why = await this.page.locator('#problems').allInnerTexts();
			throw new Error(`Enter leads to ${url}, not to ${address}: ${why.join(' ')}`);
		}
	}

	/*
	 * Enter does something here: the page stays, and `seen` becomes true in it. What its polite region
	 * says from now on is in window.told. held: the key is let go too late.
	 */
	async act(seen, arg, { held } = {}) {
		await this.page.evaluate(() => {
			if (window.told) return;
			window.told = [];
			const say = document.querySelector('#say[aria-live], #live-say');
			new MutationObserver(() => say.textContent && window.told.push(say.textContent))
				.observe(say, { childList: true, subtree: true, characterData: true });
		});
		this.presses++;
		await this.page.keyboard.down('Enter');
		if (!held) await this.page.keyboard.up('Enter');
		await this.page.waitForFunction(seen, arg, { timeout: 10000 });
		if (held) await this.page.keyboard.down('Enter');
		if (held) await this.page.keyboard.up('Enter');
		if (!await this.page.evaluate(() => window.told)) throw new Error(`the page was loaded anew: ${this.page.url()}`);
	}

	/* Enter on a button does something here, and it is said. */
	async done(how) {
		const said = await this.page.evaluate(() => window.told?.length ?? 0);
		await this.act((n) => window.told.length > n, said, how);
	}

	/* Enter opens the form of a link here, and the focus is at its name. */
	async open() {
		await this.act(() => document.activeElement.id === 'act-title');
	}

	/* Enter sends the form that was opened here, and it goes. */
	async send() {
		await this.act(() => document.getElementById('act').hidden);
	}

	async type(text) {
		await this.page.keyboard.type(text);
		await this.here();
	}
}
