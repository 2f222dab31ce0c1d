// The reader's conversations about each article, kept in this browser. An entry holds questions,
// engine and the article's version, never answers: those are asked anew, so that every proof
// can be checked against the article as it stands.

const MOST = 60;
const PLACE = "conversations";

function all() {
  try { return JSON.parse(localStorage.getItem(PLACE)) ?? []; } catch { return all.own ?? []; }
}

function save(entries) {
  all.own = entries.slice(0, MOST);
  try { localStorage.setItem(PLACE, JSON.stringify(all.own)); } catch { /* this page only */ }
}

export class Talks {
  constructor(article, version) {
    Object.assign(this, { article, version });
    try { this.id = sessionStorage.getItem(`talk:${article}`); } catch { this.id = null; }
  }

  list() { return all().filter((entry) => entry.article === this.article); }

  current() { return all().find((entry) => entry.id === this.id); }

  choose(id) {
    this.id = id;
    try {
      if (id) sessionStorage.setItem(`talk:${this.article}`, id);
      else sessionStorage.removeItem(`talk:${this.article}`);
    } catch { /* this page only */ }
  }

  begin(key) {
    const entry = {
      id: crypto.randomUUID?.() ?? String(Math.random()), key, name: "", at: Date.now(),
      article: this.article, version: this.version, turns: [],
    };
    save([entry, ...all()]);
    this.choose(entry.id);
  }

  change(change, id = this.id) {
    save(all().map((entry) => {
      if (entry.id !== id) return entry;
      const changed = { ...entry, ...change(entry) };
      changed.name ||= changed.turns[0]?.question.slice(0, 80) ?? "";
      return changed;
    }));
  }

  // Take the questions over as the page shows them: one place decides their order.
  note(turns) { this.change(() => ({ turns, version: this.version, at: Date.now() })); }

  remove(id) {
    const before = all();
    save(before.filter((entry) => entry.id !== id));
    if (id === this.id) this.choose(null);
    return () => save(before);
  }
}
