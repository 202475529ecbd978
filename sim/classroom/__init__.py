"""The pages for a class: a page that holds the engine, a replay, a lesson, an explanation."""
