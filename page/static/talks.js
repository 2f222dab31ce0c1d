// The reader's conversations about each article. An entry holds questions, engine and the
// article's version, never answers: those are asked anew, so that every proof can be checked
// against the article as it stands.
import { recall, remember } from "./shared.js";
import { Store } from "./store.js";

export class Talks extends Store {
  constructor(article, version) {
    super("conversations", 60);
    Object.assign(this, { article, version, id: recall(`talk:${article}`, "sessionStorage") });
  }

  ofArticle() { return this.list().filter((entry) => entry.article === this.article); }

  current() { return this.list().find((entry) => entry.id === this.id); }

  choose(id) {
    this.id = id;
    remember(`talk:${this.article}`, id ?? "", "sessionStorage");
  }

  begin(key) {
    const { article, version } = this;
    this.choose(this.put({ id: newId(), key, name: "", article, version, turns: [] }).id);
  }

  change(changed, id = this.id) {
    const entry = this.list().find((other) => other.id === id);
    if (!entry) return;
    const made = { ...entry, ...changed };
    this.put({ ...made, name: made.name || (made.turns[0]?.question.slice(0, 80) ?? "") });
  }

  // Take the questions over as the page shows them: one place decides their order.
  note(turns) { this.change({ turns, version: this.version }); }

  remove(id) {
    if (id === this.id) this.choose(null);
    return super.remove(id);
  }
}

export const newId = () => crypto.randomUUID?.() ?? String(Math.random());
