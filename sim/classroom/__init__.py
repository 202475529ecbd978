"""The pages for a class: a handout with sliders, a replay, a lesson, an explanation."""
