"""A game at a terminal: players read, choose, ask, and hand over to each other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.call import command_line
from sim.cli.play_ending import ending_of, print_lines
from sim.cli.saved_game import write_game
from sim.narration.play import Teller
from sim.replication.game_code import code_of
from sim.replication.play import LEAVE, Game, Position

if TYPE_CHECKING:
    from sim.words import Words

_MOST_LINE = 200  # characters of an answer that are read
_QUIT = ("q", "quit", "exit")
_HELP = ("number", "own", "worlds", "code", "undo", "quit")


class _Quit(Exception):
    """The players end the game."""


class Table:
    """The players of a game at one screen.

    Parameters
    ----------
    game : that is played
    words : the language
    called : words that name the scenario, with its settings, in a command
    save : file in which it is kept after each choice
    turning : whether its turning points are named at the end
    """

    def __init__(
        self, game: Game, words: Words, called: Sequence[str], save: Path | None, *, turning: bool
    ) -> None:
        self.game, self.words, self.called = game, words, called
        self.save, self.turning = save, turning
        self.teller = Teller(game, words)
        self.last: int | None = None  # who looked at the screen

    def play(self, choices: Sequence[int] = ()) -> None:
        """Play from some choices on to the end of the game or of the input."""
        position = self.game.position(choices)
        self._keep(position)
        print_lines(self.teller.opening())
        try:
            while not position.is_over:
                position = self._ask(position)
                self._keep(position)
        except _Quit:
            pass
        except KeyboardInterrupt:
            print()
            self._print_code(position)
            self._print_how_to_go_on()
            raise
        if position.is_over:
            print()
            print_lines([self.teller.say("end"), ""])
            print_lines(ending_of(self.game, position, self.words, turning=self.turning))
        else:
            print()
            print_lines([self.teller.say("ended_early")])
        self._print_code(position)
        if not position.is_over:
            self._print_how_to_go_on()

    def _ask(self, position: Position) -> Position:
        """Ask at a stop until there is a choice; gives the game after it, or one earlier."""
        self._hand_over(position)
        teller = self.teller
        print()
        print_lines(teller.heading(position))
        for lines in (
            teller.since(position),
            teller.orders(position),
            teller.beliefs(position),
            teller.question(position),
        ):
            if lines:
                print()
                print_lines(lines)
        stop = position.stop
        assert stop is not None
        most = len(stop.options)
        while True:
            answer = self._read(teller.words.text("play.prompt"))
            word, _, rest = answer.partition(" ")
            if _is_number(answer) and int(answer) <= most:
                return self._choose(position, int(answer))
            if word == "own":
                print_lines(teller.own(position))
            elif word in ("worlds", "world") and (not rest or _is_number(rest)):
                choice = int(rest or LEAVE)
                if choice <= most:
                    print_lines([teller.worlds(position, choice)])
                else:
                    print_lines([teller.say("wrong", most=most)])
            elif word == "code":
                self._print_code(position)
            elif word == "undo":
                if self._can_undo(position):
                    return self.game.position(position.choices[:-1])
            elif word in _QUIT:
                raise _Quit
            elif word in ("?", "help"):
                print_lines([teller.say(f"help.{key}") for key in _HELP])
            elif answer:
                print_lines([teller.say("wrong", most=most)])

    def _choose(self, position: Position, choice: int) -> Position:
        stop = position.stop
        assert stop is not None
        option = stop.taken if choice == LEAVE else stop.options[choice - 1]
        name = self.teller.option(stop.kind, option)
        if choice == LEAVE:
            name = self.words.text("play.choice_left", option=name)
        who = self.teller.role(self.game.roles[stop.role])
        print_lines([self.teller.say("chosen", who=who, option=name)])
        return self.game.position((*position.choices, choice))

    def _can_undo(self, position: Position) -> bool:
        if len(self.game.roles) > 1:
            print_lines([self.teller.say("undo_shared")])
        elif not position.choices:
            print_lines([self.teller.say("undo_first")])
        return len(self.game.roles) == 1 and bool(position.choices)

    def _hand_over(self, position: Position) -> None:
        """Clear the screen between two players, and wait until the next one sits there."""
        stop = position.stop
        assert stop is not None
        if len(self.game.roles) == 1 or self.last == stop.role:
            return
        who = self.teller.role(self.game.roles[stop.role])
        if sys.stdin.isatty() and sys.stdout.isatty():
            from sim.cli.tables import screen

            screen().clear()
            self._read(self.teller.say("hand_over", who=who) + " ")
            screen().clear()
        else:
            print()
            print_lines([self.teller.say("yours", who=who)])
        self.last = stop.role

    def _keep(self, position: Position) -> None:
        if self.save is not None:
            write_game(self.save, code_of(self.game, position.choices), self.game.scenario.id)

    def _print_code(self, position: Position) -> None:
        code = code_of(self.game, position.choices)
        command = f"python {command_line('replay', [code, *self.called], {})}"
        lines = [
            self.teller.say("code", code=code),
            self.teller.say("code_again", command=command),
        ]
        if self.save is not None:
            lines.append(self.teller.say("saved", place=str(self.save)))
        print_lines(lines)

    def _print_how_to_go_on(self) -> None:
        """The command that takes the game up again, or what would have kept it."""
        if self.save is None:
            print_lines([self.teller.say("unsaved")])
            return
        options = {"save": str(self.save), "language": self._language()}
        command = f"python {command_line('play', [*self.called, '--resume'], options)}"
        print_lines([self.teller.say("go_on", command=command)])

    def _language(self) -> str | None:
        return self.words.language if self.words.language != "en" else None

    def _read(self, prompt: str) -> str:
        """One line of the input; its end ends the game."""
        print()
        print(prompt, end="", flush=True)
        try:
            line = sys.stdin.readline()
        except (OSError, ValueError):  # closed, or not to be read: an input at its end
            line = ""
        if not line:
            print()
            raise _Quit
        if not sys.stdin.isatty():
            print(line.rstrip("\n")[:_MOST_LINE])
        return line[:_MOST_LINE].strip().lower()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3
