// How a language writes lists and hundredths in news.

/** @import { Language, Say } from "./writer.js" */

/**
 * @param {string} locale
 * @param {Say} say
 * @returns {Language}
 */
export function languageOf(locale, say) {
  const parts = new Intl.ListFormat(locale);
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return {
    say,
    list: (texts) => parts.format(texts),
    // the digits of the number itself, not those of the shortest text that stands for it
    hundredths: (value) => number.format(Number(value.toFixed(2))),
    significant: (value, digits) =>
      new Intl.NumberFormat(locale, { maximumFractionDigits: 20 })
        .format(Number(value.toPrecision(digits)))
        .replace("-", "\u2212"),
  };
}
