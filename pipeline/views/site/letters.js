"use strict";
(() => {
  const FIRST = 100; // so many letters of a group are listed before somebody asks for the rest
  const MOST = 4e6; // so many pairs of words are compared; beyond them, all between the equal ends counts as different
  const WIDTH = 76; // characters: the lines of a text part are no longer than that
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const joined = (numbers) => numbers.map((number) => data.lines[number]).join("\n");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`).value;
  const whole = new Set(); // the groups of which all letters are listed
  const order = Object.keys(data.groups);
  const byName = new Intl.Collator("en").compare;
  for (const each of data.letters) each.who = each.name || each.reference;
  data.letters.sort((one, other) => order.indexOf(one.group) - order.indexOf(other.group) || byName(one.who, other.who));
  let found = data.letters;
  let letter = null;

  data.letters.forEach((each, number) => {
    each.id = `${each.reference}/${each.group.split(" ")[0]}/${number}`;
    each.plain = plain(`${each.name} ${each.to} ${each.reference} ${each.code}`);
  });

  const made = (tag, text, set = {}) => Object.assign(document.createElement(tag), { textContent: text }, set);

  // --- the list ---------------------------------------------------------------------------------------------

  function list() {
    const words = plain(at("search").value).split(/\s+/).filter(Boolean);
    const only = at("group").value;
    found = data.letters.filter(
      (each) => (!only || each.group === only) && words.every((word) => each.plain.includes(word)),
    );
    const none = found.length ? "" : ". Try a part of a name, of an address or of a reference, or another kind.";
    at("count").textContent = `${found.length} of ${data.letters.length} letters${none}`;
    at("groups").replaceChildren(...order.flatMap(group));
    mark();
  }

  function group(key) {
    const there = found.filter((each) => each.group === key);
    if (!there.length) return [];
    const shown = whole.has(key) ? there : there.slice(0, FIRST);
    const items = made("ul", "");
    items.append(...shown.map(item));
    const parts = [made("h2", `${data.groups[key]} (${there.length})`), items];
    if (shown.length < there.length) {
      const more = made("button", `Show all ${there.length}`, { type: "button" });
      more.onclick = () => {
        whole.add(key);
        list();
        at("groups").querySelector(`[data-id="${there[FIRST].id}"]`).focus();
      };
      parts.push(more);
    }
    return parts;
  }

  function item(each) {
    const button = made("button", each.who, { type: "button" });
    button.dataset.id = each.id;
    button.append(made("small", `${each.reference}, ${each.stand}`));
    button.onclick = () => choose(each, true);
    const line = made("li", "");
    line.append(button);
    return line;
  }

  function mark() {
    for (const button of at("groups").querySelectorAll("[data-id]")) {
      if (letter && button.dataset.id === letter.id) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    const place = found.indexOf(letter);
    at("previous").disabled = place <= 0;
    at("next").disabled = place < 0 || place === found.length - 1;
  }

  // --- one letter -------------------------------------------------------------------------------------------

  function choose(each, goes) {
    letter = each;
    at("shown").hidden = false;
    at("subject").textContent = each.subject;
    at("subject").lang = each.language;
    at("facts").replaceChildren(...facts(each));
    at("attached").replaceChildren(...attached(each));
    others();
    show();
    mark();
    history.replaceState(null, "", `#${encodeURIComponent(each.id)}`);
    if (goes) {
      at("letter").focus({ preventScroll: true });
      if (at("letter").getBoundingClientRect().top < 0 || innerWidth < 800) at("letter").scrollIntoView();
    }
  }

  function facts(each) {
    const rows = [
      ["To", each.name ? `${each.name} <${each.to}>` : each.to],
      ["Letter", `${each.reference}, ${data.groups[each.group]}: ${each.stand}`],
      ["Why", each.why],
      ["Release", each.release],
    ];
    const shown = rows.filter((row) => row[1]).flatMap(([name, value]) => [made("dt", name), made("dd", value)]);
    if (!each.file) return shown;
    const file = made("dd", "");
    file.append(made("a", each.file, { href: each.file.split("/").map(encodeURIComponent).join("/") }));
    return [...shown, made("dt", "File"), file];
  }

  function attached(each) {
    return each.attached.map((one) => {
      const title = `Attached: ${one.name} (${one.size.toLocaleString("en")} bytes)`;
      if (!one.text) return made("p", title);
      const shown = made("details", "");
      shown.append(made("summary", title), made("pre", one.text, { tabIndex: 0, ariaLabel: one.name }));
      return shown;
    });
  }

  function show() {
    const part = chosen("part");
    for (const id of ["html", "text", "head", "compare"]) at(id).hidden = id !== part;
    for (const field of document.querySelectorAll(".of-html")) field.hidden = part !== "html";
    if (part === "html") frame();
    if (part === "text") Object.assign(at("text"), { textContent: joined(letter.text), lang: letter.language });
    if (part === "head") at("head").textContent = joined(letter.head);
    if (part === "compare") compare();
  }

  // A browser's own colours do not reach into a frame everywhere, so the letter's rules for dark screens are switched.
  function frame() {
    const isDark = chosen("colours") === "dark";
    const scheme = isDark ? "dark" : "light";
    const dark = /\(\s*prefers-color-scheme\s*:\s*dark\s*\)/gi;
    const light = /\(\s*prefers-color-scheme\s*:\s*light\s*\)/gi;
    const [on, off] = ["(min-width: 0)", "(max-width: 0)"];
    const page = joined(letter.html).replace(dark, isDark ? on : off).replace(light, isDark ? off : on);
    const set = `<base target="_blank"><style>:root { color-scheme: ${scheme} !important; }</style>`;
    const view = at("frame");
    view.className = chosen("width");
    view.style.colorScheme = scheme;
    view.title = `Letter to ${letter.who}, ${scheme}, ${chosen("width")}`;
    view.onload = fit;
    view.srcdoc = /<head[^>]*>/i.test(page) ? page.replace(/<head[^>]*>/i, (head) => head + set) : set + page;
  }

  // As high as the letter, so that nobody scrolls within what scrolls. The frame runs nothing; it can only be measured.
  function fit() {
    const view = at("frame");
    const page = view.contentDocument && view.contentDocument.documentElement;
    if (page) view.style.height = `${page.offsetHeight + view.offsetHeight - view.clientHeight}px`;
  }

  // --- two letters ------------------------------------------------------------------------------------------

  function others() {
    const same = data.letters.filter((each) => each !== letter && each.group === letter.group);
    const rest = data.letters.filter((each) => each.group !== letter.group && each.reference === letter.reference);
    const offered = [...same.filter((each) => found.includes(each)), ...same, ...rest, ...data.letters];
    const few = [...new Set(offered)].filter((each) => each !== letter).slice(0, 300);
    at("other").replaceChildren(
      ...few.map((each) => made("option", `${each.who} (${each.reference}): ${data.groups[each.group]}`, { value: each.id })),
    );
  }

  function compare() {
    const other = data.letters.find((each) => each.id === at("other").value);
    at("differences").textContent = other ? "" : "There is no other letter.";
    const texts = [letter, other].map((each) => (each ? `${each.subject}\n\n${unwrapped(each)}` : ""));
    const [left, right] = texts.map((text) => text.match(/\s+|[^\s]+/g) || []);
    const [inLeft, inRight] = different(left, right);
    paint("left", letter, left, inLeft);
    paint("right", other, right, inRight);
    const number = Math.max(runs(inLeft), runs(inRight));
    if (other) at("differences").textContent = number ? `${number} ${number === 1 ? "place differs" : "places differ"}` : "They say the same.";
  }

  // A line goes on in the next one where that one's first word had no room: so it was broken, and is joined again here.
  function unwrapped(each) {
    const lines = each.text.map((number) => data.lines[number]);
    return lines.reduce((text, line, place) => {
      const [before, first] = [lines[place - 1], line.trim().split(" ")[0]];
      const isBroken = before && first && !/^(-|\d+\.)$/.test(first) && before.length + 1 + first.length > WIDTH;
      return text + (isBroken ? ` ${line.trim()}` : `\n${line}`);
    });
  }

  const runs = (flags) => flags.filter((flag, place) => flag && !flags[place - 1]).length;

  // Which words of two texts are not in their longest common sequence; a gap between two such words counts with them.
  function different(left, right) {
    let start = 0;
    let end = 0;
    const shorter = Math.min(left.length, right.length);
    while (start < shorter && left[start] === right[start]) start += 1;
    while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1;
    const [a, b] = [left.slice(start, left.length - end), right.slice(start, right.length - end)];
    const flags = [left, right].map((words, side) => {
      const inside = side ? b.length : a.length;
      return words.map((_, place) => place >= start && place < start + inside);
    });
    if (a.length * b.length <= MOST) common(a, b, (one, two) => { flags[0][start + one] = flags[1][start + two] = false; });
    [left, right].forEach((words, side) => words.forEach((word, place) => {
      const around = flags[side][place - 1] && flags[side][place + 1];
      if (/^\s+$/.test(word)) flags[side][place] = Boolean(around);
    }));
    return flags;
  }

  function common(a, b, tell) {
    const wide = b.length + 1;
    const longest = new Uint16Array((a.length + 1) * wide);
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        longest[i * wide + j] = a[i] === b[j]
          ? longest[(i + 1) * wide + j + 1] + 1
          : Math.max(longest[(i + 1) * wide + j], longest[i * wide + j + 1]);
      }
    }
    for (let i = 0, j = 0; i < a.length && j < b.length;) {
      if (a[i] === b[j]) tell(i++, j++);
      else if (longest[(i + 1) * wide + j] >= longest[i * wide + j + 1]) i += 1;
      else j += 1;
    }
  }

  function paint(id, each, words, flags) {
    at(`${id}-title`).textContent = each ? `${each.who} (${each.reference})` : "";
    const parts = [];
    for (let place = 0; place < words.length;) {
      let next = place;
      while (next < words.length && flags[next] === flags[place]) next += 1;
      const text = words.slice(place, next).join("");
      parts.push(flags[place] ? made("mark", text) : text);
      place = next;
    }
    at(id).replaceChildren(...parts);
    at(id).lang = each ? each.language : "en";
  }

  // ----------------------------------------------------------------------------------------------------------

  const step = (by) => choose(found[found.indexOf(letter) + by], false);
  at("previous").onclick = () => step(-1);
  at("next").onclick = () => step(1);
  at("back").onclick = () => at("search").focus();
  addEventListener("resize", fit);
  at("search").oninput = list;
  at("group").onchange = list;
  at("group").append(
    made("option", "All", { value: "" }),
    ...order.map((value) => made("option", data.groups[value], { value })),
  );
  at("other").onchange = compare;
  for (const input of document.querySelectorAll('input[type="radio"]')) input.onchange = show;
  list();
  const asked = decodeURIComponent(location.hash.slice(1));
  const first = data.letters.find((each) => asked && each.id.startsWith(asked)) || data.letters[0];
  if (first) choose(first, false);
})();
