"""Writes the reference page of all coded words to standard output."""

import sys

from sim.words.reference import page

sys.stdout.write(page())
