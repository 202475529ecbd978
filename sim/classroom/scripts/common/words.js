// The words of a page: sentences by key, with values put in, in the plural that a number asks for.

/**
 * The words of one part of the page; see sim/classroom/page.py for what they are.
 */
export class Words {
  /**
   * @param {Record<string, string | Record<string, string>>} texts - by dotted key; a phrase that
   *   depends on a number has one text for each plural category of the language
   * @param {string} part - of the section `classroom`, asked first
   * @param {(value: number) => string} format - how a number is written in a sentence
   */
  constructor(texts, part, format) {
    this.texts = texts;
    this.part = part;
    this.format = format;
    this.joins = Object.entries(texts["joins"] ?? {}).map(([seam, instead]) => {
      const [end, start] = seam.split("|");
      return [String(end), String(start), instead];
    });
    this.plural = new Intl.PluralRules(String(texts["locale"]));
  }

  /**
   * The sentence of a key; the key itself where there is none.
   *
   * @param {string} key - within the part, within `common`, or from the root
   * @param {Record<string, string | number>} [values] - by name; `n` decides the plural
   * @returns {string}
   */
  say(key, values = {}) {
    const { texts } = this;
    const phrase = texts[`classroom.${this.part}.${key}`] ?? texts[`common.${key}`] ?? texts[key];
    const text =
      typeof phrase === "object" ? this.#numbered(phrase, Number(values["n"] ?? 0)) : phrase;
    return this.#filled(text ?? key, values);
  }

  /**
   * The word of the model's vocabulary for a code.
   *
   * @param {string} section - of the vocabulary, such as `rungs`
   * @param {string | number} code
   * @param {string} otherwise - what to say where there is no word
   * @returns {string}
   */
  term(section, code, otherwise) {
    const word = this.texts[`vocabulary.${section}.${code}`];
    return typeof word === "string" ? word : otherwise;
  }

  /**
   * A text with its values put in, joined to them as the language wants it: `de ` before `le
   * Westmark` is `du Westmark`; see `fill_in` in sim/words/reading.py.
   *
   * @param {string} text
   * @param {Record<string, string | number>} values
   */
  #filled(text, values) {
    let [done, place] = ["", 0];
    for (const found of text.matchAll(/\{(\w+)\}/g)) {
      done += text.slice(place, found.index);
      place = found.index + found[0].length;
      const given = values[String(found[1])];
      const value = typeof given === "number" ? this.format(given) : (given ?? found[0]);
      done = this.#joined(done, value);
    }
    return done + text.slice(place);
  }

  /**
   * @param {string} before
   * @param {string} value
   */
  #joined(before, value) {
    for (const [end, start, instead] of this.joins) {
      const head = before.slice(0, before.length - end.length);
      if (before.endsWith(end) && !/\p{L}$/u.test(head) && value.startsWith(start)) {
        return head + instead + value.slice(start.length);
      }
    }
    return before + value;
  }

  /**
   * @param {Record<string, string>} phrase
   * @param {number} n
   */
  #numbered(phrase, n) {
    return phrase[this.plural.select(n)] ?? phrase["other"];
  }
}
