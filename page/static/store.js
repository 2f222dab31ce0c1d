// What a reader leaves on the page: kept in this browser and, where the assistant was started with
// --keep, in the library too. An entry that was removed leaves its mark, so that it stays away.
import { $, article, newId, recall, remember, version } from "./shared.js";
import { post } from "./stream.js";

const isKept = $("assistant").dataset.keep === "yes";

export class Store {
  constructor(place, most) { Object.assign(this, { place, most, own: [] }); }

  #every() {
    try { return JSON.parse(recall(this.place)) ?? this.own; } catch { return this.own; }
  }

  #write(entries) {
    this.own = entries.slice(0, this.most);
    remember(this.place, JSON.stringify(this.own));
  }

  list() { return this.#every().filter((entry) => !entry.gone); }

  ofArticle() { return this.list().filter((entry) => entry.article === article); }

  find(id) { return this.list().find((entry) => entry.id === id); }

  put(entry) {
    const entries = this.#every(), at = entries.findIndex(({ id }) => id === entry.id);
    const put = { ...entry, at: Date.now() };
    if (at < 0) entries.unshift(put);
    else entries[at] = put;
    this.#write(entries);
    this.meet([put]);
    return put;
  }

  // Returns how to take it back.
  remove(id) {
    const entry = this.find(id);
    this.put({ id, gone: true });
    return () => this.put(entry);
  }

  // Hand entries to the library, and take over what is newer there. A key of the assistant's
  // memory is this browser's own.
  async meet(given) {
    if (!isKept) return;
    const answer = await post(`kept/${this.place}`, given.map(({ key, ...entry }) => entry)).catch(() => null);
    if (!answer?.ok) return;
    const own = this.#every(), known = new Map(own.map((entry) => [entry.id, entry]));
    const kept = await answer.json();
    for (const entry of kept) {
      const mine = known.get(entry.id);
      if (!mine) own.push(entry);
      else if (mine.at < entry.at) own[own.indexOf(mine)] = entry.gone ? entry : { ...mine, ...entry };
    }
    this.#write(own);
    const there = new Map(kept.map((entry) => [entry.id, entry.at]));
    const missing = own.filter(({ id, at }) => !(there.get(id) >= at));
    if (missing.length && !given.length) await this.meet(missing);
  }
}

// The reader's conversations about each article. An entry holds questions, engine and the article's
// version, never answers: those are asked anew, so that every proof can be checked against the
// article as it stands.
export class Talks extends Store {
  constructor() {
    super("conversations", 60);
    this.id = recall(`talk:${article}`, "sessionStorage");
  }

  current() { return this.find(this.id); }

  choose(id) {
    this.id = id;
    remember(`talk:${article}`, id ?? "", "sessionStorage");
  }

  // The key is that of the assistant's memory, which may have forgotten an older one.
  begin(key) {
    if (!this.current()) this.choose(this.put({ id: newId(), name: "", article, version, turns: [] }).id);
    this.change({ key });
  }

  change(changed, id = this.id) {
    const entry = this.find(id);
    if (!entry) return;
    const made = { ...entry, ...changed };
    this.put({ ...made, name: made.name || (made.turns[0]?.question.slice(0, 80) ?? "") });
  }

  remove(id) {
    if (id === this.id) this.choose(null);
    return super.remove(id);
  }
}
