"""What people read: every sentence, plural, date and number of the output comes from here.

A language is one file beside this one, such as `ar.yaml`, or one folder with a file for each
section, such as `en/`. The name of the file or folder is its tag (BCP 47). English has every key;
what another language lacks is said in English, key by key. Plural rules, names of months, decimal
signs and the direction of writing come from CLDR through Babel, so a file holds sentences alone.

Use
---
>>> from sim.words import words
>>> w = words("en")                                # or "fr", or w = words()
>>> w.text("common.outcomes_title")                # a text by its dotted key: section.name
'How it ends'
>>> w.text("common.day_after_release", n=1200)     # values are filled in; numbers are written out
'day 1,200 after the release'
>>> w.text("common.seed", seed=str(20260227))      # what only looks like a number is given as text
'seed 20260227'
>>> w.count(1, "replication"), w.count(2000, "replication")     # nouns of common.counts
('1 replication', '2,000 replications')
>>> w.term("vocabulary.outcomes", "only raids")           # the word for a name of the model
'only raids'
>>> w.join(["a", "b", "c"]), w.join(["a", "b"], "or")
('a, b and c', 'a or b')
>>> w.number(0.1234), w.number(1234.5), w.number(2.5, decimals=2), w.number(1234.5, significant=2)
('0.12', '1,234', '2.50', '1,200')
>>> w.with_sign(-0.5, decimals=2), w.exact(1234.5678)
('−0.50', '1,234.5678')
>>> w.percent(0.461), w.percent(0.0001), w.points(-0.053)
('46%', 'below 0.1%', '−5')
>>> w.range("3", "5")
'3 to 5'
>>> from datetime import date
>>> w.date(date(2026, 2, 27)), w.date(date(2026, 2, 27), weekday=True)
('27 February 2026', 'Friday, 27 February 2026')

The value of a key is a text, or one text for each CLDR category that the language counts with
(`zero one two few many other`); the number `n` decides. `other` must stand there, and is used for
each category that does not. `words` and `tests/words` refuse a file that breaks these rules, a key
or a placeholder that English does not have, and a gap in a section that is listed in `complete`.

A new sentence: its key in `en/<section>.yaml`, and in each language in which the section is
complete. Error messages and `--help` stay English and do not come from here.
"""

from sim.words.reading import PLAIN
from sim.words.words import MINUS, NONE, Words, decimals_of, languages, words

__all__ = ["MINUS", "NONE", "PLAIN", "Words", "decimals_of", "languages", "words"]
