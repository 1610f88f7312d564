// SPDX-License-Identifier: AGPL-3.0-or-later
// The sound of a meeting: listening, and speaking when one has the floor. The offer of the browser
// goes to the server of this page, which answers for Janus; it is the server, too, that opens and
// closes microphones. A microphone is asked for only when its button is pressed.

const part = document.getElementById("sound");
const $ = (name) => document.getElementById(`sound-${name}`);
const tries = [1000, 2000, 5000, 10000]; // milliseconds before it is connected again

let lines = []; // to Janus: one, or one to hear and one to speak
let wish; // what was pressed: {hear, send}, each a channel or undefined
let mic;
let muted = false; // by oneself
let failed = 0; // times in a row
let again; // the timer of the next try

const word = (name) => document.querySelector(`#sound-words [data-word="${name}"]`).textContent;

// Said once: the same words again are no news to who listens to the page.
function say(name) {
  if ($("state").textContent !== word(name)) $("state").textContent = word(name);
}

// --- one line ---

async function post(fields) {
  const body = new URLSearchParams({ _token: part.dataset.token, ...fields });
  return fetch(part.dataset.to, { method: "POST", body, keepalive: true, headers: { accept: "application/json" } });
}

// Where there is a relay, it and a password for it, which ends with the day; else nothing.
async function relay() {
  if (!part.dataset.relay) return [];
  const answer = await post({ relay: "1" });
  if (!answer.ok) throw Object.assign(new Error("not taken"), { status: answer.status });
  return (await answer.json()).relay;
}

class Line {
  constructor(channel, track, hears, iceServers) {
    this.channel = channel;
    this.pc = new RTCPeerConnection({ iceServers });
    const direction = track ? (hears ? "sendrecv" : "sendonly") : "recvonly";
    this.pc.addTransceiver(track ?? "audio", { direction });
    if (hears) this.pc.ontrack = (e) => this.play(e.track);
    this.pc.onconnectionstatechange = () => this.changed();
  }

  play(track) {
    this.sound = new Audio();
    this.sound.srcObject = new MediaStream([track]);
    this.sound.play();
  }

  async open() {
    await this.pc.setLocalDescription();
    const answer = await post({ channel: this.channel, offer: this.pc.localDescription.sdp });
    if (!answer.ok) throw Object.assign(new Error("not taken"), { status: answer.status });
    const { line, answer: sdp } = await answer.json();
    this.id = line;
    if (this.over) return this.leave();
    await this.pc.setRemoteDescription({ type: "answer", sdp });
  }

  changed() {
    if (this.over) return;
    if (this.pc.connectionState === "connected") failed = 0;
    if (["failed", "closed", "disconnected"].includes(this.pc.connectionState)) lost();
    else show();
  }

  leave() {
    if (this.id) post({ leave: this.id }).catch(() => {});
  }

  close() {
    this.over = true;
    this.leave();
    this.pc.close();
    if (this.sound) this.sound.srcObject = null;
  }
}

// --- all of them ---

function hangUp() {
  clearTimeout(again);
  for (const line of lines) line.close();
  lines = [];
}

// Who speaks where he listens does not hear himself; in another channel he would, late.
function plan({ hear, send }, servers) {
  const track = mic?.getAudioTracks()[0];
  if (send === undefined) return [new Line(hear, undefined, true, servers)];
  if (send === hear) return [new Line(hear, track, true, servers)];
  return [new Line(hear, undefined, true, servers), new Line(send, track, false, servers)];
}

async function connect() {
  hangUp();
  const mine = (lines = []);
  try {
    const servers = await relay();
    if (mine !== lines) return;
    mine.push(...plan(wish, servers));
    show();
    await Promise.all(mine.map((line) => line.open()));
  } catch (e) {
    if (mine !== lines) return;
    if (e.status === 403) stop("denied");
    else lost();
  }
}

function lost() {
  hangUp();
  if (failed >= tries.length) return stop("failed");
  say("lost");
  again = setTimeout(connect, tries[failed++]);
}

function stop(why) {
  hangUp();
  wish = undefined;
  failed = 0;
  for (const track of mic?.getTracks() ?? []) track.stop();
  mic = undefined;
  show();
  say(why);
}

// --- what is shown ---

// The floor is given by the Chair; an interpreter has a channel of his own.
function maySpeak() {
  return wish?.send !== undefined && (wish.send !== "" || $("may")?.dataset.may === "speaks");
}

function state() {
  if (!lines.every((line) => line.pc.connectionState === "connected")) return "connecting";
  if (wish.send === undefined) return "listening";
  if (!maySpeak()) return "closed";
  return muted ? "muted" : "open";
}

const put = (button, there) => (button.closest("li").hidden = !there);

function show() {
  const on = wish !== undefined;
  const was = document.activeElement;
  for (const button of part.querySelectorAll("#sound-listen, #sound-speak, [data-interpret]")) put(button, !on);
  put($("leave"), on);
  put($("mute"), maySpeak());
  $("mute").textContent = word(muted ? "reopen" : "close");
  for (const track of mic?.getAudioTracks() ?? []) track.enabled = maySpeak() && !muted;
  // While one speaks into another channel than one listens to, nobody talks into one's ear.
  const apart = lines.length > 1 && wish?.send === "" && maySpeak() && !muted;
  for (const line of lines) if (line.sound) line.sound.muted = apart;
  if (on && lines.length) say(state());
  // A button that went away with the focus gives it to the one that takes its place.
  if (part.contains(was) && was.closest("[hidden]")) (on ? $("leave") : $("listen")).focus();
}

async function begin(send) {
  const hear = wish?.hear ?? $("channel")?.value ?? "";
  try {
    if (send !== undefined) mic = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    return say("refused");
  }
  muted = false;
  wish = { hear: send ? "" : hear, send };
  say("connecting");
  connect();
}

$("listen").addEventListener("click", () => begin());
$("speak")?.addEventListener("click", () => begin(""));
for (const button of part.querySelectorAll("[data-interpret]"))
  button.addEventListener("click", () => begin(button.dataset.interpret));
$("leave").addEventListener("click", () => stop("idle"));
$("mute").addEventListener("click", () => {
  muted = !muted;
  show();
});
$("channel")?.addEventListener("change", () => {
  if (!wish || wish.send) return; // who interprets listens to the floor
  wish.hear = $("channel").value;
  connect();
});
// What floor.mjs renews after each act.
if ($("may")) new MutationObserver(() => {
  if (!maySpeak()) muted = false;
  show();
}).observe($("may"), { attributes: true, attributeFilter: ["data-may"] });
window.addEventListener("pagehide", hangUp);

$("none").hidden = true;
$("desk").hidden = false;
if (!window.RTCPeerConnection) {
  $("none").hidden = false;
  $("desk").hidden = true;
}
