"""Known answers: what a rule of docs/odd.md says, beside what the engine gives.

`bench.py` runs the engine from a state of the world that is put together, `answer.py` says what an
answer and its tolerance are, the other modules hold the answers, `page.py` shows them.
"""
